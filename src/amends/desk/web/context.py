"""What every page knows."""

from typing import Any

from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame around every page shows."""
    return {}
