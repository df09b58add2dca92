"""Words half written outlive whatever else is done meanwhile: another act, a link, a look at another case."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.desk.screens.conftest import PASSWORD

pytestmark = pytest.mark.browser
WORDS = "Dear Dewi, the cup was our mistake."
PRESSED_TWICE = """() => {
  const refused = [], send = document.querySelector("[data-send]");
  document.addEventListener("submit", (event) => { refused.push(event.defaultPrevented); event.preventDefault(); });
  send.click(); send.click();
  return refused;
}"""


def _write(page: Page, number: int = 2) -> None:
    page.goto(f"/cases/{number}/")
    page.get_by_label("Your reply").focus()
    page.keyboard.type(WORDS)


def test_an_act_on_the_case_keeps_what_was_just_written(window: Callable[..., Page]) -> None:
    page = window("aino")
    _write(page)
    with page.expect_navigation():
        page.get_by_label("Whose mistake").select_option("theirs")
    expect(page.get_by_label("Your reply")).to_have_value(WORDS)


def test_a_link_keeps_what_was_just_written(window: Callable[..., Page]) -> None:
    page = window("maya")
    _write(page)
    page.evaluate("document.querySelector('.rail a').click()")
    page.wait_for_url(lambda address: "cases" not in address)
    page.goto("/cases/2/")
    expect(page.get_by_label("Your reply")).to_have_value(WORDS)


def test_what_was_sent_is_no_draft_again(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/5/")
    page.get_by_label("Your reply").focus()
    page.keyboard.type("Pak Budi, kami salah menagih. Uangnya Rp189.000 sudah saya kembalikan. Aino")
    page.locator("[data-send]").click()
    expect(page.locator(".undo")).to_contain_text("sec", timeout=30_000)
    page.goto("/cases/5/")
    expect(page.get_by_label("Your reply")).to_have_value("")


def test_a_note_half_written_waits_where_it_was(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/3/")
    page.keyboard.press("n")
    page.keyboard.type("She rang: ")
    page.goto("/")
    page.goto("/cases/3/")
    page.keyboard.press("n")
    page.keyboard.press("End")
    page.keyboard.type("tomorrow at nine.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline")).to_contain_text("She rang: tomorrow at nine.")
    page.keyboard.press("n")
    expect(page.get_by_label("Note for colleagues; it never leaves the desk")).to_have_value("")


def test_a_menu_that_asks_for_words_is_ready_to_be_written_in(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/3/")
    page.locator("summary", has_text="Note").click()
    expect(page.get_by_label("Note for colleagues; it never leaves the desk")).to_be_focused()


def test_words_outlive_the_end_of_a_session(window: Callable[..., Page]) -> None:
    page = window("grace")
    page.goto("/cases/6/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Your reply").fill(WORDS)
    page.wait_for_url("**/log-in/?next=/cases/6/")
    page.fill("#id_username", "grace")
    page.fill("#id_password", PASSWORD)
    page.click("button.go")
    page.wait_for_url("**/cases/6/")
    expect(page.get_by_label("Your reply")).to_have_value(WORDS)
    expect(page.locator("#coach .stages")).to_be_visible()


def test_a_reply_whose_send_is_pressed_twice_leaves_once(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/4/")  # a draft lies there
    assert page.evaluate(PRESSED_TWICE) == [False, True]
    assert page.locator("#composer").get_attribute("aria-busy") == "true"
