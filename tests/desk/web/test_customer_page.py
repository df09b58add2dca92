"""The customer's own page: what they see, what they can say, in their language."""

import html
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Case, Message, Promise, Reply, Todo
from amends.desk.operations.customer_page import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(desk: dict[str, Any]) -> Any:
    """The address of a case's page: `words(case, "page")`."""
    return lambda case, route: reverse(route, args=[token(case, now=clock.now())])


def test_a_customer_reads_their_page_in_their_language(client: Client, desk: dict[str, Any], words: Any) -> None:
    headings = {"th": "สิ่งที่เราเข้าใจ", "id": "Yang kami pahami", "fi": "Mitä ymmärsimme", "en": "What we understood"}
    for case in desk["cases"]:
        page = client.get(words(case, "page")).content.decode()
        assert headings[case.customer.language] in page


def test_it_says_what_was_promised_and_by_when(client: Client, english_case: Case, words: Any) -> None:
    page = client.get(words(english_case, "page")).content.decode()
    assert "What we promised" in page
    assert "<time datetime=" in page


def test_notes_and_readings_stay_with_us(client: Client, desk: dict[str, Any], words: Any) -> None:
    page = client.get(words(desk["cases"][0], "page") + "?lang=en").content.decode()
    for ours in ("Ville took the lamp out", "Furious</span>", "consumer authority", "No vouchers"):
        assert ours not in page


