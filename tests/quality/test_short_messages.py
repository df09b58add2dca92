"""How well short and plain messages are read with the encoder: one line, everyday words, often no word of feeling.

tests/quality/short was written by authors who saw no code, others than those of data/reading. English and Finnish were
looked at once to see what is missed; Indonesian and Thai were not.
"""

import json
from pathlib import Path

import pytest

from amends.engines.choose import embedder, encoder_gap
from amends.measures.ranking import auroc
from amends.reading.complaint import LEAST_COMPLAINT
from amends.reading.read import read

pytestmark = pytest.mark.skipif(bool(encoder_gap()), reason=f"the encoder does not run here: {encoder_gap()}")
SHORT = Path(__file__).parent / "short"
FLOORS = {
    "complaint": {"en": 0.96, "id": 0.98, "th": 0.98, "fi": 0.95},
    "heard": {"en": 0.8, "id": 0.8, "th": 0.8, "fi": 0.8},
    "causes": {"en": 0.84, "id": 0.88, "th": 0.91, "fi": 0.81},
    "calm": {"en": 0.8, "id": 0.8, "th": 0.8, "fi": 0.8},
}


@pytest.fixture(scope="module", params=("en", "id", "th", "fi"))
def tag(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def pairs(tag):
    encoder = embedder()
    rows = [json.loads(line) for line in (SHORT / tag / "reading.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row, read(row["text"], language=tag, embed=encoder, spare=0)) for row in rows]


def test_a_plain_report_ranks_above_a_plain_question(tag, pairs):
    area = auroc([reading.complaint for _, reading in pairs], [row["complaint"] for row, _ in pairs])
    print(f"\n{tag} complaint: AUROC {area}")
    assert area.value >= FLOORS["complaint"][tag]


def test_a_plain_report_is_heard_as_a_complaint(tag, pairs):
    plain = [reading.complaint >= LEAST_COMPLAINT for row, reading in pairs if row["complaint"]]
    print(f"\n{tag} heard: {sum(plain)} of {len(plain)}")
    assert sum(plain) / len(plain) >= FLOORS["heard"][tag]


def test_a_plain_question_or_thanks_is_not(tag, pairs):
    calm = [reading.complaint < LEAST_COMPLAINT for row, reading in pairs if not row["complaint"]]
    print(f"\n{tag} calm: {sum(calm)} of {len(calm)}")
    assert sum(calm) / len(calm) >= FLOORS["calm"][tag]


def test_what_went_wrong_comes_first(tag, pairs):
    told = [(row["cause"], reading.causes) for row, reading in pairs if row["cause"]]
    right = sum(bool(causes) and str(causes[0].kind) == cause for cause, causes in told)
    print(f"\n{tag} main cause: {right} of {len(told)}")
    assert right / len(told) >= FLOORS["causes"][tag]
