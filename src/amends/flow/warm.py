"""Ready the desk's understanding of a language, so that nobody waits for it to be read and compiled."""

from typing import Final

from amends.flow.reply import preview
from amends.reading.read import read
from amends.vocabulary import CaseView, LanguageTag, Moment

NO_LANGUAGE: Final = "17:00, 2 + 2."
"""Words of no language, with a time in them: everything is looked for, nothing is found."""


def warm_coach(language: LanguageTag, *, country: str | None = None, now: Moment) -> None:
    """Load what reviews replies in a language and finds their promises: 0.1–1 s of CPU the first time, then nothing.

    `country`: ISO 3166, whose public holidays count; None loads none.
    """
    preview(
        NO_LANGUAGE, case=CaseView(), message=None, at=now, country=country, interface="en", now=now, expected=language
    )


def warm_reading(language: LanguageTag, *, now: Moment) -> None:
    """Load what reads messages in a language: 0.1–0.5 s of CPU the first time, then nothing."""
    read(NO_LANGUAGE, language=language, now=now)
