"""Anger that the writer declares: "I am furious" leaves nothing to guess, however calm the rest of the message.

The words are data of a language's `reading.toml`, table `[declared]`; they count where they are not denied, and where
nothing speaks of somebody else, of thanks, praise or a matter that is settled: there the whole message decides. Doubt
in us ("I'll believe it when I see it") counts beside thanks and praise too: thanks for an answer take no doubt away.
"""

from collections.abc import Sequence
from typing import Final

from amends.reading.cues import Found
from amends.reading.values import Threat
from amends.vocabulary import Intensity, ThreatKind

LEVELS: Final = {
    "declared.fury": Intensity.ANGRY,
    "declared.anger": Intensity.ANGRY,
    "declared.annoyed": Intensity.ANNOYED,
}
UNEASY: Final = "declared.uneasy"
OF_ELSE: Final = ("cue.other_party", "cue.settled", "settled")
CONTENT: Final = ("cue.thanks", "cue.praise")
LEAST: Final = (0.95, 0.85, 0.6)
"""How likely each step up to the declared one is at least."""
LEAST_UNEASY: Final = 0.6
LONGEST_BARE: Final = 60
"""Code points of a message that holds no more than a threat."""
BARE_COMPLAINT: Final = 0.8
"""How likely a complaint such a message is at least."""


def declared(found: Found) -> Intensity:
    """Return the intensity that the writer declares, calm where they declare none."""
    held = found.by_group
    if any(group in held for group in OF_ELSE):
        return Intensity.CALM
    uneasy = Intensity.UNEASY if UNEASY in held else Intensity.CALM
    if any(group in held for group in CONTENT):
        return uneasy
    said = (level for group, level in LEVELS.items() for hit in held.get(group, ()) if not found.denied(hit.span))
    return max(said, default=uneasy)


def is_bare(found: Found, made: Sequence[Threat]) -> bool:
    """Return whether a message says hardly more than a threat ("I will see you in court"), which no calm person does.

    Nobody who taught the rest wrote so little: with no word of what went wrong it was taken for no complaint at all.
    """
    short = len(found.plain.normal.text.strip()) <= LONGEST_BARE
    ours = not any(group in found.by_group for group in OF_ELSE)
    return short and ours and any(threat.kind is not ThreatKind.LEAVE for threat in made)


def raised(at_least: tuple[float, ...], level: Intensity) -> tuple[float, ...]:
    """Return the probabilities that intensity is at least 1, 2, 3 and 4, none below what was declared."""
    likely = LEAST if level > Intensity.UNEASY else (LEAST_UNEASY,)
    floor = (*likely[:level], *[0.0] * (len(at_least) - level))
    return tuple(max(chance, least) for chance, least in zip(at_least, floor, strict=True))
