"""What the desk read, on the page of a case: confirmed, corrected, and what followed our answers."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent, Brand, Case, Correction, Event, Message, MessageReading, Recap
from amends.desk.operations.read import read_message
from amends.desk.web.shown.told import told as told_on
from amends.languages import load
from amends.reading.trades import trades
from amends.vocabulary import EMOTIONS, CauseKind

pytestmark = pytest.mark.django_db
ANGRY = {
    "en": "The lamp came broken and I have now written three times. I need it before Saturday. When do I get a new one?",
    "id": "Lampunya datang pecah dan saya sudah menulis tiga kali. Kapan saya dapat yang baru? Saya butuh sebelum Sabtu.",
    "th": "โคมไฟมาถึงก็แตก ดิฉันเขียนมาสามครั้งแล้ว เมื่อไหร่จะได้ตัวใหม่คะ ต้องใช้ก่อนวันเสาร์ค่ะ",
    "fi": "Lamppu tuli rikki ja olen kirjoittanut jo kolme kertaa. Tarvitsen sen ennen lauantaita. Milloin saan uuden?",
}


@pytest.fixture
def told(english_case: Case, language: str) -> Message:
    """New words on a case, read by the desk."""
    said = Message.objects.create(
        conversation=english_case.conversations.get(), direction="in", at=clock.now(), dedupe_key="new",
        new_text=ANGRY[language], sender_name="Priya",
    )  # fmt: skip
    read_message(said.pk, now=clock.now())
    return said


def page_of(browser: Client, message: Message) -> str:
    return browser.get(reverse("case", args=[message.conversation.case_id])).content.decode()


def test_the_summary_stands_before_the_composer_and_blocks_nothing(agents_browser: Client, told: Message) -> None:
    page = page_of(agents_browser, told)
    assert page.index('id="recap"') < page.index('id="composer"')
    assert "What happened, what they want" in page
    assert re.search(r"<button[^>]*data-send>", page)


def test_the_points_stand_beside_the_composer_to_be_ticked(agents_browser: Client, told: Message) -> None:
    recap = page_of(agents_browser, told).partition('id="recap"')[2].partition('id="composer"')[0]
    assert recap.count('type="checkbox"') == len(told.reading.reading["points"]) > 0


def test_what_is_a_point_to_answer_is_not_said_twice(agents_browser: Client, told: Message) -> None:
    recap = page_of(agents_browser, told).partition('id="recap"')[2].partition('id="composer"')[0]
    quoted, listed = (
        re.findall(r"<blockquote[^>]*>([^<]+)<", recap),
        re.findall(r"<span lang[^>]*>([^<]+)</span></label>", recap),
    )
    assert listed
    assert not set(quoted) & set(listed)


@pytest.mark.parametrize(("pressed", "is_right"), [("right", True), ("skip", False)])
def test_one_press_confirms_it_or_passes_it_by(
    pressed: str, is_right: bool, agents_browser: Client, told: Message
) -> None:
    agents_browser.post(reverse("message-recap", args=[told.pk]), {pressed: "1"})
    recap = Recap.objects.get()
    assert (recap.message, recap.is_right, bool(recap.spans)) == (told, is_right, True)
    said = "Aino read it: it is right." if is_right else "Aino passed it by."
    assert said in page_of(agents_browser, told)


def test_a_press_by_htmx_answers_with_the_part_alone(agents_browser: Client, told: Message) -> None:
    address = reverse("message-recap", args=[told.pk])
    part = agents_browser.post(address, {"right": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="recap">')
    assert "<html" not in part


def test_at_what_they_are_angry_stands_on_the_card(agents_browser: Client, told: Message) -> None:
    MessageReading.objects.filter(message=told).update(reading={**told.reading.reading, "target": "person"})
    assert re.search(r"<dt>Angry at</dt><dd>one of us</dd>", page_of(agents_browser, told))


@pytest.mark.parametrize(
    ("intensity", "feeling", "seen"),
    [(3, "joy", False), (1, "joy", False), (1, "sadness", True), (0, "joy", True), (0, "anger", False)],
)
def test_no_feeling_stands_beside_a_heat_that_gainsays_it(
    intensity: int, feeling: str, seen: bool, english_case: Case, told: Message
) -> None:
    felt = {**told.reading.reading, "emotions": {name: float(name == feeling) for name in EMOTIONS}}
    MessageReading.objects.filter(message=told).update(reading=felt)
    english_case.intensity = intensity
    message = Message.objects.select_related("reading").get(pk=told.pk)
    shown = told_on(english_case, [message])
    assert shown is not None
    assert bool(shown.feeling) is seen


@pytest.mark.parametrize(
    ("aspect", "value", "after"),
    [("intensity", "4", 4), ("cause", "billing", "billing"), ("threat", "legal", ["legal"]), ("feeling", "fear", "fear")],
)  # fmt: skip
def test_one_press_corrects_it(aspect: str, value: str, after: Any, agents_browser: Client, told: Message) -> None:
    agents_browser.post(reverse("message-correct", args=[told.pk]), {aspect: value})
    correction = Correction.objects.get()
    assert (correction.aspect, correction.after, str(correction.by)) == (aspect, after, "Aino")
    assert f'name="{aspect}" value="{value}" aria-pressed="true"' in page_of(agents_browser, told)


def test_a_second_press_takes_a_threat_back(agents_browser: Client, told: Message) -> None:
    for _ in range(2):
        agents_browser.post(reverse("message-correct", args=[told.pk]), {"threat": "public"})
    assert [correction.after for correction in Correction.objects.all()] == [["public"], []]


@pytest.fixture
def earlier(told: Message) -> Message:
    """What they had written before their newest words."""
    said = Message.objects.create(
        conversation=told.conversation, direction="in", at=told.at - timedelta(days=2), dedupe_key="earlier",
        new_text=told.new_text, sender_name="Priya",
    )  # fmt: skip
    read_message(said.pk, now=said.at)
    return said


def test_every_message_that_was_read_leads_to_its_correction(
    agents_browser: Client, told: Message, earlier: Message
) -> None:
    page = page_of(agents_browser, told)
    assert all(f'href="{reverse("message-correct", args=[said.pk])}"' in page for said in (earlier, told))


def test_an_earlier_message_is_corrected_by_one_press_on_its_page(
    agents_browser: Client, told: Message, earlier: Message
) -> None:
    before = Case.objects.get(pk=told.conversation.case_id).intensity
    address = reverse("message-correct", args=[earlier.pk])
    assert 'name="intensity" value="4"' in agents_browser.get(address).content.decode()
    answer = agents_browser.post(address, {"intensity": "4"})
    assert answer.headers["Location"].endswith(f"#message-{earlier.pk}")
    assert MessageReading.objects.get(message=earlier).intensity == 4
    assert Case.objects.get(pk=told.conversation.case_id).intensity == before


def test_what_nobody_read_has_a_page_that_says_so(agents_browser: Client, told: Message) -> None:
    MessageReading.objects.all().delete()
    page = agents_browser.get(reverse("message-correct", args=[told.pk])).content.decode()
    assert "not yet read by the desk" in page
    assert 'name="intensity"' not in page


def test_what_is_no_value_is_a_bad_request(agents_browser: Client, told: Message) -> None:
    assert agents_browser.post(reverse("message-correct", args=[told.pk]), {"intensity": "9"}).status_code == 400


def test_what_nobody_read_is_refused_with_words(agents_browser: Client, told: Message) -> None:
    MessageReading.objects.all().delete()
    page = agents_browser.post(reverse("message-correct", args=[told.pk]), {"threat": "legal"}, follow=True)
    assert "nothing to correct" in page.content.decode()


def test_what_followed_our_answer_is_said_under_the_heat_line(agents_browser: Client, desk: dict[str, Any]) -> None:
    page = agents_browser.get(reverse("case", args=[desk["cases"][5].pk])).content.decode()
    assert "After the answer by Aino: calmer" in page


def test_both_ends_of_the_heat_line_are_said_in_words_that_keep_their_size(
    agents_browser: Client, desk: dict[str, Any]
) -> None:
    page = agents_browser.get(reverse("case", args=[desk["cases"][5].pk])).content.decode()
    assert page.count('<p class="heat-ends"') == 1
    assert "<text " not in page  # letters inside a picture shrink with it: 8 px on a phone


def test_of_who_is_calm_no_anger_is_said_and_nothing_unusual(agents_browser: Client, told: Message) -> None:
    case = told.conversation.case
    Case.objects.filter(pk=case.pk).update(intensity=0, above_usual=2.0)
    MessageReading.objects.filter(message=told).update(reading={**told.reading.reading, "emotions": {"anger": 0.9}})
    assert "<dt>Now</dt><dd>Calm</dd>" in page_of(agents_browser, told)


def test_more_upset_than_usual_is_said(agents_browser: Client, told: Message) -> None:
    Case.objects.filter(pk=told.conversation.case_id).update(above_usual=2.0)
    assert "more than usual for them" in page_of(agents_browser, told)


def test_giving_a_case_to_whom_it_complains_about_warns(
    browser_of: Callable[[str], Client], told: Message, desk: dict[str, Any]
) -> None:
    aino: Agent = desk["people"]["agent"]
    Message.objects.filter(pk=told.pk).update(new_text="Aino was rude to me!")
    MessageReading.objects.filter(message=told).update(reading={"target": "person"})
    address = reverse("case-assign", args=[told.conversation.case_id])
    page = browser_of("lead").post(address, {"to": aino.pk}, follow=True).content.decode()
    assert "They complain about Aino" in page
    assert Event.objects.filter(kind="case.assigned").exists()


def test_a_bank_calls_its_troubles_by_its_own_words(agents_browser: Client, told: Message, language: str) -> None:
    case = told.conversation.case
    Brand.objects.filter(pk=case.brand_id).update(trade="bank")
    page = agents_browser.get(reverse("case", args=[case.pk]), {"lang": language}).content.decode()
    words = trades(load(language))["bank"].words
    assert words[CauseKind.BILLING] in page
    assert words[CauseKind.ACCOUNT] in page


def test_without_a_trade_the_words_of_the_message_choose_it(agents_browser: Client, told: Message) -> None:
    reading = told.reading
    reading.reading = {**reading.reading, "trade": "travel"}
    reading.save()
    assert "Luggage lost" in page_of(agents_browser, told)
