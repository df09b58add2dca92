"""How four languages word a time: hundreds of wordings, read at one Tuesday morning. `wordings/<tag>.txt` holds them."""

from datetime import datetime
from pathlib import Path

import pytest

from amends.languages import load
from amends.promises.calendar import WorkCalendar
from amends.promises.dates import times
from amends.promises.moments import Due
from amends.text.normal import normal

TUESDAY = datetime.fromisoformat("2026-11-24T10:15:00+02:00")
WORDINGS = Path(__file__).parent / "wordings"
TAGS = ("en", "id", "th", "fi")


def wordings(tag: str) -> list[tuple[str, str, str]]:
    written = (WORDINGS / f"{tag}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" | ") for line in written if line and not line.startswith("#"))
    return [(tag, due, words) for due, words in pairs]


def as_written(time: Due) -> str:
    if time.start is None or time.end is None:
        return "vague"
    first, last = (moment.strftime("%m-%dT%H:%M") for moment in (time.start, time.end))
    return first if first == last else f"{first} .. {last}"


@pytest.mark.parametrize(("tag", "due", "words"), [line for tag in TAGS for line in wordings(tag)])
def test_a_wording_means_what_people_mean_by_it(tag: str, due: str, words: str) -> None:
    found = times(normal(words).text, at=TUESDAY, pack=load(tag), calendar=WorkCalendar())
    assert "; ".join(as_written(time) for time in found) == due
