"""Log-in by a link that works once and soon ends: for the first visit, and for people without a password."""

from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent
from amends.vocabulary import Moment

VALID_FOR: Final = timedelta(minutes=15)
SALT: Final = "amends.one-time"


def token_for(agent: Agent, *, now: Moment) -> str:
    """Return a token that logs this person in once within 15 minutes.

    It names their last log-in, so the next log-in, by any way, ends every token given out before.
    """
    meant = {"agent": agent.pk, "until": (now + VALID_FOR).isoformat(), "last": _written(agent.last_login)}
    return signing.Signer(salt=SALT).sign_object(meant, compress=True)


def redeem(token: str, *, now: Moment) -> Agent | None:
    """Return whom the token logs in, and use it up; None when it is forged, too old, used, or its person has left."""
    try:
        meant = signing.Signer(salt=SALT).unsign_object(token)
        until = datetime.fromisoformat(meant["until"])
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    with transaction.atomic():
        agent = Agent.objects.select_for_update().filter(pk=meant["agent"], is_active=True).first()
        if agent is None or now > until or meant["last"] != _written(agent.last_login):
            return None
        agent.last_login = now
        agent.save(update_fields=["last_login"])
        record("agent.came_in_by_link", at=now, actor=agent)
    return agent


def _written(moment: Moment | None) -> str:
    return moment.isoformat() if moment else ""
