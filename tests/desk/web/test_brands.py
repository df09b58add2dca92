"""What customers see of the company, as an administrator names it."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk.models import Agent, Brand, Event, Mailbox, Role
from amends.desk.web.wording import word
from amends.promises.regulators import rules

pytestmark = pytest.mark.django_db

LUMI = {
    "name": "Lumi & Co", "address": "care@lumi.example", "default_language": "fi", "country": "FI",
    "timezone": "Europe/Helsinki", "signature_fi": "Lumi & Co\r\nHelsinki", "signature_th": "ลูมิ",
}  # fmt: skip


@pytest.fixture
def admins_browser(person: Callable[..., Agent], client_of: Callable[..., Client]) -> Client:
    """An administrator's browser, on a desk where nothing is set up."""
    return client_of(person(Role.ADMIN))


def test_an_administrator_names_the_brand_and_writes_how_it_signs(admins_browser: Client, brand: Brand) -> None:
    answer = admins_browser.post(reverse("brand-edit", args=[brand.pk]), LUMI)
    assert answer.status_code == 302
    brand.refresh_from_db()
    assert (brand.country, brand.timezone, brand.default_language) == ("FI", "Europe/Helsinki", "fi")
    assert brand.signatures == {"fi": "Lumi & Co\nHelsinki", "th": "ลูมิ"}
    assert Event.objects.filter(kind="brand.changed").exists()


def test_an_administrator_names_the_trade_and_nothing_that_is_none(admins_browser: Client, brand: Brand) -> None:
    page = admins_browser.get(reverse("brand-edit", args=[brand.pk])).content.decode()
    assert "Telephone and internet" in page
    assert admins_browser.post(reverse("brand-edit", args=[brand.pk]), LUMI | {"trade": "circus"}).status_code == 422
    admins_browser.post(reverse("brand-edit", args=[brand.pk]), LUMI | {"trade": "telecom"})
    brand.refresh_from_db()
    assert brand.trade == "telecom"


def test_what_a_clock_says_on_the_screen_is_what_its_rule_says() -> None:
    for name, known in rules().items():
        assert word("clock_uncertain", name) == known.uncertain
        assert word("clock_checked", known.checked) == f"{known.checked.capitalize()}."


@pytest.mark.parametrize(
    ("tag", "said"), [("fi", "Juristi ei ole verrannut"), ("id", "Belum dicocokkan"), ("th", "ยังไม่มีนักกฎหมาย")]
)
def test_what_we_do_not_know_of_a_regulators_rule_is_said_in_the_readers_language(
    admins_browser: Client, brand: Brand, tag: str, said: str
) -> None:
    page = admins_browser.get(reverse("brand-edit", args=[brand.pk]), {"lang": tag}).content.decode()
    assert page.count(said) == len(rules())
    assert not any(html.escape(known.uncertain) in page for known in rules().values())


def test_a_signature_in_a_language_without_screens_is_kept(admins_browser: Client, brand: Brand) -> None:
    Brand.objects.filter(pk=brand.pk).update(signatures={"pt": "Até logo"})
    admins_browser.post(reverse("brand-edit", args=[brand.pk]), {**LUMI, "signature_pt": "Até já"})
    brand.refresh_from_db()
    assert brand.signatures["pt"] == "Até já"


@pytest.mark.parametrize(
    "wrong", [{"timezone": "Mars/Base"}, {"country": "XX"}, {"address": "x"}, {"name": ""}], ids=str
)
def test_what_cannot_be_true_is_refused(wrong: dict[str, str], admins_browser: Client, brand: Brand) -> None:
    answer = admins_browser.post(reverse("brand-edit", args=[brand.pk]), LUMI | wrong)
    assert answer.status_code == 422
    brand.refresh_from_db()
    assert brand.country == ""


def test_a_second_brand_is_added_but_no_name_twice(admins_browser: Client, brand: Brand) -> None:
    assert admins_browser.post(reverse("brand-add"), LUMI).status_code == 422
    assert admins_browser.post(reverse("brand-add"), LUMI | {"name": "Valo"}).status_code == 302
    assert set(Brand.objects.values_list("name", flat=True)) == {"Lumi & Co", "Valo"}


def test_the_countries_are_named_in_the_readers_language(language: str, admins_browser: Client, brand: Brand) -> None:
    page = admins_browser.get(reverse("brand-edit", args=[brand.pk]), {"lang": language}).content.decode()
    thailand = {"en": "Thailand", "id": "Thailand", "th": "ไทย", "fi": "Thaimaa"}[language]
    assert f'<option value="TH">{thailand}</option>' in page


def test_a_fresh_desk_takes_its_first_mailbox(admins_browser: Client) -> None:
    page = admins_browser.get(reverse("people")).content.decode()
    assert reverse("mailbox-add") in page
    form = admins_browser.get(reverse("mailbox-add")).context["form"]
    told: dict[str, Any] = {name: field.initial or "" for name, field in form.fields.items() if name != "enabled"}
    answer = admins_browser.post(
        reverse("mailbox-add"), told | {"address": "care@lumi.example", "brand": form.initial["brand"].pk}
    )
    assert answer.status_code == 302
    assert Mailbox.objects.get().brand.name == "Our shop"


def test_a_market_has_its_own_minutes(admins_browser: Client, brand: Brand) -> None:
    admins_browser.post(reverse("brand-edit", args=[brand.pk]), {**LUMI, "target_4": "10", "target_3": "30"})
    brand.refresh_from_db()
    assert brand.targets == {"4": 10, "3": 30}


def test_the_angrier_never_wait_longer_than_the_calmer(admins_browser: Client, brand: Brand) -> None:
    answer = admins_browser.post(reverse("brand-edit", args=[brand.pk]), {**LUMI, "target_4": "90"})
    assert answer.status_code == 422
    assert "The angrier must not wait longer" in answer.content.decode()
