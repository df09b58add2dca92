"""Writing a reply, with and without a script: kept, coached, promised, sent, taken back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent, Attachment, Case, Draft, Reply
from amends.desk.operations.notes import add_note
from tests.desk.web.rows import STORIES

pytestmark = pytest.mark.django_db
GOOD = "Dear Priya, I am sorry that your parcel is missing. That was our mistake. I look into it today. Aino"
BAD = "We are sorry for the inconvenience. You will have it by 27 November 2026."
BAD_PROMISE = "by 27 November 2026"
NO = {"asked-0": BAD_PROMISE, "promise-0": "no", "asked-1": "today", "promise-1": "no"}
"""What *Send* asks of both, answered: no promise."""


def write(browser: Client, case: Case, text: str, *, route: str = "draft", fragment: bool = True, **more: str) -> Any:
    """Post the composer."""
    headers = {"HX-Request": "true"} if fragment else {}
    told = {"text": text, "seen_version": str(case.version), **more}
    return browser.post(reverse(route, args=[case.pk]), told, headers=headers)


def test_what_is_typed_is_kept_and_coached(agents_browser: Client, english_case: Case) -> None:
    part = write(agents_browser, english_case, BAD).content.decode()
    assert Draft.objects.get(case=english_case).text == BAD
    assert "R161" in part
    assert "we are sorry for the inconvenience" in part.lower()


def test_without_a_script_check_brings_the_page_back(agents_browser: Client, english_case: Case) -> None:
    answer = write(agents_browser, english_case, BAD, fragment=False)
    assert answer.status_code == 302
    page = agents_browser.get(answer["Location"]).content.decode()
    assert "R161" in page


def test_line_ends_are_counted_as_the_coach_counts_them(agents_browser: Client, english_case: Case) -> None:
    write(agents_browser, english_case, "Dear Priya,\r\n\r\nHello.")
    assert Draft.objects.get(case=english_case).text == "Dear Priya,\n\nHello."


def test_a_suggestion_is_taken_without_a_script(agents_browser: Client, english_case: Case) -> None:
    write(agents_browser, english_case, "Ä sorry B", use="2-7-truly-sorry", fragment=False)
    assert Draft.objects.get(case=english_case).text == "Ä truly-sorry B"


def test_a_suggestion_that_no_longer_fits_changes_nothing(agents_browser: Client, english_case: Case) -> None:
    write(agents_browser, english_case, "short", use="90-95-x", fragment=False)
    assert Draft.objects.get(case=english_case).text == "short"


def test_a_proposed_promise_is_confirmed(agents_browser: Client, english_case: Case) -> None:
    write(agents_browser, english_case, BAD, route="draft-chip", confirm=_quote(agents_browser, english_case))
    chip = Draft.objects.get(case=english_case).chips[0]
    assert chip["decision"] == "confirmed"
    assert chip["due_end"].startswith("2026-11-27")


def test_a_proposed_promise_is_set_aside(agents_browser: Client, english_case: Case) -> None:
    quote = _quote(agents_browser, english_case)
    part = write(agents_browser, english_case, BAD, route="draft-chip", dismiss=quote).content.decode()
    assert 'data-decision="dismissed"' in part


def test_a_finding_is_set_aside_with_its_reason(agents_browser: Client, english_case: Case) -> None:
    finding = "apology.inconvenience\nWe are sorry for the inconvenience"
    reason = {"reason-apology.inconvenience": "She asked for it in these words."}
    write(agents_browser, english_case, BAD, route="draft-dismiss", finding=finding, **reason)
    assert Draft.objects.get(case=english_case).dismissed[0]["reason"] == "She asked for it in these words."


def test_an_open_error_asks_for_a_reason(agents_browser: Client, english_case: Case) -> None:
    page = write(agents_browser, english_case, BAD, route="reply-send", fragment=False)
    assert page.status_code == 422
    assert 'name="reason"' in page.content.decode()
    assert not Reply.objects.filter(conversation__case=english_case, state="queued").exists()


def test_with_a_written_reason_it_leaves(agents_browser: Client, english_case: Case) -> None:
    write(agents_browser, english_case, BAD, route="reply-send", fragment=False, reason="Her own words.", **NO)
    assert Reply.objects.get(conversation__case=english_case, state="queued").reason == "Her own words."


def test_send_asks_of_undecided_words_whether_they_are_a_promise(agents_browser: Client, english_case: Case) -> None:
    page = write(agents_browser, english_case, BAD, route="reply-send", fragment=False, reason="Her own words.")
    assert page.status_code == 422
    assert "is that a promise?" in page.content.decode()
    assert 'name="promise-0" value="no"' in page.content.decode()
    assert 'name="reason" value="Her own words."' in page.content.decode()
    assert not Reply.objects.filter(conversation__case=english_case, state="queued").exists()


def test_there_is_one_button_to_send_whatever_send_asks(agents_browser: Client, english_case: Case) -> None:
    asks = write(agents_browser, english_case, BAD, route="reply-send", fragment=False, reason="Hers.").content.decode()
    assert asks.count("data-send>") == 1
    assert asks.index("is that a promise?") < asks.index('class="send') < asks.index("Send again")


@pytest.mark.parametrize(("answer", "promised"), [("yes", 1), ("no", 0)])
def test_the_answer_and_send_again_settle_it(
    agents_browser: Client, english_case: Case, answer: str, promised: int
) -> None:
    asked = {"asked-0": BAD_PROMISE, "promise-0": answer, "reason": "Her own words."}
    assert write(agents_browser, english_case, BAD, route="reply-send", fragment=False, **asked).status_code == 302
    reply = Reply.objects.get(conversation__case=english_case, state="queued")
    assert reply.message is not None
    assert reply.message.promises.count() == promised


def test_an_answer_about_other_words_decides_nothing(agents_browser: Client, english_case: Case) -> None:
    asked = {"asked-0": "by 1 May 2020", "promise-0": "no", "reason": "Her own words."}
    assert write(agents_browser, english_case, BAD, route="reply-send", fragment=False, **asked).status_code == 422


def test_a_stale_reply_is_refused_and_shows_what_is_new(
    agents_browser: Client, english_case: Case, desk: dict[str, Any]
) -> None:
    add_note(english_case, author=desk["people"]["lead"], text="She called just now.", now=clock.now())
    seen = {"seen_version": str(english_case.version - 1)}
    page = write(agents_browser, english_case, GOOD, route="reply-send", fragment=False, **seen, **NO)
    assert page.status_code == 409
    assert "She called just now." in page.content.decode()


def test_a_reply_is_taken_back_and_its_words_are_there_again(agents_browser: Client, english_case: Case) -> None:
    write(agents_browser, english_case, GOOD, route="reply-send", fragment=False, reason="-", **NO)
    reply = Reply.objects.get(conversation__case=english_case, state="queued")
    page = agents_browser.post(reverse("reply-undo", args=[reply.pk]), follow=True).content.decode()
    assert "Taken back" in page
    assert GOOD in page


def test_a_draft_is_parked_and_taken_up_again(agents_browser: Client, english_case: Case) -> None:
    write(agents_browser, english_case, GOOD, route="draft-park", fragment=False)
    assert Draft.objects.get(case=english_case).parked_until is not None
    write(agents_browser, english_case, GOOD, route="draft-park", fragment=False)
    assert Draft.objects.get(case=english_case).parked_until is None


def test_a_file_is_attached_and_the_words_stay(agents_browser: Client, english_case: Case, tmp_path: Any) -> None:
    before = Draft.objects.get(case=english_case).text
    (tmp_path / "label.txt").write_text("a label")
    with (tmp_path / "label.txt").open("rb") as file:
        agents_browser.post(reverse("draft-attach", args=[english_case.pk]), {"files": file, "text": ""})
    assert Attachment.objects.get().name == "label.txt"
    assert Draft.objects.get(case=english_case).text == before


def test_a_colleague_never_sees_my_draft(browser_of: Any, english_case: Case) -> None:
    page = browser_of("lead").get(reverse("case", args=[english_case.pk])).content.decode()
    assert "The courier lost it" not in page


def test_the_coach_explains_in_the_readers_language(agents_browser: Client, english_case: Case, language: str) -> None:
    Agent.objects.filter(username="aino").update(interface_language=language)
    said = write(agents_browser, english_case, BAD).content.decode()
    Agent.objects.filter(username="aino").update(interface_language="en")
    english = write(agents_browser, english_case, BAD).content.decode()
    assert (said == english) == (language == "en")


def _quote(browser: Client, case: Case) -> str:
    write(browser, case, BAD)
    page = browser.get(reverse("case", args=[case.pk]))
    found: str = page.context["coaching"].chips[0].quote
    return found


def test_the_stories_are_in_all_four_languages() -> None:
    assert {story["language"] for story in STORIES} == {"en", "id", "th", "fi"}


def test_a_heated_draft_is_offered_a_pause_and_never_locked(agents_browser: Client, english_case: Case) -> None:
    part = write(agents_browser, english_case, "Priya, we TOLD you THREE TIMES already!!!").content.decode()
    assert "This sounds heated." in part
    assert reverse("draft-park", args=[english_case.pk]) in part


def said_too(browser: Client, case: Case, **told: str) -> Any:
    """Mark words of Priya's draft as a promise."""
    text = "Hello Priya, the white mixer is on my desk and goes out with tomorrow's van. Aino"
    form = {"text": text, "too": "1", **told}
    return browser.post(reverse("draft-chip", args=[case.pk]), form, headers={"HX-Request": "true"})


