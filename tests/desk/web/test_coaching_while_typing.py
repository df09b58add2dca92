"""What the coach says while somebody types: at once by words, later by meaning; in two languages; and why strictly."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk.models import Agent, Case, Draft
from amends.engines.choose import encoder_gap

pytestmark = pytest.mark.django_db
HOLLOW = "We are sorry for the inconvenience."
FINNISH = "Hyvä Matti, pahoittelemme aiheutunutta vaivaa."


def typed(browser: Client, case: Case, text: str, *, route: str = "draft", **more: str) -> Any:
    told = {"text": text, "seen_version": str(case.version), **more}
    return browser.post(reverse(route, args=[case.pk]), told, headers={"HX-Request": "true"})


@pytest.mark.skipif(bool(encoder_gap()), reason="no encoder runs here")
def test_a_keystroke_is_answered_by_words_and_asks_for_the_meaning_afterwards(
    agents_browser: Client, english_case: Case
) -> None:
    assert "data-awaits" in typed(agents_browser, english_case, HOLLOW).content.decode()
    assert "data-awaits" not in typed(agents_browser, english_case, HOLLOW, route="draft-meaning").content.decode()


def test_the_meaning_of_a_text_that_is_not_kept_is_not_told(agents_browser: Client, english_case: Case) -> None:
    typed(agents_browser, english_case, HOLLOW)
    assert typed(agents_browser, english_case, "Older words.", route="draft-meaning").status_code == 204


def test_what_may_change_stands_below_what_stands_in_the_words(agents_browser: Client, english_case: Case) -> None:
    said = typed(agents_browser, english_case, HOLLOW).context["coaching"]
    assert [shown.finding.rule for shown in said.in_words] == ["apology.inconvenience"]
    assert all(shown.comes_later for shown in said.later)
    assert len(said.in_words) + len(said.later) == len(said.findings)


def test_a_suggestion_comes_with_its_meaning_in_the_readers_language(
    agents_browser: Client, desk: dict[str, Any]
) -> None:
    part = typed(agents_browser, desk["cases"][2], FINNISH).content.decode()
    assert '<span class="meant" lang="en" dir="ltr">= I am sorry that we let you down with order FI-7741</span>' in part


def test_a_reader_of_the_same_language_gets_no_meaning(agents_browser: Client, english_case: Case) -> None:
    assert 'class="meant"' not in typed(agents_browser, english_case, HOLLOW).content.decode()


def test_the_findings_can_be_heard_in_short(agents_browser: Client, english_case: Case) -> None:
    said = typed(agents_browser, english_case, HOLLOW).context["coaching"].said
    assert said.startswith("Would anger them again: 1.")
    assert "“We are sorry for the inconvenience”" in said


def test_the_first_reply_to_an_angry_customer_says_why_it_is_read_more_strictly(
    agents_browser: Client, desk: dict[str, Any]
) -> None:
    case = desk["cases"][1]
    part = typed(agents_browser, case, HOLLOW).content.decode()
    assert "Read more strictly:" in part
    assert "it is the first reply, they are angry" in part


def test_much_in_hand_makes_a_word_of_blame_an_error(agents_browser: Client, desk: dict[str, Any]) -> None:
    agent, case = Agent.objects.get(username="aino"), desk["cases"][3]
    Case.objects.exclude(pk=case.pk).update(owner=agent, status="open", intensity=4)
    for number in range(8):
        Case.objects.create(
            customer=case.customer,
            brand=case.brand,
            owner=agent,
            intensity=4,
            opened_at=case.opened_at,
            subject=f"{number}",
        )
    assert "busy" in typed(agents_browser, case, HOLLOW).context["coaching"].why_strict


def test_a_reason_is_kept_though_another_finding_of_the_rule_has_an_empty_field(
    agents_browser: Client, english_case: Case
) -> None:
    told = {"text": HOLLOW, "seen_version": "1", "finding": "apology.inconvenience\nWe are sorry for the inconvenience",
            "reason-apology.inconvenience": ["Her own words.", ""]}  # fmt: skip
    agents_browser.post(reverse("draft-dismiss", args=[english_case.pk]), told, headers={"HX-Request": "true"})
    assert Draft.objects.get(case=english_case).dismissed[0]["reason"] == "Her own words."


def test_what_was_heard_is_remembered_once(agents_browser: Client, english_case: Case) -> None:
    typed(agents_browser, english_case, HOLLOW)
    typed(agents_browser, english_case, HOLLOW)
    heard = Draft.objects.get(case=english_case).heard
    assert len(heard) == len({(one["rule"], one["quote"]) for one in heard}) > 0


TO_PRIYA = {
    "id": "Pesanan Anda sudah kami kirim ulang hari ini, mohon maaf atas kesalahan kami.",
    "th": "สวัสดีค่ะคุณ Priya ทางเราส่งของชิ้นใหม่ให้วันนี้ค่ะ ขออภัยที่ส่งผิดให้",
    "fi": "Hyvä Priya, lähetimme tilauksesi tänään uudelleen ja pyydämme virhettämme anteeksi.",
}


@pytest.mark.parametrize("tongue", TO_PRIYA)
def test_a_draft_in_another_language_than_the_customers_is_noticed_calmly(
    agents_browser: Client, english_case: Case, tongue: str
) -> None:
    answer = typed(agents_browser, english_case, TO_PRIYA[tongue])
    assert answer.context["coaching"].tongues == (tongue, "en")
    assert "Priya Nair writes in English." in answer.content.decode()


@pytest.mark.parametrize("words", ["Dear Priya, we have sent your mixer again today.", "Pesanan Anda", ""])
def test_their_own_language_and_words_too_few_to_tell_are_not(
    agents_browser: Client, english_case: Case, words: str
) -> None:
    assert "Priya Nair writes" not in typed(agents_browser, english_case, words).content.decode()
