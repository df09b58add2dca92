"""While somebody types, the encoder says only what it has thought already."""

import numpy as np

from amends.coach.sensing import TAUGHT, sense
from amends.engines.choose import at_once
from amends.engines.embed_nano import DIMENSIONS, NanoEmbedder
from amends.engines.embed_none import NoEmbedder


def test_a_sentence_not_thought_about_is_left_out_and_waits_for_nobody() -> None:
    encoder = NanoEmbedder()
    encoder.taught(TAUGHT)._kept["We are sorry."] = np.full(DIMENSIONS, 0.05, dtype=np.float32)
    remembered = at_once(encoder)
    assert remembered is not None
    known, new = sense(["We are sorry.", "It was our mistake."], embed=remembered)
    assert known
    assert new == {}


def test_without_an_encoder_there_is_nothing_to_remember() -> None:
    assert at_once(NoEmbedder("none here")) is None
