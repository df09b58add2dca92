"""Count rows of many kinds in one question to the database."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet, Value


def counted(sets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each of these (at least one) holds; each is still counted by an index of its own."""
    first, *others = (
        rows.order_by().annotate(of=Value(name)).values("of").annotate(many=Count("pk")).values_list("of", "many")
        for name, rows in sets.items()
    )
    # A set that can hold nothing, or no row of which is found, has no line in the answer.
    return dict.fromkeys(sets, 0) | dict(first.union(*others, all=True))
