"""Whoever writes for the first time is told that their words are here: by the desk at most once a day, else by a person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest

from amends.desk.channels.email.deliver import deliver_reply
from amends.desk.jobs.engine import run_due
from amends.desk.jobs.tasks import TASKS
from amends.desk.models import Agent, Block, Brand, Case, Event, Message, Order, Promise, Reply, Todo
from amends.desk.operations import todos
from amends.desk.operations.acknowledge import acknowledge_message, words_of
from amends.desk.operations.receive import receive
from amends.mail.trust import Verdict

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=1)
SAYS = {
    "en": "My parcel has not arrived and nobody answers me.",
    "id": "Paket saya belum sampai dan tidak ada yang menjawab saya.",
    "th": "พัสดุของฉันยังไม่มาถึงและไม่มีใครตอบฉันเลย",
    "fi": "Pakettini ei ole saapunut eikä kukaan vastaa minulle.",
}


def a_mail(text: str, *, sender: str = "Noi <noi@example.org>", number: int = 1, head: str = "") -> bytes:
    first = (
        f"From: {sender}\r\nTo: care@lumi.example\r\nSubject: FREE PILLS {number}\r\nMessage-ID: <{number}@example.org>"
    )
    return f"{first}\r\n{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()


@pytest.fixture
def polite(brand: Brand) -> Brand:
    """A brand that acknowledges."""
    Brand.objects.update(acknowledges=True)
    return Brand.objects.get()


@pytest.fixture
def arrives(polite: Brand, now: datetime) -> Callable[..., None]:
    """Let a mail come in, and the desk do what follows within a minute of `at`."""

    def came(raw: bytes, *, at: datetime = now) -> None:
        receive(raw, channel="smtp", now=at)
        run_due(at, tasks=TASKS)
        run_due(at + SOON, tasks=TASKS)

    return came


def acknowledgements() -> list[Reply]:
    return list(Reply.objects.filter(purpose=Reply.Purpose.ACKNOWLEDGEMENT))


def test_a_first_letter_is_acknowledged_in_its_language(arrives, language: str):
    arrives(a_mail(SAYS[language]))
    [reply] = acknowledgements()
    assert (reply.state, reply.language, reply.recipient) == ("sent", language, "noi@example.org")
    assert reply.text.startswith(words_of(language)["text"].strip().split("\n")[0])
    assert str(Case.objects.get().pk) in reply.text
    assert "{" not in reply.text


def test_it_promises_an_answer_by_a_time_that_somebody_owns(arrives, person, language: str):
    lead = person("lead", "liisa")
    arrives(a_mail(SAYS[language]))
    promise = Promise.objects.get()
    assert (promise.kind, promise.what, promise.owner) == ("receipt", "answer", lead)
    assert promise.quote in acknowledgements()[0].text
    assert promise.due_at > promise.made_at


def test_never_a_word_of_the_customer_goes_into_it(arrives):
    arrives(a_mail("Visit http://pills.example now", sender="Cheap Pills http://pills.example <noi@example.org>"))
    [reply] = acknowledgements()
    mail = message_from_bytes(bytes(reply.mime), policy=policy.default)
    assert b"pills" not in bytes(reply.mime).lower()
    assert "PILLS" not in mail["Subject"]
    assert "pills" not in mail.get_body(("plain",)).get_content()


def test_it_says_that_a_machine_wrote_it_and_what_it_answers(arrives):
    arrives(a_mail(SAYS["en"]))
    mail = message_from_bytes(bytes(acknowledgements()[0].mime), policy=policy.default)
    assert (mail["Auto-Submitted"], mail["Precedence"]) == ("auto-replied", "auto_reply")
    assert mail["In-Reply-To"] == "<1@example.org>"


def test_the_order_it_is_about_is_named(arrives, customer, now: datetime):
    Order.objects.create(customer=customer, number="TH-88213", amount=1, currency="THB", placed_at=now)
    arrives(a_mail("My order TH-88213 has not arrived.", sender="somchai@example.org"))
    assert "TH-88213" in acknowledgements()[0].text


def test_it_answers_nobody_so_they_wait_on(arrives, now: datetime):
    arrives(a_mail(SAYS["en"]))
    case = Case.objects.get()
    assert (case.status, case.waiting_since, case.last_reply_at) == (Case.Status.OPEN, now, None)


def test_a_second_letter_within_a_day_becomes_a_persons_task(arrives, now: datetime):
    arrives(a_mail(SAYS["en"]))
    arrives(a_mail("Another thing: the invoice is wrong.", number=2), at=now + timedelta(hours=2))
    todo = Todo.objects.get()
    assert (len(acknowledgements()), todo.kind, todo.case) == (1, "acknowledge", Case.objects.latest("pk"))


def test_after_a_day_the_desk_does_it_itself_again(arrives, now: datetime):
    arrives(a_mail(SAYS["en"]))
    arrives(a_mail("Another thing: the invoice is wrong.", number=2), at=now + timedelta(hours=25))
    assert (len(acknowledgements()), Todo.objects.count()) == (2, 0)


def test_a_task_is_ticked_off_once_with_who_and_why(case: Case, aino: Agent, now: datetime):
    todo = todos.ask_for(case, Todo.Kind.ACKNOWLEDGE, now=now)
    assert todos.tick_off(todo, by=aino, words="Called her.", now=now + SOON)
    assert not todos.tick_off(todo, by=aino, words="again", now=now + 2 * SOON)
    done = Todo.objects.get()
    assert (done.done_by, done.done_at, done.evidence) == (aino, now + SOON, "Called her.")


@pytest.mark.parametrize(
    ("sender", "head"),
    [
        ("no-reply@shop.example", ""),
        ("care@lumi.example", ""),
        ("MAILER-DAEMON@example.org", ""),
        ("noi@example.org", "Return-Path: <>\r\n"),
        ("noi@example.org", "List-Id: <all.example.org>\r\n"),
        ("noi@example.org", "Precedence: bulk\r\n"),
        ("noi@example.org", "Auto-Submitted: auto-generated\r\n"),
        ("noi@example.org", "X-Auto-Response-Suppress: OOF, AutoReply\r\n"),
    ],
)
def test_no_machine_list_nobody_or_ourselves_is_ever_answered(arrives, sender: str, head: str):
    arrives(a_mail(SAYS["en"], sender=sender, head=head))
    assert (acknowledgements(), Message.objects.filter(direction="in").count()) == ([], 1)


def test_a_brand_that_does_not_want_it_sends_none(arrives):
    Brand.objects.update(acknowledges=False)
    arrives(a_mail(SAYS["en"]))
    assert acknowledgements() == []


@pytest.mark.parametrize("why", ["untrusted", "blocked", "case_spam", "answered"])
def test_it_is_kept_from_whom_we_do_not_believe_and_from_whom_we_answered(arrives, aino, now: datetime, why: str):
    receive(a_mail(SAYS["en"]), channel="smtp", now=now)
    run_due(now, tasks=TASKS)
    message = Message.objects.get()
    if why == "untrusted":
        Message.objects.update(trust=Verdict.FAIL)
    if why == "blocked":
        Block.objects.create(sender="@example.org", began_at=now)
    if why == "case_spam":
        Case.objects.update(status=Case.Status.SPAM)
    if why == "answered":
        Message.objects.create(conversation=message.conversation, direction="out", at=now, dedupe_key="ours")
    assert acknowledge_message(message.pk, now=now + SOON) is None
    assert Event.objects.get(kind="acknowledgement.kept_back").facts["why"] == why


def test_what_an_answer_made_needless_is_not_sent(arrives, now: datetime):
    receive(a_mail(SAYS["en"]), channel="smtp", now=now)
    run_due(now, tasks=TASKS)
    message = Message.objects.get()
    reply = acknowledge_message(message.pk, now=now + SOON)
    Message.objects.create(conversation=message.conversation, direction="out", at=now + SOON, dedupe_key="ours")
    assert deliver_reply(reply.pk, now=now + SOON) is None
    assert Reply.objects.get().state == Reply.State.CANCELLED


def test_own_words_of_a_brand_stand_instead(arrives):
    Brand.objects.update(acknowledgements={"en": "Hi! Case {case} is with {brand}."})
    arrives(a_mail(SAYS["en"]))
    [reply] = acknowledgements()
    assert reply.text.startswith(f"Hi! Case {Case.objects.get().pk} is with Lumi & Co.")
    assert reply.text.endswith(Promise.objects.get().quote)
