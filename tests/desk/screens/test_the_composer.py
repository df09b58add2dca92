"""The composer in a real browser: typing is coached, words are underlined where they stand, the news arrive."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.desk.screens.conftest import Served

pytestmark = pytest.mark.browser
UNDERLINED = (
    """() => [...CSS.highlights.entries()].flatMap(([name, ranges]) => [...ranges].map((r) => [name, r.toString()]))"""
)


def test_typing_is_coached_and_underlined(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/2/")
    page.get_by_label("Your reply").fill("Dear Dewi, we are sorry for the inconvenience.")
    expect(page.locator("#coach")).to_contain_text("R161")
    assert any("sorry for the inconvenience" in words for _, words in page.evaluate(UNDERLINED))


def test_the_right_words_are_underlined_behind_letters_outside_the_basic_plane(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/2/")
    page.get_by_label("Your reply").fill("😡🙏 Dear {name}, I look into it today.")
    expect(page.locator("#coach")).to_contain_text("R184")
    assert ["coach-error", "{name}"] in page.evaluate(UNDERLINED)


def test_one_click_takes_a_suggestion(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/2/")
    page.get_by_label("Your reply").fill("😡 We are sorry for the inconvenience.")
    use = page.locator("#coach button[data-use]").first
    words = (use.get_attribute("data-use") or "").split("-", 2)[2]
    use.click()
    expect(page.get_by_label("Your reply")).to_have_value(f"{words}.")


def test_a_promise_is_confirmed_where_it_stands(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/2/")
    page.get_by_label("Your reply").fill("We send the money back by 27 November 2030.")
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".promise-chip")).to_have_attribute("data-decision", "confirmed")


def test_what_happens_meanwhile_shows_at_once(window: Callable[..., Page], served: Served) -> None:
    page = window("aino")
    page.goto("/cases/2/")
    page.get_by_label("Your reply").fill("Dear Dewi, I look into it.")
    expect(page.locator("#coach .stages")).to_be_visible()
    served.act(
        "from amends.desk import clock\nfrom amends.desk.models import Agent, Case\n"
        "from amends.desk.operations.notes import add_note\n"
        "add_note(Case.objects.get(pk=2), author=Agent.objects.get(username='maya'), text='She rang.', now=clock.now())"
    )
    expect(page.locator("#timeline")).to_contain_text("She rang.")
    expect(page.locator("#news")).to_contain_text("A colleague left a note")
    page.get_by_role("button", name="I have read it").click()
    expect(page.locator("#news")).not_to_contain_text("A colleague left a note")


def test_a_reply_leaves_after_a_countdown_and_can_be_taken_back(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/5/")
    page.get_by_label("Your reply").fill("Pak Budi, kami salah menagih. Uangnya Rp189.000 sudah saya kembalikan. Aino")
    page.locator("[data-send]").click()
    expect(page.locator(".undo")).to_contain_text("sec", timeout=30_000)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_label("Your reply")).to_have_value(
        "Pak Budi, kami salah menagih. Uangnya Rp189.000 sudah saya kembalikan. Aino"
    )


def test_keys_move_open_and_write(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url("**/cases/*/")
    page.keyboard.press("n")
    expect(page.get_by_label("Note for colleagues; it never leaves the desk")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_label("Your reply")).to_be_focused()


def test_a_key_in_the_queue_is_carried_to_the_case(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.wait_for_url("**/cases/*/#key-n")
    expect(page.get_by_label("Note for colleagues; it never leaves the desk")).to_be_focused()


def test_the_question_mark_shows_all_keys(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_everything_works_without_a_script(window: Callable[..., Page]) -> None:
    page = window("aino", scripts=False)
    page.goto("/cases/6/")
    page.get_by_label("Your reply").fill(
        "We are sorry for the inconvenience. We send the money back by 27 November 2030."
    )
    page.get_by_role("button", name="Check").last.click()
    expect(page.locator("#coach")).to_contain_text("R161")
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".promise-chip")).to_have_attribute("data-decision", "confirmed")
    page.locator("[data-send]").click()
    expect(page.get_by_role("alert")).to_contain_text("would anger the customer again")


def test_selected_words_are_a_promise_too(window: Callable[..., Page]) -> None:
    page = window("aino")
    page.goto("/cases/5/")
    page.get_by_label("Your reply").fill("Your card is on my desk and goes out with tomorrow's van.")
    page.get_by_label("Your reply").evaluate("text => text.setSelectionRange(13, 56)")
    page.get_by_text("This is a promise too").click()
    expect(page.get_by_label("Words that promise")).to_have_value("on my desk and goes out with tomorrow's van")
    page.get_by_role("button", name="We promise this").click()
    expect(page.locator('.promise-chip[data-decision="confirmed"]')).to_contain_text("tomorrow's van")
