"""Who works at a desk of chaos, and whom they have to answer."""

from functools import cache

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from amends.desk import clock
from amends.desk.chaos.senders import letter
from amends.desk.models import Agent, Brand, Case, Mailbox, Membership, Role, Team
from amends.desk.operations.receive import receive
from amends.desk.operations.triage import file_message

BACKEND = "django.contrib.auth.backends.ModelBackend"
ADDRESS = "care@lumi.example"


@cache
def brand() -> Brand:
    """Return the brand the customers write to."""
    return Brand.objects.create(name="Lumi & Co", address=ADDRESS)


@cache
def colleagues() -> tuple[Agent, Agent]:
    """Return two people who answer customers."""
    team = Team.objects.create(name="Satisfaction")
    return _colleague("aino", team), _colleague("ville", team)


def mailbox(*, smtp_port: int = 0, imap_port: int = 0) -> Mailbox:
    """Return the brand's mailbox, which reads and sends on loopback."""
    plain = Mailbox.Encryption.NONE
    way_out = {"smtp_host": "127.0.0.1", "smtp_port": smtp_port, "smtp_encryption": plain} if smtp_port else {}
    way_in = {"imap_host": "127.0.0.1", "imap_port": imap_port, "imap_encryption": plain} if imap_port else {}
    found, _ = Mailbox.objects.get_or_create(address=ADDRESS, defaults={"brand": brand(), **way_out, **way_in})
    return found


def open_case(number: int, *, smtp_port: int = 0) -> Case:
    """Return the case of a customer who has just written."""
    if smtp_port:
        mailbox(smtp_port=smtp_port)
    brand()
    receipt = receive(letter(number), channel="file", now=clock.now())
    message = file_message(receipt.raw_id, now=clock.now())
    if message is None:
        raise RuntimeError(f"letter {number} could not be filed")
    return Case.objects.get(pk=message.conversation.case_id)


def session_of(agent: Agent) -> str:
    """Return the key of a session in which this person is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(agent.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _colleague(name: str, team: Team) -> Agent:
    agent = Agent.objects.create_user(username=name, display_name=name.title(), languages=["en"])
    Membership.objects.create(agent=agent, team=team, role=Role.AGENT)
    return agent
