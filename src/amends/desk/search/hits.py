"""The stretch of a case in which somebody sees why it was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from amends.desk.access import messages_for, notes_for
from amends.desk.models import Agent
from amends.desk.search.find import Found
from amends.search.words import marked
from amends.text.spans import Span
from amends.vocabulary import LanguageTag

LONGEST: Final = 180
BEFORE: Final = 50
MOST_READ: Final = 4_000
MOST_LETTERS: Final = 12
"""Letters of one case that are looked through for a stretch to show."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A stretch of what was said: `pieces` in order, each with whether it was looked for. `is_note`: of a colleague."""

    pieces: tuple[tuple[str, bool], ...]
    language: LanguageTag = ""
    is_note: bool = False


def hits(agent: Agent, found: Found, keys: Sequence[int]) -> dict[int, Hit]:
    """Return for each of these cases the stretch that shows best why it was found; none where only a heading did."""
    if not found.terms:
        return {}
    best: dict[int, tuple[int, Hit]] = {}
    for case, text, language, is_note in _texts(agent, keys):
        if best.get(case, (0, None))[0] >= found.asked:
            continue
        spans = marked(text[:MOST_READ], found.terms, _tongues(found, language))
        worth = len({span.of(text).lower() for span in spans})
        if worth > best.get(case, (0, None))[0]:
            best[case] = (worth, Hit(pieces=_stretch(text, spans), language=language, is_note=is_note))
    return {case: hit for case, (_, hit) in best.items()}


def _texts(agent: Agent, keys: Sequence[int]) -> Iterable[tuple[int, str, str, bool]]:
    said = messages_for(agent).filter(conversation__case__in=keys).order_by("-at", "-pk")
    counted: dict[int, int] = {}
    for case, text, language in said.values_list("conversation__case", "new_text", "language"):
        counted[case] = counted.get(case, 0) + 1
        if counted[case] <= MOST_LETTERS:
            yield case, text, language, False
    for case, text in notes_for(agent).filter(case__in=keys).values_list("case", "text"):
        yield case, text, "", True


def _tongues(found: Found, language: LanguageTag) -> tuple[LanguageTag, ...]:
    return tuple(sorted({*found.tongues, language} - {""}))


def _stretch(text: str, spans: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """Return the stretch around the first hits, parted where they begin and end."""
    start = max(0, spans[0].start - BEFORE)
    start = text.find(" ", start) + 1 if start and 0 <= text.find(" ", start) < spans[0].start else start
    end = min(len(text), start + LONGEST)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    place = start
    for span in spans:
        if span.end <= end:
            pieces += [(text[place : span.start], False), (span.of(text), True)]
            place = span.end
    pieces.append((text[place:end] + ("…" if end < len(text) else ""), False))
    return tuple((piece, is_hit) for piece, is_hit in pieces if piece)
