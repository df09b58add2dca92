"""The sentences the coach offers: each good enough to send, none that says what nobody knows."""

import pytest
import yaml

from amends.coach.culture import Manner, Voice, manner
from amends.coach.facts import Facts, facts_of
from amends.coach.judge import look
from amends.coach.proof import proven_rules
from amends.coach.review import review
from amends.coach.skeleton import all_sentences, skeleton, wording
from amends.languages import load
from amends.vocabulary import FIRST_CLASS, CaseView, CauseKind, Fact, Fault

KNOWN = {
    "order": "TH-88213", "product": "Trail 42", "late_days": "9", "due": "2026-11-27", "promised": "2026-11-20",
    "sum": "40.00 EUR", "name": "Dewi Lestari",
}  # fmt: skip
CALM = CaseView(anger=0, fault=Fault.OURS, first_reply=False)
WRITERS = [
    (tag, form, ending)
    for tag in FIRST_CLASS
    for form in (("near", "plain"), ("near", "soft"), ("formal", "plain"), ("formal", "soft"))
    for ending in (["", "kha", "krap"] if tag == "th" else [""])
]
START = {
    "en": "Hi Dewi,\n\nI have refunded you.\n\nBest regards,\nLiisa",
    "id": "Halo Kak Dewi,\n\nDana sudah kami kembalikan.\n\nSalam,\nSari",
    "th": "สวัสดีค่ะ คุณDewi\n\nคืนเงินให้แล้วค่ะ\n\nด้วยความเคารพ\nมาลี",
    "fi": "Hei Dewi,\n\nPalautin rahasi tänään.\n\nYstävällisin terveisin\nLiisa",
}


def facts(**told: str) -> tuple[Fact, ...]:
    return tuple(Fact(kind=kind, value=value) for kind, value in told.items())


def a_case(fault: str = "ours", **told: str) -> CaseView:
    return CaseView(customer_name="Dewi Lestari", fault=Fault(fault), facts=facts(**told))


def written(reply: str, case: CaseView, tag: str, voice: Voice | None = None) -> tuple[str, list[str]]:
    """Return the letter with every sentence taken, and the ids of those taken."""
    taken: list[str] = []
    while found := review(reply, case=case, pack=load(tag), voice=voice).next_sentence:
        assert found.id not in taken
        reply = reply[: found.place] + found.insert + reply[found.place :]
        taken.append(found.id)
    return reply, taken


@pytest.mark.parametrize(("tag", "form", "ending"), WRITERS)
def test_every_sentence_passes_the_coach_and_adds_its_part(tag, form, ending):
    usual = manner(load(tag), Voice(endings={tag: ending}), name="Dewi Lestari", reply="", message=None)
    for part in skeleton().parts.values():
        for sentence in part.sentences:
            how = Manner(slots=usual.slots, forms=form)
            text = wording(sentence.id, load(tag), manner=how, facts=Facts(values=KNOWN, cause=""))
            assert text, sentence.id
            assert [f.rule for f in review(text, case=CALM, pack=load(tag)).findings if len(f.span)] == [], text
            said = look(proven_rules(load(tag)), text, case=CALM, message=None).said
            assert not part.shown_by or said & {*part.shown_by}, text


def test_all_languages_have_the_same_sentences(language):
    assert set(yaml.safe_load(load(language).text("sentences.yaml"))) == {s.id for s in all_sentences()}


@pytest.mark.parametrize("cause", sorted(CauseKind))
def test_a_letter_with_every_sentence_taken_has_no_error_or_warning(language, cause):
    case = a_case(cause=cause, order="TH-88213", late_days="9", due="2026-11-27", sum="40.00 EUR")
    letter, _ = written(START[language], case, language)
    verdict = review(letter, case=case, pack=load(language))
    assert [(f.rule, f.span.of(letter)) for f in verdict.findings if f.severity != "hint"] == [], letter
    assert verdict.empathy.levels == {"reaction": 2, "interpretation": 2, "exploration": 2}
    assert verdict.apology.parts["responsibility"] == verdict.apology.parts["repair"] == 1


def test_responsibility_comes_first_when_the_fault_is_ours(language):
    found = review("OK.", case=a_case(cause="late"), pack=load(language)).next_sentence
    assert found is not None
    assert found.id == "own.late"


def test_nothing_is_owned_or_regretted_for_a_fault_of_theirs(language):
    _, taken = written(START[language], a_case("theirs", cause="late", promised="2026-11-20"), language)
    assert taken
    assert not {name.partition(".")[0] for name in taken} & {"own", "apologise", "repent"}


def test_a_fault_nobody_knows_yet_is_not_admitted(language):
    _, taken = written("OK.", a_case("unknown", cause="late"), language)
    assert taken[0] == "own.care"


