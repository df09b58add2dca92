"""Flow: what needs several parts of the core at once."""
