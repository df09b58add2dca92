"""What `amends bench read` compares `amends read` with, and how the comparison is judged."""
