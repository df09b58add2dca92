"""Word to agents, outside the desk, that a promise needs them: only to those who asked, each alarm once by each way."""

import base64
import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from amends.desk.enqueue import enqueue
from amends.desk.events import record
from amends.desk.home import keep_secret, secret
from amends.desk.models import Agent, Event, Promise, Reminder, Role
from amends.desk.operations.held_back import is_halted
from amends.desk.operations.rows import hold, write
from amends.promises.ledger import Alarm
from amends.vocabulary import FINAL_PROMISE_STATES, Moment

HEARD_WITHIN: Final = timedelta(hours=1)
"""How old an alarm may be: whoever switches reminders on is not told of last week."""
MOST_A_DAY: Final = 50
MOST_TRIES: Final = 3
AGAIN_AFTER: Final = timedelta(minutes=5)
DISPUTED: Final = "disputed"
"""Word of the customer that it did not happen: told like an alarm, even of what has ended."""
KINDS: Final = (*(f"promise.{alarm}" for alarm in Alarm), f"promise.{DISPUTED}")
SECRET_BYTES: Final = 32


def set_reminders(agent: Agent, *, by_mail: bool, url: str, now: Moment) -> str:
    """Set how an agent is told; return a new signing secret when the address is new, to be shown this once."""
    with transaction.atomic():
        is_new = bool(url) and hold(agent).reminder_url != url
        agent.reminded_by_mail, agent.reminder_url = by_mail, url
        write(agent, "reminded_by_mail", "reminder_url")
        record("agent.reminders_set", at=now, actor=agent, agent=agent.pk, mail=by_mail, webhook=bool(url))
    if not is_new:
        return ""
    made = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    keep_secret(f"reminder:{agent.pk}", made)
    return made


def signing_secret(agent: Agent) -> str:
    """Return the secret that signs an agent's webhooks."""
    return secret(f"reminder:{agent.pk}")


def remind(now: Moment) -> int:
    """Queue a reminder of every alarm of the last hour for whoever asked; return how many. Twice does no harm."""
    asked = Agent.objects.filter(Q(reminded_by_mail=True) | ~Q(reminder_url=""), is_active=True)
    if not asked.exists():
        return 0
    alarms = Event.objects.filter(kind__in=KINDS, at__gt=now - HEARD_WITHIN, at__lte=now).order_by("pk")
    return sum(_queue(event, agent, way, now=now) for event in alarms for agent, way in _whom(event, list(asked)))


def claim(reminder_id: int, *, now: Moment) -> Reminder | None:
    """Take a reminder to the network; None when it is needless, stopped, or too many went today."""
    with transaction.atomic():
        reminder = Reminder.objects.select_for_update().filter(pk=reminder_id, state=Reminder.State.QUEUED).first()
        if reminder is None:
            return None
        why_not = _why_not(reminder, now=now)
        reminder.state = Reminder.State.CANCELLED if why_not else Reminder.State.SENDING
        reminder.error, reminder.sending_since, reminder.tries = why_not, now, reminder.tries + 1
        write(reminder, "state", "error", "sending_since", "tries")
    return None if why_not else reminder


def ended(reminder: Reminder, *, error: str, again: bool, now: Moment) -> Reminder:
    """Write down how a try ended. One that certainly did not arrive is tried three times; nothing else is repeated."""
    with transaction.atomic():
        hold(reminder).error = error[:240]
        if not error:
            reminder.state, reminder.sent_at = Reminder.State.SENT, now
        elif again and reminder.tries < MOST_TRIES:
            reminder.state = Reminder.State.QUEUED
            enqueue("send_reminder", now=now, due_at=now + AGAIN_AFTER, reminder_id=reminder.pk)
        else:
            reminder.state = Reminder.State.FAILED
        write(reminder, "error", "state", "sent_at")
        record("reminder.ended", at=now, reminder=reminder.pk, state=reminder.state, error=reminder.error)
    return reminder


def body_of(reminder: Reminder) -> bytes:
    """Return what a webhook carries: keys and times, and no word of or about the customer."""
    promise = reminder.promise
    told = {
        "type": f"promise.{reminder.alarm}",
        "timestamp": reminder.made_at.isoformat(),
        "data": {
            "promise": promise.pk, "case": promise.case_id, "what": promise.what, "state": promise.state,
            "due_at": promise.due_at.isoformat(), "lead_hours": _lead_hours(reminder), "url": case_link(promise),
        },
    }  # fmt: skip
    return json.dumps(told, separators=(",", ":")).encode()


def case_link(promise: Promise) -> str:
    """Return where the case of a promise stands on the desk."""
    return f"{settings.PUBLIC_URL}/cases/{promise.case_id}/"


def _lead_hours(reminder: Reminder) -> float:
    """Return how many hours ahead of its time the alarm came; less than none is after it."""
    return round((reminder.promise.due_at - reminder.made_at) / timedelta(hours=1), 1)


def _whom(event: Event, asked: list[Agent]) -> Iterator[tuple[Agent, str]]:
    leads = set(Agent.objects.filter(memberships__role=Role.LEAD).values_list("pk", flat=True))
    for agent in asked:
        is_theirs = bool(event.facts.get("to_owner")) and event.facts.get("owner") == agent.pk
        if is_theirs or (event.facts.get("to_lead") and agent.pk in leads):
            if agent.reminded_by_mail and agent.email:
                yield agent, Reminder.Way.MAIL
            if agent.reminder_url:
                yield agent, Reminder.Way.WEBHOOK


def _queue(event: Event, agent: Agent, way: str, *, now: Moment) -> bool:
    with transaction.atomic():
        promise = Promise.objects.filter(pk=event.facts["promise"]).first()
        if promise is None:
            return False
        alarm = event.kind.removeprefix("promise.")
        reminder, is_new = Reminder.objects.get_or_create(
            promise=promise, agent=agent, alarm=alarm, way=way, defaults={"made_at": now}
        )
        if is_new:
            enqueue("send_reminder", now=now, reminder_id=reminder.pk)
    return is_new


def _why_not(reminder: Reminder, *, now: Moment) -> str:
    if is_halted():
        return "halted"
    if reminder.promise.state in FINAL_PROMISE_STATES and reminder.alarm != DISPUTED:
        return "ended"
    day = Reminder.objects.filter(agent=reminder.agent, way=reminder.way, sending_since__gt=now - timedelta(days=1))
    return "budget" if day.count() >= MOST_A_DAY else ""
