"""Hand a composed letter to a mail service, and say exactly how far it got."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

from anymail.exceptions import AnymailError, AnymailRecipientsRefused, AnymailRequestsAPIError
from anymail.message import AnymailMessage
from django.conf import settings
from requests import ConnectTimeout, RequestException
from requests.exceptions import SSLError
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from amends.desk.channels.base import Delivery, Failed, Sent, Uncertain
from amends.desk.channels.services.catalogue import SERVICES, key_of, letter_sender
from amends.desk.models import Mailbox, Reply
from amends.desk.operations.delivery_reports import accepted
from amends.mail.threads import message_id
from amends.vocabulary import Moment

VERDICT_WITHIN_S: Final = 60.0
MOST_ERROR_WORDS: Final = 500
NOT_THE_LETTER: Final = frozenset({401, 402, 403, 408, 425, 429, 503})
"""Answers about our account, our pace or the service's health: the letter is not at fault, a later try may succeed."""
TAKEN: Final = frozenset({"queued", "sent"})
NEVER_REACHED: Final = (NewConnectionError, NameResolutionError, ConnectTimeoutError)
ITS_OWN: Final = frozenset(
    {"from", "to", "cc", "subject", "reply-to", "mime-version", "content-type", "content-transfer-encoding", "date"}
)
"""Headers that a service writes itself from what it is told."""
ROOT: Final = "root"


def post(reply: Reply, mailbox: Mailbox, *, now: Moment, verdict_within_s: float = VERDICT_WITHIN_S) -> Delivery:
    """Hand one letter to the mailbox's service. Never raises for what the network or the service does.

    A service that cannot be reached, or clearly says no, has not got it: `Failed`. Silence after we asked, or an
    answer that says neither yes nor no, is `Uncertain`, and nobody but a person sends it again.
    """
    service = SERVICES.get(mailbox.service)
    if service is None:
        return Failed(error=f"no mail service is called {mailbox.service}", again=True)
    try:
        sender = letter_sender(service, key_of(mailbox))
        sender.timeout = verdict_within_s
        letter = _told(reply)
        sender.send_messages([letter])
    except AnymailRecipientsRefused as refused:
        return Failed(error=_words(refused), again=False)
    except AnymailRequestsAPIError as trouble:
        return _ending(trouble)
    except AnymailError as unwritable:
        return Failed(error=_words(unwritable), again=False)
    except Exception as broken:  # noqa: BLE001 - a service's own library (Amazon's) raises what it likes
        return _ending_of_library(broken)
    unclear = _unless_taken(letter)
    if unclear is None:
        accepted(reply, service=service.module, letter=_name(letter), now=now)
    return unclear or Sent(words=f"{service.title}: {_name(letter)}")


def _unless_taken(letter: AnymailMessage) -> Delivery | None:
    """Return what became of a letter when the service did not say that it took it."""
    said = letter.anymail_status
    if said.status and said.status <= TAKEN:
        return None
    code = getattr(said.esp_response, "status_code", 0)
    words = f"the service answered {code}: {getattr(said.esp_response, 'text', '')}"[:MOST_ERROR_WORDS]
    return Failed(error=words, again=False) if 400 <= code < 500 else Uncertain(error=words)


def _name(letter: AnymailMessage) -> str:
    """Return the service's own name for a letter."""
    return str(letter.anymail_status.message_id or "")


def _ending(trouble: AnymailRequestsAPIError) -> Delivery:
    code = trouble.status_code
    if code is None:
        return Failed(error=_words(trouble), again=True) if _never_left(trouble) else Uncertain(error=_words(trouble))
    if code in NOT_THE_LETTER:
        return Failed(error=_words(trouble), again=True)
    if 400 <= code < 500:
        return Failed(error=_words(trouble), again=False)
    # 500, 502, 504 say that something broke behind the door; a 2xx with an unreadable text, that they took it somehow.
    return Uncertain(error=_words(trouble))


def _never_left(trouble: BaseException) -> bool:
    """Return whether the line broke before the service could hear of the letter."""
    return any(isinstance(cause, (ConnectTimeout, SSLError, *NEVER_REACHED)) for cause in _causes(trouble))


def _causes(trouble: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all it came from; requests hides urllib3's in its arguments."""
    waiting = [trouble]
    for _ in range(20):
        if not waiting or (cause := waiting.pop()) is None:
            return
        yield cause
        inside = [arg for arg in (*cause.args, getattr(cause, "reason", None)) if isinstance(arg, BaseException)]
        waiting = [*waiting, *inside, *filter(None, [cause.__cause__])]


def _ending_of_library(broken: Exception) -> Delivery:
    answer = getattr(broken, "response", None)
    if isinstance(answer, dict):  # botocore's ClientError: a clear answer
        code = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return Failed(error=_words(broken), again=code in NOT_THE_LETTER or code >= 500)
    if isinstance(broken, (RequestException, OSError)) or type(broken).__module__.startswith("botocore"):
        return Uncertain(error=_words(broken))
    # Nothing has been asked yet: the letter or the key could not be put into the service's words.
    return Failed(error=_words(broken), again=False)


def _told(reply: Reply) -> AnymailMessage:
    """Return the letter as composed, taken apart again: services want its parts, not its bytes."""
    mime = message_from_bytes(bytes(reply.mime or b""), policy=policy.default)
    told = AnymailMessage(
        subject=str(mime["Subject"] or ""),
        body=_text(mime, "plain"),
        from_email=str(mime["From"]),
        to=[str(mime["To"])],
        reply_to=[str(mime["Reply-To"])] if mime["Reply-To"] else None,
        headers=_headers(mime, reply),
    )
    if html := _text(mime, "html"):
        told.attach_alternative(html, "text/html")
    for part in mime.iter_attachments():
        told.attach(part.get_filename() or "file", part.get_payload(decode=True), part.get_content_type())
    told.metadata = {"amends": reply.internet_message_id}
    return told


def _text(mime: EmailMessage, kind: str) -> str:
    part = mime.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _headers(mime: EmailMessage, reply: Reply) -> dict[str, str]:
    """Return the headers that are ours, and in References a sealed name of the conversation itself.

    Many services put their own Message-ID in place of ours. Mail programs copy References into the answer, so that the
    answer finds home all the same.
    """
    said = {name: str(value) for name, value in mime.items() if name.lower() not in ITS_OWN}
    root = message_id(reply.conversation.token, nonce=ROOT, domain=settings.MAIL_DOMAIN, key=settings.MAIL_KEY)
    # Postmark, alone, keeps a Message-ID only when it is asked to.
    return said | {"References": f"{root} {said.get('References', '')}".strip(), "X-PM-KeepID": "true"}


def _words(trouble: BaseException) -> str:
    return " ".join(f"{type(trouble).__name__}: {trouble}".split())[:MOST_ERROR_WORDS]
