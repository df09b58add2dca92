"""Who speaks: what a false name gets, what a stranger gets, and what nobody ever gets by mail."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test.utils import override_settings

from amends.desk.models import Agent, Case, Customer, Handle, Message, Order, RawMessage, Reply
from amends.desk.operations import participants, trusting
from amends.desk.operations.drafting import save_draft
from amends.desk.operations.read import read_message
from amends.desk.operations.receive import receive
from amends.desk.operations.send import send
from amends.desk.operations.triage import file_message
from amends.mail.threads import Why
from amends.testing import FakeResolver
from tests.desk.decided import none_promised
from tests.signing import key_record, signed

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FALSE = "mx.lumi.example; spf=fail smtp.mailfrom=example.org; dmarc=fail (p=reject) header.from=example.org"
TRUE = "mx.lumi.example; dkim=pass header.d=example.org; dmarc=pass header.from=example.org"
File = Callable[..., Message]


def mail(name: str = "one", sender: str = "Mali <mali@example.org>", **headers: str) -> bytes:
    head = {"From": sender, "To": "care@lumi.example", "Subject": "Lamp", "Message-ID": f"<{name}@x>", **headers}
    lines = (f"{key.replace('_', '-')}: {value}\r\n" for key, value in head.items())
    return "".join(lines).encode() + b"\r\nWhere is my order TH-88213? " + name.encode() + b"\r\n"


@pytest.fixture
def file(brand, now: datetime) -> File:
    """Receive bytes through a mailbox whose host we trust, and file them."""
    brand.mailboxes.create(address="care@lumi.example", trusted_hosts="mx.lumi.example")

    def filed(raw: bytes, *, at: datetime = now, **envelope: str) -> Message:
        message = file_message(receive(raw, channel="smtp", envelope=envelope, now=at).raw_id, now=at)
        assert message is not None
        return message

    return filed


@pytest.fixture
def answered(file: File, aino: Agent, now: datetime) -> Reply:
    """Mali wrote and we answered."""
    case = file(mail()).conversation.case
    drafted = save_draft(case, author=aino, text="We look, Mali.", seen_version=case.version, now=now)
    return send(none_promised(drafted, now=now), reason="so", now=now)


def test_a_host_we_trust_confirms_the_sender(file: File):
    assert file(mail(Authentication_Results=TRUE)).trust == "pass"


def test_a_false_name_is_heard_and_told_apart(file: File):
    message = file(mail(Authentication_Results=FALSE))
    assert (message.trust, message.trust_reasons) == ("fail", [{"why": "policy_broken", "about": "example.org"}])
    assert "TH-88213" in message.new_text
    assert message.conversation.case.status == Case.Status.OPEN


def test_a_false_name_joins_no_case_by_headers(file: File):
    first = file(mail(Authentication_Results=TRUE))
    other = file(mail("two", In_Reply_To="<one@x>", Authentication_Results=FALSE))
    assert other.why_here == Why.UNPROVED_NAMES_IT
    assert other.conversation.case.linked_to == first.conversation.case


def test_a_false_name_gets_no_account(file: File, now: datetime):
    mali = Customer.objects.create(name="Mali", since=now)
    Handle.objects.create(customer=mali, value="mali@example.org")
    Order.objects.create(customer=mali, number="TH-88213", amount=9, placed_at=now)
    message = file(mail(Authentication_Results=FALSE))
    read_message(message.pk, now=now)
    case = Case.objects.get()
    assert (case.customer == mali, case.order, case.customer.handles.count()) == (False, None, 0)


def test_a_false_name_in_a_case_of_theirs_links_no_order(file: File, answered: Reply, now: datetime):
    Order.objects.create(customer=Customer.objects.get(), number="TH-88213", amount=9, placed_at=now)
    message = file(mail("two", In_Reply_To=answered.internet_message_id, Authentication_Results=FALSE))
    read_message(message.pk, now=now)
    assert (message.conversation.case, Case.objects.get().order) == (answered.conversation.case, None)


def test_a_stranger_with_our_seal_is_heard_but_never_answered_in_the_customers_stead(
    file: File, answered: Reply, aino: Agent, now: datetime
):
    seal = answered.internet_message_id
    stranger = file(mail("two", "Eve <eve@example.net>", In_Reply_To=seal), at=now + HOUR)
    assert stranger.conversation == answered.conversation
    assert not participants.takes_part(stranger)
    assert replied(stranger, aino, now + HOUR).recipient == "mali@example.org"


def test_whom_a_person_admits_takes_part(file: File, answered: Reply, aino: Agent, now: datetime):
    seal = answered.internet_message_id
    spouse = file(mail("two", "Niran <niran@example.net>", In_Reply_To=seal), at=now + HOUR)
    participants.admit(spouse, by=aino, now=now + HOUR)
    assert replied(spouse, aino, now + HOUR).recipient == "niran@example.net"
    again = file(mail("three", "Niran <niran@example.net>", In_Reply_To="<one@x>"), at=now + 2 * HOUR)
    assert again.conversation == spouse.conversation


def replied(message: Message, aino: Agent, now: datetime) -> Reply:
    case = Case.objects.get(pk=message.conversation.case_id)
    drafted = save_draft(case, author=aino, text="We look again.", seen_version=case.version, now=now)
    return send(none_promised(drafted, now=now), reason="so", now=now)


@pytest.mark.parametrize("sender", ["care@lumi.example", "Aino <aino@lumi.example>"])
def test_mail_from_our_own_address_never_acts_as_one_of_us(file: File, aino: Agent, sender: str):
    Agent.objects.update(email="aino@lumi.example")
    message = file(mail(sender=sender))
    assert (message.direction, message.author) == ("in", None)
    assert "our_address" in [because["why"] for because in message.trust_reasons]


def test_who_confirms_a_machine_confirms_nobody_it_names(file: File):
    sent = mail(sender="no-reply@example.org", Reply_To="victim@example.net", Authentication_Results=TRUE)
    message = file(sent)
    assert (message.sender, message.trust) == ("victim@example.net", "none")


def test_somebody_elses_letter_under_our_message_id_is_kept(file: File, answered: Reply):
    assert file(mail("x", "Eve <eve@example.net>", Message_ID=answered.internet_message_id)).sender == "eve@example.net"


def test_a_seal_of_a_case_that_is_gone_begins_a_new_one(file: File, answered: Reply):
    seal = answered.internet_message_id
    Case.objects.all().delete()
    assert file(mail("two", In_Reply_To=seal)).conversation.case.status == Case.Status.OPEN


@pytest.mark.parametrize("records, verdict", [(key_record("example.org"), "pass"), ({}, "none")])
def test_without_a_trusted_host_we_look_ourselves(file: File, monkeypatch, records, verdict):
    monkeypatch.setattr(trusting, "resolver", lambda setting: FakeResolver(records))
    with override_settings(NAME_SERVER="system"):
        message = file(signed(mail(), domain="example.org"), peer="8.8.8.8", mail_from="b@example.org")
    assert message.trust == verdict


def test_without_a_network_nobody_is_checked_and_nobody_is_blamed(file: File, monkeypatch):
    monkeypatch.setattr(trusting, "resolver", lambda setting: FakeResolver({}, silent={"*"}))
    with override_settings(NAME_SERVER="system"):
        first = file(mail(), peer="8.8.8.8", mail_from="mali@example.org")
        second = file(mail("two", In_Reply_To="<one@x>"), peer="8.8.8.8")
    assert (first.trust, second.conversation) == ("unchecked", first.conversation)


def test_old_letters_from_files_are_not_looked_up(file: File, monkeypatch, now: datetime):
    asked = FakeResolver({})
    monkeypatch.setattr(trusting, "resolver", lambda setting: asked)
    with override_settings(NAME_SERVER="system"):
        file_message(receive(mail(), channel="file", now=now).raw_id, now=now)
    assert (asked.asked, RawMessage.objects.get().message.trust) == (0, "unchecked")
