"""What a simulated quarter shows: who was told ahead, at what price, and how far the forecast can be believed."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from amends.flow.quarter.desk import LATE, Desk
from amends.flow.quarter.world import leads, people, promises
from amends.measures.ranking import auroc, calibration_error
from amends.measures.shares import Share
from amends.promises.ledger import Entry
from amends.vocabulary import JsonObject

ARMS: Final = {"ledger_alone": False, "looks_ahead": True}


def simulate(*, number: int, agents: int, seed: int) -> JsonObject:
    """Live through the same quarter twice, warned by the ledger alone and by forecast and working hours.

    The same people make the same promises; the same seed gives the same figures.
    """
    return {
        "promises": number,
        "agents": agents,
        "seed": seed,
        **{name: _arm(number, agents, seed, looks_ahead=looks) for name, looks in ARMS.items()},
    }


def _arm(number: int, agents: int, seed: int, *, looks_ahead: bool) -> JsonObject:
    chance = random.Random(seed)  # noqa: S311  # choices that can be made again
    staff, heads = people(agents, chance), leads(chance)
    desk = Desk(promises(number, staff, chance), staff, heads, looks_ahead=looks_ahead, seed=seed)
    ended = desk.run()
    late = [entry for entry in ended if entry.state in LATE]
    return {
        "states": {state: sum(entry.state == state for entry in ended) for state in sorted({e.state for e in ended})},
        "late": len(late),
        "told_before_due": share_as_json(Share(hits=sum(map(was_told_ahead, late)), n=len(late))),
        "told_after_due": sum(entry.told_at is not None and not was_told_ahead(entry) for entry in ended),
        "warned": _warned(desk, {entry.id for entry in ended if entry.state not in LATE}, early=None),
        "warned_by_forecast": _warned(desk, {entry.id for entry in ended if entry.state not in LATE}, early=True),
        "told_though_kept": sum(entry.told_at is not None and entry.state not in LATE for entry in ended),
        "alerts": {alarm: desk.alerts[alarm] for alarm in sorted(desk.alerts)},
        "forecast": _believed(desk, late),
    }


def was_told_ahead(entry: Entry) -> bool:
    """Return whether the customer heard of it before the time was over."""
    return entry.told_at is not None and entry.told_at <= entry.due_end


def share_as_json(share: Share) -> JsonObject:
    """Return a share with its counts and its 95 % interval."""
    low, high = share.interval
    return {"share": round(share.value, 4) if share.n else None, "low": round(low, 4), "high": round(high, 4),
            "hits": share.hits, "n": share.n}  # fmt: skip


def _warned(desk: Desk, kept: set[str], *, early: bool | None) -> JsonObject:
    """Return how many of the promises warned of ahead were kept in time after all, and how long ahead it was.

    `early`: only those that a forecast moved forward; None: all.
    """
    leads = {number: lead for number, (lead, by) in desk.warned.items() if early is None or by is early}
    hours = sorted(lead / timedelta(hours=1) for lead in leads.values())
    return {
        "needless": share_as_json(Share(hits=len(leads.keys() & kept), n=len(leads))),
        "lead_h_p50": round(hours[len(hours) // 2], 1) if hours else None,
    }


def _believed(desk: Desk, late: Sequence[Entry]) -> JsonObject:
    """Return how well it forecast a quarter, a half and three quarters of the time into each promise.

    `brier_base` is that of always saying the share that came true in the end, which nobody could know before.
    """
    ids = {entry.id for entry in late}
    stated, came = [seen.late for _, _, seen in desk.foreseen], [number in ids for number, _, _ in desk.foreseen]
    if not came:
        return {"n": 0}
    rate, area = sum(came) / len(came), auroc(stated, came)
    return {
        "n": len(came),
        "brier": round(sum((p - y) ** 2 for p, y in zip(stated, came, strict=True)) / len(came), 4),
        "brier_base": round(rate * (1 - rate), 4),
        "auroc": round(area.value, 4) if area.n else None,
        "calibration_error": round(calibration_error(stated, came), 4),
    }
