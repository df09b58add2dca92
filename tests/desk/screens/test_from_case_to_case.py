"""By keys from one case of a list to the next, and back to the list; long names stand whole in it."""

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
