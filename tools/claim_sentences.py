"""What each sentence of messages says and what speaks for it, for `tools.train_threats`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amends.languages import load
from amends.reading.alike import MANAGER
from amends.reading.claims import KINDS
from amends.reading.cues import Found, look, phrasebook
from amends.reading.odds import log_odds
from amends.reading.plain import plain
from amends.reading.read import UPSET, read
from amends.reading.sounding import SHORT
from amends.reading.threats import AROUND, SOUNDS, places_of, signs_of, worded
from amends.text.spans import Span
from tools.claim_lines import THREATS, rows
from tools.judge import Row
from tools.train_letters import TAGS, messages

ENOUGH_OF_A_SENTENCE: Final = 0.4
SIGNS: Final = ("letters", "worded", "meant", "meant_hotly", "others", "settled", "quoted", "asks", "heat",
                *(f"cue.{name}" for name in AROUND), SOUNDS)  # fmt: skip
THOUGHT_ABOUT: Final = 3
"""Of ten messages that claim nothing the encoder is asked about so many: they are the most, and much alike."""

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One sentence: as normal text and as written, what it says (not a number: nobody knows), and its signs."""

    normal: str
    written: str
    true: Array
    signs: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Message:
    """One message or line, what it says as a whole, and its sentences."""

    language: str
    text: str
    is_line: bool
    is_upset: bool
    said: Array
    parts: list[Part] = field(default_factory=list)

    @property
    def is_short(self) -> bool:
        """Return whether the encoder hears it as a whole."""
        return len(self.parts) <= SHORT

    @cached_property
    def is_thought_about(self) -> bool:
        """Return whether the encoder is asked about it."""
        return self.is_line or bool(self.said.any()) or crc32(self.text.encode()) % 10 < THOUGHT_ABOUT


def taught_messages() -> Iterator[Message]:
    """Yield the lines of data/reading/threats, and the messages of data/reading of which threats are known."""
    for row in rows(THREATS):
        yield _message(row["language"], row, [float(kind in row["kinds"]) for kind in KINDS])
    for tag in TAGS:
        for row in messages(tag):
            if "threats" in row:
                named = {threat["kind"] for threat in row["threats"]} | ({MANAGER} if row["demands_manager"] else set())
                yield _message(tag, row, [float(kind in named) for kind in KINDS])


def _message(tag: str, row: Row, said: list[float]) -> Message:
    found = look(plain(row["text"]), phrasebook(load(tag)))
    first = read(row["text"], language=tag, tier="quick")
    made = Message(
        language=tag, text=row["text"], is_line="kinds" in row, is_upset=first.at_least[0] >= UPSET, said=np.array(said)
    )
    words, places, heat = worded(found), places_of(found), log_odds(first.at_least[1])
    for span in found.sentences:
        around, own = signs_of(found, words, span, places=places, heard=[0.0] * len(KINDS), heat=heat)
        signs = [[(around | own[kind]).get(name, 0.0) for name in SIGNS] for kind in KINDS]
        written = found.plain.back(span)
        true = _of_a_line(made, len(found.sentences)) if made.is_line else _of_a_message(row, written, found, span)
        made.parts.append(
            Part(
                normal=span.of(found.plain.normal.text), written=written.of(row["text"]), true=np.array(true),
                signs=np.array(signs),
            )
        )  # fmt: skip
    return made


def _of_a_line(line: Message, sentences: int) -> list[float]:
    """Return what one of a line's sentences says: what the line does, but of two nobody knows which."""
    return [0.0 if not said else 1.0 if sentences == 1 else np.nan for said in line.said]


def _of_a_message(row: dict[str, Any], written: Span, found: Found, span: Span) -> list[float]:
    return [_said(row, kind, written, found, span) for kind in KINDS]


def _said(row: dict[str, Any], kind: str, written: Span, found: Found, span: Span) -> float:
    """Return whether a sentence holds a good part of a threat's quote; of a manager only the words may tell where."""
    if kind == MANAGER:
        asks = any(span.start <= hit.span.start < span.end for hit in found.by_group.get("manager", ()))
        somewhere = bool(found.by_group.get("manager"))
        return 0.0 if not row["demands_manager"] else float(asks) if somewhere else np.nan
    for threat in row["threats"]:
        start = row["text"].find(threat["quote"])
        shared = min(start + len(threat["quote"]), written.end) - max(start, written.start)
        if threat["kind"] == kind and shared >= ENOUGH_OF_A_SENTENCE * min(len(threat["quote"]), max(1, len(written))):
            return 1.0
    return 0.0
