"""How deep HTML may nest before a parser's time grows with the square of it."""

import re
from collections import Counter
from typing import Final

TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
ANY_TAG: Final = re.compile(r"<[^<>]{0,5000}>")
# Void elements, and those that the next one closes: seldom closed in mail, and they do not nest in one another.
NEVER_NESTED: Final = frozenset(
    {"br", "hr", "img", "meta", "link", "input", "col", "base", "area", "wbr", "html", "body", "head"}
    | {"p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead"}
)


def flattened(html: str, *, deepest: int, most_tags: int) -> str:
    """Return the HTML, from where it nests deeper than that or has had that many tags, as words without tags.

    What a mail never closes counts as open, and only its own end closes it, so that no crossing of tags hides a depth.
    """
    opened: Counter[str] = Counter()
    depth = 0
    for number, tag in enumerate(TAG.finditer(html)):
        ends, name = tag.group(1), tag.group(2).lower()
        if name not in NEVER_NESTED and (not ends or opened[name]):
            step = -1 if ends else 1
            opened[name] += step
            depth += step
        if depth > deepest or number >= most_tags:
            return html[: tag.start()] + ANY_TAG.sub(" ", html[tag.start() :]).replace("<", " ")
    return html
