"""Letters and news that mail services bring: checked, kept once, answered with 200 only then."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from amends.desk.channels.services.catalogue import SERVICES, secret_at_the_door
from amends.desk.home import keep_secret
from amends.desk.models import Case, DeliveryReport, Handle, Mailbox, Message, RawMessage, Reply
from amends.desk.operations.receive import raw_bytes
from amends.desk.operations.triage import file_message

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid"),
]
Write = Callable[..., bytes]


def at_the_door(service: str, *, password: str = "") -> dict[str, str]:
    known = password or secret_at_the_door(SERVICES[service])
    return {"Authorization": "Basic " + base64.b64encode(f"amends:{known}".encode()).decode()}


def bring(service: str, kind: str, told: Any, *, password: str = "", **options: Any) -> Any:
    """Post what a service says, as JSON or, `form`, as form fields."""
    browser = Client(headers=at_the_door(service, password=password), raise_request_exception=False)
    where = reverse(f"service-{kind}", args=[service])
    return (
        browser.post(where, told, content_type="application/json")
        if isinstance(told, str)
        else browser.post(where, told)
    )


def postmark(raw: bytes, *, event: str = "e1") -> str:
    known = {
        "MessageID": event,
        "OriginalRecipient": "care@lumi.example",
        "Headers": [],
        "FromFull": {"Email": "noi@example.org"},
    }
    return json.dumps(known | {"RawEmail": raw.decode()})


def signed_by_mailgun(fields: dict[str, Any], *, key: str = "sign-key") -> dict[str, Any]:
    token, timestamp = "t" * 50, "1795000000"
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return fields | {"token": token, "timestamp": timestamp, "signature": signature}


def test_a_letter_is_kept_byte_for_byte_and_becomes_a_case(mail: Write, brand: object, now: datetime) -> None:
    assert bring("postmark", "letters", postmark(mail("1", "พัสดุอยู่ไหนคะ"))).status_code == 200
    kept = RawMessage.objects.get()
    assert (raw_bytes(kept), kept.envelope["rcpt"]) == (mail("1", "พัสดุอยู่ไหนคะ"), ["care@lumi.example"])
    message = file_message(kept.pk, now=now)
    assert message is not None
    assert message.new_text.strip() == "พัสดุอยู่ไหนคะ"


def test_the_same_letter_brought_twice_is_kept_once(mail: Write) -> None:
    bring("postmark", "letters", postmark(mail("1")))
    assert bring("postmark", "letters", postmark(mail("1"))).status_code == 200
    assert RawMessage.objects.count() == 1


@pytest.mark.parametrize("service", sorted(SERVICES))
@pytest.mark.parametrize("kind", ["letters", "news"])
def test_nobody_comes_in_without_the_secret(service: str, kind: str) -> None:
    keep_secret("signing:mailgun", "sign-key")
    assert bring(service, kind, "{}", password="guessed").status_code == 401
    assert not RawMessage.objects.exists()


def test_a_letter_that_cannot_be_kept_is_not_acknowledged(mail: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr("amends.desk.channels.services.doors.receive_together", full)
    assert bring("postmark", "letters", postmark(mail("1"))).status_code == 500


def test_a_raw_mail_in_a_form_field_keeps_its_bytes_however_large(mail: Write) -> None:
    keep_secret("signing:mailgun", "sign-key")
    raw = mail("1", "x" * 3_000_000).replace(b"utf-8", b"tis-620").replace(b"xxx\r\n", "พัสดุ".encode("cp874") + b"\r\n")
    boundary = b"ABC"
    fields = signed_by_mailgun({"recipient": "care@lumi.example", "sender": "noi@example.org", "body-mime": raw})
    body = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (boundary, name.encode(), value if isinstance(value, bytes) else value.encode())
        for name, value in fields.items()
    )
    browser = Client(headers=at_the_door("mailgun"))
    where = reverse("service-letters", args=["mailgun"])
    answer = browser.post(where, body + b"--ABC--\r\n", content_type="multipart/form-data; boundary=ABC")
    assert (answer.status_code, raw_bytes(RawMessage.objects.get()) == raw) == (200, True)


def test_a_service_that_signs_is_believed_only_with_its_signature(mail: Write) -> None:
    fields = {"body-mime": mail("1").decode(), "recipient": "care@lumi.example", "sender": "noi@example.org"}
    assert bring("mailgun", "letters", signed_by_mailgun(fields)).status_code == 401
    keep_secret("signing:mailgun", "sign-key")
    assert bring("mailgun", "letters", signed_by_mailgun(fields, key="forged")).status_code == 403
    assert bring("mailgun", "letters", signed_by_mailgun(fields)).status_code == 200


def test_something_that_is_no_letter_is_kept_where_people_see_it(now: datetime) -> None:
    assert bring("postmark", "letters", '{"what": [1, 2').status_code == 200
    kept = RawMessage.objects.get()
    file_message(kept.pk, now=now)
    kept.refresh_from_db()
    assert (kept.state, raw_bytes(kept)) == ("quarantined", b'{"what": [1, 2')


def test_more_than_we_take_is_refused_before_it_fills_the_memory(settings: Any) -> None:
    settings.LARGEST_MAIL_BYTES = 1000
    assert bring("postmark", "letters", "x" * 1_100_000).status_code == 413


def brevo_letter(mail: bytes) -> str:
    return json.dumps({"items": [{
        "Uuid": ["u1"], "MessageId": "<1@example.org>", "Subject": "Parcel", "RawTextBody": "Where is it?", "Attachments": [],
        "Headers": {"From": "Noi <noi@example.org>", "Message-ID": "<1@example.org>"}, "Recipients": ["care@lumi.example"],
    }]})  # fmt: skip


def mailjet_letter(mail: bytes) -> str:
    return json.dumps({
        "Sender": "noi@example.org", "Recipient": "care@lumi.example", "Text-part": "Where is it?", "Parts": [],
        "Headers": {"From": "Noi <noi@example.org>", "Subject": "Parcel", "Message-ID": "<1@example.org>"},
    })  # fmt: skip


def sparkpost_letter(mail: bytes) -> str:
    relay = {
        "protocol": "smtp",
        "content": {"email_rfc822": mail.decode(), "email_rfc822_is_base64": False},
        "msg_from": "noi@example.org",
        "rcpt_to": "care@lumi.example",
    }
    return json.dumps([{"msys": {"relay_message": relay}}])


def sendgrid_letter(mail: bytes) -> dict[str, Any]:
    return {"email": mail.decode(), "envelope": json.dumps({"from": "noi@example.org", "to": ["care@lumi.example"]})}


@pytest.mark.parametrize(
    ("service", "told"),
    [("brevo", brevo_letter), ("mailjet", mailjet_letter), ("sparkpost", sparkpost_letter), ("sendgrid", sendgrid_letter)],
)  # fmt: skip
def test_every_service_brings_its_letters_in_its_own_form(
    service: str, told: Callable[[bytes], Any], mail: Write, brand: object, now: datetime
) -> None:
    if service == "brevo":
        keep_secret("service:brevo:care@lumi.example", "api-key")
        Mailbox.objects.create(brand=brand, address="care@lumi.example", service="brevo")
    given = told(mail("1", "Where is it?"))
    assert [bring(service, "letters", given).status_code for _ in range(2)] == [200, 200]
    message = file_message(RawMessage.objects.get().pk, now=now)
    assert message is not None
    assert (message.sender, message.new_text.strip()) == ("noi@example.org", "Where is it?")


@pytest.fixture
def reply(case: Case, now: datetime) -> Reply:
    """A reply that left through a service."""
    conversation = case.conversations.get()
    said = Message.objects.create(conversation=conversation, direction="out", at=now, dedupe_key="r1")
    return Reply.objects.create(
        conversation=conversation, message=said, recipient="somchai@example.org", text="We are looking.", state="sent",
        sent_at=now, internet_message_id="<amends.t0.1.seal@desk.localhost>", queued_at=now, undo_until=now, due_at=now,
    )  # fmt: skip


def news_of(reply: Reply, kind: str, **more: Any) -> str:
    known = {"RecordType": kind, "MessageID": "pm-1", "Metadata": {"amends": reply.internet_message_id}}
    return json.dumps(known | {"Email": reply.recipient, "Recipient": reply.recipient} | more)


def muted() -> bool:
    return Handle.objects.get(value="somchai@example.org").muted_at is not None


def test_a_letter_that_came_back_failed_and_its_address_rests(reply: Reply) -> None:
    told = news_of(reply, "Bounce", Type="HardBounce", ID=7, Details="550 No such user")
    assert [bring("postmark", "news", told).status_code for _ in range(2)] == [200, 200]
    reply.refresh_from_db()
    assert (reply.state, "550 No such user" in reply.error, muted()) == ("failed", True, True)
    assert DeliveryReport.objects.count() == 1


def test_news_that_it_arrived_settles_what_was_uncertain(reply: Reply) -> None:
    Reply.objects.update(state="uncertain")
    bring("postmark", "news", news_of(reply, "Delivery", DeliveredAt="2026-11-22T04:00:00Z"))
    reply.refresh_from_db()
    assert reply.state == "sent"


def test_a_complaint_stops_our_writing_but_the_letter_had_arrived(reply: Reply) -> None:
    bring("postmark", "news", news_of(reply, "SpamComplaint", Type="SpamComplaint", ID=8))
    reply.refresh_from_db()
    assert (reply.state, muted()) == ("sent", True)


def test_whether_a_customer_opened_a_letter_is_not_kept(reply: Reply) -> None:
    assert bring("postmark", "news", news_of(reply, "Open")).status_code == 200
    assert not DeliveryReport.objects.exists()


def test_news_of_a_letter_that_is_none_of_ours_is_kept_and_changes_nothing(reply: Reply) -> None:
    told = json.dumps(
        {"RecordType": "Bounce", "Type": "HardBounce", "ID": 9, "MessageID": "x", "Email": "a@example.org"}
    )
    assert bring("postmark", "news", told).status_code == 200
    assert (DeliveryReport.objects.get().reply, muted()) == (None, False)


def test_amazon_is_asked_for_its_password_and_brings_letters_with_their_bytes(mail: Write) -> None:
    pytest.importorskip("boto3")
    inside = {
        "notificationType": "Received", "content": base64.b64encode(mail("1")).decode(),
        "mail": {"messageId": "ses-1", "source": "noi@example.org", "destination": ["care@lumi.example"]},
        "receipt": {"action": {"type": "SNS", "encoding": "BASE64"}, "recipients": ["care@lumi.example"], "timestamp": "2026-11-22T04:00:00.000Z"},
    }  # fmt: skip
    told = json.dumps({"Type": "Notification", "MessageId": "n1", "TopicArn": "arn", "Message": json.dumps(inside)})
    where, said = (
        reverse("service-letters", args=["amazon_ses"]),
        {"X-Amz-Sns-Message-Type": "Notification", "X-Amz-Sns-Message-Id": "n1"},
    )
    stranger = Client(headers=said).post(where, told, content_type="text/plain")
    assert (stranger.status_code, "Basic" in stranger["WWW-Authenticate"]) == (401, True)
    known = Client(headers=said | at_the_door("amazon_ses"))
    assert [known.post(where, told, content_type="text/plain").status_code for _ in "12"] == [200, 200]
    kept = RawMessage.objects.get()
    assert kept.envelope["service"] == "amazon_ses"
    assert b"Where is my parcel?" in raw_bytes(kept)
