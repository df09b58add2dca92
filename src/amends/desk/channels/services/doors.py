"""Where mail services bring letters and news: checked at the door, kept, and only then answered with 200."""

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from anymail.exceptions import AnymailAPIError, AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.utils import get_request_basic_auth
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from requests import RequestException

from amends.desk import clock
from amends.desk.channels.services.body import Body, TooLarge, read_body
from amends.desk.channels.services.catalogue import (
    SERVICES,
    USER_AT_THE_DOOR,
    Service,
    door,
    key_of,
    secret_at_the_door,
    signing_key,
)
from amends.desk.models import Mailbox
from amends.desk.operations.delivery_reports import News, take_news
from amends.desk.operations.receive import Delivery, receive_together

CHANNEL: Final = "service"
RAW_FIELD: Final = {"mailgun": "body-mime", "sendgrid": "email"}
"""The form field in which a service brings the mail as it came, if we asked it to."""
NOT_OURS_TO_KNOW: Final = frozenset({"opened", "clicked"})
"""Whether a customer opened a letter is their own affair: neither asked for nor kept."""

log = logging.getLogger(__name__)
Taker = Callable[[Service, Any, HttpRequest, Body], HttpResponse]


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def letters(request: HttpRequest, service: str) -> HttpResponse:
    """Keep a letter that a service brings."""
    return _opened(request, service, "Inbound", _take_letters)


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def news(request: HttpRequest, service: str) -> HttpResponse:
    """Take what a service says about letters of ours: delivered, returned, complained about."""
    return _opened(request, service, "Tracking", _take_news)


def _opened(request: HttpRequest, name: str, kind: str, take: Taker) -> HttpResponse:
    service = SERVICES.get(name)
    if service is None:
        raise Http404
    if request.method == "HEAD":  # some services look whether anybody is there before they save the address
        return HttpResponse()
    if not _may_come_in(request, service):
        # Amazon shows its password only when it was asked for it.
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="Amends"'})
    try:
        body = read_body(request)
        reader = door(service, kind, any_key=_any_key(service))
        reader.run_validators(request)
        return take(service, reader, request, body)
    except TooLarge as large:
        return HttpResponse(f"{large}", status=413)
    except AnymailWebhookValidationFailure as forged:
        log.warning("%s: %s", service.title, forged)
        return HttpResponse("The signature is not right.", status=403)
    except AnymailConfigurationError as mistaken:
        return HttpResponse(f"{mistaken}", status=400)
    except (AnymailAPIError, RequestException):
        # The service did not hand over the rest (attachments, the text): it comes again.
        log.exception("%s could not be asked for the rest of a letter", service.title)
        return HttpResponse(status=503)


def _may_come_in(request: HttpRequest, service: Service) -> bool:
    said = get_request_basic_auth(request) or ""
    known = constant_time_compare(said, f"{USER_AT_THE_DOOR}:{secret_at_the_door(service)}")
    # A service that signs is not believed without its key: nobody else must be able to write in its name.
    return known and bool(not service.signs or signing_key(service))


def _any_key(service: Service) -> str:
    mailboxes = Mailbox.objects.filter(service=service.module, enabled=True)
    return next(filter(None, map(key_of, mailboxes)), "")


def _take_letters(service: Service, reader: Any, request: HttpRequest, body: Body) -> HttpResponse:
    """Keep each letter. One we do not understand is kept as it was posted, where people see it."""
    try:
        found = [(_raw(service, event, body), _facts(service, event)) for event in reader.parse_events(request)]
    except (AnymailConfigurationError, AnymailAPIError, RequestException):
        raise
    except Exception as odd:  # whatever a service posts, nothing of it may be lost
        log.exception("%s brought a letter that cannot be read", service.title)
        trouble = f"{service.title} brought something that is no letter we understand. {type(odd).__name__}: {odd}"
        found = [(body.whole, {"way": CHANNEL, "service": service.module, "trouble": trouble[:500]})]
    receive_together([_delivery(service, raw, facts, body) for raw, facts in found], now=clock.now())
    return HttpResponse()


def _delivery(service: Service, raw: bytes, facts: dict[str, Any], body: Body) -> Delivery:
    # Without a name of the service's own for it, the same bytes posted again are the same letter.
    name = facts.get("event") or sha256(body.whole).hexdigest()
    return Delivery(raw=raw, channel=CHANNEL, external_id=f"{service.module}:{name}", envelope=facts)


def _raw(service: Service, event: Any, body: Body) -> bytes:
    """Return the mail as it came where the service hands it over, else as Anymail puts it together again."""
    exact = body.fields.get(RAW_FIELD.get(service.module, ""))
    if exact is not None:
        return exact
    if service.module == "postmark" and "RawEmail" in event.esp_event:
        return str(event.esp_event["RawEmail"]).encode("utf-8", "surrogateescape")
    return _put_together(event.message, digest=sha256(body.whole).hexdigest())


def _put_together(letter: Any, *, digest: str) -> bytes:
    """Return the bytes of a letter that came in parts: the same parts posted again give the same bytes."""
    for number, part in enumerate(letter.walk()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"={digest[:40]}.{number}")
    return bytes(letter.as_bytes())


def _facts(service: Service, event: Any) -> dict[str, Any]:
    letter = event.message
    facts = {
        "way": CHANNEL,
        "service": service.module,
        "event": event.event_id,
        "mail_from": letter.envelope_sender,
        "rcpt": [letter.envelope_recipient] if letter.envelope_recipient else [],
    }
    return {name: value for name, value in facts.items() if value}


def _take_news(service: Service, reader: Any, request: HttpRequest, body: Body) -> HttpResponse:
    try:
        events = reader.parse_events(request)
    except (KeyError, TypeError, ValueError, AttributeError) as odd:
        log.exception("%s said something about a letter that cannot be read", service.title)
        return HttpResponse(f"{type(odd).__name__}", status=400)
    now = clock.now()
    for event in events:
        if event.event_type not in NOT_OURS_TO_KNOW:
            take_news(_told(service, event), now=now)
    return HttpResponse()


def _told(service: Service, event: Any) -> News:
    letter, recipient = str(event.message_id or ""), event.recipient or ""
    at = event.timestamp
    # Services that give their news no name repeat all of it, so what was said names itself.
    itself = sha256(f"{event.event_type}\0{letter}\0{recipient}\0{at}".encode()).hexdigest()
    return News(
        service=service.module,
        name=f"{event.event_type}:{event.event_id}" if event.event_id else itself,
        kind=event.event_type,
        because=event.reject_reason or "",
        letter=letter,
        ours=str((event.metadata or {}).get("amends", "")),
        recipient=recipient,
        words=" ".join(str(event.mta_response or event.description or "").split()),
        at=at,
    )
