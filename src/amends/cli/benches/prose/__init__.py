"""The other side of `amends bench coach`: linters of prose, on the same replies."""