def test_words_the_desk_did_not_find_are_a_promise_when_their_writer_says_so(
    agents_browser: Client, english_case: Case
) -> None:
    page = said_too(agents_browser, english_case, marked="goes out with tomorrow's van").content.decode()
    [chip] = Draft.objects.get(case=english_case).chips
    assert (chip["decision"], chip["quote"]) == ("confirmed", "goes out with tomorrow's van")
    due = datetime.fromisoformat(chip["due_end"])
    assert timedelta(0) < due - clock.now() < timedelta(days=2)
    assert "goes out with tomorrow&#x27;s van" in page


def test_a_marked_promise_takes_the_time_that_is_given(agents_browser: Client, english_case: Case) -> None:
    due = (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    said_too(agents_browser, english_case, marked="on my desk", marked_due=due)
    assert datetime.fromisoformat(Draft.objects.get(case=english_case).chips[0]["due_end"]).day == int(due[8:10])


@pytest.mark.parametrize("marked", ["never written", ""])
def test_words_that_are_not_there_promise_nothing(agents_browser: Client, english_case: Case, marked: str) -> None:
    page = said_too(agents_browser, english_case, marked=marked, marked_due="").content.decode()
    assert "do not stand in your reply" in page
    assert not Draft.objects.get(case=english_case).chips


def test_what_only_its_writer_calls_a_promise_can_be_taken_back(agents_browser: Client, english_case: Case) -> None:
    said_too(agents_browser, english_case, marked="on my desk and goes out with tomorrow's van")
    text = Draft.objects.get(case=english_case).text
    write(agents_browser, english_case, text, route="draft-chip", dismiss="on my desk and goes out with tomorrow's van")
    assert [chip["decision"] for chip in Draft.objects.get(case=english_case).chips] == ["dismissed"]
