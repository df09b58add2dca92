"""What the coach says of a reply, told in the four languages."""

import pytest

from amends.coach.finding import Severity
from amends.coach.review import review
from amends.languages import load
from amends.vocabulary import CaseView, Fact, Fault, Stage, TextTooLong


def rules(reply: str, tag: str, **case) -> list[str]:
    return [f.rule for f in review(reply, case=CaseView(**case), pack=load(tag)).findings]


FEELINGS = {
    "en": "We are sorry you feel that way.",
    "id": "Kami mohon maaf jika Ibu merasa kurang puas.",
    "th": "ขออภัยหากทำให้คุณลูกค้ารู้สึกไม่พอใจค่ะ",
    "fi": "Pahoittelemme, jos sinusta tuntuu siltä.",
}
HOLLOW = {
    "en": "We apologise for the inconvenience.",
    "id": "Mohon maaf atas ketidaknyamanannya.",
    "th": "ขออภัยในความไม่สะดวกค่ะ",
    "fi": "Pahoittelemme aiheutunutta vaivaa.",
}
OTHERS = {
    "en": "The courier lost your parcel.",
    "id": "Kurir menghilangkan paket Ibu.",
    "th": "ขนส่งทำของหายค่ะ",
    "fi": "Kuljetusliike hukkasi pakettinne.",
}
YOU = {
    "en": "You entered the wrong address.",
    "id": "Ibu salah memasukkan alamat.",
    "th": "คุณลูกค้ากรอกที่อยู่ผิดเองค่ะ",
    "fi": "Annoitte väärän osoitteen.",
}
NEVER = {
    "en": "This will never happen again.",
    "id": "Kejadian ini tidak akan terulang lagi.",
    "th": "เหตุการณ์แบบนี้จะไม่เกิดขึ้นอีกค่ะ",
    "fi": "Tämä ei tule toistumaan.",
}
WHOLE = {
    "en": "Thank you for telling us, Anna. I am sorry that we lost your parcel. This was our mistake. I can see how "
    "frustrating nine days of waiting were. I have sent a new pair today; it arrives on Friday. Would you like the "
    "old one collected?\n\nLiisa Virtanen",
    "id": "Terima kasih sudah memberi tahu kami, Bu Anna. Kami minta maaf karena paket Ibu hilang. Ini kesalahan kami. "
    "Saya paham Ibu pasti kecewa menunggu sembilan hari. Saya sudah mengirim yang baru hari ini, sampai hari Jumat. "
    "Apakah jam sembilan cocok?\n\nDewi Lestari",
    "th": "ขอบคุณที่แจ้งเราค่ะ คุณ Anna ขอโทษที่เราทำพัสดุหายค่ะ เป็นความผิดของเราเองค่ะ เข้าใจเลยค่ะว่าผิดหวังมาก "
    "ดิฉันส่งชิ้นใหม่ให้แล้ววันนี้ค่ะ ถึงวันศุกร์ค่ะ สะดวกรับช่วงเช้าไหมคะ\n\nมาลี ใจดี",
    "fi": "Kiitos, että kerroit tästä, Anna. Pahoittelen, että hukkasimme pakettisi. Tämä oli meidän virheemme. "
    "Ymmärrän, että yhdeksän päivän odotus on ollut turhauttavaa. Lähetin tänään uuden parin, se saapuu perjantaina. "
    "Sopiiko aamu?\n\nLiisa Virtanen",
}


def test_an_apology_for_a_feeling_is_no_apology(language):
    assert "apology.non" in rules(FEELINGS[language], language)


def test_an_apology_that_names_no_fault_is_hollow(language):
    assert "apology.inconvenience" in rules(HOLLOW[language], language)


def test_pointing_at_another_department_is_an_error(language):
    assert "blame.department" in rules(OTHERS[language], language)


def test_pointing_at_the_customer_is_an_error(language):
    assert "blame.customer" in rules(YOU[language], language)


