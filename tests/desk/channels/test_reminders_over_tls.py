"""A reminder by webhook, over TLS to a real server: it arrives signed, and only where the certificate is believed."""

import base64
import hmac
import json
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from amends.desk import clock
from amends.desk.channels.reminders import send_reminder
from amends.desk.models import Agent, Case, Promise, Reminder
from amends.desk.operations import promises, reminders
from tests.tls import Hook, hook_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
HOST = "hooks.example.com"
PUBLIC = "93.184.216.34"


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    """A server for HOST that this process believes."""
    # The certificate is judged by the clock of the machine, not by that of the desk.
    with hook_of(HOST, folder=tmp_path, now=clock.now()) as hook:
        monkeypatch.setenv("SSL_CERT_FILE", str(hook.authority))
        yield hook


@pytest.fixture
def reminder(case: Case, aino: Agent, now: datetime, settings) -> Reminder:
    """A reminder by webhook that waits to leave."""
    settings.SENDING = "smtp"
    reminders.set_reminders(aino, by_mail=False, url=f"https://{HOST}/amends?to=aino", now=now)
    Promise.objects.create(case=case, owner=aino, what="call", quote="โทร", made_at=now, due_at=now + 6 * HOUR)
    promises.look_after(now + 5.8 * HOUR)
    reminders.remind(now + 5.8 * HOUR)
    return Reminder.objects.get()


def sent(reminder: Reminder, hook: Hook, *, now: datetime) -> Reminder | None:
    """Send it: the name leads to a public address, and the line from there to the test server."""
    return send_reminder(
        reminder.pk, now=now, resolve=lambda host, port: [PUBLIC],
        connect=lambda to, port: socket.create_connection(("127.0.0.1", hook.port), timeout=5),
    )  # fmt: skip


def test_it_arrives_signed_with_their_secret(reminder: Reminder, hook: Hook, now: datetime) -> None:
    told = sent(reminder, hook, now=now + 5.8 * HOUR)
    [(path, headers, body)] = hook.told
    assert (told and told.state, path) == ("sent", "/amends?to=aino")
    assert json.loads(body)["type"] == f"promise.{reminder.alarm}"
    key = base64.b64decode(reminders.signing_secret(reminder.agent).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"


def test_it_is_told_once_though_it_is_asked_for_twice(reminder: Reminder, hook: Hook, now: datetime) -> None:
    states = [sent(reminder, hook, now=now + 5.8 * HOUR) for _ in range(2)]
    assert (states[1], len(hook.told)) == (None, 1)


@pytest.mark.parametrize(("status", "state"), [(500, "queued"), (404, "failed")])
def test_a_server_in_trouble_is_told_again_a_wrong_address_is_not(
    reminder: Reminder, hook: Hook, now: datetime, status: int, state: str
) -> None:
    hook.status = status
    told = sent(reminder, hook, now=now + 5.8 * HOUR)
    assert told is not None
    assert (told.state, str(status) in told.error) == (state, True)


def test_nothing_is_told_to_a_server_whose_certificate_nobody_vouches_for(
    reminder: Reminder, hook: Hook, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    told = sent(reminder, hook, now=now + 5.8 * HOUR)
    assert (hook.told, told and told.state) == ([], "queued")
    assert told is not None
    assert "SSLCertVerificationError" in told.error


def test_nothing_is_told_to_a_server_that_is_somebody_else(
    reminder: Reminder, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hook_of("other.example.com", folder=tmp_path, now=clock.now()) as other:
        monkeypatch.setenv("SSL_CERT_FILE", str(other.authority))
        told = sent(reminder, other, now=now + 5.8 * HOUR)
    assert (other.told, told and told.state) == ([], "queued")
