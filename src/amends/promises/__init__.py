"""Promises: what a reply commits us to, by when, and whether it was kept or told in time."""
