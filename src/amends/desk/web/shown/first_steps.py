"""What a new desk still needs before the first mail can be answered."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from amends.desk.access import SETTING_UP, cases_for, mailboxes_for, roles_of
from amends.desk.models import Agent, Brand
from amends.desk.operations.brands import UNNAMED


@dataclass(frozen=True, kw_only=True)
class FirstStep:
    """One thing to do, why, and where (`to`, "" where it is done outside the desk)."""

    what: str
    why: str
    to: str
    is_done: bool


def first_steps(agent: Agent) -> list[FirstStep]:
    """Return the steps of setting up, for who sets up, until the first case is there; none for anybody else."""
    if not roles_of(agent) & SETTING_UP or cases_for(agent).exists():
        return []
    brand, mailbox = Brand.objects.order_by("pk").first(), mailboxes_for(agent).order_by("pk").first()
    return [
        FirstStep(
            what=gettext("Name your company"),
            why=gettext("What customers see, its country, and when you work: promises end in those hours."),
            to=reverse("brand-edit", args=[brand.pk]) if brand else reverse("brand-add"),
            is_done=brand is not None and brand.name != UNNAMED,
        ),
        FirstStep(
            what=gettext("Connect a mailbox"),
            why=gettext("The desk tries it at once and says in words what is wrong."),
            to=reverse("mailbox-edit", args=[mailbox.pk]) if mailbox else reverse("mailbox-add"),
            is_done=mailbox is not None and bool(mailbox.last_checked_at or mailbox.service) and not mailbox.last_error,
        ),
        FirstStep(
            what=gettext("Add your colleagues"),
            why=gettext("Each with their role and the languages they answer in."),
            to=reverse("people") + "#agents",
            is_done=Agent.objects.filter(is_active=True).exclude(pk=agent.pk).exists(),
        ),
        FirstStep(
            what=gettext("Set your own name and password"),
            why=gettext("The link you came by lets you in only once."),
            to=reverse("preferences"),
            is_done=bool(agent.password) and agent.has_usable_password(),
        ),
        FirstStep(
            what=gettext("Let replies leave"),
            why=gettext("Write %(line)s into amends.toml and start again; until then replies end in the outbox.")
            % {"line": 'sending = "smtp"'},
            to="",
            is_done=settings.SENDING == "smtp",
        ),
    ]  # fmt: skip
