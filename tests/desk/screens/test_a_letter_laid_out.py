"""A letter in its own layout on a real case page: loaded when opened, readable, its pictures asked for by a click."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.desk.screens.conftest import Served

pytestmark = pytest.mark.browser
KEEP = """
from amends.desk.models import Message
from amends.desk.operations.layouts import keep_layout
last = Message.objects.filter(conversation__case_id=4, direction="in").latest("at")
if not hasattr(last, "layout"):
    keep_layout(last, '<body bgcolor="#eef"><h2>EN-5120</h2><a href="https://evil.shop/">www.lumi.shop</a>'
        '<img src="http://127.0.0.1:9/a.png" width="300" alt="The door"><img src="http://127.0.0.1:9/o" width="1">')
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_letter_opens_where_it_stands(theme: str, window: Callable[..., Page], served: Served) -> None:
    served.act(KEEP)
    page = window("aino", theme=theme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/cases/4/")
    expect(page.locator("#coach .finding").first).to_be_visible()
    assert [url for url in asked if "/letters/" in url] == []
    page.locator(".laid-out summary").click()
    letter = page.frame_locator(".laid-out iframe")
    expect(letter.locator("header")).to_contain_text("2 remote pictures are not shown. 1 looks like a tracker")
    expect(letter.locator(".where")).to_have_text("→ evil.shop")
    assert Axe().run(page).response["violations"] == []


def test_its_pictures_come_by_a_click_and_through_us(window: Callable[..., Page], served: Served) -> None:
    served.act(KEEP)
    page = window("aino", scripts=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/cases/4/")
    page.locator(".laid-out summary").click()
    letter = page.frame_locator(".laid-out iframe")
    letter.get_by_role("link", name="Show the pictures").click()
    expect(letter.locator("header")).to_contain_text("1 picture comes through this desk")
    assert len([url for url in asked if "/letters/far-pictures/" in url]) == 1
    assert [url for url in asked if not url.startswith((served.address, "data:"))] == []
