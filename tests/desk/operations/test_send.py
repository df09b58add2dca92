"""A reply is written, coached, promised and sent; and for a while it can be taken back."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Draft, Event, Job, Message, Promise, Reply
from amends.desk.operations import drafting, outbox
from amends.desk.operations.errors import CannotPromise, CannotSendAgain, NoAddress, UndecidedPromise
from amends.desk.operations.notes import add_note
from amends.desk.operations.send import send, send_again, undo, write_to_customer
from amends.vocabulary import CannotSend, StaleReply
from tests.desk.decided import none_promised

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GOOD = "Khun Somchai, we lost your parcel, and that was our mistake. I send a new one today. Aino"
HOLLOW = {
    "en": "We apologise for any inconvenience caused.",
    "id": "Mohon maaf atas ketidaknyamanannya.",
    "th": "ขออภัยในความไม่สะดวกค่ะ",
    "fi": "Pahoittelemme aiheutunutta vaivaa.",
}


@pytest.fixture
def waiting(case: Case, now: datetime) -> Case:
    """A case in which Somchai has written and waits."""
    Message.objects.create(
        conversation=case.conversations.get(), direction="in", sender="somchai@example.org", new_text="ของอยู่ไหน",
        at=now - DAY, dedupe_key="first",
    )  # fmt: skip
    case.waiting_since = case.last_customer_at = now - DAY
    case.save()
    return case


def draft(case: Case, author: Agent, now: datetime, text: str = GOOD) -> Draft:
    return none_promised(undecided(case, author, now, text), now=now)


def undecided(case: Case, author: Agent, now: datetime, text: str = GOOD) -> Draft:
    return drafting.save_draft(case, author=author, text=text, seen_version=case.version, now=now)


def test_a_draft_is_one_per_case_and_writer(waiting: Case, aino: Agent, now: datetime):
    assert draft(waiting, aino, now, "Hel").pk == draft(waiting, aino, now, "Hello").pk
    assert Draft.objects.get().text == "Hello"


def test_a_sent_reply_is_queued_and_the_customer_no_longer_waits(waiting: Case, aino: Agent, now: datetime):
    reply = send(draft(waiting, aino, now), reason="", now=now)
    waiting.refresh_from_db()
    assert (reply.state, reply.recipient) == (Reply.State.QUEUED, "somchai@example.org")
    assert (waiting.status, waiting.waiting_since, waiting.owner) == (Case.Status.WAITING, None, aino)
    assert Job.objects.get(task="deliver_reply").due_at == reply.undo_until > now
    assert not Draft.objects.exists()


def test_an_open_error_needs_a_written_reason(waiting: Case, aino: Agent, now: datetime, language: str):
    waiting.language = language
    waiting.save()
    with pytest.raises(CannotSend) as refused:
        send(draft(waiting, aino, now, HOLLOW[language]), reason=" ", now=now)
    assert "apology.inconvenience" in [finding["rule"] for finding in refused.value.context["findings"]]
    reply = send(draft(waiting, aino, now, HOLLOW[language]), reason="Quoted on purpose.", now=now)
    assert (reply.reason, len(reply.findings)) == ("Quoted on purpose.", 1)


def test_an_error_set_aside_with_a_reason_is_no_longer_open(waiting: Case, aino: Agent, now: datetime):
    written = draft(waiting, aino, now, HOLLOW["en"])
    (found,) = drafting.review_draft(written, now=now, interface="en").verdict.errors
    quote = found.span.of(written.text)
    drafting.dismiss_finding(written, rule=found.rule, quote=quote, reason="", now=now)
    with pytest.raises(CannotSend):
        send(written, reason="", now=now)
    drafting.dismiss_finding(written, rule=found.rule, quote=quote, reason="Their own words.", now=now)
    assert send(written, reason="", now=now).findings == []


def test_nothing_is_not_sent(waiting: Case, aino: Agent, now: datetime):
    with pytest.raises(CannotSend, match="nothing"):
        send(draft(waiting, aino, now, " \n"), reason="so", now=now)


def test_a_stale_reply_is_refused_with_what_is_new(waiting: Case, aino: Agent, person, now: datetime):
    written, ville = draft(waiting, aino, now), person("agent", "ville")
    add_note(waiting, author=ville, text="Refunded already @aino", now=now)
    with pytest.raises(StaleReply) as refused:
        send(written, reason="", now=now)
    assert [(n["kind"], n["who"]) for n in refused.value.context["news"]] == [("note.added", "Ville")]
    assert not Reply.objects.exists()


def test_ones_own_note_does_not_make_ones_own_draft_stale(waiting: Case, aino: Agent, now: datetime):
    written = draft(waiting, aino, now)
    add_note(waiting, author=aino, text="writing to them now", now=now)
    written.refresh_from_db()
    assert send(written, reason="", now=now).state == Reply.State.QUEUED


def test_a_second_colleague_cannot_answer_the_same_words_unaware(waiting: Case, aino: Agent, person, now: datetime):
    mine, theirs = draft(waiting, aino, now), draft(waiting, person("agent", "ville"), now)
    send(mine, reason="", now=now)
    with pytest.raises(StaleReply):
        send(theirs, reason="", now=now)


def test_confirmed_promises_go_with_the_reply_and_set_aside_ones_do_not(waiting: Case, aino: Agent, now: datetime):
    written = draft(waiting, aino, now, GOOD + " It is with you by Friday. I call on Monday.")
    friday = {"what": "delivery", "due_start": None, "due_end": now + 2 * DAY}
    drafting.decide_chip(written, quote="by Friday", decision="confirmed", now=now, **friday)
    drafting.decide_chip(written, quote="on Monday", decision="dismissed", now=now, **friday)
    drafting.decide_chip(written, quote="words deleted since", decision="confirmed", now=now, **friday)
    send(written, reason="", now=now)
    promise = Promise.objects.get()
    assert (promise.quote, promise.due_at, promise.owner) == ("by Friday", now + 2 * DAY, aino)


TIMED = {
    "en": "I will refund you by Friday.",
    "id": "Saya akan mengembalikan uang Anda paling lambat hari Jumat.",
    "th": "ดิฉันจะคืนเงินให้ภายในวันศุกร์ค่ะ",
    "fi": "Palautan rahasi perjantaihin mennessä.",
}


def test_words_that_promise_leave_only_when_somebody_decided(waiting: Case, aino: Agent, now: datetime, language: str):
    waiting.language = language
    waiting.save()
    written = undecided(waiting, aino, now, TIMED[language])
    with pytest.raises(UndecidedPromise) as asked:
        send(written, reason="so", now=now)
    (chip,) = asked.value.context["promises"]
    assert chip["quote"] in TIMED[language]
    assert not Reply.objects.exists()
    assert send(none_promised(written, now=now), reason="so", now=now).state == Reply.State.QUEUED


def test_what_an_error_hides_is_asked_with_it(waiting: Case, aino: Agent, now: datetime):
    with pytest.raises(CannotSend) as refused:
        send(undecided(waiting, aino, now, f"{HOLLOW['en']} {TIMED['en']}"), reason="", now=now)
    assert len(refused.value.context["promises"]) == 1


def test_a_vague_promise_keeps_nothing_back(waiting: Case, aino: Agent, now: datetime):
    text = "Khun Somchai, that was our mistake. I will refund you as soon as possible."
    written = undecided(waiting, aino, now, text)
    assert drafting.review_draft(written, now=now, interface="en").promises[0].due_end is None
    assert send(written, reason="so", now=now).state == Reply.State.QUEUED


def test_a_promise_without_a_time_cannot_be_confirmed(waiting: Case, aino: Agent, now: datetime):
    with pytest.raises(CannotPromise):
        drafting.decide_chip(
            draft(waiting, aino, now), quote="soon", what="refund", due_start=None, due_end=None,
            decision="confirmed", now=now,
        )  # fmt: skip


def test_undo_gives_everything_back(waiting: Case, aino: Agent, now: datetime):
    written = draft(waiting, aino, now, GOOD + " By Friday.")
    drafting.attach(written, name="label.txt", content=b"label", media_type="text/plain", now=now)
    drafting.decide_chip(written, quote="By Friday", what="refund", due_start=None, due_end=now + DAY,
                         decision="confirmed", now=now)  # fmt: skip
    reply = send(written, reason="", now=now)
    assert undo(reply, by=aino, now=now)
    back = Draft.objects.get()
    waiting.refresh_from_db()
    assert (back.text, back.chips[-1]["quote"], back.attachments.get().name) == (
        GOOD + " By Friday.",
        "By Friday",
        "label.txt",
    )
    assert (waiting.status, waiting.waiting_since) == (Case.Status.OPEN, now - DAY)
    assert (waiting.last_reply_at, waiting.stages) == (None, {})
    assert not Promise.objects.exists()
    assert Event.objects.filter(kind="promise.withdrawn").exists()


def test_what_was_taken_back_can_be_sent_again(waiting: Case, aino: Agent, now: datetime):
    undo(send(draft(waiting, aino, now), reason="", now=now), by=aino, now=now)
    assert send(Draft.objects.get(), reason="", now=now).state == Reply.State.QUEUED


def test_undo_keeps_what_was_begun_meanwhile(waiting: Case, aino: Agent, now: datetime):
    reply = send(draft(waiting, aino, now), reason="", now=now)
    draft(waiting, aino, now, "One more thing")
    undo(reply, by=aino, now=now)
    assert Draft.objects.get().text == f"{GOOD}\n\nOne more thing"


def test_what_the_network_has_cannot_be_taken_back(waiting: Case, aino: Agent, now: datetime):
    reply = send(draft(waiting, aino, now), reason="", now=now)
    outbox.claim(reply.pk, now=reply.due_at)
    assert not undo(reply, by=aino, now=reply.due_at)


def test_a_failed_reply_makes_the_customer_wait_again(waiting: Case, aino: Agent, now: datetime):
    reply = send(draft(waiting, aino, now), reason="", now=now)
    outbox.failed(outbox.claim(reply.pk, now=reply.due_at), error="550", again_at=None, now=reply.due_at)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.waiting_since) == (Case.Status.OPEN, now - DAY)


def test_only_a_person_sends_an_uncertain_reply_again(waiting: Case, aino: Agent, now: datetime):
    reply = send(draft(waiting, aino, now), reason="", now=now)
    with pytest.raises(CannotSendAgain):
        send_again(reply, by=aino, now=now)
    outbox.uncertain(outbox.claim(reply.pk, now=reply.due_at), error="gone after DATA", now=reply.due_at)
    assert outbox.claim(reply.pk, now=now + DAY) is None
    send_again(reply, by=aino, now=now + DAY)
    assert outbox.claim(reply.pk, now=now + DAY).tries == 2


def test_we_cannot_write_to_nobody(case: Case, aino: Agent, now: datetime):
    case.customer.handles.all().delete()
    with pytest.raises(NoAddress):
        send(draft(case, aino, now), reason="", now=now)


def test_a_note_to_the_customer_leaves_the_draft_alone(waiting: Case, aino: Agent, now: datetime):
    draft(waiting, aino, now, "half a sentence")
    reply = write_to_customer(waiting, author=aino, text=GOOD, now=now)
    assert (reply.state, Draft.objects.get().text) == (Reply.State.QUEUED, "half a sentence")


def test_a_double_click_sends_once(waiting: Case, aino: Agent, now: datetime):
    written = draft(waiting, aino, now)
    same = Draft.objects.get()
    send(written, reason="", now=now)
    with pytest.raises(StaleReply, match="already"):
        send(same, reason="", now=now)
    assert Reply.objects.count() == 1


def test_what_another_window_changed_is_not_sent_unseen(waiting: Case, aino: Agent, now: datetime):
    written = draft(waiting, aino, now)
    draft(waiting, aino, now, "Something else")
    with pytest.raises(StaleReply, match="another window"):
        send(written, reason="", now=now)


def test_an_answer_goes_where_the_customer_wrote_last(waiting: Case, aino: Agent, now: datetime):
    begun = draft(waiting, aino, now, "Dear")
    other = waiting.conversations.create(
        channel="webform", token="t1", participants=["work@example.org"], started_at=now
    )
    Message.objects.create(
        conversation=other, direction="in", sender="work@example.org", new_text="Hello?", at=now, dedupe_key="second"
    )
    Case.objects.update(version=7)
    waiting.refresh_from_db()
    assert draft(waiting, aino, now).conversation == other != begun.conversation
    assert send(Draft.objects.get(), reason="so", now=now).recipient == "work@example.org"


def test_a_reply_walks_the_stages_it_holds(waiting: Case, aino: Agent, now: datetime):
    text = (
        "Khun Somchai, thank you for telling me. Your parcel is two days late; that was our mistake, and I am sorry. "
        "I am sending a new one tomorrow. Would you rather have your money back?"
    )
    send(draft(waiting, aino, now, text), reason="so", now=now)
    waiting.refresh_from_db()
    assert {"acknowledge", "act"} <= set(waiting.stages)
