"""Routing: who answers, and who needs us now."""
