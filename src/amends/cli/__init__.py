"""The command line: one file a command, thin shells around the core."""
