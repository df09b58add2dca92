"""What a mail provider grants instead of a password (OAuth 2): fetched by a person once, renewed by us, lost in words.

A grant lies in the secrets file as JSON: `access_token`, `refresh_token`, `expires_at` (seconds since 1970).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from requests import RequestException

from amends.desk.channels.email.problems import GrantLost
from amends.desk.home import keep_secret, secret
from amends.desk.models import Mailbox
from amends.vocabulary import Moment

RENEW_BEFORE_S: Final = 300
ANSWER_WITHIN_S: Final = 20.0
TAKEN_BACK: Final = frozenset({"invalid_grant", "unauthorized_client", "invalid_client", "interaction_required"})
"""RFC 6749 §5.2, and OpenID's own for "ask the person again": no later try will help without a person."""


@dataclass(frozen=True, kw_only=True)
class App:
    """Our registration at a provider, made by an administrator there."""

    client_id: str
    client_secret: str


@dataclass(frozen=True, kw_only=True)
class Journey:
    """Where to send a person who is to grant us access, and what must be kept in their session meanwhile."""

    address: str
    state: str
    verifier: str


def app_of(provider: str) -> App | None:
    """Return our registration at a provider, None until an administrator has given it."""
    kept = json.loads(secret(f"app:{provider}") or "{}")
    return App(**kept) if kept else None


def keep_app(provider: str, app: App) -> None:
    """Keep our registration at a provider."""
    keep_secret(f"app:{provider}", json.dumps({"client_id": app.client_id, "client_secret": app.client_secret}))


def is_granted(mailbox: Mailbox) -> bool:
    """Return whether somebody has granted us this mailbox, be it taken back since or not."""
    return bool(secret(_name(mailbox)))


def begin(mailbox: Mailbox, *, app: App, back_to: str, verifier: str) -> Journey:
    """Return the journey to the provider: authorization code with PKCE and a state of its own.

    `verifier` is a fresh random text of 43–128 signs (RFC 7636 §4.1).
    """
    places = settings.OAUTH_PLACES[mailbox.sign_in]
    session = _session(app, places, redirect_uri=back_to)
    asked = {"login_hint": mailbox.address, **places["asked"]}
    address, state = session.create_authorization_url(places["authorize"], code_verifier=verifier, **asked)
    return Journey(address=address, state=state, verifier=verifier)


def finish(mailbox: Mailbox, *, app: App, back_to: str, code: str, verifier: str) -> None:
    """Exchange the code somebody came back with for a grant, and keep it. Raises GrantLost, or OSError for the line."""
    places = settings.OAUTH_PLACES[mailbox.sign_in]
    with _session(app, places, redirect_uri=back_to) as session:
        _keep(mailbox, _asked(lambda: session.fetch_token(
            places["token"], code=code, code_verifier=verifier, grant_type="authorization_code",
            timeout=ANSWER_WITHIN_S,
        )))  # fmt: skip


def access_token(mailbox: Mailbox, *, now: Moment) -> str:
    """Return a token that lets us in for the next minutes, renewed when it is about to run out.

    Raises GrantLost when there is none or it was taken back, OSError when the provider cannot be reached.
    """
    grant = _grant(mailbox)
    if now.timestamp() < grant.get("expires_at", 0) - RENEW_BEFORE_S:
        return str(grant["access_token"])
    app, places = app_of(mailbox.sign_in), settings.OAUTH_PLACES[mailbox.sign_in]
    if app is None or not grant.get("refresh_token"):
        raise GrantLost
    with _session(app, places) as session:
        renewed = _asked(lambda: session.refresh_token(
            places["token"], refresh_token=grant["refresh_token"], timeout=ANSWER_WITHIN_S
        ))  # fmt: skip
    # Google names the refresh token only once; Microsoft gives a new one each time.
    return str(_keep(mailbox, {"refresh_token": grant["refresh_token"], **renewed})["access_token"])


def xoauth2(user: str, token: str) -> str:
    """Return the words of a log-in by token, as Google and Microsoft define them (XOAUTH2)."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def _session(app: App, places: Mapping[str, str], **more: str) -> Any:
    return OAuth2Session(
        app.client_id,
        app.client_secret,
        scope=places["scope"],
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a method
        **more,
    )


def _asked(ask: Any) -> dict[str, Any]:
    """Ask a provider. A clear no is GrantLost; a provider out of reach is an OSError, and a later try may help."""
    try:
        return dict(ask())
    except OAuthError as no:
        if no.error in TAKEN_BACK:
            raise GrantLost(f"{GrantLost.__doc__} ({no.error}: {no.description or ''})"[:500]) from no
        raise ConnectionError(f"{no.error}: {no.description or ''}"[:300]) from no
    except RequestException as broken:
        where = urlsplit(str(broken.request.url)).hostname if broken.request is not None else None
        raise ConnectionError(f"{where or 'the provider'}: {type(broken).__name__}") from broken
    except ValueError as odd:
        raise ConnectionError("the provider answered something we do not understand") from odd


def _grant(mailbox: Mailbox) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(secret(_name(mailbox)) or "{}")
    if not kept:
        raise GrantLost
    return kept


def _keep(mailbox: Mailbox, grant: dict[str, Any]) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        name: grant[name] for name in ("access_token", "refresh_token", "expires_at") if name in grant
    }
    keep_secret(_name(mailbox), json.dumps(wanted))
    return wanted


def _name(mailbox: Mailbox) -> str:
    return f"grant:{mailbox.sign_in}:{mailbox.address}"