def test_their_words_reach_the_case(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-words"), {"text": "It came, but broken."})
    assert Message.objects.filter(conversation__case=english_case, new_text__contains="It came, but broken.").exists()


def test_nothing_sent_is_told_to_them(client: Client, english_case: Case, words: Any) -> None:
    told = client.post(words(english_case, "page-words"), {"text": " "}, follow=True).content.decode()
    assert "Nothing was sent yet" in told


def test_their_feeling_counts(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-feeling"), {"intensity": "0"})
    english_case.refresh_from_db()
    assert english_case.intensity == 0


def test_a_feeling_out_of_range_is_no_feeling(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-feeling"), {"intensity": "9"})
    english_case.refresh_from_db()
    assert english_case.intensity == 2


def test_they_say_it_is_solved(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-solved"))
    english_case.refresh_from_db()
    assert (english_case.status, english_case.ending) == ("resolved", "customer_said")


def test_the_page_says_that_they_told_us_so_and_what_is_still_owed(
    client: Client, english_case: Case, words: Any
) -> None:
    Promise.objects.filter(case=english_case).update(due_at=clock.now() + timedelta(hours=5), state="made")
    client.post(words(english_case, "page-solved"))
    page = client.get(words(english_case, "page")).content.decode()
    assert "<h1>You told us that it is solved</h1>" in page
    assert "We keep this all the same." in page
    assert "We are on it" not in page


def test_who_writes_again_after_solved_is_heard_anew(client: Client, english_case: Case, words: Any) -> None:
    client.post(words(english_case, "page-solved"))
    client.post(words(english_case, "page-words"), {"text": "It broke again."})
    assert "You told us that it is solved" not in client.get(words(english_case, "page")).content.decode()


def test_they_say_it_did_not_happen(client: Client, english_case: Case, words: Any) -> None:
    promise = Promise.objects.get(case=english_case)
    client.post(words(english_case, "page-not-kept"), {"promise": promise.pk})
    assert english_case.events.filter(kind="promise.disputed").exists()


@pytest.fixture
def promise(english_case: Case) -> Promise:
    """What Priya was promised."""
    return Promise.objects.get(case=english_case)


@pytest.mark.parametrize(
    ("state", "due_in_h", "said"),
    [
        ("made", 5, "We are on it."),
        ("slipping", 5, "It may be late. Then we write to you before the time."),
        ("told", 5, "It will be late. We wrote to you about it:"),
        ("made", -5, "The time is over, and it is not done. We are sorry, and we are on it."),
        ("told", -5, "The time is over, and it is not done. We are sorry, and we are on it."),
        ("kept", -5, "Done."),
        ("kept_late", -5, "Done, but late. We are sorry."),
        ("broken", -5, "We did not keep this. We are sorry, and we are on it."),
        ("released", 5, "You told us that it is not needed any more."),
    ],
)
def test_a_promise_stands_on_it_as_it_is(
    client: Client, english_case: Case, promise: Promise, words: Any, state: str, due_in_h: int, said: str
) -> None:
    now = clock.now()
    rows = Promise.objects.filter(pk=promise.pk)
    rows.update(state=state, due_at=now + timedelta(hours=due_in_h), ended_at=now, told_at=now)
    assert said in html.unescape(client.get(words(english_case, "page")).content.decode())


@pytest.mark.parametrize("language", ["en", "id", "th", "fi"])
@pytest.mark.parametrize("state", ["made", "slipping", "told", "kept", "kept_late", "broken", "released"])
def test_every_state_can_be_read_in_every_language(
    client: Client, english_case: Case, promise: Promise, words: Any, language: str, state: str
) -> None:
    Promise.objects.filter(pk=promise.pk).update(state=state, ended_at=clock.now(), told_at=clock.now())
    page = client.get(words(english_case, "page") + f"?lang={language}").content.decode()
    assert f'<html lang="{language}"' in page
    assert html.escape(promise.quote, quote=False) in html.unescape(page)
    assert f"<b>{state}" not in page


def told_of(promise: Promise, *, new: datetime) -> Reply:
    """A note ahead that has left and proposes another time."""
    now = clock.now()
    note = Reply.objects.create(
        conversation=promise.case.conversations.get(), recipient="p@example.com", text="I am sorry: not today. Aino",
        state="sent", internet_message_id="<n@lumi.example>", queued_at=now, undo_until=now, due_at=now, sent_at=now,
        tells=promise, new_due_at=new,
    )  # fmt: skip
    Promise.objects.filter(pk=promise.pk).update(state="told", told_at=now, due_at=now + timedelta(hours=2))
    return note


def test_they_read_the_note_and_say_yes_to_the_new_time(
    client: Client, english_case: Case, promise: Promise, words: Any
) -> None:
    note = told_of(promise, new=clock.now() + timedelta(days=3))
    page = client.get(words(english_case, "page")).content.decode()
    assert note.text in page
    assert "We propose another time:" in page
    client.post(words(english_case, "page-agreed"), {"promise": promise.pk})
    assert Promise.objects.get(pk=promise.pk).state == "released"
    assert Promise.objects.get(replaces=promise).due_at == note.new_due_at
    assert "Agreed anew with you." in client.get(words(english_case, "page")).content.decode()


def test_a_yes_to_nothing_is_refused_in_words(client: Client, english_case: Case, promise: Promise, words: Any) -> None:
    said = client.post(words(english_case, "page-agreed"), {"promise": promise.pk}, follow=True).content.decode()
    assert "Tell us below what would suit you." in said
    assert Promise.objects.get(pk=promise.pk).state == promise.state


def test_what_did_not_happen_opens_the_case_again_and_calls_its_owner(
    client: Client, english_case: Case, promise: Promise, words: Any
) -> None:
    now = clock.now()
    Promise.objects.filter(pk=promise.pk).update(state="kept", ended_at=now)
    Case.objects.filter(pk=english_case.pk).update(status="resolved", resolved_at=now, ending="quiet")
    for _ in range(2):
        client.post(words(english_case, "page-not-kept"), {"promise": promise.pk})
    english_case.refresh_from_db()
    assert (english_case.status, english_case.waiting_since is not None) == ("open", True)
    assert Todo.objects.get(kind="disputed").owner == promise.owner
    page = client.get(words(english_case, "page")).content.decode()
    assert "You told us that this did not happen." in page
    assert "This did not happen<" not in page


def test_what_did_not_happen_though_it_is_due_is_broken(
    client: Client, english_case: Case, promise: Promise, words: Any
) -> None:
    Promise.objects.filter(pk=promise.pk).update(due_at=clock.now() - timedelta(hours=1))
    client.post(words(english_case, "page-not-kept"), {"promise": promise.pk})
    assert Promise.objects.get(pk=promise.pk).state == "broken"


def test_solved_keeps_what_is_promised_unless_they_say_it_is_needless(
    client: Client, english_case: Case, promise: Promise, words: Any
) -> None:
    client.post(words(english_case, "page-solved"))
    assert Promise.objects.get(pk=promise.pk).state == promise.state
    client.post(words(english_case, "page-solved"), {"needless": "1"})
    assert Promise.objects.get(pk=promise.pk).state == "released"


def test_nobody_disputes_a_promise_of_another_case(client: Client, desk: dict[str, Any], words: Any) -> None:
    other = Promise.objects.exclude(case=desk["cases"][0]).first()
    assert other is not None
    assert client.post(words(desk["cases"][0], "page-not-kept"), {"promise": other.pk}).status_code == 404


def test_a_link_that_was_altered_opens_nothing(client: Client, english_case: Case, words: Any) -> None:
    for address in (words(english_case, "page").replace(f"/{english_case.pk}.", "/1."), "/page/x/", "/page/1.2.3/"):
        page = client.get(address)
        assert page.status_code == 404
        assert b"This link is over" in page.content
