"""Whether a tag that somebody writes names a language at all: one of ours, their kin, or any that CLDR knows."""

import re
from typing import Final

from babel import Locale

from amends.languages.guess import has_kin
from amends.languages.load import UNDETERMINED, available
from amends.vocabulary import LanguageTag

SHAPE: Final = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}")
NO_LANGUAGE: Final = frozenset({UNDETERMINED, "mul", "zxx"})
"""Tags that CLDR names, yet nobody writes in: unknown, several at once, no words at all."""


def named(written: str) -> LanguageTag | None:
    """Return a BCP 47 tag with its language as packs write it (`EN_GB`: `en-GB`), None where it names no language."""
    if not SHAPE.fullmatch(written):
        return None
    tongue, _, rest = written.replace("_", "-").partition("-")
    tongue = tongue.lower()
    if tongue in NO_LANGUAGE:
        return None
    if tongue not in available() and not has_kin(tongue) and tongue not in Locale("en").languages:
        return None
    return f"{tongue}-{rest}" if rest else tongue
