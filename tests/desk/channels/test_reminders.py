"""Whoever asked is told of an alarm once by each way; nothing in it names a customer, and nothing calls our own network."""

import base64
import hmac
import json
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from amends.desk.channels.reminders import send_reminder, signed
from amends.desk.models import Agent, Case, Mailbox, Promise, Reminder, Role
from amends.desk.operations import customer_page, outbox, promises, reminders
from tests.servers import Sink

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
HOOK = "https://hooks.example.com/amends?to=aino"


@pytest.fixture
def slipped(case: Case, aino: Agent, now: datetime) -> datetime:
    """When Aino, who asked for both ways, is told that a promise of hers slips."""
    Agent.objects.update(email="aino@lumi.example", reminded_by_mail=True)
    aino.refresh_from_db()
    reminders.set_reminders(aino, by_mail=True, url=HOOK, now=now)
    Promise.objects.create(case=case, owner=aino, what="call", quote="โทร", made_at=now, due_at=now + 6 * HOUR)
    at = now + 5.8 * HOUR
    assert promises.look_after(at) == 1
    return at


def test_each_way_is_told_once(slipped: datetime):
    assert (reminders.remind(slipped), reminders.remind(slipped)) == (2, 0)
    assert set(Reminder.objects.values_list("way", flat=True)) == {"mail", "webhook"}


def test_nobody_is_told_who_did_not_ask(slipped: datetime):
    Agent.objects.update(reminded_by_mail=False, reminder_url="")
    assert reminders.remind(slipped) == 0


def test_a_lead_is_told_where_the_desk_says_so(slipped: datetime, person):
    lead = person(Role.LEAD, "liisa")
    Agent.objects.filter(pk=lead.pk).update(email="liisa@lumi.example", reminded_by_mail=True)
    reminders.remind(slipped)
    assert Reminder.objects.filter(agent=lead).count() == 1


def test_old_alarms_are_not_told_late(slipped: datetime):
    assert reminders.remind(slipped + 2 * HOUR) == 0


def test_the_signature_is_the_one_that_others_check(aino: Agent, now: datetime):
    secret = reminders.set_reminders(aino, by_mail=False, url=HOOK, now=now)
    headers = signed(b"{}", name="reminder_1", now=now, secret=reminders.signing_secret(aino))
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{{}}".encode()
    digest = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), told, sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
    assert reminders.set_reminders(aino, by_mail=True, url=HOOK, now=now) == ""


def test_what_a_webhook_carries_names_nobody(slipped: datetime):
    reminders.remind(slipped)
    body = reminders.body_of(Reminder.objects.get(way="webhook"))
    assert json.loads(body)["type"] == f"promise.{Reminder.objects.get(way='webhook').alarm}"
    assert b"Somchai" not in body
    assert "โทร" not in body.decode()


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1"])
def test_a_name_that_leads_into_our_own_network_is_not_called(slipped: datetime, settings, address: str):
    settings.SENDING = "smtp"
    reminders.remind(slipped)
    called: list[str] = []
    send_reminder(
        Reminder.objects.get(way="webhook").pk, now=slipped, resolve=lambda host, port: [address],
        connect=lambda to, port: called.append(to),
    )  # fmt: skip
    assert (called, Reminder.objects.get(way="webhook").state) == ([], "failed")


def test_a_host_that_does_not_answer_is_tried_three_times(slipped: datetime, settings):
    settings.SENDING = "smtp"
    reminders.remind(slipped)
    number = Reminder.objects.get(way="webhook").pk

    def closed(to: str, port: int) -> None:
        raise ConnectionRefusedError

    tries = [
        send_reminder(number, now=slipped, resolve=lambda host, port: ["93.184.216.34"], connect=closed)
        for _ in range(4)
    ]
    assert [one and one.state for one in tries] == ["queued", "queued", "failed", None]


def test_the_kill_switch_stops_them_too(slipped: datetime, aino: Agent):
    reminders.remind(slipped)
    outbox.halt(by=aino, reason="test", now=slipped)
    assert send_reminder(Reminder.objects.get(way="mail").pk, now=slipped) is None
    assert Reminder.objects.get(way="mail").state == "cancelled"


def test_a_reminder_by_mail_arrives_and_names_no_customer(slipped: datetime, case: Case, sink: Sink, settings):
    settings.SENDING = "smtp"
    Mailbox.objects.create(
        brand=case.brand, address="care@lumi.example", smtp_host="127.0.0.1", smtp_port=sink.port,
        smtp_encryption="none",
    )  # fmt: skip
    reminders.remind(slipped)
    told = send_reminder(Reminder.objects.get(way="mail").pk, now=slipped)
    assert (told and told.state, sink.recipients) == ("sent", ["aino@lumi.example"])
    assert f"/cases/{case.pk}/".encode() in sink.taken[0]
    assert b"Somchai" not in sink.taken[0]


def test_who_promised_is_told_that_it_did_not_happen_though_it_has_ended(slipped: datetime):
    promise = Promise.objects.get()
    promises.keep(promise, by=promise.owner, evidence="called", now=slipped)
    customer_page.says_not_kept(promise, now=slipped + HOUR)
    reminders.remind(slipped + HOUR)
    told = Reminder.objects.filter(alarm="disputed")
    assert {one.way for one in told} == {"mail", "webhook"}
    assert reminders.claim(told[0].pk, now=slipped + HOUR) is not None
