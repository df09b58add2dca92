"""What the coach says is of the text, never of the one who wrote it (R196)."""

import re
from collections.abc import Iterator

import pytest

from amends.coach.catalogue import catalogue
from amends.coach.proof import proven_rules
from amends.languages import load

TAGS = ("en", "id", "th", "fi")
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|”[^”]*”|«[^»]*»|'[^']{3,}'")
OF_THE_WRITER = {
    "en": re.compile(r"\b(?:you|your|yours|yourself|agents?|writers?|the author)\b", re.IGNORECASE),
    "id": re.compile(r"\b(?:anda|kamu|engkau|penulis|agen|petugas)\b", re.IGNORECASE),
    "th": re.compile(r"(?<!ขอบ)คุณ(?!ค่า|ภาพ|ลูกค้า)|ผู้เขียน|ผู้ตอบ|พนักงานที่เขียน"),
    "fi": re.compile(r"\b(?:sinä|sinu\w*|olet|kirjoitit|sanoit|kirjoittaja\w*|agentt\w*)\b", re.IGNORECASE),
}


def reasons(tag: str) -> Iterator[tuple[str, str]]:
    """Yield every reason the coach gives in a language: of the catalogue, and of the entries of all packs."""
    yield from ((rule.id, rule.why[tag]) for rule in catalogue().values() if tag in rule.why)
    for pack in TAGS:
        entries = proven_rules(load(pack)).entries
        yield from ((entry.id, entry.why[tag]) for entry in entries if tag in entry.why)


@pytest.mark.parametrize("tag", TAGS)
def test_no_reason_speaks_of_the_one_who_writes(tag: str) -> None:
    said = list(reasons(tag))
    assert len(said) >= len(catalogue())
    assert [pair for pair in said if OF_THE_WRITER[tag].search(QUOTED.sub("", pair[1]))] == []


@pytest.mark.parametrize(
    ("tag", "blames"),
    [("en", "You wrote too fast."), ("id", "Anda kurang sabar."), ("th", "คุณเขียนห้วนไป"), ("fi", "Olet epäkohtelias.")],
)
def test_a_reason_that_blames_the_writer_would_be_noticed(tag: str, blames: str) -> None:
    assert OF_THE_WRITER[tag].search(QUOTED.sub("", blames))
