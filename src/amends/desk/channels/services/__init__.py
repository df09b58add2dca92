"""The large mail services: letters and news come in by their webhooks, replies leave by their APIs."""
