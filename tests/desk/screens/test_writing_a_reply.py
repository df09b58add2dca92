"""Writing in a real browser: no key is lost, marks stay under their words, undo undoes, and it can be heard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from amends.engines.choose import encoder_gap
from tests.desk.screens.conftest import Served

pytestmark = pytest.mark.browser
MARKED = (
    """() => [...CSS.highlights.entries()].flatMap(([name, ranges]) => [...ranges].map((r) => [name, r.toString()]))"""
)
PLACES = """() => ["coach-stages", "coach-words", "coach-later"].map((id) => document.getElementById(id)
.getBoundingClientRect().top)"""
HOLLOW = "sorry for the inconvenience"
SNIPPETS = (
    "from amends.desk import clock\nfrom amends.desk.operations.snippets import take_in_starter\n"
    "take_in_starter(by=None, now=clock.now())"
)
OFFERED = "#offers [role=option]:not([hidden])"
ENGLISH, THAI, FINNISH = 4, 1, 3


def composer(window: Callable[..., Page], case: int, text: str = "") -> Page:
    """Open a case and let the coach read a text."""
    page = window("aino")
    page.goto(f"/cases/{case}/")
    with page.expect_response("**/draft"):
        page.get_by_label("Your reply").fill(text or " ")
    return page


def marked(page: Page, words: str) -> None:
    """Wait until these very words are marked."""
    page.wait_for_function(f"(words) => ({MARKED})().some(([name, said]) => said.includes(words))", arg=words)


def test_typing_400_characters_at_8_a_second_never_drops_a_key(window: Callable[..., Page]) -> None:
    words = "Dear Priya, we are sorry for the inconvenience / and we send it by Friday at 17:00. As I already said, "
    text = (words * 4)[:400]
    page = composer(window, ENGLISH)
    page.get_by_label("Your reply").press("Control+End")
    page.keyboard.type(text, delay=125)
    assert page.get_by_label("Your reply").input_value() == f" {text}"


@pytest.mark.parametrize(
    ("late", "words"), [("**/js/composer*.js", "no big deal"), ("**/vendor/htmx*.js", "as I already said")]
)
def test_words_written_before_the_scripts_have_come_are_coached_too(
    window: Callable[..., Page], late: str, words: str
) -> None:
    page, held = window("aino"), list[Route]()
    page.route(late, lambda route: held.append(route))
    with page.expect_request(late):
        page.goto(f"/cases/{ENGLISH}/", wait_until="commit")
        page.get_by_label("Your reply").fill(f"Dear Priya, {words}.")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    marked(page, words)


def test_marks_move_with_their_words_before_the_server_answers(window: Callable[..., Page]) -> None:
    page = composer(window, ENGLISH, f"Dear Priya, we are {HOLLOW}.")
    marked(page, HOLLOW)
    page.route("**/draft", lambda route: None)
    page.get_by_label("Your reply").press("Control+Home")
    page.keyboard.type("🙏 Hello. ")
    assert any(HOLLOW in said for _, said in page.evaluate(MARKED))
    page.get_by_label("Your reply").press("Control+End")
    page.keyboard.type(" More words.")
    assert any(HOLLOW in said for _, said in page.evaluate(MARKED))


def test_words_changed_under_a_mark_lose_it_until_they_are_read_again(window: Callable[..., Page]) -> None:
    page = composer(window, ENGLISH, f"We are {HOLLOW}")
    marked(page, HOLLOW)
    page.route("**/draft", lambda route: None)
    page.get_by_label("Your reply").press("Control+End")
    page.keyboard.press("Backspace")
    assert not any("inconvenien" in said for _, said in page.evaluate(MARKED))


@pytest.mark.parametrize(
    ("case", "text", "words"),
    [(THAI, "😡🙏 เรียนคุณสมชาย ขออภัยในความไม่สะดวกค่ะ จะรีบดำเนินการให้", "ขออภัยในความไม่สะดวกค่ะ"),
     (FINNISH, "👩‍👩‍👧 Hyvä Matti, pahoittelemme aiheutunutta vaivaa 😡. Terveisin Aino", "pahoittelemme aiheutunutta vaivaa")],
    ids=["th", "fi"],
)  # fmt: skip
def test_thai_and_emoji_offsets_are_right(window: Callable[..., Page], case: int, text: str, words: str) -> None:
    page = composer(window, case, text)
    marked(page, words)
    said = [said for name, said in page.evaluate(MARKED) if name == "coach-error"]
    assert words in said


def test_undo_takes_back_a_suggestion_and_more_typing(window: Callable[..., Page]) -> None:
    before = f"We are {HOLLOW}."
    page = composer(window, ENGLISH, before)
    page.locator("#coach-words button[data-use]").first.click()
    expect(page.get_by_label("Your reply")).not_to_have_value(before)
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Your reply")).to_have_value(before)
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_label("Your reply")).not_to_have_value(before)


def test_a_suggestion_goes_to_its_words_though_they_moved(window: Callable[..., Page]) -> None:
    page = composer(window, ENGLISH, f"We are {HOLLOW}.")
    marked(page, HOLLOW)
    use = page.locator("#coach-words button[data-use]").first
    words = (use.get_attribute("data-use") or "").split("-", 2)[2]
    page.route("**/draft", lambda route: None)
    page.get_by_label("Your reply").press("Control+Home")
    page.keyboard.type("😡 ")
    use.click()
    expect(page.get_by_label("Your reply")).to_have_value(f"😡 {words}.")


def test_findings_can_be_heard_politely_and_are_not_said_twice(window: Callable[..., Page]) -> None:
    page = composer(window, ENGLISH)
    spoken = page.locator("#coach-said")
    expect(spoken).to_have_attribute("aria-live", "polite")
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() => window.said.push(document.getElementById("coach-said")
        .textContent)).observe(document.getElementById("coach-said"), { childList: true }); }"""
    )
    page.get_by_label("Your reply").press("Control+End")
    page.keyboard.type(f"Dear Priya, we are {HOLLOW}.", delay=20)
    expect(spoken).to_contain_text("Would anger them again: 1.")
    expect(spoken).to_contain_text(HOLLOW)
    page.keyboard.type(" ", delay=20)
    page.wait_for_timeout(2500)
    assert len(page.evaluate("window.said")) <= 2
    assert len(set(page.evaluate("window.said"))) == len(page.evaluate("window.said"))


