"""Searches worth keeping."""

from collections.abc import Sequence
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
    _refuse_taken(name, audience=audience, team=team, owner=by)
    with transaction.atomic():
        last = SavedView.objects.order_by("-place").values_list("place", flat=True).first() or 0
        view = SavedView.objects.create(
            name=name, words=words, owner=by, audience=audience, team=team, made_at=now, place=last + bool(last)
        )
        record("view.kept", at=now, actor=by, view=view.pk, name=name, words=words, audience=audience)
    return view


def rename_view(view: SavedView, *, name: str, by: Agent, now: Moment) -> bool:
    """Give a view another name; return whether it is one. Raises CannotKeepView for none, ViewIsKept for one taken."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise CannotKeepView
    with transaction.atomic():
        before = hold(view).name
        if name == before:
            return False
        _refuse_taken(name, audience=view.audience, team=view.team, owner=view.owner, but_not=view)
        view.name = name
        write(view, "name")
        record("view.renamed", at=now, actor=by, view=view.pk, name=name, before=before)
    return True


def move_view(view: SavedView, *, among: Sequence[SavedView], steps: int, by: Agent, now: Moment) -> bool:
    """Let a view stand earlier (`steps` below 0) or later; return whether it moved.

    `among`: the views it is ordered with, as they stand: shared ones have one order for everybody, own ones their own.
    """
    rows = list(among)
    at = next((n for n, row in enumerate(rows) if row.pk == view.pk), -1)
    to = min(max(at + steps, 0), len(rows) - 1)
    if at < 0 or to == at:
        return False
    rows.insert(to, rows.pop(at))
    with transaction.atomic():
        for place, row in enumerate(rows, start=1):
            if row.place != place:
                row.place = place
                write(row, "place")
        record("view.moved", at=now, actor=by, view=view.pk, name=view.name, place=to + 1)
    return True


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


def _refuse_taken(
    name: str, *, audience: str, team: Team | None, owner: Agent, but_not: SavedView | None = None
) -> None:
    same = SavedView.objects.filter(name__iexact=name, audience=audience, team=team, removed_at=None)
    same = same.exclude(pk=but_not.pk) if but_not else same
    if (same.filter(owner=owner) if audience == SavedView.Audience.MINE else same).exists():
        raise ViewIsKept
