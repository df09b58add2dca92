"""What may stand in `amends.toml`: whatever is wrong in it is said with its line, its key and what is allowed."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from amends.vocabulary import AmendsError, JsonObject

Read = TypeVar("Read")

WORDS: Final = 'words in quotes, such as "value"'
NUMBER: Final = "a whole number, 0 or more"
TABLE: Final = "a table of its own"
ONE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "sending": ("outbox", "smtp"),
    "encoder": ("auto", "none"),
    "plus_addresses": ("1", "0"),
    "log_level": ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG"),
}
NUMBERS: Final = frozenset({"undo_seconds", "largest_mail_bytes"})
TABLES: Final = frozenset({"maildirs", "strictness", "writer"})
PLAIN: Final = frozenset(
    {"public_url", "hosts", "database_url", "mail_domain", "smtp_in", "lmtp_in", "microsoft_tenant", "name_server"}
)
KNOWN: Final = frozenset({*ONE_OF, *NUMBERS, *TABLES, *PLAIN, "demo"})
LONGEST_NUMBER: Final = 12
AT_LINE: Final = re.compile(r" ?\(at line (\d{1,9}), column \d{1,9}\)")


class BadSettings(AmendsError):
    """A setting is not right. Mend the line that is named; nothing was started."""

    exit_status = 2


def settings_in(path: Path) -> JsonObject:
    """Return what a settings file says, empty when there is none. Raises BadSettings for the first that is wrong."""
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadSettings(f"{path}: cannot be read: {wrong}") from wrong
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadSettings(f"{path}{_broken(text, str(wrong))}") from wrong
    for key, value in said.items():
        if why := wrong_with(key, value):
            raise BadSettings(f"{path}, line {_line_of(text, key)}: {why}")
    return said


def wrong_with(key: str, value: object) -> str:
    """Return what is wrong with a setting and what is allowed; empty when nothing is."""
    if key not in KNOWN:
        return f"there is no setting `{key}`; there are {', '.join(sorted(KNOWN - {'demo'}))}"
    return "" if _fits(key, value) else f"`{key}` is {_allowed(key)}, not {value!r}"


def read_table(path: Path, key: str, table: Any, read: Callable[[Any], Read]) -> Read:
    """Return a table as `read` understands it. Raises BadSettings with the file and line before its words."""
    try:
        return read(table)
    except AmendsError as wrong:
        where = f"{path}, line {_line_of(path.read_text(encoding='utf-8'), key)}" if path.exists() else str(path)
        raise BadSettings(f"{where}: {wrong}") from wrong


def _fits(key: str, value: object) -> bool:
    if key in TABLES:
        return isinstance(value, dict)
    if key in NUMBERS:
        digits = str(value)
        return not isinstance(value, bool) and digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER
    return str(value) in ONE_OF.get(key, (str(value),)) and isinstance(value, str | int)


def _allowed(key: str) -> str:
    if key in ONE_OF:
        return " or ".join(f'"{word}"' for word in ONE_OF[key])
    return NUMBER if key in NUMBERS else TABLE if key in TABLES else WORDS


def _broken(text: str, why: str) -> str:
    """Return where a file is no TOML, and what its key may be."""
    place = AT_LINE.search(why)
    if place is None:
        return f": {why}"
    lines, number = text.splitlines(), int(place[1])
    key = lines[number - 1].partition("=")[0].strip() if number <= len(lines) else ""
    hint = f"`{key}` is {_allowed(key)}" if key in KNOWN else 'a line is name = "value"'
    return f", line {number}: {AT_LINE.sub('', why)}; {hint}"


def _line_of(text: str, key: str) -> int:
    begins = re.compile(rf"""\s*\[?\s*["']?{re.escape(key)}["']?\s*[=.\]]""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if begins.match(line)), 1)
