"""A person's word on what was read: the case follows it, and it outlives every reader."""

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from amends.desk.models import Agent, Case, Correction, Event, Message, MessageReading
from amends.desk.operations.corrections import correct, labels
from amends.desk.operations.errors import CannotCorrect
from amends.desk.operations.heats import against_their_usual, changes_of
from amends.desk.operations.read import read_message
from amends.desk.operations.recaps import confirm, since_our_answer, telling, words_of
from tests.desk.thanks import THANKS

pytestmark = pytest.mark.django_db
CALM = {
    "en": "Hello, when will my lamp arrive? Thank you!",
    "id": "Halo, kapan lampu saya sampai? Terima kasih!",
    "th": "สวัสดีค่ะ โคมไฟจะมาถึงเมื่อไหร่คะ ขอบคุณค่ะ",
    "fi": "Hei, milloin lamppuni saapuu? Kiitos!",
}
FURIOUS = {
    "en": "This is outrageous! The lamp came broken and nobody answers. I want my money back, you useless liars!",
    "id": "Keterlaluan! Lampunya datang rusak dan tidak ada yang menjawab. Saya minta uang saya kembali, dasar penipu!",
    "th": "แย่มากๆ โมโหที่สุด โคมไฟมาถึงก็แตก ไม่มีใครตอบเลย ขอเงินคืน คนโกหก!",
    "fi": "Aivan törkeää! Lamppu tuli rikki eikä kukaan vastaa. Haluan rahani takaisin, senkin valehtelijat!",
}


def said(case: Case, text: str, at: datetime, *, read: bool = True, direction: str = "in") -> Message:
    message = Message.objects.create(
        conversation=case.conversations.get(), direction=direction, new_text=text, at=at, dedupe_key=f"{text[:30]}{at}"
    )
    if read and direction == "in":
        read_message(message.pk, now=at)
    return message


PLAIN = {
    "en": "My order number is 123.",
    "id": "Ada kabar kak? Terima kasih",
    "th": "มีข่าวไหมคะ ขอบคุณค่ะ",
    "fi": "Onko uutisia? Kiitos",
}


def test_a_plain_line_after_our_answer_is_not_told_as_having_calmed_down(case: Case, language: str, now: datetime):
    said(case, FURIOUS[language], now)
    case.last_reply_at = said(case, "What is your order number?", now + timedelta(hours=1), direction="out").at
    case.save()
    said(case, PLAIN[language], now + timedelta(hours=2))
    assert changes_of(case) == []
    assert not Event.objects.filter(kind="heat.changed").exists()


def test_the_heat_follows_the_correction(case: Case, aino: Agent, language: str, now: datetime):
    message = said(case, CALM[language], now)
    correct(message, aspect="intensity", after=4, by=aino, now=now)
    case.refresh_from_db()
    assert (case.intensity, case.anger) == (4, 1.0)
    assert Event.objects.get(kind="reading.corrected").facts["after"] == 4


def test_a_correction_outlives_the_next_reading(case: Case, aino: Agent, now: datetime):
    message = said(case, CALM["en"], now)
    correct(message, aspect="intensity", after=3, by=aino, now=now)
    read_message(message.pk, now=now)
    case.refresh_from_db()
    assert (case.intensity, message.corrections.get().before) == (3, 0)


def test_a_correction_of_older_words_leaves_the_heat_of_the_case(case: Case, aino: Agent, now: datetime):
    older = said(case, CALM["en"], now)
    said(case, "Thank you, it has arrived!", now + timedelta(hours=1))
    correct(older, aspect="intensity", after=4, by=aino, now=now)
    case.refresh_from_db()
    assert case.intensity <= 1


@pytest.mark.parametrize(
    ("aspect", "after"), [("cause", "damaged"), ("threat", ["legal"]), ("feeling", "sadness"), ("threat", [])]
)
def test_what_a_person_says_stands(aspect: str, after: Any, case: Case, aino: Agent, now: datetime):
    message = said(case, FURIOUS["en"], now)
    correct(message, aspect=aspect, after=after, by=aino, now=now)
    found = MessageReading.objects.get(message=message).reading
    stands = {
        "cause": found["causes"][0]["cause"],
        "threat": [threat["kind"] for threat in found["threats"]],
        "feeling": max(found["emotions"], key=found["emotions"].get),
    }
    assert stands[aspect] == after


