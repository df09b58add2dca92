"""Send later, tasks of people, and the way out of letters that nobody asked for, as somebody at a browser meets them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from django.test.utils import override_settings

from amends.desk import clock
from amends.desk.channels.email.letters import composed
from amends.desk.models import Agent, Brand, Case, Draft, Handle, Message, Promise, Reply, Todo
from amends.desk.operations import outbox, todos
from amends.desk.operations.send import write_to_customer
from amends.desk.operations.unsubscribe import token
from amends.desk.web.shown.laters import laters

pytestmark = pytest.mark.django_db
WORDS = "Dear Somchai, I am sorry that we sent the wrong lamp."


@pytest.fixture
def browser(aino: Agent, client_of: Callable[..., Client]) -> Client:
    """Aino's."""
    return client_of(aino)


@pytest.fixture
def waiting(case: Case) -> Case:
    """Somchai waits."""
    Message.objects.create(
        conversation=case.conversations.get(), direction="in", sender="somchai@example.org", new_text="Wrong lamp!",
        text="Wrong lamp!", at=clock.now() - timedelta(hours=1), dedupe_key="first",
    )  # fmt: skip
    return case


def sent_later(browser: Client, case: Case, **fields: str) -> int:
    said = {"text": WORDS, "seen_version": str(case.version), "reason": "a test", **fields}
    return browser.post(f"/cases/{case.pk}/send", said).status_code


def test_a_reply_is_kept_until_the_time_their_clock_shows(browser: Client, waiting: Case):
    when = (clock.now() + timedelta(days=2)).replace(microsecond=0, second=0, tzinfo=None)
    assert sent_later(browser, waiting, send_at="theirs", their_time=when.isoformat()) == 302
    # Bangkok is seven hours ahead of UTC all year.
    assert Reply.objects.get().send_at == when.replace(tzinfo=UTC) - timedelta(hours=7)
    assert "their time" in browser.get(f"/cases/{waiting.pk}/").content.decode()


@pytest.mark.parametrize("time", ["", "never", "2020-01-01T09:00", "2999-01-01T09:00"])
def test_a_time_that_is_none_or_past_is_refused_and_the_words_stay(browser: Client, waiting: Case, time: str):
    assert sent_later(browser, waiting, send_at="theirs", their_time=time) == 422
    assert (Reply.objects.count(), Draft.objects.get().text) == (0, WORDS)


def test_nobody_is_asked_to_answer_while_an_answer_leaves(browser: Client, waiting: Case):
    Todo.objects.create(case=waiting, kind="answer", made_at=clock.now(), due_at=clock.now() + timedelta(hours=4))
    assert "todo-" in browser.get(f"/cases/{waiting.pk}/").content.decode()
    assert sent_later(browser, waiting) == 302
    assert "todo-" not in browser.get(f"/cases/{waiting.pk}/").content.decode()
    assert browser.post(f"/replies/{Reply.objects.get().pk}/undo").status_code == 302
    assert "todo-" in browser.get(f"/cases/{waiting.pk}/").content.decode()


def test_a_task_that_is_done_leaves_the_open_page(browser: Client, waiting: Case):
    todo = Todo.objects.create(case=waiting, kind="follow_up", made_at=clock.now(), due_at=clock.now())
    asked = {"path": f"/cases/{waiting.pk}/", "headers": {"HX-Request": "true"}}
    assert 'id="tasks"' not in browser.get(**asked).content.decode()
    browser.post(f"/tasks/{todo.pk}/done", {"words": "Called them."})
    assert '<div id="tasks" hx-swap-oob="true"></div>' in browser.get(**asked).content.decode()


def test_times_worth_choosing_are_their_mornings(waiting: Case, now: datetime):
    soon, morning, monday = laters(waiting, now=now)
    assert soon.at == now + timedelta(hours=1)
    assert (morning.at, monday.at) == (datetime(2026, 11, 19, 2, tzinfo=UTC), datetime(2026, 11, 23, 2, tzinfo=UTC))


def test_a_task_stands_on_now_and_on_its_case_until_somebody_did_it(browser: Client, waiting: Case):
    todo = todos.ask_for(waiting, Todo.Kind.ACKNOWLEDGE, now=clock.now())
    for page in ("/", f"/cases/{waiting.pk}/"):
        assert f'id="todo-{todo.pk}"' in browser.get(page).content.decode()
    browser.post(f"/tasks/{todo.pk}/done", {"words": "Called him."})
    assert f'id="todo-{todo.pk}"' not in browser.get("/").content.decode()
    todo.refresh_from_db()
    assert todo.evidence == "Called him."


