"""Two people look at one case: what one of them does, the other sees without a reload; one calls the other by name."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.desk.screens.conftest import Served

pytestmark = pytest.mark.browser


def test_whose_it_is_changes_on_the_other_screen_too(window: Callable[..., Page]) -> None:
    hers, mine = window("maya"), window("aino")
    mine.goto("/cases/4/")
    mine.get_by_label("Your reply").fill("Dear Liisa,")
    hers.goto("/cases/4/")
    with hers.expect_navigation():
        hers.get_by_label("Who has it").select_option(label="Maya")
    expect(mine.locator("#to option:checked")).to_have_text("Maya")
    with hers.expect_navigation():
        hers.get_by_label("Whose mistake").select_option("shared")
    expect(mine.get_by_label("Whose mistake")).to_have_value("shared")
    expect(mine.get_by_label("Your reply")).to_have_value("Dear Liisa,")


def test_names_are_chosen_by_keys_and_by_mouse(window: Callable[..., Page], served: Served) -> None:
    served.act("from amends.desk.models import Agent\nAgent.objects.filter(username='grace').update(display_name='นก')")
    page = window("aino")
    page.goto("/cases/1/")
    page.keyboard.press("n")
    note, names = page.locator("#note"), page.get_by_role("listbox", name="Colleagues")
    note.press_sequentially("@ma")
    chosen = names.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Maya")
    assert note.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert Axe().run(page).response["violations"] == []
    note.press("Tab")
    expect(note).to_have_value("@Maya ")
    note.press_sequentially("ฝาก@น")
    expect(names.get_by_role("option")).to_have_count(1)
    note.press("Enter")
    expect(note).to_have_value("@Maya ฝาก@นก ")
    note.press_sequentially("@")
    count = names.get_by_role("option").count()
    note.press("ArrowUp")
    expect(names.get_by_role("option").nth(count - 1)).to_have_attribute("aria-selected", "true")
    note.press("Escape")
    expect(names).to_be_hidden()
    expect(note).to_be_visible()
    note.press_sequentially("may")
    names.get_by_text("@maya").click()
    expect(note).to_have_value("@Maya ฝาก@นก @Maya ")
    note.press_sequentially("me@ma")
    expect(names).to_be_hidden()
