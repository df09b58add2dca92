"""The people of the desk and the mailboxes they share."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from amends.desk.events import record
from amends.desk.home import keep_secret, secret
from amends.desk.models import Agent, Case, Mailbox, Membership, Role, Team
from amends.desk.operations.case_life import assign
from amends.desk.operations.handing_over import hand_over_all
from amends.desk.operations.mailboxes import forget_places
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

WHICH_SERVER: Final = ("imap_host", "imap_user")
SECRETS: Final = {
    "imap_password": "imap:{address}",
    "smtp_password": "smtp:{address}",
    "service_key": "service:{service}:{address}",
    "signing_key": "signing:{service}",
}
"""What people tell of a mailbox that never stands in a row → its name in the secrets file."""


def add_mailbox(*, by: Agent, now: Moment, **told: Any) -> Mailbox:
    """Add a mailbox; `told` are columns of Mailbox and SECRETS, which go to the secrets file, never into a row."""
    hidden, columns = _parted(told)
    with transaction.atomic():
        mailbox = Mailbox.objects.create(**columns)
        record("mailbox.added", at=now, actor=by, mailbox=mailbox.pk, address=mailbox.address)
    _keep_secrets(mailbox, hidden)
    return mailbox


def change_mailbox(mailbox: Mailbox, *, by: Agent, now: Moment, **told: Any) -> Mailbox:
    """Change a mailbox. An empty password leaves the old one; another server is met for the first time."""
    hidden, columns = _parted(told)
    hidden["imap_password"] = hidden.get("imap_password") or password_of(mailbox, "imap")
    hidden["smtp_password"] = hidden.get("smtp_password") or password_of(mailbox, "smtp")
    with transaction.atomic():
        hold(mailbox)
        if any(name in WHICH_SERVER and getattr(mailbox, name) != value for name, value in columns.items()):
            forget_places(mailbox)
        for name, value in columns.items():
            setattr(mailbox, name, value)
        write(mailbox, *columns)
        record("mailbox.changed", at=now, actor=by, mailbox=mailbox.pk, columns=sorted(columns))
    _keep_secrets(mailbox, hidden)
    return mailbox


def password_of(mailbox: Mailbox, way: Literal["imap", "smtp"]) -> str:
    """Return a mailbox's password, empty when none was given. Mail servers are asked by channels, never by pages."""
    return secret(f"{way}:{mailbox.address}")


def add_agent(
    *,
    username: str,
    by: Agent | None,
    now: Moment,
    display_name: str = "",
    email: str = "",
    languages: Iterable[str] = (),
    interface_language: str = "en",
    timezone: str = "UTC",
    password: str | None = None,
) -> Agent:
    """Add a colleague. Without a password they come in by a one-time link."""
    with transaction.atomic():
        agent = Agent.objects.create_user(
            username=username,
            email=email,
            password=password,
            display_name=display_name or username,
            languages=list(languages),
            interface_language=interface_language,
            timezone=timezone,
        )
        record("agent.added", at=now, actor=by, agent=agent.pk)
    return agent


def set_preferences(
    agent: Agent,
    *,
    display_name: str,
    interface_language: str,
    timezone: str,
    languages: Iterable[str],
    voices: Mapping[str, str] | None = None,
    afterwards: str = "",
    now: Moment,
) -> Agent:
    """Set what is one's own: how customers see the name, which language the desk speaks, and which one answers in.

    `voices`: by language, the endings they write with; None leaves them. `afterwards`: where they go once a case is
    done; "" leaves it.
    """
    with transaction.atomic():
        hold(agent)
        agent.display_name, agent.interface_language = display_name, interface_language
        agent.timezone, agent.languages = timezone, list(languages)
        agent.voices = agent.voices if voices is None else dict(voices)
        agent.afterwards = afterwards or agent.afterwards
        write(agent, "display_name", "interface_language", "timezone", "languages", "voices", "afterwards")
        record("agent.preferences_set", at=now, actor=agent, agent=agent.pk)
    return agent


def set_afterwards(agent: Agent, afterwards: Agent.Afterwards, *, now: Moment) -> None:
    """Set where somebody goes once they are done with a case."""
    with transaction.atomic():
        hold(agent).afterwards = afterwards
        write(agent, "afterwards")
        record("agent.preferences_set", at=now, actor=agent, agent=agent.pk)


def set_password(agent: Agent, *, password: str, now: Moment) -> Agent:
    """Set one's own password, already judged by the validators. It ends every other session of this person."""
    with transaction.atomic():
        hold(agent).set_password(password)
        write(agent, "password")
        record("agent.password_set", at=now, actor=agent, agent=agent.pk)
    return agent


def link_given(agent: Agent, *, by: Agent, now: Moment) -> None:
    """Write down that somebody gave a colleague a new way in; the link itself is written nowhere."""
    record("agent.link_given", at=now, actor=by, agent=agent.pk)


def leave(agent: Agent, *, by: Agent, now: Moment, heir: Agent | None = None) -> int:
    """Let a colleague go: no way in, no session, and their cases become nobody's; return how many cases.

    Their open promises and tasks go to `heir`, else to a lead of each case. Their sessions are deleted, so that none
    of them wakes again should they come back.
    """
    with transaction.atomic():
        hold(agent).is_active = False
        write(agent, "is_active")
        cases = list(Case.objects.filter(owner=agent).exclude(status=Case.Status.RESOLVED))
        for case in cases:
            assign(case, to=None, by=by, now=now)
        given = hand_over_all(agent, to=heir, by=by, now=now)
        for session in Session.objects.all():
            if session.get_decoded().get(SESSION_KEY) == str(agent.pk):
                session.delete()
        record("agent.left", at=now, actor=by, agent=agent.pk, cases=[case.pk for case in cases], handed_over=given)
    return len(cases)


def come_back(agent: Agent, *, by: Agent, now: Moment) -> None:
    """Let a colleague who had left in again, with the roles they had and no cases."""
    with transaction.atomic():
        hold(agent).is_active = True
        write(agent, "is_active")
        record("agent.came_back", at=now, actor=by, agent=agent.pk)


def set_roles(agent: Agent, *, team: Team, roles: Iterable[Role | str], by: Agent | None, now: Moment) -> None:
    """Set which roles an agent holds in a team: exactly these, no others."""
    wanted = {Role(role) for role in roles}
    with transaction.atomic():
        held = Membership.objects.filter(agent=agent, team=team)
        before = sorted(held.values_list("role", flat=True))
        held.exclude(role__in=wanted).delete()
        for role in wanted - {Role(role) for role in before}:
            Membership.objects.create(agent=agent, team=team, role=role)
        record("agent.roles_set", at=now, actor=by, agent=agent.pk, team=team.pk, roles=sorted(wanted), before=before)


def _parted(told: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return what must not stand in a row, and the columns."""
    hidden = {name: value for name, value in told.items() if name in SECRETS}
    return hidden, {name: value for name, value in told.items() if name not in SECRETS}


def _keep_secrets(mailbox: Mailbox, hidden: Mapping[str, str]) -> None:
    for name, value in hidden.items():
        if value:
            keep_secret(SECRETS[name].format(address=mailbox.address, service=mailbox.service), value)
