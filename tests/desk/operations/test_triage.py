"""What came in is filed: on the right case, once, and never lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from amends.desk import blobs
from amends.desk.models import Agent, Case, Customer, Event, Job, Message, Promise, RawMessage, Reply
from amends.desk.operations import drafting, outbox, triage, understanding
from amends.desk.operations.receive import receive, replay
from amends.desk.operations.send import send
from amends.flow.web_form import WebFormMessage
from tests.desk.decided import none_promised

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WORDS = {"en": "Where is my parcel?", "id": "Mana paket saya?", "th": "พัสดุของฉันอยู่ไหนคะ", "fi": "Missä pakettini on?"}


def mail(text: str = "Where is my parcel?", sender: str = "Mali <mali@example.org>", **headers: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, "care@lumi.example", "Parcel"
    for name, value in {"Message-ID": "<one@example.org>", **headers}.items():
        del letter[name.replace("_", "-")]
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter.as_bytes()


@pytest.fixture
def file(brand: object, now: datetime) -> Callable[..., Message | None]:
    """Receive bytes and file them."""

    def filed(raw: bytes, *, at: datetime = now, **how: object) -> Message | None:
        return triage.file_message(receive(raw, now=at, **{"channel": "smtp"} | how).raw_id, now=at)

    return filed


@pytest.fixture
def answered(file, aino: Agent, now: datetime) -> Reply:
    """Mali wrote, and our answer is on its way to her."""
    case = file(mail()).conversation.case
    drafted = drafting.save_draft(
        case, author=aino, text="We lost it, Mali. A new one goes today.", seen_version=case.version, now=now
    )
    reply = send(none_promised(drafted, now=now), reason="so", now=now)
    return outbox.sent(outbox.claim(reply.pk, now=reply.due_at), now=reply.due_at)


def test_a_letter_from_a_stranger_opens_a_case_that_waits(file, now: datetime, language: str):
    message = file(mail(WORDS[language]))
    case = message.conversation.case
    assert message.new_text.strip() == WORDS[language]
    assert (case.status, case.waiting_since, case.customer.name) == (Case.Status.OPEN, now, "Mali")
    assert Job.objects.get(task="read_message").arguments == {"message_id": message.pk}


def test_the_same_letter_by_two_ways_is_one_message(file):
    assert file(mail()) is not None
    assert file(b"Received: from elsewhere\r\n" + mail(), channel="imap", external_id="1:1:1") is None
    assert Message.objects.count() == 1
    assert RawMessage.objects.filter(state="duplicate").count() == 1


def test_two_letters_under_one_message_id_are_two(file):
    file(mail("First."))
    file(mail("Second."))
    assert sorted(m.new_text.strip() for m in Message.objects.all()) == ["First.", "Second."]


def test_filing_twice_changes_nothing(file, now: datetime):
    first = file(mail())
    assert triage.file_message(first.raw_id, now=now) == first
    assert Case.objects.count() == 1


def test_a_letter_that_another_worker_files_meanwhile_is_not_called_a_duplicate(
    brand, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    raw_id = receive(mail(), channel="file", now=now).raw_id
    slowly, others = understanding.sketches, []

    def meanwhile(parts: object) -> list[understanding.Sketch]:
        monkeypatch.setattr(understanding, "sketches", slowly)
        others.append(triage.file_message(raw_id, now=now))
        return slowly(())

    monkeypatch.setattr(understanding, "sketches", meanwhile)
    assert [triage.file_message(raw_id, now=now)] == others == [Message.objects.get()]
    assert RawMessage.objects.get().state == RawMessage.State.FILED
    assert not Event.objects.filter(kind="message.duplicate").exists()
    assert Job.objects.filter(task="read_message").count() == 1


def test_an_answer_finds_home_and_wakes_the_case(file, answered: Reply, now: datetime):
    later = now + 5 * MINUTE
    again = file(mail("Still nothing!", Message_ID="<two@x>", In_Reply_To=answered.internet_message_id), at=later)
    case = again.conversation.case
    assert again.conversation == answered.conversation
    assert (case.status, case.waiting_since, case.last_customer_at) == (Case.Status.OPEN, later, later)
    assert "seal" in again.why_here


def test_a_stranger_who_knows_a_message_id_gets_a_case_of_their_own_beside(file):
    first = file(mail())
    other = file(mail("Me too", "Eve <eve@example.net>", Message_ID="<e@x>", In_Reply_To="<one@example.org>"))
    assert other.conversation.case != first.conversation.case
    assert other.conversation.case.linked_to == first.conversation.case


def test_a_known_customer_continues_by_headers_alone(file):
    first = file(mail())
    second = file(mail("And another thing", Message_ID="<two@x>", In_Reply_To="<one@example.org>"))
    assert second.conversation == first.conversation
    assert Customer.objects.count() == 1


def test_an_out_of_office_answer_is_shown_and_changes_nothing(file, answered: Reply, now: datetime):
    before = Case.objects.get()
    note = file(
        mail("I am away.", Message_ID="<a@x>", In_Reply_To=answered.internet_message_id, Auto_Submitted="auto-replied"),
        at=now + MINUTE,
    )
    after = Case.objects.get()
    assert note.conversation.case == after
    assert (after.status, after.waiting_since, after.version) == (before.status, before.waiting_since, before.version)
    assert not Job.objects.filter(task="read_message", arguments__message_id=note.pk).exists()


def bounce(reply: Reply, action: str = "failed") -> bytes:
    return (
        b"From: MAILER-DAEMON@mx.example\r\nTo: care@lumi.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        b'Message-ID: <b@mx.example>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nNo such user mali.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Final-Recipient: rfc822; mali@example.org\r\nAction: " + action.encode() + b"\r\nStatus: 5.1.1\r\n\r\n--b\r\n"
        b"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: "
        + reply.internet_message_id.encode()
        + b"\r\n\r\n--b--\r\n"
    )


def test_a_bounce_shows_on_the_case_and_the_customer_waits_again(file, answered: Reply, now: datetime):
    message = file(bounce(answered), at=now + 5 * MINUTE)
    answered.refresh_from_db()
    case = Case.objects.get()
    assert message.conversation == answered.conversation
    assert answered.state == Reply.State.FAILED
    assert (case.status, case.waiting_since) == (Case.Status.OPEN, now)


def test_a_delay_report_is_no_bounce(file, answered: Reply, now: datetime):
    file(bounce(answered, "delayed"), at=now + MINUTE)
    answered.refresh_from_db()
    assert answered.state == Reply.State.SENT


def test_a_forged_bounce_silences_nobody(file, answered: Reply, now: datetime):
    answered.internet_message_id = answered.internet_message_id.replace("<amends.", "<amends.x")
    file(bounce(answered), at=now + MINUTE)
    assert Reply.objects.get().state == Reply.State.SENT


def test_our_own_letter_coming_back_is_no_new_message(file, answered: Reply):
    assert file(mail("We lost it", "care@lumi.example", Message_ID=answered.internet_message_id)) is None


def test_a_machine_that_belongs_nowhere_makes_nobody_wait(file):
    message = file(mail("I am away.", Auto_Submitted="auto-replied"))
    case = message.conversation.case
    assert (case.status, case.waiting_since, case.opened_at is not None) == (Case.Status.MACHINE, None, True)


def test_a_person_who_writes_after_their_machine_opens_the_case(file):
    case = file(mail("I am away.", Auto_Submitted="auto-replied")).conversation.case
    file(mail("I am back. Where is my parcel?", Message_ID="<two@example.org>", References="<one@example.org>"))
    case.refresh_from_db()
    assert (case.status, case.waiting_since is None) == (Case.Status.OPEN, False)


def test_what_cannot_be_read_is_quarantined_and_the_next_one_goes_on(file):
    assert file(b"") is None
    assert RawMessage.objects.get().state == "quarantined"
    assert file(mail()) is not None


def test_a_mail_the_server_would_not_hand_over_says_so_in_quarantine(file):
    file(b"", channel="imap", external_id="1:1:9", envelope={"trouble": "the server gave no body"})
    assert RawMessage.objects.get().error == "the server gave no body"


def test_a_mail_we_fail_on_is_tried_three_times_then_seen_and_replayed(brand, aino: Agent, now: datetime):
    raw = RawMessage.objects.get(pk=receive(mail("long " * 30_000), channel="smtp", now=now).raw_id)
    lost = blobs.path(raw.sha256).rename(blobs.path(raw.sha256).with_suffix(".away"))
    for _ in range(2):
        with pytest.raises(triage.Unfiled):
            triage.file_message(raw.pk, now=now)
    assert triage.file_message(raw.pk, now=now) is None
    raw.refresh_from_db()
    assert (raw.state, raw.error.split(":")[0]) == ("quarantined", "FileNotFoundError")
    lost.rename(blobs.path(raw.sha256))
    replay(raw, by=aino, now=now)
    assert triage.file_message(raw.pk, now=now) is not None


def test_a_mail_that_kills_the_worker_ends_in_quarantine(brand, now: datetime):
    raw = RawMessage.objects.get(pk=receive(mail(), channel="smtp", now=now).raw_id)
    RawMessage.objects.update(attempts=triage.MOST_TRIES)
    assert triage.file_message(raw.pk, now=now) is None
    assert Event.objects.filter(kind="message.quarantined").exists()


def form(text: str = "Where is it?", at: datetime | None = None) -> bytes:
    return WebFormMessage(name="Mali", email="mali@example.org", text=text, at=at, order="TH-1").as_bytes()


def test_the_web_form_becomes_a_case_like_a_mail(file, now: datetime):
    message = file(form(at=now), channel="webform", external_id="nonce-1")
    assert (message.conversation.channel, message.sender) == ("webform", "mali@example.org")
    assert "TH-1" in message.new_text


def test_a_double_click_on_the_form_is_one_message(file, now: datetime):
    file(form(at=now), channel="webform", external_id="nonce-1")
    assert file(form(at=now + timedelta(seconds=1)), channel="webform", external_id="nonce-1") is None


def test_the_same_words_on_another_day_are_another_message(file, now: datetime):
    file(form(at=now), channel="webform", external_id="nonce-1")
    assert file(form(at=now), channel="webform", external_id="nonce-2") is not None


def test_promises_survive_a_customers_answer(file, answered: Reply, now: datetime):
    Promise.objects.create(case=Case.objects.get(), quote="today", due_at=now, made_at=now)
    file(mail("Thanks", Message_ID="<t@x>", In_Reply_To=answered.internet_message_id), at=now + MINUTE)
    assert Promise.objects.get().state == "made"
