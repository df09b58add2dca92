"""Customers: one person behind many addresses, and what they bought."""
