"""Searches worth keeping."""

from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, SavedView, Team
from amends.desk.operations.errors import CannotKeepView, ViewIsKept
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

LONGEST_NAME: Final = 60
LONGEST_WORDS: Final = 400


def keep_view(*, name: str, words: str, audience: SavedView.Audience, team: Team | None, by: Agent,
              now: Moment) -> SavedView:  # fmt: skip
    """Keep a search by a name, for oneself, a team or everyone. Raises CannotKeepView without a name or words, and
    ViewIsKept when the same people have a view of that name already."""
    name, words = " ".join(name.split())[:LONGEST_NAME], " ".join(words.split())[:LONGEST_WORDS]
    if not name or not words or (audience == SavedView.Audience.TEAM) != (team is not None):
        raise CannotKeepView
    same = SavedView.objects.filter(name__iexact=name, audience=audience, team=team, removed_at=None)
    if (same.filter(owner=by) if audience == SavedView.Audience.MINE else same).exists():
        raise ViewIsKept
    with transaction.atomic():
        view = SavedView.objects.create(name=name, words=words, owner=by, audience=audience, team=team, made_at=now)
        record("view.kept", at=now, actor=by, view=view.pk, name=name, words=words, audience=audience)
    return view


def remove_view(view: SavedView, *, by: Agent, now: Moment) -> bool:
    """Take a view away; return whether it was there. What it found stays where it is."""
    with transaction.atomic():
        if hold(view).removed_at is not None:
            return False
        view.removed_at = now
        write(view, "removed_at")
        record("view.removed", at=now, actor=by, view=view.pk, name=view.name)
    return True


def bring_back_view(view: SavedView, *, by: Agent, now: Moment) -> bool:
    """Undo a removal; return whether it was removed."""
    with transaction.atomic():
        if hold(view).removed_at is None:
            return False
        view.removed_at = None
        write(view, "removed_at")
        record("view.brought_back", at=now, actor=by, view=view.pk, name=view.name)
    return True