def test_never_again_is_an_error_until_a_fix_is_linked(language):
    assert "promise.never_again" in rules(NEVER[language], language)
    assert "promise.never_again" not in rules(NEVER[language], language, has_linked_fix=True)


def test_a_good_whole_reply_is_left_alone(language):
    verdict = review(WHOLE[language], case=CaseView(customer_name="Anna", fault=Fault.OURS), pack=load(language))
    assert [f.rule for f in verdict.findings if f.severity is not Severity.HINT] == []
    assert verdict.score >= 90


def test_a_good_whole_reply_walks_all_four_stages(language):
    verdict = review(WHOLE[language], pack=load(language))
    assert all(verdict.stages[stage] >= 0.5 for stage in Stage)


SPECIFIC = {
    "en": "I am sorry that we sent you the wrong shoes.",
    "id": "Kami minta maaf karena paket Ibu hilang.",
    "th": "ขอโทษที่เราทำพัสดุหายค่ะ",
    "fi": "Pahoittelen, että pakettisi tuli yhdeksän päivää myöhässä.",
}


def weight_of_habit(tag, reply, market=""):
    found = review(reply, case=CaseView(market=market), pack=load(tag)).findings
    return [f.severity for f in found if f.rule == "apology.inconvenience"]


@pytest.mark.parametrize(
    ("tag", "market", "weight"),
    [
        ("id", "", "warning"), ("id", "ID", "warning"), ("th", "TH", "warning"), ("th", "", "warning"),
        ("en", "", "error"), ("en", "GB", "error"), ("en", "IN", "warning"), ("en", "SG", "warning"),
        ("fi", "", "error"), ("fi", "FI", "error"),
    ],
)  # fmt: skip
def test_where_the_phrase_is_ritual_a_specific_apology_beside_it_softens_it(tag, market, weight):
    assert weight_of_habit(tag, f"{SPECIFIC[tag]} {HOLLOW[tag]}", market) == [weight]


@pytest.mark.parametrize(("tag", "market"), [("id", "ID"), ("th", "TH"), ("en", "IN"), ("fi", "FI")])
def test_alone_a_ritual_apology_is_an_error_everywhere(tag, market):
    assert weight_of_habit(tag, HOLLOW[tag], market) == ["error"]


def test_a_case_of_our_fault_wants_it_owned(language):
    assert "own.missing" in rules("OK.", language, fault=Fault.OURS)
    assert "own.missing" not in rules("OK.", language, fault=Fault.THEIRS)


def test_nobody_calm_needs_an_apology(language):
    assert "apology.missing" not in rules("OK.", language, anger=0)
    assert "apology.missing" in rules("OK.", language)


def test_findings_stand_in_the_original_text_whatever_letters_it_has():
    reply = "Heyyyyyy 👋🏽 “Anna”…  I’m   sorry you   feel\u200b that way."
    (found,) = [f for f in review(reply, pack=load("en")).findings if f.rule == "apology.non"]
    assert found.span.of(reply) == "I’m   sorry you   feel\u200b that way"


def test_thai_marks_do_not_shift_the_words_at_fault():
    reply = "ค่ะ ทั้งนี้ ขออภัยในความไม่สะดวก"
    (found,) = [f for f in review(reply, pack=load("th")).findings if f.rule == "apology.inconvenience"]
    assert found.span.of(reply) == "ขออภัยในความไม่สะดวก"


def test_a_suggestion_names_the_order_when_the_case_knows_it(language):
    case = CaseView(facts=(Fact(kind="order", value="TH-88213"),))
    found = {f.rule: f for f in review(HOLLOW[language], case=case, pack=load(language)).findings}
    assert "TH-88213" in found["apology.inconvenience"].suggestions[0]


def test_a_suggestion_never_holds_an_open_slot(language):
    for reply in (FEELINGS, HOLLOW, OTHERS, YOU, NEVER):
        for found in review(reply[language], pack=load(language)).findings:
            assert "{" not in "".join(found.suggestions)


