"""Colours, lengths and inline styles of an HTML mail: what may stay, by an allow-list of properties and of values."""

import re
from typing import Final

LONGEST_STYLE: Final = 4_000
LONGEST_VALUE: Final = 200
MOST_DECLARATIONS: Final = 60

BOX: Final = frozenset({"margin", "padding"})
SIDES: Final = ("-top", "-right", "-bottom", "-left")
PROPERTIES: Final = frozenset(
    {"color", "background", "background-color", "font", "font-family", "font-size", "font-style", "font-weight"}
    | {"font-variant", "text-align", "text-decoration", "text-transform", "letter-spacing", "word-spacing"}
    | {"line-height", "vertical-align", "white-space", "word-break", "word-wrap", "overflow-wrap", "direction"}
    | {"width", "min-width", "max-width", "height", "min-height", "max-height", "display", "float", "clear"}
    | {"border", "border-collapse", "border-spacing", "border-radius", "border-color", "border-style", "border-width"}
    | {"table-layout", "list-style-type", "caption-side", "empty-cells"}
    | {f"border{side}" for side in SIDES}
    | {f"{box}{side}" for box in BOX for side in ("", *SIDES)}
)
"""No position, no z-index, no transform, no content, no animation, nothing that names another resource."""
DISPLAYS: Final = frozenset(
    {"none", "block", "inline", "inline-block", "list-item"}
    | {"table", "table-row", "table-cell", "table-row-group", "inline-table"}
)
COLOUR_FUNCTION: Final = re.compile(r"\b(?:rgb|hsl)a?\([\d\s.,%/]{1,60}\)", re.IGNORECASE)
# Without a parenthesis no function and so no address can be written, without a backslash nothing in disguise.
PLAIN_VALUE: Final = re.compile(r"[\w#%.,+/ '\"\-]*")
COLOUR: Final = re.compile(r"#?[0-9a-z]{1,30}|(?:rgb|hsl)a?\([\d\s.,%/]{1,60}\)", re.IGNORECASE)
LENGTH: Final = re.compile(r"\d{1,5}(?:\.\d{1,4})?\s{0,2}(?:px|pt|em|rem|%)?|auto", re.IGNORECASE)
INVISIBLE: Final = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|opacity\s{0,9}:\s{0,9}0(?![.\d])", re.IGNORECASE
)


def safe_style(style: str) -> str:
    """Return the declarations of a style attribute that only colour, set and space words; "" when none is left."""
    pieces = style[:LONGEST_STYLE].split(";")[:MOST_DECLARATIONS]
    return "; ".join(declaration for declaration in map(_declaration, pieces) if declaration)


def is_colour(value: str) -> bool:
    """Return whether an attribute such as bgcolor holds a colour and nothing else."""
    return bool(COLOUR.fullmatch(value.strip()))


def is_length(value: str) -> bool:
    """Return whether an attribute such as width holds a length and nothing else."""
    return bool(LENGTH.fullmatch(value.strip()))


def declared_length(style: str, name: str) -> str:
    """Return the value of a length in a style, "" when it declares none."""
    found = re.search(rf"(?:^|;)\s{{0,9}}{name}\s{{0,9}}:\s{{0,9}}([\d.]{{1,9}})", style[:LONGEST_STYLE], re.IGNORECASE)
    return found.group(1) if found else ""


def _declaration(piece: str) -> str:
    name, colon, value = piece.partition(":")
    name, value = name.strip().lower(), " ".join(value.replace("!important", "").split())
    return f"{name}: {value}" if colon and name in PROPERTIES and _is_harmless(name, value) else ""


def _is_harmless(name: str, value: str) -> bool:
    if not value or len(value) > LONGEST_VALUE:
        return False
    if name == "display":
        return value.lower() in DISPLAYS
    if name.partition("-")[0] in BOX and "-" in value:
        # A negative margin draws words over what stands before them.
        return False
    return bool(PLAIN_VALUE.fullmatch(COLOUR_FUNCTION.sub("", value)))
