"""Two people look at one case: what one of them does, the other sees without a reload."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

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
