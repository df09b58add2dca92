"""The error rules know kinds of sentences, not sentences, and leave alone what owns up or repeats."""

import pytest

from amends.coach.judge import findings, look
from amends.coach.pack import rules_of
from amends.languages import load
from amends.vocabulary import CaseView


def by_words(tag: str, reply: str) -> set[str]:
    rules = rules_of(load(tag))
    scene = look(rules, reply, case=CaseView(), message=None)
    return {found.rule for found in findings(rules, scene, interface="en", suspicions=())}


@pytest.mark.parametrize(
    ("tag", "reply"),
    [("en", "Insofar as our builders were noisy, we extend our regrets."),
     ("id", "Sekiranya nada penjelasan kami keras di telinga Ibu, mohon dimaafkan."),
     ("th", "สมมติว่าคำพูดของเราแรงไปสำหรับท่าน เราก็ขออภัยครับ"),
     ("fi", "Mikäli lavan meteli kuului pöytäänne, esitämme pahoittelumme.")],
)  # fmt: skip
def test_an_apology_under_a_condition_is_hollow(tag: str, reply: str) -> None:
    assert "apology.non" in by_words(tag, reply)


@pytest.mark.parametrize(
    ("tag", "reply"),
    [("en", "If we had tightened the bolt, you would have been home by six, and I am sorry."),
     ("id", "Seandainya kami mengencangkan bautnya, Ibu sudah sampai di rumah, dan kami minta maaf."),
     ("th", "ถ้าเราขันน็อตให้แน่นคุณคงถึงบ้านแล้ว ขอโทษค่ะ"),
     ("fi", "Jos olisimme kiristäneet pultin, olisit ollut kotona kuudelta, ja pyydän sitä anteeksi.")],
)  # fmt: skip
def test_a_condition_on_our_own_deed_is_no_hollow_apology(tag: str, reply: str) -> None:
    assert "apology.non" not in by_words(tag, reply)


@pytest.mark.parametrize(
    ("tag", "reply"),
    [("en", "You wrote that the desk told you it was your own fault."),
     ("id", "Menurut cerita Ibu, kasir menyebut Ibu yang salah pencet."),
     ("fi", "Sinulle vastattiin, että varasto mokasi.")],
)  # fmt: skip
def test_what_the_customer_was_told_blames_nobody(tag: str, reply: str) -> None:
    assert by_words(tag, reply).isdisjoint({"blame.customer", "blame.department"})


@pytest.mark.parametrize("reply", ["Pahoittelen, että jouduit odottamaan kolme viikkoa.",
                                   "Olen pahoillani, että et saanut tietoa ajoissa.",
                                   "Pahoittelen, että vastasin sinulle niin tylysti."])  # fmt: skip
def test_a_finnish_apology_for_what_happened_stays_an_apology(reply: str) -> None:
    rules = rules_of(load("fi"))
    assert "apologise" in look(rules, reply, case=CaseView(), message=None).labels[0]


def test_a_finnish_question_for_a_day_names_no_feeling() -> None:
    rules = rules_of(load("fi"))
    assert "feel" not in look(rules, "Mikä päivä sopisi?", case=CaseView(), message=None).labels[0]
