"""The mail services we speak with, through django-anymail: how each is addressed and what it wants to know."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

from django.utils.module_loading import import_string

from amends.desk.home import key, secret
from amends.desk.models import Mailbox

USER_AT_THE_DOOR: Final = "amends"
Options = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Service:
    """One mail service. `module` is Anymail's name for it, `title` its own; `views` begins the names of its webhooks.

    `sender` turns the key of a mailbox into what its API wants; `signs`: what the key is called with which it signs
    its webhooks, empty where the secret in the address is all there is; `needs`: a package that must be installed.
    """

    module: str
    title: str
    views: str
    sender: Callable[[str], Options]
    signs: str = ""
    has_letters: bool = True
    needs: str = ""


def _one(name: str) -> Callable[[str], Options]:
    return lambda given: {name: given}


def _pair(given: str) -> Options:
    first, _, second = given.partition(":")
    return {"api_key": first, "secret_key": second}


def _amazon(given: str) -> Options:
    """Return what boto3 wants of `ACCESS_KEY:SECRET:region`; empty: what the machine's own environment says."""
    names = ("aws_access_key_id", "aws_secret_access_key", "region_name")
    said = dict(zip(names, given.split(":"), strict=False)) if given else {}
    return {"client_params": said}


SERVICES: Final = {
    service.module: service
    for service in (
        Service(module="postmark", title="Postmark", views="Postmark", sender=_one("server_token")),
        Service(
            module="mailgun", title="Mailgun", views="Mailgun", sender=_one("api_key"), signs="webhook_signing_key"
        ),
        Service(module="sendgrid", title="SendGrid", views="SendGrid", sender=_one("api_key")),
        Service(
            module="amazon_ses", title="Amazon SES", views="AmazonSES", sender=_amazon, needs="boto3"
        ),
        Service(module="brevo", title="Brevo", views="Brevo", sender=_one("api_key")),
        Service(module="mailjet", title="Mailjet", views="Mailjet", sender=_pair),
        Service(module="resend", title="Resend", views="Resend", sender=_one("api_key")),
        Service(module="sparkpost", title="SparkPost", views="SparkPost", sender=_one("api_key")),
    )
}  # fmt: skip


def offered() -> list[Service]:
    """Return the services that can be used on this machine."""
    return [service for service in SERVICES.values() if not service.needs or find_spec(service.needs)]


def key_of(mailbox: Mailbox) -> str:
    """Return the key with which a mailbox's service lets us send, empty when none was given."""
    return secret(f"service:{mailbox.service}:{mailbox.address}")


def signing_key(service: Service) -> str:
    """Return the key with which a service signs what it sends us, empty when none was given."""
    return secret(f"signing:{service.module}")


def secret_at_the_door(service: Service) -> str:
    """Return the password that a service must show at our door, made at random the first time."""
    return key(f"door-{service.module}")


def door(service: Service, kind: str, *, any_key: str = "") -> Any:
    """Return Anymail's reader of a service's webhook: `kind` is `Inbound` or `Tracking`.

    `any_key`: some readers fetch attachments with the key by which we send.
    """
    reader = import_string(f"anymail.webhooks.{service.module}.{service.views}{kind}WebhookView")
    options: Options = {"webhook_secret": f"{USER_AT_THE_DOOR}:{secret_at_the_door(service)}"}
    if service.signs:
        options[service.signs] = signing_key(service)
    if any_key and kind == "Inbound" and service.module in FETCH_ATTACHMENTS:
        options |= service.sender(any_key)
    return reader(**options)


FETCH_ATTACHMENTS: Final = frozenset({"brevo", "resend"})


def letter_sender(service: Service, given: str) -> Any:
    """Return Anymail's way to post a letter through a service, with the key of a mailbox."""
    backend = import_string(f"anymail.backends.{service.module}.EmailBackend")
    return backend(**service.sender(given), ignore_unsupported_features=True)
