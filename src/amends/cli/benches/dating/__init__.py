"""The other side of `amends bench promises`: libraries that find times in text, on the same lines."""
