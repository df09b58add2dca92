"""The reply in a real browser: whatever the coach says, the words being written and Send are seen together."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.desk.screens.conftest import Served

pytestmark = pytest.mark.browser
ENGLISH, UNANSWERED = 4, 2
LINE = 24
THEY_WROTE = """
from amends.desk import clock
from amends.desk.models import Conversation, Message
from amends.desk.operations.read import read_message
said = Message.objects.create(
    conversation=Conversation.objects.filter(case=2).latest("pk"), direction="in", at=clock.now(), dedupe_key="new",
    new_text="The lamp came broken and I have now written three times. When do I get a new one?", sender_name="Dewi",
)
read_message(said.pk, now=clock.now())
"""
ANGERS = "Dear Priya, the carrier messed up. We are sorry for the inconvenience."
SEEN = """() => { const text = document.getElementById("text").getBoundingClientRect(),
bar = document.querySelector(".send").getBoundingClientRect();
return Math.min(text.bottom, bar.top, innerHeight) - Math.max(text.top, 0); }"""


def writing(window: Callable[..., Page], width: int = 1366, height: int = 768) -> Page:
    """Open a case and write what the coach calls an error."""
    page = window("aino")
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"/cases/{ENGLISH}/")
    page.get_by_label("Your reply").click()
    page.get_by_label("Your reply").fill(ANGERS)
    expect(page.locator("#coach")).to_contain_text("R161")
    return page


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1440, 900), (1024, 768), (390, 844)])
def test_eight_lines_are_seen_while_an_error_stands(window: Callable[..., Page], width: int, height: int) -> None:
    page = writing(window, width, height)
    page.wait_for_function(f"() => ({SEEN})() >= {8 * LINE}")


def test_send_stays_in_sight_and_the_question_why_stands_in_the_flow(window: Callable[..., Page]) -> None:
    page = writing(window)
    expect(page.locator("[data-send]")).to_be_in_viewport(ratio=1)
    expect(page.locator(".send [name=reason]")).to_have_count(0)
    expect(page.locator("#reason")).to_be_visible()
    page.locator("#reason").focus()
    expect(page.locator("#reason")).to_be_in_viewport(ratio=1)


def test_what_they_want_folds_once_and_stays_open_when_opened_again(
    window: Callable[..., Page], served: Served
) -> None:
    served.act(THEY_WROTE)
    page = window("aino")
    page.goto(f"/cases/{UNANSWERED}/")
    said = page.locator("#recap blockquote").first
    expect(said).to_be_visible()
    page.get_by_label("Your reply").fill("Dear Priya")
    expect(said).to_be_hidden()
    page.locator("#recap summary").first.click()
    page.get_by_label("Your reply").press_sequentially(", your")
    expect(said).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1440, 900)])
def test_the_page_of_a_case_is_no_taller_than_the_window(window: Callable[..., Page], width: int, height: int) -> None:
    page = writing(window, width, height)
    assert page.evaluate("document.documentElement.scrollHeight") == height


def test_the_reply_is_in_sight_where_the_card_has_no_column(window: Callable[..., Page]) -> None:
    page = window("aino", width=1024)
    page.goto("/cases/1/")
    place = page.locator("#text").bounding_box()
    assert place is not None
    assert place["y"] + place["height"] < 900
    order = page.locator(".card").get_by_text("TH-88213")
    assert page.locator(".card .brief").is_visible()
    assert not order.is_visible()
    page.get_by_text("All about the customer").click()
    order.wait_for()
