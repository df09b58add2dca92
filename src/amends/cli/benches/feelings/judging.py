"""Judge scores by labelled lines: how well they rank the angry and the negative ones, and what a line costs."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amends.measures.ranking import auroc
from amends.vocabulary import JsonObject

ANGRY_FROM: Final = 2
DIGITS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What one side makes of one line, and its CPU time; higher is angrier and more negative."""

    cpu_ms: float
    anger: float
    negative: float


def is_labelled(row: JsonObject) -> bool:
    """Return whether a line says how angry its writer is: an `intensity` 0–4, or `anger` yes or no."""
    return "intensity" in row or "anger" in row


def angry(row: JsonObject) -> bool:
    """Return what the label says of anger."""
    return bool(row["anger"]) if "anger" in row else int(row["intensity"]) >= ANGRY_FROM


def negative(row: JsonObject) -> bool | None:
    """Return what the label says of a complaint or of a negative feeling, None where it says nothing."""
    said = row.get("complaint", row.get("negative"))
    return None if said is None else bool(said)


def judged(rows: Sequence[JsonObject], scored: Sequence[Scored]) -> JsonObject:
    """Return AUROC of anger and of negativity, each with the half width of its 95 % interval, and the CPU time."""
    labels = [(each, told) for each, row in zip(scored, rows, strict=True) if (told := negative(row)) is not None]
    spent = [each.cpu_ms for each in scored]
    return {
        "anger": _area([each.anger for each in scored], [angry(row) for row in rows]),
        "negative": _area([each.negative for each, _ in labels], [told for _, told in labels]),
        "cpu_ms_p50": round(statistics.median(spent), DIGITS),
        "lines_per_cpu_second": round(1000 * len(spent) / max(1e-9, sum(spent)), 1),
    }


def _area(scores: Sequence[float], labels: Sequence[bool]) -> JsonObject:
    area = auroc(scores, labels)
    if not area.n:
        return {"value": None, "half": None, "n": len(labels)}
    return {"value": round(area.value, DIGITS), "half": round(area.half, DIGITS), "n": area.n}
