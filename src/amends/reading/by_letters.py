"""What letters say of a message and of its sentences: all that was taught over them, asked in one look each."""

from functools import cache

from amends.reading import claims, tone
from amends.reading.letters import SideBySide, letters
from amends.vocabulary import LanguageTag


@cache
def of_messages(tag: LanguageTag) -> SideBySide:
    """Return what was taught of whole messages: `letters.COLUMNS`, then `tone.COLUMNS`."""
    return SideBySide([letters(tag), tone.letters(tag)])


@cache
def of_sentences(tag: LanguageTag) -> SideBySide:
    """Return what was taught of sentences: `claims.KINDS`, then the wishes."""
    return SideBySide([claims.sentences(tag), claims.wished_by(tag)])
