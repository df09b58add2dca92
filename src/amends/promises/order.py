"""Order: which cues stand nearest to a time and together in its clause, and what the sentences beside it hold."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from amends.promises.around import Place, plain
from amends.promises.commitment import Sentence
from amends.promises.cues import Cue, Cues
from amends.text.spans import Span

NONE: Final = "none"
BESIDE: Final = (Cue.PLEDGE, Cue.OVER, Cue.THEIRS, Cue.CUSTOMER, Cue.HABIT, Cue.CONDITION, Cue.CHOICE)
"""What a neighbour tells of a sentence: "Option one: by Friday. Which do you choose?" """


def in_order(sentence: Sentence, clause: Span, time: Span, *, ours: bool) -> list[str]:
    """Return the signs of the order in which cues stand around a time. `ours`: the cues' own verdict on it."""
    told = sentence.told
    before = next((cue for place, cue in reversed(told) if place.start < time.start), NONE)
    behind = next((cue for place, cue in told if place.start >= time.end), NONE)
    first = told[0][1] if told else NONE
    here = sorted({cue for place, cue in told if clause.contains(place)})
    return [
        f"near before {before}",
        f"near behind {behind}",
        f"pair {before} {behind}",
        f"opens with {first}",
        f"first {first} verdict {ours}",
        f"all here {'+'.join(here)}",
        *(f"both here {one}+{other}" for one, other in combinations(here, 2)),
    ]


def beside(stands: Place, cues: Cues) -> Iterator[str]:
    """Yield the signs of the sentences before and behind: which cues they hold, and whether they ask."""
    for name, said in (("before", stands.before), ("behind", stands.behind)):
        words = plain(said).text
        if words.rstrip("\"') \n").endswith("?"):
            yield f"{name} asks"
        holds = cues.told_in(words)
        yield from (f"{cue} in {name}" for cue in BESIDE if cue in holds.may and holds.places(cue))
