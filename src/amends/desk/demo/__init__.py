"""A desk full of invented customers, for looking around without a network."""
