"""How upset a message is and whether it complains, by words, letters, heads, the encoder and tone in turn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from amends.reading import calibrate, heads, letters, tone
from amends.reading.by_letters import of_messages
from amends.reading.cues import Found
from amends.reading.encoder import Sensed, no_colder
from amends.reading.feelings import complaint_heard
from amends.reading.threats import Worded, worded


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What is heard in a message. `heads`: log-odds by n-grams of public data.

    `quick`: the four steps of heat by words alone. `steps` and `complaint`: probabilities in the end. `tone`: what its
    tone was asked about.
    """

    words: Worded
    heads: NDArray[np.float32] | None
    spreads: Mapping[str, float]
    quick: tuple[float, ...]
    steps: tuple[float, ...]
    complaint: float
    tone: tone.Tone
    engine: str


def hear(found: Found, *, full: bool, sensed: Sensed | None = None) -> Heard:
    """Return what is heard in a message. `full`: by heads of public data too; `sensed`: what the encoder says."""
    words, own = worded(found), found.book.pack.tag
    model, trained = calibrate.heat(own), heads.heads(own) if full else None
    scores = trained.scores(heads.buckets(found.plain.normal.text)) if trained else None
    of_letters, of_tone = of_messages(own).of(found.known_in_all)
    spreads = calibrate.heard(scores, letters.named(of_letters), model.average)
    weighed = calibrate.features(found, made=words.threats, manager=words.manager is not None, heard=spreads)
    quick, by_words = model.at_least(weighed), model.complaint_probability(weighed)
    steps, complaint = (sensed.at_least(quick), sensed.complaint(by_words)) if sensed else (quick, by_words)
    asked = tone.Tone(
        steps=steps, complaint=complaint, quick=by_words, length=len(found.sentences),
        signs=tone.signs(weighed, letters=tone.letters_of(of_tone), sounds=sensed.tone if sensed else {}),
    )  # fmt: skip
    steps = asked.steps_heard(language=own, full=sensed is not None)
    complaint = complaint_heard(
        asked.complaint_heard(language=own, full=sensed is not None),
        spreads.get("head.negative", 0.0),
        language=own,
        sensed=sensed.feelings if sensed else None,
    )
    if sensed:
        steps = no_colder(steps, replace(asked, steps=quick).steps_heard(language=own, full=False))
    ran = (
        (calibrate, True),
        (heads, trained is not None),
        (letters, of_letters is not None),
        (tone, of_tone is not None),
    )
    return Heard(
        words=words, heads=scores, spreads=spreads, quick=quick, steps=steps, complaint=complaint,
        tone=asked, engine="+".join(part.VERSION for part, has in ran if has),
    )  # fmt: skip