def test_a_fact_that_is_not_known_is_not_said(language):
    letter, taken = written("OK.", a_case(cause="late"), language)
    assert "apologise.late" in taken
    assert "{" not in letter
    assert not any(letter_part.isdigit() for letter_part in letter)


def test_facts_of_the_case_are_said(language):
    letter, taken = written("OK.", a_case(cause="late", order="TH-88213", late_days="9"), language)
    assert "apologise.late_days" in taken
    assert "TH-88213" in letter
    assert "9" in letter


def test_days_and_sums_are_said_as_the_language_says_them(language):
    day = {"en": "November 27", "id": "27 November", "th": "27 พฤศจิกายน", "fi": "27. marraskuuta"}
    letter, _ = written("OK.", a_case("theirs", due="2026-11-27"), language)
    assert day[language] in letter


def test_one_day_late_is_not_counted_and_of_two_products_none_is_named():
    told = facts_of(facts(late_days="1", order="A1") + facts(product="boots") + facts(product="socks"), name="")
    assert told.known == {"order"}


def test_an_answer_goes_between_greeting_and_signature_in_the_order_of_a_letter(language):
    letter, _ = written(START[language], a_case(cause="late", order="TH-88213"), language)
    lines = letter.split("\n\n")
    assert [lines[0], lines[-1]] == [START[language].split("\n\n")[0], START[language].split("\n\n")[-1]]
    place = [letter.index(words) for words in ("TH-88213", START[language].split("\n\n")[1])]
    assert place == sorted(place)


def test_a_calm_customer_is_offered_no_apology(language):
    case = CaseView(anger=0, fault=Fault.THEIRS)
    _, taken = written("OK.", case, language)
    assert not {"apologise", "feel", "meant", "repent"} & {name.partition(".")[0] for name in taken}


def test_the_meaning_is_told_in_the_language_of_the_interface():
    case = a_case(cause="late", order="TH-88213", late_days="9")
    found = review(START["th"], case=case, pack=load("th"), interface="en").next_sentence
    assert found is not None
    assert found.meaning == "It should have reached you on time, and this was our mistake."
    same = review(START["th"], case=case, pack=load("th"), interface="th").next_sentence
    assert same is not None
    assert same.meaning == ""


def test_a_language_without_sentences_offers_none():
    assert review("Bonjour.", case=a_case(), pack=load("fr")).next_sentence is None


@pytest.mark.parametrize(
    ("ending", "reply", "end"),
    [("kha", "OK.", "ค่ะ"), ("krap", "OK.", "ครับ"), ("", "ส่งแล้วครับ", "ครับ"), ("", "OK.", "เอง")],
)
def test_a_thai_sentence_ends_as_the_writer_does_and_guesses_nobodys_ending(ending, reply, end):
    verdict = review(reply, case=a_case(cause="late"), pack=load("th"), voice=Voice(endings={"th": ending}))
    assert verdict.next_sentence is not None
    assert verdict.next_sentence.text.endswith(end)


@pytest.mark.parametrize(
    ("message", "you"), [("Te lupasitte rahat.", "tilauksenne"), ("Missä mun rahat on?", "tilauksesi")]
)
def test_finnish_says_te_to_whoever_says_te(message, you):
    case = a_case("shared", cause="late", order="A1")
    reply = "Tämä oli meidän virheemme. Soitan huomenna."
    found = review(reply, case=case, message=message, pack=load("fi")).next_sentence
    assert found is not None
    assert you in found.text


@pytest.mark.parametrize(
    ("address", "reply", "you"),
    [("Ibu Dewi", "OK.", "Ibu"), ("", "Selamat pagi Pak Dewi.", "Bapak"), ("", "OK.", "Kak")],
)
def test_indonesian_addresses_as_wished_else_as_the_letter_began(address, reply, you):
    _, taken = written(reply, a_case("theirs", cause="no_answer"), "id", Voice(address=address))
    letter, _ = written(reply, a_case("theirs", cause="no_answer"), "id", Voice(address=address))
    assert "meant.no_answer" in taken
    assert f"{you} sampai harus menulis lagi" in letter


def test_a_market_may_differ_from_its_language():
    asked = {land: written("OK.", a_case("theirs"), "en", Voice(country=land))[0] for land in ("", "GB", "SG")}
    assert "What would put this right" in asked[""]
    assert "May I ask what would" in asked["GB"]
    assert "Dear Dewi Lestari," in asked["SG"]


def test_names_with_a_title_and_login_names_stay_whole():
    for name in ("Dr. Priya Nair", "pedro99"):
        usual = manner(load("en"), Voice(), name=name, reply="", message=None)
        assert usual.slots["name"] == name
