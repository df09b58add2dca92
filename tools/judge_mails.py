"""How often the new words of a mail are what its author says they are: the `mails` part of `python -m tools.judge`.

A row holds `raw_b64`, the right `new_text`, and `new_text_plain_part` where the plain part has other words that are as
right. White space counts for nothing: where a program wrapped a line is no word of anybody's.
"""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

from amends.mail.parse import parse
from amends.measures.shares import Share

Row = dict[str, Any]


def has_right_new_words(row: Row) -> bool:
    """Return whether the words found new are those that the author calls new, in either part of the mail."""
    found = parse(base64.b64decode(row["raw_b64"])).new_text.split()
    return any(found == str(row[key]).split() for key in ("new_text", "new_text_plain_part") if row.get(key))


def mails(rows: Sequence[Row], _language: str) -> Iterator[tuple[str, str]]:
    """Yield the share of mails whose new words are right: of all, then of each kind."""
    judged = [(row["kind"], has_right_new_words(row)) for row in rows]
    for kind in ("", *sorted({kind for kind, _ in judged})):
        right = [rightly for of_kind, rightly in judged if kind in ("", of_kind)]
        yield f"new words {kind}".strip(), str(Share(hits=sum(right), n=len(right)))
