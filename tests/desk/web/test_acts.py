"""What people do on the pages around the composer."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent, Case, Halt, Mailbox, Promise
from amends.desk.one_time import token_for

pytestmark = pytest.mark.django_db


def test_a_case_is_given_to_somebody_and_back(agents_browser: Client, english_case: Case, desk: dict[str, Any]) -> None:
    lead = desk["people"]["lead"]
    agents_browser.post(reverse("case-assign", args=[english_case.pk]), {"to": lead.pk})
    english_case.refresh_from_db()
    assert english_case.owner == lead
    agents_browser.post(reverse("case-assign", args=[english_case.pk]), {"to": ""})
    english_case.refresh_from_db()
    assert english_case.owner is None


def test_a_case_sleeps_and_is_woken(agents_browser: Client, english_case: Case) -> None:
    agents_browser.post(reverse("case-snooze", args=[english_case.pk]), {"for": "1d"})
    english_case.refresh_from_db()
    assert english_case.snoozed_until is not None
    agents_browser.post(reverse("case-snooze", args=[english_case.pk]))
    english_case.refresh_from_db()
    assert english_case.snoozed_until is None


def test_a_case_that_may_not_rest_says_why_in_the_readers_words(agents_browser: Client, desk: dict[str, Any]) -> None:
    Agent.objects.filter(username="aino").update(interface_language="fi")
    address = reverse("case-resolve", args=[desk["cases"][1].pk])
    page = agents_browser.post(address, {"ending": "quiet"}, follow=True).content.decode()
    assert "Kukaan ei ole vielä vastannut" in page


def test_whose_mistake_it_was_is_written_down(agents_browser: Client, english_case: Case) -> None:
    agents_browser.post(reverse("case-fault", args=[english_case.pk]), {"fault": "ours"})
    english_case.refresh_from_db()
    assert english_case.fault == "ours"


def test_a_note_stands_on_the_timeline(agents_browser: Client, english_case: Case) -> None:
    address = reverse("case-note", args=[english_case.pk])
    page = agents_browser.post(address, {"text": "Carrier says tomorrow."}, follow=True).content.decode()
    assert "Carrier says tomorrow." in page


def test_a_promise_is_kept_with_what_shows_it(agents_browser: Client) -> None:
    promise = Promise.objects.filter(state="slipping").first()
    assert promise is not None
    agents_browser.post(reverse("promise-keep", args=[promise.pk]), {"evidence": "Tracking FI-1"})
    promise.refresh_from_db()
    assert (promise.state, promise.evidence) == ("kept", "Tracking FI-1")


@pytest.mark.parametrize("until", ["", "2020-01-01T09:00"])
def test_a_sleep_without_a_time_to_come_is_refused_in_words(
    agents_browser: Client, english_case: Case, until: str
) -> None:
    form = {"for": "", "until": until}
    told = agents_browser.post(reverse("case-snooze", args=[english_case.pk]), form, follow=True)
    assert "Choose a time that is still to come." in told.content.decode()


def test_nobody_asks_themselves_for_a_supervisor(browser_of: Callable[[str], Client], english_case: Case) -> None:
    asked = [
        browser_of(role).get(reverse("case", args=[english_case.pk])).content.decode() for role in ("agent", "lead")
    ]
    assert ["Ask a supervisor</summary>" in page for page in asked] == [True, False]


def test_what_was_written_down_of_a_promise_is_told(agents_browser: Client) -> None:
    promise = Promise.objects.filter(state="slipping")[0]
    form = {"customers_words": "Next week is fine."}
    told = agents_browser.post(reverse("promise-release", args=[promise.pk]), form, follow=True)
    assert "they released us" in told.content.decode()


def test_a_regulators_clock_is_said_in_the_readers_language(agents_browser: Client) -> None:
    Promise.objects.filter(state="slipping").update(
        kind="clock", clock="th-bot/progress", quote="Result within 15 days"
    )
    Agent.objects.update(interface_language="fi")
    assert "Thaimaan keskuspankki: tulos" in agents_browser.get(reverse("promises")).content.decode()


def test_the_number_of_a_case_stands_on_it(agents_browser: Client, english_case: Case) -> None:
    page = agents_browser.get(reverse("case", args=[english_case.pk])).content.decode()
    assert f"Case {english_case.pk}</span>" in page


def test_only_the_customers_words_release_a_promise(agents_browser: Client) -> None:
    promise = Promise.objects.filter(state="slipping").first()
    assert promise is not None
    agents_browser.post(reverse("promise-release", args=[promise.pk]), {"customers_words": " "})
    promise.refresh_from_db()
    assert promise.state == "slipping"


def test_a_customer_is_told_ahead(agents_browser: Client) -> None:
    promise = Promise.objects.filter(state="slipping").first()
    assert promise is not None
    words = {"text": "Hello, it will be tomorrow at noon. I am sorry. Aino", "reason": "short"}
    agents_browser.post(reverse("promise-tell", args=[promise.pk]), words)
    assert promise.told_by.get().text.startswith("Hello")


def test_the_kill_switch_stops_and_frees(browser_of: Callable[[str], Client]) -> None:
    lead = browser_of("lead")
    page = lead.post(reverse("halt"), {"reason": "Wrong prices everywhere"}, follow=True).content.decode()
    assert "Wrong prices everywhere" in page
    lead.post(reverse("halt-lift"))
    assert Halt.objects.get().lifted_at is not None


def test_a_new_colleague_gets_a_link_that_lets_them_in(browser_of: Callable[[str], Client], client: Client) -> None:
    told = {
        "username": "somsri",
        "interface_language": "th",
        "timezone": "Asia/Bangkok",
        "role": "agent",
        "languages": "th, en",
    }
    page = browser_of("admin").post(reverse("agent-add"), told)
    link = page.context["link"].partition("/log-in/")[2]
    assert client.get(f"/log-in/{link}").status_code == 200
    assert client.post(f"/log-in/{link}", follow=True).status_code == 200
    assert client.post(f"/log-in/{link}").status_code == 410
    assert Agent.objects.get(username="somsri").languages == ["th", "en"]


def test_a_name_taken_twice_is_refused_kindly(browser_of: Callable[[str], Client]) -> None:
    told = {"username": "aino", "interface_language": "en", "timezone": "UTC", "role": "agent"}
    page = browser_of("admin").post(reverse("agent-add"), told)
    assert page.status_code == 422
    assert "Somebody already has this log-in name." in page.content.decode()


def test_the_last_key_is_not_thrown_away(browser_of: Callable[[str], Client], desk: dict[str, Any]) -> None:
    admin, team = desk["people"]["admin"], desk["team"]
    browser_of("admin").post(reverse("agent-roles", args=[admin.pk]), {"team": team.pk, "roles": ["agent"]})
    assert admin.memberships.filter(role="admin").exists()


def test_a_mailbox_is_added_and_its_test_says_what_is_wrong(browser_of: Callable[[str], Client], desk: Any) -> None:
    told = {
        "brand": desk["brand"].pk, "address": "hello@lumi.example", "imap_host": "127.0.0.1", "imap_port": "1",
        "imap_encryption": "none", "imap_user": "x", "smtp_port": "587", "smtp_encryption": "tls",
        "imap_password": "secret", "enabled": "on",
    }  # fmt: skip
    browser_of("admin").post(reverse("mailbox-add"), told)
    mailbox = Mailbox.objects.get(address="hello@lumi.example")
    page = browser_of("admin").post(reverse("mailbox-test", args=[mailbox.pk])).content.decode()
    assert "refuses a connection on that port" in page
    assert "secret" not in page


def test_preferences_change_the_screens(agents_browser: Client) -> None:
    told = {"display_name": "Aino", "interface_language": "th", "timezone": "Asia/Bangkok", "languages": "th"}
    page = agents_browser.post(reverse("preferences"), told, follow=True)
    assert '<html lang="th">' in page.content.decode()
    assert "บันทึกแล้ว" in page.content.decode()


def test_languages_are_chosen_by_their_names_in_the_readers_own(agents_browser: Client, language: str) -> None:
    page = agents_browser.get(reverse("preferences"), {"lang": language}).content.decode()
    finnish = {"en": "Finnish", "id": "Suomi", "th": "ฟินแลนด์", "fi": "suomi"}[language]
    bangkok = {"en": "Bangkok", "id": "Bangkok", "th": "กรุงเทพ", "fi": "Bangkok"}[language]
    assert re.search(rf'<option value="fi"[^>]*>{finnish}</option>', page)
    assert f"{bangkok} (Asia/Bangkok)" in page


def test_languages_stand_in_the_order_chosen_each_once(agents_browser: Client) -> None:
    lists = {"languages_0": "th", "languages_1": "", "languages_2": "en", "languages_3": "th"}
    told = {"display_name": "Aino", "interface_language": "en", "timezone": "UTC", **lists}
    assert agents_browser.post(reverse("preferences"), told).status_code == 302
    assert Agent.objects.get(display_name="Aino").languages == ["th", "en"]


@pytest.mark.parametrize("tag", ["klingonish", "xx", "en-"])
def test_a_language_nobody_knows_is_refused_kindly(agents_browser: Client, tag: str) -> None:
    told = {"interface_language": "en", "timezone": "UTC", "languages_0": tag}
    page = agents_browser.post(reverse("preferences"), told)
    assert page.status_code == 422
    assert f"Nobody knows a language called “{tag}”." in page.content.decode()


def test_a_language_without_a_pack_that_stands_is_not_lost(agents_browser: Client) -> None:
    Agent.objects.filter(display_name="Aino").update(languages=["en", "sw"])
    page = agents_browser.get(reverse("preferences")).content.decode()
    assert '<option value="sw" selected>Swahili</option>' in page


@pytest.mark.parametrize(
    ("old", "new"),
    [("Asia/Saigon", "Asia/Ho_Chi_Minh"), ("US/Pacific", "America/Los_Angeles"), ("Etc/UTC", "UTC"), ("UTC", "UTC")],
)  # fmt: skip
def test_an_old_name_of_a_zone_stands_as_chosen_and_is_taken(agents_browser: Client, old: str, new: str) -> None:
    Agent.objects.filter(display_name="Aino").update(timezone=old)
    page = agents_browser.get(reverse("preferences")).content.decode()
    assert re.findall(r'<option value="([^"]+)" selected>[^<]*</option>', page).count(new) == 1
    assert old == new or f'value="{old}"' not in page
    told = {"display_name": "Aino", "interface_language": "en", "timezone": old, "languages": "en"}
    assert agents_browser.post(reverse("preferences"), told).status_code == 302
    assert Agent.objects.get(display_name="Aino").timezone == new


def test_a_zone_nobody_knows_is_refused(agents_browser: Client) -> None:
    told = {"interface_language": "en", "timezone": "Middle/Earth"}
    assert agents_browser.post(reverse("preferences"), told).status_code == 422


def test_the_playbook_tries_a_reply(agents_browser: Client) -> None:
    text = {"text": "We are sorry for the inconvenience."}
    assert "R161" in agents_browser.post(reverse("playbook"), text).content.decode()


def test_a_link_only_looked_at_is_not_used_up(client: Client, desk: dict[str, Any]) -> None:
    address = reverse("one-time", args=[token_for(desk["people"]["agent"], now=clock.now())])
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 200]
    assert client.post(address).status_code == 302


def test_everybody_begins_where_they_may(client_of: Callable[[Agent | None], Client], desk: dict[str, Any]) -> None:
    firsts = {"agent": "/", "lead": "/", "analyst": "/measures/", "owner": "/measures/", "admin": "/"}
    for role, first in firsts.items():
        address = reverse("one-time", args=[token_for(desk["people"][role], now=clock.now())])
        assert client_of(None).post(address)["Location"] == first


def test_a_case_that_we_took_up_again_waits_for_us(agents_browser: Client, desk: dict[str, Any]) -> None:
    thanked = desk["cases"][5]
    Promise.objects.filter(case=thanked).delete()
    agents_browser.post(f"/cases/{thanked.pk}/resolve", {"ending": "customer_said"})
    agents_browser.post(f"/cases/{thanked.pk}/reopen")
    row = next(row for row in agents_browser.get("/").context["queue"] if row.case == thanked)
    assert row.reasons == "ours to do; they wait for no answer"
