"""Measures: what became better, recomputable from events."""
