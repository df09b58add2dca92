"""A simulated quarter: people who promise, fall behind, fall ill and overlook things, watched by the real functions."""