def test_the_cause_of_the_case_follows(case: Case, aino: Agent, now: datetime):
    correct(said(case, FURIOUS["fi"], now), aspect="cause", after="billing", by=aino, now=now)
    case.refresh_from_db()
    assert case.cause == "billing"


@pytest.mark.parametrize(
    ("aspect", "after"), [("intensity", 7), ("cause", "rain"), ("threat", ["x"]), ("feeling", "x")]
)
def test_a_value_that_is_none_is_refused(aspect: str, after: Any, case: Case, aino: Agent, now: datetime):
    message = said(case, FURIOUS["en"], now)
    with pytest.raises(ValueError, match=r".+"):
        correct(message, aspect=aspect, after=after, by=aino, now=now)
    assert not Correction.objects.exists()


def test_what_nobody_read_cannot_be_corrected(case: Case, aino: Agent, now: datetime):
    with pytest.raises(CannotCorrect):
        correct(said(case, "?", now, read=False), aspect="intensity", after=1, by=aino, now=now)


def test_a_label_is_the_newest_word_without_the_customers_name(case: Case, aino: Agent, now: datetime):
    message = said(case, "Somchai here. Where is it?", now)
    for steps in (1, 3):
        correct(message, aspect="intensity", after=steps, by=aino, now=now)
    (label,) = labels()
    assert (label["after"], label["text"], label["aspect"]) == (3, "… here. Where is it?", "intensity")


def test_what_followed_our_answer_is_written_down_once(case: Case, language: str, now: datetime):
    said(case, FURIOUS[language], now)
    ours = said(case, "We are sorry.", now + timedelta(hours=1), direction="out")
    Case.objects.filter(pk=case.pk).update(last_reply_at=ours.at)
    theirs = said(case, THANKS[language], now + timedelta(hours=2))
    read_message(theirs.pk, now=now)
    happened = Event.objects.get(kind="heat.changed")
    assert happened.facts["reply"] == ours.pk == changes_of(case)[0].reply
    assert happened.facts["steps"] < 0


def test_somebody_always_calm_who_is_angry_now_stands_out(case: Case, now: datetime):
    for days in range(6, 0, -1):
        said(case, CALM["en"], now - timedelta(days=days))
    message = said(case, FURIOUS["en"], now)
    case.refresh_from_db()
    assert case.above_usual == against_their_usual(message, intensity=case.intensity).steps > 1


def test_the_summary_holds_what_happened_and_not_the_heat(case: Case, aino: Agent, language: str, now: datetime):
    message = said(case, FURIOUS[language], now)
    shown = since_our_answer(Message.objects.filter(pk=message.pk).select_related("reading"))
    recap = confirm(message, unanswered=shown, is_right=True, by=aino, now=now)
    words = [words_of(stretch, shown) for stretch in telling(shown)]
    assert words
    assert all(sentence in " ".join(message.new_text.split()) for sentence in words)
    assert [tuple(row) for row in recap.spans] == telling(shown)


def test_the_labels_are_written_a_line_each(case: Case, aino: Agent, now: datetime):
    correct(said(case, CALM["fi"], now), aspect="intensity", after=2, by=aino, now=now)
    out = StringIO()
    call_command("read_corrections", stdout=out)
    (line,) = out.getvalue().splitlines()
    assert json.loads(line)["after"] == 2


def test_of_words_on_two_messages_causes_the_newest_messages_counts(
    case: Case, aino: Agent, language: str, now: datetime
):
    older = said(case, CALM[language], now)
    newer = said(case, FURIOUS[language], now + timedelta(hours=1))
    correct(newer, aspect="cause", after="refund", by=aino, now=now + timedelta(hours=2))
    correct(older, aspect="cause", after="late", by=aino, now=now + timedelta(hours=3))
    case.refresh_from_db()
    assert case.cause == "refund"


def test_a_correction_before_an_answer_tells_anew_what_followed_it(case: Case, aino: Agent, now: datetime):
    before = said(case, CALM["en"], now)
    said(case, "We are on it.", now + timedelta(hours=1), direction="out")
    after = said(case, "Thank you!", now + timedelta(hours=2))
    correct(before, aspect="intensity", after=4, by=aino, now=now + timedelta(hours=3))
    told = Event.objects.filter(kind="heat.changed", facts__message=after.pk).latest("pk")
    assert (told.facts["before"], told.facts["after"]) == (4, 0)