@pytest.mark.skipif(bool(encoder_gap()), reason="no encoder runs here")
def test_what_the_encoder_hears_comes_later_and_moves_nothing(window: Callable[..., Page]) -> None:
    page = window("aino")
    held: list[Route] = []
    page.route("**/draft/meaning", lambda route: held.append(route))
    page.goto(f"/cases/{ENGLISH}/")
    page.get_by_label("Your reply").fill(f"We are {HOLLOW}. It all looked a bit odd to us, frankly.")
    marked(page, f"We are {HOLLOW}")
    page.wait_for_function("() => !document.getElementById('coach').hasAttribute('data-awaits')")
    page.evaluate("() => { document.getElementById('coach-later').dataset.before = ''; }")
    before = page.evaluate(PLACES)
    for route in held:
        route.continue_()
    page.wait_for_function("() => !('before' in document.getElementById('coach-later').dataset)")
    assert page.evaluate(PLACES) == before


def test_a_slash_offers_snippets_and_enter_puts_one_in(window: Callable[..., Page], served: Served) -> None:
    served.act(SNIPPETS)
    page = composer(window, ENGLISH)
    page.get_by_label("Your reply").press("Control+End")
    page.keyboard.type("Dear Priya,\n/search", delay=30)
    expect(page.locator(OFFERED).first).to_contain_text("Search for the parcel")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your reply")).to_have_value(
        " Dear Priya,\nI have asked the carrier to search for the parcel of order EN-5120. "
        "Their search takes three working days at most."
    )
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Your reply")).to_have_value(" Dear Priya,\n/search")


def test_the_button_opens_the_list_and_escape_closes_it(window: Callable[..., Page], served: Served) -> None:
    served.act(SNIPPETS)
    page = composer(window, ENGLISH)
    page.get_by_role("button", name="Snippets").click()
    expect(page.locator(OFFERED).first).to_contain_text("fits here")
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(OFFERED).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Snippets")).to_be_hidden()


def test_a_snippet_is_put_in_without_a_script(window: Callable[..., Page], served: Served) -> None:
    served.act(SNIPPETS)
    page = window("aino", scripts=False)
    page.goto("/cases/6/")
    page.get_by_role("button", name="Snippets").click()
    page.locator("section", has_text="Tapauksen numero on 6").get_by_role("button", name="Put it in").click()
    expect(page.get_by_label("Your reply")).to_have_value(
        "Tapauksen numero on 6. Vastaus tähän viestiin tulee minulle ja kollegoilleni, kaiken aiemmin kirjoitetun kanssa."
    )


def test_an_open_variable_is_told_in_plain_words(window: Callable[..., Page]) -> None:
    page = composer(window, ENGLISH, "Dear Priya, your parcel is {order.late_days} days late.")
    expect(page.locator("#coach-words")).to_contain_text("A gap of the template is still open.")
    assert ["coach-error", "{order.late_days}"] in page.evaluate(MARKED)