def test_words_quoted_from_the_customer_are_not_ours():
    assert "blame.customer" not in rules('You wrote "they said you entered the wrong address".', "en")
    assert "apology.non" not in rules("> We are sorry you feel that way.\n\nI am sorry we lost it.", "en")


def test_reasons_come_in_the_language_of_the_agent(language):
    english = review(FEELINGS["en"], pack=load("en"), interface="en").findings[0].why
    assert (review(FEELINGS["en"], pack=load("en"), interface=language).findings[0].why == english) == (
        language == "en"
    )


def test_a_language_without_rules_still_finds_an_open_slot():
    assert "var.unresolved" in rules("Olá {nome}, tudo bem?", "pt")


def test_an_empty_reply_is_no_crash(language):
    assert review("", pack=load(language)).score == 100


def test_a_reply_without_end_is_refused():
    with pytest.raises(TextTooLong):
        review("a" * 20_001, pack=load("en"))


def taken(reply: str, rule: str, language: str, case: CaseView | None = None, message: str | None = None) -> str:
    found = review(reply, case=case, message=message, pack=load(language)).findings
    one = next(f for f in found if f.rule == rule and f.suggestions)
    return reply[: one.stretch.start] + one.suggestions[0] + reply[one.stretch.end :]


ORDER = CaseView(facts=(Fact(kind="order", value="LC-29014"),))


def test_a_sentence_takes_the_place_of_the_whole_sentence():
    said = taken("Hi. You should have read the terms! I will call.", "blame.customer", "en", ORDER)
    assert said == "Hi. We should have made this clearer for order LC-29014. I will call."


def test_a_thai_sentence_ends_as_its_writer_speaks():
    said = taken("ขอบคุณที่แจ้งเข้ามาค่ะ คุณลูกค้ากรอกที่อยู่ผิดเองนะคะ", "blame.customer", "th", ORDER)
    assert said == "ขอบคุณที่แจ้งเข้ามาค่ะ เราควรอธิบายเรื่องคำสั่งซื้อ LC-29014 ให้ชัดเจนกว่านี้ค่ะ"


@pytest.mark.parametrize("loud", ["ส่งของแล้วค่ะ!!! รอสักครู่ค่ะ", "ส่งของแล้วค่ะ !! รอสักครู่ค่ะ"])
def test_thai_shouts_are_calmed_without_a_full_stop(loud):
    assert taken(loud, "tone.heated", "th") == "ส่งของแล้วค่ะ รอสักครู่ค่ะ"


def test_what_a_sentence_says_beside_stays():
    said = taken("We apologise for the inconvenience, and we will refund you today.", "apology.inconvenience", "en")
    assert said == "I am sorry that we let you down, and we will refund you today."


def test_a_greeting_before_the_words_stays():
    said = taken("Dear Anna, you should have read the terms.", "blame.customer", "en")
    assert said == "Dear Anna, we should have made this clearer."


@pytest.mark.parametrize(
    ("message", "said"),
    [("Missä tilaukseni on? Lupasitte sen jo.", "tilauksenne"), ("Mä venaan, missä sun paketti on?", "tilauksesi")],
)
def test_a_finnish_suggestion_follows_the_form_of_the_customer(message, said):
    reply = "Pahoittelut häiriöstä."
    assert said in taken(reply, "apology.inconvenience", "fi", ORDER, message)


def test_a_faceless_sentence_gets_a_person_beside_it():
    said = taken("Your case is being processed. Bye.", "voice.faceless", "en")
    assert said == "Your case is being processed. I am taking care of this. Bye."


def test_a_name_spelt_wrong_is_an_error_and_offers_the_right_one():
    case = CaseView(customer_name="Anna Johnson")
    (found,) = [f for f in review("Dear Jonson,", case=case, pack=load("en")).findings if f.rule == "name.misspelt"]
    assert found.suggestions == ("Johnson",)
