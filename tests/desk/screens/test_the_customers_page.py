"""The customer's page in a real browser on a phone: everything on it can be sent, without a log-in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.desk.screens.conftest import Served

pytestmark = pytest.mark.browser


def test_a_customer_says_how_they_feel_and_what_would_put_it_right(window: Callable[..., Page], served: Served) -> None:
    page = window(width=390)
    page.goto(f"/page/{served.token}/?lang=en")
    page.get_by_role("button", name="Uneasy").click()
    expect(page.get_by_role("button", name="Uneasy")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("What would put it right for you?").fill("The white one, please.")
    page.get_by_role("button", name="Tell us").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")


def test_the_key_in_the_address_is_told_to_no_other_site(window: Callable[..., Page], served: Served) -> None:
    answer = window().goto(f"/page/{served.token}/")
    assert answer is not None
    assert answer.headers["referrer-policy"] == "same-origin"


def test_an_open_menu_stays_on_a_phones_screen(window: Callable[..., Page]) -> None:
    page = window("grace", width=390)
    page.goto("/promises/")
    page.locator("details.menu > summary").nth(1).click()
    box = page.locator("details.menu[open] > .sheet").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 900
