"""The round trip of a keystroke beside the composer, on a desk of the bench's own."""

import io
import json
from pathlib import Path
from typing import Final

from amends.cli.benches import own_desk
from amends.vocabulary import JsonObject

BOUND_MS: Final = 50
"""What issue 5 asks of the rules while somebody types."""


def keystroke(letters: Path) -> JsonObject:
    """Return median and 95th percentile in ms from a pause in the typing to the coach's answer, over HTTP."""
    said = io.StringIO()
    own_desk.measure("bench_keystrokes", postgres="", letters=letters, stdout=said)
    figures: JsonObject = json.loads(said.getvalue())
    return figures | {"bound_ms": BOUND_MS}


def in_words(figures: JsonObject) -> str:
    """Return the figures as a row of the table shows them."""
    ms = figures["ms"]
    return f"p50 {ms['p50']} p95 {ms['p95']} n={ms['n']}, CPU {ms['cpu'] or '–'} (bound {figures['bound_ms']})"
