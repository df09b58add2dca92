"""The HTML of messages: kept as it came, unpacked to be made safe."""

import zlib
from typing import Final

from amends.desk.models import Layout, Message

LONGEST: Final = 4_000_000
"""Of a longer one the beginning is kept; the raw bytes hold all of it."""


def keep_layout(message: Message, html: str) -> None:
    """Keep the HTML of a message, if it has any. Call inside the transaction that writes the message."""
    for row in layout_of(message, html):
        row.save()


def layout_of(message: Message, html: str) -> list[Layout]:
    """Return the row that keeps the HTML of a message, not yet written; none when it has no HTML."""
    if not html.strip():
        return []
    return [Layout(message=message, packed=zlib.compress(html[:LONGEST].encode("utf-8", "replace")))]


def html_of(layout: Layout) -> str:
    """Return the HTML as it came: hostile until `safe_html` has had it."""
    unpacked = zlib.decompressobj().decompress(bytes(layout.packed), 4 * LONGEST)
    return unpacked.decode("utf-8", "replace")
