"""The answer to what *Send* asks, for tests that are about something else."""

from datetime import datetime

from amends.desk.models import Draft
from amends.desk.operations import drafting


def none_promised(draft: Draft, *, now: datetime) -> Draft:
    """Set every undecided promise of a draft aside, and return the draft."""
    seen = drafting.review_draft(draft, now=now, interface="en")
    for chip in drafting.undecided_promises(draft, seen):
        drafting.decide_chip(
            draft, quote=chip["quote"], what=chip["what"], due_start=None, due_end=None, decision="dismissed", now=now
        )
    return draft
