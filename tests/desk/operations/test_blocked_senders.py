"""Mail of a blocked sender is kept, marked and silent, and hides nobody else's words."""

from datetime import datetime

from amends.desk.models import Agent, Case, Job, Message
from amends.desk.operations import blocking
from tests.desk.operations.test_triage import file, mail  # noqa: F401  # the fixture that receives and files


def test_a_letter_of_a_blocked_sender_calls_nobody(file, aino: Agent, now: datetime) -> None:  # noqa: F811
    blocking.block("@example.org", by=aino, now=now)
    message = file(mail())
    case = Case.objects.get()
    assert (case.status, case.waiting_since, case.last_customer_at) == (Case.Status.SPAM, None, None)
    assert (message.doubts, message.text.strip()) == ([blocking.DOUBT], "Where is my parcel?")


def test_a_block_hides_no_case_that_was_there_before(file, aino: Agent, now: datetime) -> None:  # noqa: F811
    first = file(mail())
    blocking.block("mali@example.org", by=aino, now=now)
    file(mail("Again!", Message_ID="<two@example.org>", In_Reply_To="<one@example.org>"))
    case = first.conversation.case
    case.refresh_from_db()
    assert (case.status, Message.objects.filter(conversation__case=case).count()) == (Case.Status.OPEN, 2)


def test_whoever_is_let_in_again_is_heard(file, aino: Agent, now: datetime) -> None:  # noqa: F811
    standing = blocking.block("mali@example.org", by=aino, now=now)
    blocking.lift(standing, by=aino, now=now)
    file(mail())
    assert Case.objects.get().status == Case.Status.OPEN
    assert Job.objects.filter(task="read_message").exists()
