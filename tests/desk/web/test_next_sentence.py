"""The next best sentence and the parts of a reply, on the page: with a script and without."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent, Case, Draft, Order
from amends.desk.operations.voices import voice_of

pytestmark = pytest.mark.django_db
OWNED = "This was our mistake"
GREETED = "Hello Priya,\n\nI have refunded you.\n\nBest regards,\nAino"


def write(browser: Client, case: Case, text: str, **more: str) -> str:
    told = {"text": text, "seen_version": str(case.version), **more}
    answer = browser.post(reverse("draft", args=[case.pk]), told, headers={"HX-Request": "true"})
    return unescape(answer.content.decode())


def of_fault(case: Case, fault: str) -> Case:
    Case.objects.filter(pk=case.pk).update(fault=fault)
    case.refresh_from_db()
    return case


def test_a_sentence_is_offered_with_the_place_it_goes_to(agents_browser: Client, english_case: Case) -> None:
    part = write(agents_browser, of_fault(english_case, "ours"), GREETED)
    assert "our mistake" in part
    assert f'data-use="{GREETED.index("I have")}-' in part


def test_it_is_put_in_without_a_script(agents_browser: Client, english_case: Case) -> None:
    write(agents_browser, of_fault(english_case, "ours"), GREETED, use=f"14-14-{OWNED}. ")
    assert (
        Draft.objects.get(case=english_case).text
        == f"Hello Priya,\n\n{OWNED}. I have refunded you.\n\nBest regards,\nAino"
    )


def test_none_is_offered_while_an_error_stands(agents_browser: Client, english_case: Case) -> None:
    part = write(agents_browser, of_fault(english_case, "ours"), "We are sorry for the inconvenience.")
    assert "next-sentence" not in part


def test_parts_are_there_or_missing_in_words_with_what_earned_them(agents_browser: Client, english_case: Case) -> None:
    part = write(agents_browser, of_fault(english_case, "ours"), f"{OWNED}.")
    assert "responsibility taken</span>: there" in part
    assert f"{OWNED}.</q>" in part
    assert "regret</span>: missing" in part
    assert "forgiveness" not in part


def test_no_apology_is_listed_or_offered_for_a_fault_of_theirs(agents_browser: Client, english_case: Case) -> None:
    part = write(agents_browser, of_fault(english_case, "theirs"), "Hello Priya.")
    assert "The apology" not in part
    assert "our mistake" not in part


def test_days_late_are_counted_only_while_the_order_is_on_its_way(english_case: Case, desk: dict[str, Any]) -> None:
    agent, now = desk["people"]["agent"], clock.now()
    english_case.order = Order(number="A1", due_at=now - timedelta(days=9), state=Order.State.SHIPPED)
    said = {fact.kind: fact.value for fact in voice_of(english_case, writer=agent, now=now).facts}
    assert said["late_days"] == "9"
    english_case.order.state = Order.State.DELIVERED
    assert "late_days" not in {fact.kind for fact in voice_of(english_case, writer=agent, now=now).facts}


def test_an_agent_chooses_how_they_end_a_thai_sentence(agents_browser: Client, desk: dict[str, Any]) -> None:
    agent: Agent = desk["people"]["agent"]
    told = {"interface_language": "en", "timezone": "UTC", "languages": "th", "voice_th": "kha"}
    assert agents_browser.post(reverse("preferences"), told).status_code == 302
    agent.refresh_from_db()
    assert agent.voices == {"th": "kha"}


def test_a_rule_has_a_page_in_every_language_and_an_unknown_one_none(language: str, agents_browser: Client) -> None:
    page = agents_browser.get(reverse("rule", args=["apology.non"]), {"lang": language})
    assert "We are sorry you feel that way." in page.content.decode()
    assert agents_browser.get(reverse("rule", args=["no.such"])).status_code == 404


def test_why_a_rule_fired_leads_to_its_page(agents_browser: Client, english_case: Case) -> None:
    part = write(agents_browser, english_case, "We are sorry for the inconvenience.")
    assert reverse("rule", args=["apology.inconvenience"]) in part
