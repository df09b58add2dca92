"""By keys from one case of a list to the next, and back to the list; long names stand whole in it.

A reply sent by keys leads on to the next case, where it can still be taken back.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.desk.screens.conftest import Served

pytestmark = pytest.mark.browser


def test_keys_lead_to_the_neighbour_and_back(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/?section=hot")
    first, second = [link.get_attribute("href") for link in page.locator(".row .who a").all()[:2]]
    page.locator(".row .who a").first.click()
    page.wait_for_url(f"**{first}")
    page.keyboard.press("j")
    page.wait_for_url(f"**{second}")
    page.keyboard.press("k")
    page.wait_for_url(f"**{first}")
    page.keyboard.press("u")
    page.wait_for_url("**/?section=hot")


def test_a_long_name_is_read_whole_on_a_narrow_screen(window: Callable[..., Page], served: Served) -> None:
    served.act(
        "from amends.desk.models import Customer\n"
        "Customer.objects.filter(cases__pk=2).update(name='Dr. Widyastuti Prameswari Kusumaningtyas')"
    )
    page = window("aino", width=1024)
    page.goto("/")
    name = page.locator(".row .who a", has_text="Kusumaningtyas")
    assert name.evaluate("e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight + 1")
    assert "Kusumaningtyas ·" in (name.get_attribute("title") or "")


def test_keys_send_a_reply_and_open_the_next_case(window: Callable[..., Page]) -> None:
    page = window("grace")
    page.goto("/?section=nobody")
    first = page.locator(".row .who a").first
    here, who = first.get_attribute("href"), first.inner_text()
    first.click()
    page.wait_for_url(f"**{here}")
    with page.expect_response("**/draft"):
        page.locator("#text").fill("I will look into it.")
    page.locator("#reason").evaluate("field => { field.value = 'They asked for a line.' }")
    page.locator("#text").press("Control+Shift+Enter")
    page.wait_for_url(lambda url: "/cases/" in url and not url.endswith(str(here)))
    told = page.locator("main > .undo")
    assert who in told.inner_text()
    told.get_by_role("button").click()
    page.wait_for_url(f"**{here}#reply")
    assert page.locator("#text").input_value() == "I will look into it."


def test_sleep_and_resolve_have_a_key(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/1/")
    for key, words in (("s", "Or until"), ("d", "Who asks")):
        page.keyboard.press(key)
        page.locator("details[open] .sheet").get_by_text(words).wait_for()
        page.keyboard.press("Escape")
