"""Engines: the only place that loads a model or calls a service."""
