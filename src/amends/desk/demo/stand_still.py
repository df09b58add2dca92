"""While the demo is closed, its time stands still: on opening, everything moves ahead by the pause."""

import re
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Max

from amends.desk.models import Agent, Job
from amends.vocabulary import Moment

SHORTEST_PAUSE: Final = timedelta(minutes=5)
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def catch_up(now: Moment) -> timedelta:
    """Move every time in the desk by as long as it was closed; return how long that was, zero for a short pause.

    A worker asks for a watch each minute, so the last one tells when the desk was last open.
    """
    last_open = Job.objects.aggregate(last=Max("made_at"))["last"]
    pause: timedelta = now - last_open if last_open else timedelta()
    if pause < SHORTEST_PAUSE:
        return timedelta()
    with transaction.atomic():
        for model in apps.get_app_config("desk").get_models():
            _move(model, pause)
    return pause


def _move(model: type[models.Model], pause: timedelta) -> None:
    fields = model._meta.concrete_fields
    # Log-in links name the last log-in, so that one stays.
    times = [f.name for f in fields if isinstance(f, models.DateTimeField) and model is not Agent]
    if times:
        model._default_manager.update(**{name: F(name) + pause for name in times})
    documents = [f.name for f in fields if isinstance(f, models.JSONField)]
    if documents:
        _move_documents(model, documents, pause)


def _move_documents(model: type[models.Model], names: list[str], pause: timedelta) -> None:
    """Move the times inside JSON: stages walked, chips of drafts, facts of events."""
    for row in model._default_manager.only("pk", *names).iterator():
        moved = {name: _moved(getattr(row, name), pause) for name in names}
        changed = {name: value for name, value in moved.items() if value != getattr(row, name)}
        if changed:
            model._default_manager.filter(pk=row.pk).update(**changed)


def _moved(value: Any, pause: timedelta) -> Any:
    if isinstance(value, dict):
        return {key: _moved(inner, pause) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, pause) for inner in value]
    if isinstance(value, str) and MOMENT.match(value):
        return _later(value, pause)
    return value


def _later(written: str, pause: timedelta) -> str:
    try:
        return (datetime.fromisoformat(written) + pause).isoformat()
    except ValueError:
        return written
