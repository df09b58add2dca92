"""A reply handed to a mail service ends as exactly what is known: taken, refused, or nobody knows."""

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from amends.desk.channels.base import Failed, Sent, Uncertain
from amends.desk.channels.email.deliver import deliver_reply
from amends.desk.channels.services.catalogue import SERVICES
from amends.desk.home import keep_secret
from amends.desk.models import Brand, Case, DeliveryReport, Mailbox, Message, Reply
from tests.servers import free_port

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid"),
]
TOOK_IT = {
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "To": "somchai@example.org"},
    "mailgun": {"id": "<mg-1@lumi.example>", "message": "Queued"},
    "sendgrid": {},
    "brevo": {"messageId": "<br-1@relay>"},
    "mailjet": {"Messages": [{"Status": "success", "To": [{"Email": "somchai@example.org", "MessageID": 77}]}]},
    "resend": {"id": "re-1"},
    "sparkpost": {"results": {"total_accepted_recipients": 1, "total_rejected_recipients": 0, "id": "sp-1"}},
}


@dataclass
class Api:
    """A mail service on this machine: answers `status` and `answer`, or hangs up after it has read the letter."""

    port: int
    status: int = 200
    answer: Any = None
    hangs_up: bool = False
    heard: list[bytes] = field(default_factory=list)


@pytest.fixture
def api(settings: Any) -> Iterator[Api]:
    """The API of every service, on a port of its own."""

    class Ear(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            known.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            if known.hangs_up:
                self.connection.close()
                return
            body = known.answer if isinstance(known.answer, bytes) else json.dumps(known.answer).encode()
            self.send_response(known.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    known = Api(port=server.server_address[1])
    settings.SENDING = "smtp"
    settings.ANYMAIL = {f"{name.upper()}_API_URL": f"http://127.0.0.1:{known.port}/" for name in SERVICES}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def reply(case: Case, brand: Brand, now: datetime) -> Reply:
    """A reply that is due, in a conversation whose mailbox sends through Postmark."""
    conversation = case.conversations.get()
    conversation.mailbox = Mailbox.objects.create(brand=brand, address="care@lumi.example", service="postmark")
    conversation.save()
    for name in SERVICES:
        keep_secret(f"service:{name}:care@lumi.example", "a:key")
    said = Message.objects.create(conversation=conversation, direction="out", at=now, dedupe_key="r1")
    return Reply.objects.create(
        conversation=conversation, message=said, recipient="somchai@example.org", text="ขออภัยค่ะ เรากำลังตามให้",
        language="th", internet_message_id="<amends.t0.1.abcdefghijklmnop@desk.localhost>", queued_at=now, undo_until=now, due_at=now,
    )  # fmt: skip


@pytest.mark.parametrize("service", sorted(TOOK_IT))
def test_every_service_takes_a_letter_and_its_name_for_it_is_kept(
    service: str, api: Api, reply: Reply, now: datetime
) -> None:
    Mailbox.objects.update(service=service)
    api.answer = TOOK_IT[service]
    assert isinstance(deliver_reply(reply.pk, now=now), Sent)
    reply.refresh_from_db()
    report = DeliveryReport.objects.get(kind="accepted")
    assert (reply.state, len(api.heard), report.reply, bool(report.letter)) == ("sent", 1, reply, True)


def test_the_letter_keeps_its_words_and_a_mark_by_which_the_answer_finds_home(
    api: Api, reply: Reply, now: datetime
) -> None:
    api.answer = TOOK_IT["postmark"]
    deliver_reply(reply.pk, now=now)
    told = json.loads(api.heard[0])
    headers = {header["Name"]: header["Value"] for header in told["Headers"]}
    assert "ขออภัยค่ะ" in told["TextBody"]
    assert headers["References"].startswith("<amends.t0.root.")
    assert (headers["Message-ID"], headers["X-PM-KeepID"]) == (reply.internet_message_id, "true")


@pytest.mark.parametrize(
    ("status", "ending", "again"),
    [(401, Failed, True), (429, Failed, True), (503, Failed, True), (400, Failed, False), (500, Uncertain, None), (502, Uncertain, None)],
)  # fmt: skip
def test_each_answer_means_exactly_what_it_says(
    status: int, ending: type, again: bool | None, api: Api, reply: Reply, now: datetime
) -> None:
    api.status, api.answer = status, {"Message": "no"}
    found = deliver_reply(reply.pk, now=now)
    assert (type(found), getattr(found, "again", None)) == (ending, again)


def test_a_service_that_hangs_up_after_the_letter_leaves_it_uncertain(api: Api, reply: Reply, now: datetime) -> None:
    api.hangs_up = True
    assert isinstance(deliver_reply(reply.pk, now=now), Uncertain)
    assert deliver_reply(reply.pk, now=now) is None
    assert len(api.heard) == 1


def test_an_answer_nobody_can_read_leaves_it_uncertain(api: Api, reply: Reply, now: datetime) -> None:
    api.answer = b"<html>proxy</html>"
    assert isinstance(deliver_reply(reply.pk, now=now), Uncertain)


def test_a_service_that_cannot_be_reached_is_tried_again(api: Api, reply: Reply, settings: Any, now: datetime) -> None:
    settings.ANYMAIL = {"POSTMARK_API_URL": f"http://127.0.0.1:{free_port()}/"}
    found = deliver_reply(reply.pk, now=now)
    assert isinstance(found, Failed)
    assert found.again


@pytest.mark.parametrize("words", ["Found inactive addresses: somchai@example.org. ", "Something else."])
def test_an_address_the_service_will_not_write_to_is_a_failure(
    words: str, api: Api, reply: Reply, now: datetime
) -> None:
    api.status, api.answer = 422, {"ErrorCode": 406, "Message": words}
    found = deliver_reply(reply.pk, now=now)
    assert isinstance(found, Failed)
    assert (found.again, "422" in found.error, DeliveryReport.objects.count()) == (False, True, 0)


def test_a_key_never_stands_in_an_error(api: Api, reply: Reply, now: datetime) -> None:
    keep_secret("service:postmark:care@lumi.example", "s3cret-token")
    api.status = 401
    deliver_reply(reply.pk, now=now)
    reply.refresh_from_db()
    assert "s3cret-token" not in reply.error
