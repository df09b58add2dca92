"""The language that an option or a line names: one that nobody knows is told, not read as if it were known."""

import argparse

from amends.cli.lines import BadLine, optional_text_of
from amends.languages.named import named
from amends.vocabulary import JsonObject, LanguageTag


def named_language(written: str) -> LanguageTag:
    """Return the tag of an option. Raises ArgumentTypeError, so that the command ends with 2 before it reads a line."""
    if (tag := named(written)) is None:
        raise argparse.ArgumentTypeError(_told(written))
    return tag


def language_of(line: JsonObject) -> LanguageTag | None:
    """Return the `language` of a line, None when it names none. Raises BadLine for one that nobody knows."""
    written = optional_text_of(line, "language")
    if not written:
        return None
    if (tag := named(written)) is None:
        raise BadLine(_told(written))
    return tag


def _told(written: str) -> str:
    return f"nobody knows a language {written[:20]!r}; write its tag, such as en, id, th or fi"