def test_a_task_is_not_done_without_a_word(browser: Client, waiting: Case):
    todo = todos.ask_for(waiting, Todo.Kind.ACKNOWLEDGE, now=clock.now())
    browser.post(f"/tasks/{todo.pk}/done", {"words": " "})
    assert Todo.objects.get().done_at is None


def test_a_refused_letter_shows_on_the_case_with_its_error_and_a_task(browser: Client, waiting: Case, aino: Agent):
    reply = write_to_customer(waiting, author=aino, text=WORDS, reason="a test", now=clock.now())
    outbox.failed(reply, error="550 5.1.1 No such user", again_at=None, now=clock.now())
    shown = browser.get(f"/cases/{waiting.pk}/").content.decode()
    assert "550 5.1.1 No such user" in shown
    assert "could not be delivered" in shown


@pytest.mark.parametrize("purpose", [Reply.Purpose.FOLLOW_UP, Reply.Purpose.NOTICE])
def test_what_nobody_asked_for_carries_a_way_out_and_never_leaves_to_who_took_it(
    waiting: Case, aino: Agent, purpose: Reply.Purpose
):
    reply = write_to_customer(waiting, author=aino, text=WORDS, reason="a test", purpose=purpose, now=clock.now())
    with override_settings(PUBLIC_URL="https://desk.lumi.example"):
        mail = message_from_bytes(composed(reply, now=clock.now()), policy=policy.default)
    assert mail["List-Unsubscribe"] == f"<https://desk.lumi.example/stop/{token(Handle.objects.get())}/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Client().post(f"/stop/{token(Handle.objects.get())}/", {"List-Unsubscribe": "One-Click"})
    assert outbox.claim(reply.pk, now=clock.now() + timedelta(minutes=1)) is None
    assert Reply.objects.get().state == Reply.State.CANCELLED


def test_an_answer_has_nothing_to_stop_and_always_leaves(waiting: Case, aino: Agent):
    Handle.objects.update(unsubscribed_at=clock.now())
    reply = write_to_customer(waiting, author=aino, text=WORDS, reason="a test", now=clock.now())
    with override_settings(PUBLIC_URL="https://desk.lumi.example"):
        assert b"List-Unsubscribe" not in composed(reply, now=clock.now())
    assert outbox.claim(reply.pk, now=clock.now() + timedelta(minutes=1)) is not None


def test_looking_at_the_way_out_changes_nothing_and_one_can_come_back(waiting: Case):
    link = f"/stop/{token(Handle.objects.get())}/"
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(link).status_code == 200
    assert Handle.objects.get().unsubscribed_at is None
    assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Handle.objects.get().unsubscribed_at is not None
    Client().post(f"{link}again")
    assert Handle.objects.get().unsubscribed_at is None


@pytest.mark.parametrize("link", ["1.forged", "nonsense", "99999999999999999999.x", "1."])
def test_a_forged_way_out_opens_nothing(waiting: Case, link: str):
    assert Client().post(f"/stop/{link}/").status_code == 404
    assert Handle.objects.get().unsubscribed_at is None


def test_an_administrator_writes_a_brands_own_acknowledgement(person: Callable[..., Agent], client_of, brand: Brand):
    browser = client_of(person("admin"))
    fields = {"name": "Lumi", "address": "care@lumi.example", "default_language": "en", "timezone": "UTC",
              "acknowledges": "on", "acknowledgement_fi": "Hei! {case}"}  # fmt: skip
    assert browser.post(f"/brands/{brand.pk}/", fields).status_code == 302
    brand.refresh_from_db()
    assert (brand.acknowledges, brand.acknowledgements) == (True, {"fi": "Hei! {case}"})


@pytest.mark.parametrize(
    ("state", "reason"),
    [("broken", "what we promised was not kept."), ("released", "nothing has been promised yet.")],
)
def test_an_answer_is_asked_for_by_a_reason_that_fits(browser: Client, waiting: Case, state: str, reason: str):
    now = clock.now()
    ended = {"state": state, "ended_at": now, "made_at": now, "due_at": now}
    Promise.objects.create(case=waiting, what="call", quote="I call you at ten.", **ended)
    Todo.objects.create(case=waiting, kind=Todo.Kind.ANSWER, made_at=now, due_at=now + timedelta(hours=4))
    assert f"Answer them: {reason}" in browser.get(f"/cases/{waiting.pk}/").content.decode()
