"""Queued work: the engine that runs it, the table of tasks, the watch of each minute."""
