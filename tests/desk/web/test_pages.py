"""Every page opens, in every language, for whoever may see it, and loads nothing but our own files."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.coach.culture import Voice, manner
from amends.desk import clock
from amends.desk.models import Agent, Case, Conversation, Customer, Draft, Reply
from amends.desk.web.shown.card import address_as
from amends.languages import load

pytestmark = pytest.mark.django_db

PLAIN = (
    "now", "search", "promises", "outbox", "quarantine", "dead-jobs", "people", "mailbox-add", "brand-add", "playbook", "measures",
    "preferences", "my-coach",
)  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
def test_every_page_opens_in_every_language(name: str, language: str, browser_of: Callable[[str], Client]) -> None:
    page = browser_of("admin").get(reverse(name), {"lang": language})
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()


def test_a_case_opens_in_every_language(language: str, agents_browser: Client, desk: dict[str, Any]) -> None:
    for case in desk["cases"]:
        page = agents_browser.get(reverse("case", args=[case.pk]), {"lang": language})
        assert page.status_code == 200


@pytest.mark.parametrize("name", PLAIN)
def test_nothing_is_inline_so_that_the_policy_can_be_strict(name: str, browser_of: Callable[[str], Client]) -> None:
    page = browser_of("admin").get(reverse(name))
    text = page.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert all("src=" in script or "application/json" in script for script in re.findall(r"<script[^>]*>", text))
    assert "script-src 'self'" in page["Content-Security-Policy"]


def test_every_word_of_a_customer_carries_its_language(agents_browser: Client, desk: dict[str, Any]) -> None:
    page = agents_browser.get(reverse("case", args=[desk["cases"][0].pk])).content.decode()
    assert re.search(r'<p class="said" lang="th" dir="ltr">.*ส่งโคมไฟผิดอีกแล้ว', page)


def test_the_words_that_carry_the_reading_are_marked(agents_browser: Client, desk: dict[str, Any]) -> None:
    page = agents_browser.get(reverse("case", args=[desk["cases"][0].pk])).content.decode()
    assert '<mark class="threat" title="Threat: consumer authority">ผมจะไปแจ้ง สคบ.</mark>' in page


def test_who_needs_us_most_stands_first_with_the_reasons(desk: dict[str, Any], agents_browser: Client) -> None:
    since = clock.now() - timedelta(minutes=18, seconds=15)
    Case.objects.filter(pk=desk["cases"][0].pk).update(waiting_since=since)
    page = agents_browser.get(reverse("now")).content.decode()
    assert page.index("คุณสมชาย") < page.index("Budi Santoso")
    assert "Furious · waiting 18m of 20m" in page


def test_who_wrote_last_and_waits_for_nothing_is_not_in_the_way(agents_browser: Client) -> None:
    who = agents_browser.get(reverse("now")).content.decode()
    waiting = agents_browser.get(reverse("now"), {"section": "waiting"}).content.decode()
    assert "Liisa Virtanen" not in who
    assert "Liisa Virtanen" in waiting


def test_the_queue_asks_the_database_a_bounded_number_of_times(
    browser_of: Callable[[str], Client], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    browser = browser_of("lead")
    with django_assert_max_num_queries(17):
        browser.get(reverse("now"))


def test_htmx_gets_only_the_part_that_changes(agents_browser: Client, english_case: Case) -> None:
    for address in (reverse("now"), reverse("case", args=[english_case.pk])):
        part = agents_browser.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part


def test_an_uncertain_letter_is_never_called_sent(agents_browser: Client) -> None:
    page = agents_browser.get(reverse("outbox")).content.decode()
    assert "Send again; it may arrive twice" in page
    letter = Reply.objects.get(state="uncertain")
    assert "Uncertain" in agents_browser.get(reverse("outbox-reply", args=[letter.pk])).content.decode()


def test_the_search_finds_by_order_and_by_words(agents_browser: Client) -> None:
    for wanted in ("TH-88213", "juristiin", "priya@example.com"):
        page = agents_browser.get(reverse("search"), {"q": wanted}).content.decode()
        assert 'class="row"' in page


def test_an_analyst_sees_figures_and_no_customer(browser_of: Callable[[str], Client]) -> None:
    page = browser_of("analyst").get(reverse("measures")).content.decode()
    assert "Priya" not in page
    assert browser_of("analyst").get(reverse("now")).status_code == 403


def test_the_name_of_the_desk_leads_nobody_to_a_page_they_may_not_see(browser_of: Callable[[str], Client]) -> None:
    browser = browser_of("analyst")
    page = browser.get(reverse("playbook")).content.decode()
    assert (home := re.search(r'class="name" href="([^"]+)"', page))
    assert browser.get(home.group(1)).status_code == 200


def test_a_page_below_another_marks_that_one_in_the_rail(agents_browser: Client) -> None:
    page = agents_browser.get(reverse("measures-own")).content.decode()
    assert re.search(r'href="/promises/"[^>]* aria-current="true"', page)
    assert page.count('aria-current="page"') == 0


def test_the_search_is_a_link_too_for_screens_without_room_for_its_field(agents_browser: Client) -> None:
    page = agents_browser.get(reverse("now")).content.decode()
    assert re.search(r'class="only-narrow"><a class="to" href="/search/"[^>]* data-key="/"', page)


def test_a_long_address_breaks_before_its_sign(agents_browser: Client, english_case: Case) -> None:
    assert "<wbr>@" in agents_browser.get(reverse("case", args=[english_case.pk])).content.decode()


def test_a_number_that_is_nobodys_case_is_not_found(agents_browser: Client) -> None:
    assert agents_browser.get(reverse("case", args=[999_999])).status_code == 404


def test_a_tool_that_watches_the_desk_needs_no_log_in(client: Client, db: None) -> None:
    assert client.get(reverse("health")).content == b"ok\n"


def test_what_it_cost_the_customer_stands_on_their_card(agents_browser: Client, desk: dict[str, Any]) -> None:
    page = agents_browser.get(reverse("case", args=[desk["cases"][0].pk])).content.decode()
    card = " ".join(re.sub(r"<[^>]+>", " ", page[page.index("What this cost them") :]).split())
    assert card.startswith("What this cost them Letters 2 Waited for us 1d")
    assert "Promises not kept 1" in card


def test_wishes_and_facts_stand_above_the_talk(agents_browser: Client, desk: dict[str, Any]) -> None:
    page = agents_browser.get(reverse("case", args=[desk["cases"][0].pk])).content.decode()
    assert '<span class="chip good">wants a person to get in touch</span>' in page
    assert '<span class="muted">product</span> <span lang="th" dir="ltr">รุ่น A2 สีขาว</span>' in page


def test_somebody_elses_writing_shows(browser_of: Callable[[str], Client], english_case: Case) -> None:
    address = reverse("case", args=[english_case.pk])
    browser_of("lead").post(reverse("draft", args=[english_case.pk]), {"text": "Dear Priya,", "seen_version": "1"})
    part = browser_of("agent").get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Maya is writing here too." in part
    assert "Maya is writing here too" not in browser_of("lead").get(address).content.decode()


@pytest.mark.parametrize(
    ("language", "name", "address"),
    [
        ("th", "สุนิสา แก้วมณี", "คุณสุนิสา"), ("th", "คุณสมชาย ใจดี", "คุณสมชาย"), ("th", "รศ. ดร. อัญชลี", "รศ. ดร. อัญชลี"),
        ("id", "Siti Maesaroh", "Kak Siti"), ("en", "Priya Nair", "Priya"), ("fi", "Matti Korhonen", "Matti"),
        ("pt", "Rogério Bastos", "Rogério"), ("th", "สุนิสา", "คุณสุนิสา"), ("id", "budi99", "budi99"), ("en", "", ""),
        ("en", "J. Smith", "J. Smith"),
    ],
)  # fmt: skip
def test_people_are_addressed_as_their_language_does(language: str, name: str, address: str) -> None:
    assert address_as(Customer(name=name, language=language)) == address


def test_the_card_and_the_coach_say_a_name_alike(language: str) -> None:
    wished = Customer(name="Siti Maesaroh", honorific="Ibu Siti", language=language)
    assert address_as(wished) == "Ibu Siti"
    plain = address_as(Customer(name="Matti Korhonen", language=language))
    pack = load(language)
    assert manner(pack, Voice(), name="Matti Korhonen", reply="", message=None).slots["name"] == plain


def test_who_writes_in_my_languages_stands_in_a_section_of_its_own(agents_browser: Client) -> None:
    page = agents_browser.get(reverse("now"), {"section": "tongue"}).content.decode()
    assert "Priya Nair" in page
    assert "Matti Korhonen" in page
    assert "คุณสมชาย" not in page


def test_how_many_wait_is_counted_and_refreshed_in_place(agents_browser: Client, desk: dict[str, Any]) -> None:
    Case.objects.filter(pk=desk["cases"][3].pk).update(waiting_since=clock.now() - timedelta(hours=5))
    part = agents_browser.get(reverse("now"), headers={"HX-Request": "true"}).content.decode()
    line = part[part.index('id="in-short" hx-swap-oob="true"') :]
    assert "6 people wait for us." in line
    assert "The longest has waited 5h." in line
    assert "2 have waited too long." in line


def test_a_case_asleep_is_not_shown_as_waiting_too_long(agents_browser: Client, desk: dict[str, Any]) -> None:
    Case.objects.filter(pk=desk["cases"][0].pk).update(snoozed_until=clock.now() + timedelta(days=1))
    row = agents_browser.get(reverse("search"), {"q": "TH-88213"}).content.decode()
    assert "asleep until" in row
    assert 'data-pressure="over"' not in row


def test_before_resolving_their_last_words_are_read(agents_browser: Client, english_case: Case) -> None:
    page = agents_browser.get(reverse("case", args=[english_case.pk])).content.decode()
    sheet = page[page.index("Their last words") : page.index('name="ending"')]
    assert "Nothing is here, and it is for a birthday on Saturday." in sheet


def test_a_colleague_without_a_role_in_a_team_is_said_to_have_none(browser_of: Callable[[str], Client]) -> None:
    assert 'class="muted otherwise">no role<' in browser_of("admin").get(reverse("people")).content.decode()


def test_a_row_names_the_way_they_wrote_last(agents_browser: Client, english_case: Case) -> None:
    Conversation.objects.create(
        case=english_case, channel="page", token="newer", subject="s", started_at=clock.now() + timedelta(seconds=1)
    )
    page = agents_browser.get(reverse("search"), {"q": "EN-5120"}).content.decode()
    assert "· on their page" in page


def test_the_heads_heat_is_refreshed_with_the_talk(agents_browser: Client, english_case: Case) -> None:
    part = agents_browser.get(reverse("case", args=[english_case.pk]), headers={"HX-Request": "true"}).content.decode()
    assert 'id="case-head" hx-swap-oob="true"' in part


def test_the_time_zone_is_chosen_from_those_that_are_known(agents_browser: Client) -> None:
    page = agents_browser.get(reverse("preferences")).content.decode()
    assert '<select name="timezone"' in page
    assert '<option value="Asia/Bangkok"' in page


def test_the_page_of_a_rule_says_how_sure_we_are_of_what_was_measured(agents_browser: Client) -> None:
    page = agents_browser.get(reverse("rule", args=["blame.customer"])).content.decode()
    assert re.search(r"<b class=\"num\">\d+%</b> <span class=\"muted num\">\d+–\d+%</span>", page)
    assert "Ranges hold the truth 95 times of 100." in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "words and patterns"), ("id", "kata dan pola"), ("th", "คำและรูปแบบ"), ("fi", "sanat ja kaavat")],
)
def test_what_was_measured_stands_language_by_language_in_the_readers_words(
    language: str, words: str, browser_of: Callable[[str], Client], desk: dict[str, Any]
) -> None:
    Agent.objects.update(interface_language=language)
    page = browser_of("agent").get(reverse("rule", args=["blame.customer"])).content.decode()
    rows = re.findall(r"<tr><td>([^<]+)</td><td>([^<]+)</td>", page)
    tongues = [tongue for tongue, _ in rows]
    assert tongues == sorted(tongues, key=tongues.index)
    assert rows[0][1] == words


def test_two_who_write_are_two(browser_of: Callable[[str], Client], english_case: Case) -> None:
    for role in ("lead", "admin"):
        browser_of(role).post(reverse("draft", args=[english_case.pk]), {"text": "Dear Priya,", "seen_version": "1"})
    page = browser_of("agent").get(reverse("case", args=[english_case.pk])).content.decode()
    assert "Grace, Maya are writing here too." in page


def test_a_kept_draft_that_is_only_opened_is_not_writing(
    browser_of: Callable[[str], Client], english_case: Case
) -> None:
    draft, told = reverse("draft", args=[english_case.pk]), {"text": "Dear Priya,", "seen_version": "1"}
    browser_of("lead").post(draft, told)
    Draft.objects.update(updated_at=clock.now() - timedelta(hours=1))
    browser_of("lead").post(draft, told)
    browser_of("admin").post(draft, {"text": " ", "seen_version": "1"})
    assert "writing here too" not in browser_of("agent").get(reverse("case", args=[english_case.pk])).content.decode()
