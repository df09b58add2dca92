"""One act a file; each is also a command of `amends`."""
