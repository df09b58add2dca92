"""Lines of `format=flowed` joined as the writer wrote them (RFC 3676)."""

import re

QUOTE = re.compile(r">{0,60}")


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Return a flowed text with its soft line breaks taken out; `> ` before quoted lines stays."""
    paragraphs: list[tuple[str, list[str]]] = []
    open_quote: str | None = None
    for line in text.split("\n"):
        quote, words = _unstuffed(line)
        signature = words == "-- "
        soft = words.endswith(" ") and not signature
        kept = words[:-1] if soft and delete_space else words
        if open_quote == quote and not signature:
            paragraphs[-1][1].append(kept)
        else:
            paragraphs.append((quote, [kept]))
        open_quote = quote if soft else None
    return "\n".join(_written(quote, pieces) for quote, pieces in paragraphs)


def _unstuffed(line: str) -> tuple[str, str]:
    quote = QUOTE.match(line)
    depth = quote.end() if quote else 0
    return line[:depth], line[depth:].removeprefix(" ")


def _written(quote: str, pieces: list[str]) -> str:
    words = "".join(pieces)
    return f"{quote} {words}" if quote and words else quote or words
