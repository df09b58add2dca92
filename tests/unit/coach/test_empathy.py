"""The parts of empathy and of an apology, each with the words that earned it, in four languages."""

import pytest

from amends.coach.review import review
from amends.coach.stages import APOLOGY_SHARES
from amends.languages import load
from amends.text.spans import Span
from amends.vocabulary import CaseView, Fault, Stage

NAMED = {
    "en": "I can see how frustrating this was.",
    "id": "Saya paham Ibu pasti kecewa.",
    "th": "เข้าใจเลยว่าคุณลูกค้าผิดหวังมากค่ะ",
    "fi": "Ymmärrän, että tämä on ollut turhauttavaa.",
}
SORRY = {
    "en": "I am sorry that we sent the wrong size.",
    "id": "Kami minta maaf karena salah kirim ukuran.",
    "th": "ขอโทษที่เราส่งผิดไซซ์ค่ะ",
    "fi": "Olen pahoillani, että lähetimme väärän koon.",
}
MEANT = {
    "en": "You had to call us three times.",
    "id": "Ibu sampai harus menelepon tiga kali.",
    "th": "คุณลูกค้าต้องโทรมาถึงสามครั้งค่ะ",
    "fi": "Jouduit soittamaan kolme kertaa.",
}
RIGHT = {
    "en": "What would put this right for you?",
    "id": "Apa yang bisa memperbaiki ini bagi Ibu?",
    "th": "คุณลูกค้าอยากให้เราแก้ไขอย่างไรดีคะ",
    "fi": "Mikä korjaisi asian sinulle?",
}
NUMBER = {
    "en": "Could you send me the order number?",
    "id": "Boleh minta nomor pesanannya?",
    "th": "รบกวนแจ้งเลขคำสั่งซื้อหน่อยค่ะ",
    "fi": "Voisitko kertoa tilausnumeron?",
}
OWN = {
    "en": "This was our mistake.",
    "id": "Ini kesalahan kami.",
    "th": "เป็นความผิดของเราเองค่ะ",
    "fi": "Tämä oli meidän virheemme.",
}
HOLLOW = {
    "en": "We are sorry you feel that way.",
    "id": "Kami mohon maaf jika Ibu merasa kurang puas.",
    "th": "ขออภัยหากทำให้คุณลูกค้ารู้สึกไม่พอใจค่ะ",
    "fi": "Pahoittelemme, jos sinusta tuntuu siltä.",
}
OURS = CaseView(fault=Fault.OURS)


class FakeHeads:
    """An encoder whose vectors mean nothing the heads know."""

    name = "unknown-1"

    def embed(self, texts: list[str]) -> object:
        raise AssertionError("heads of another family are not asked")


@pytest.mark.parametrize(
    ("words", "part", "level"),
    [
        (NAMED, "reaction", 2), (SORRY, "reaction", 1), (HOLLOW, "reaction", 0), (NUMBER, "reaction", 0),
        (MEANT, "interpretation", 2), (NAMED, "interpretation", 1), (OWN, "interpretation", 0),
        (RIGHT, "exploration", 2), (NUMBER, "exploration", 1), (OWN, "exploration", 0),
    ],
)  # fmt: skip
def test_a_part_of_empathy_is_missing_general_or_full(language, words, part, level):
    assert review(words[language], case=OURS, pack=load(language)).empathy.levels[part] == level


def test_the_words_that_earned_a_part_are_shown(language):
    reply = f"{OWN[language]}\n{SORRY[language]}\n{NAMED[language]}\n{MEANT[language]}\n{RIGHT[language]}"
    verdict = review(reply, case=OURS, pack=load(language))
    assert verdict.empathy.earned["reaction"].of(reply) == NAMED[language]
    assert verdict.empathy.earned["interpretation"].of(reply) == MEANT[language]
    assert verdict.empathy.earned["exploration"].of(reply) == RIGHT[language]
    assert verdict.apology.earned["responsibility"].of(reply) == OWN[language]
    assert verdict.apology.earned["regret"].of(reply) == SORRY[language]
    assert verdict.steps["feel"].of(reply) == NAMED[language]


def test_a_part_that_is_missing_has_no_words(language):
    verdict = review(OWN[language], case=OURS, pack=load(language))
    assert "reaction" not in verdict.empathy.earned
    assert "regret" not in verdict.apology.earned


def test_empathy_is_half_when_each_part_is_there_in_general_words(language):
    reply = f"{SORRY[language]}\n{NUMBER[language]}"
    assert review(reply, case=OURS, pack=load(language)).empathy.score == pytest.approx(0.5)


def test_responsibility_weighs_most_and_forgiveness_least():

    weights = list(APOLOGY_SHARES.values())
    assert list(APOLOGY_SHARES) == ["responsibility", "repair", "regret", "explanation", "repentance", "forgiveness"]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) == pytest.approx(1)


def test_the_scores_are_in_the_answer_of_the_command(language):
    told = review(f"{OWN[language]} {NAMED[language]}", case=OURS, pack=load(language)).as_json()
    assert told["empathy"] == {"reaction": 2, "interpretation": 1, "exploration": 0, "score": 0.5}
    assert set(told["next"]) == {"part", "text", "meaning", "start", "insert"}
    assert set(told["stages"]) == set(Stage)
    start, end = told["earned"]["responsibility"]
    assert Span(start, end).of(f"{OWN[language]} {NAMED[language]}").startswith(OWN[language][:8])


def test_without_the_right_encoder_patterns_judge_alone(language):
    heard = review(NAMED[language], case=OURS, pack=load(language), embed=FakeHeads())  # type: ignore[arg-type]
    assert heard.empathy.levels["reaction"] == 2
