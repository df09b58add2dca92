"""What `amends chaos` does to a desk of its own: real processes, real sockets, and everything that goes wrong."""
