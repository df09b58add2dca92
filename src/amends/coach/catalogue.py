"""The catalogue: every rule once, with its level, its reason in four languages, and its sources in the playbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from amends.coach.finding import Severity
from amends.vocabulary import CaseView, Fault, JsonObject, LanguageTag, Stage

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, kw_only=True)
class When:
    """On which cases a rule applies. `anger`: least intensity 0–4 of the customer; `first_reply`: only on that.

    `markets`: ISO countries of the customer, empty for all.
    """

    faults: frozenset[Fault] = frozenset(Fault)
    anger: int = 0
    first_reply: bool = False
    markets: frozenset[str] = frozenset()

    def holds(self, case: CaseView, *, anger: int) -> bool:
        """Return whether a case calls for the rule."""
        here = not self.markets or case.market in self.markets
        return here and case.fault in self.faults and anger >= self.anger and (case.first_reply or not self.first_reply)


@dataclass(frozen=True, kw_only=True)
class Softer:
    """When an error is a warning: its words are among those of culture.yaml under `said_as`, in that market, and a
    sentence of the reply carries the label `beside`."""

    beside: str
    said_as: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the catalogue; `why` by interface language, English always present."""

    id: str
    level: Severity
    fires_on: str
    why: Mapping[LanguageTag, str]
    sources: tuple[str, ...]
    stage: Stage
    when: When
    softer: Softer | None = None

    def reason(self, interface: LanguageTag) -> str:
        """Return why the rule exists, in the language of the interface or else in English."""
        return self.why.get(interface) or self.why["en"]


@cache
def catalogue() -> dict[str, Rule]:
    """Return every rule by its id, in the order of the catalogue."""
    text = (resources.files("amends.coach") / "catalogue.yaml").read_text(encoding="utf-8")
    rows: JsonObject = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, in C where there is one
    return {rule_id: _rule(rule_id, row) for rule_id, row in rows.items()}


def read_when(row: Mapping[str, object]) -> When:
    """Return the conditions written in a catalogue or pack row. Raises ValueError for an unknown fault."""
    faults = row.get("fault", list(Fault))
    markets = row.get("markets", [])
    assert isinstance(faults, list)
    assert isinstance(markets, list)
    return When(
        faults=frozenset(Fault(fault) for fault in faults),
        anger=int(str(row.get("anger", 0))),
        first_reply=bool(row.get("first_reply", False)),
        markets=frozenset(map(str, markets)),
    )


def _rule(rule_id: str, row: JsonObject) -> Rule:
    return Rule(
        id=rule_id,
        level=Severity(row["level"]),
        fires_on=row["fires_on"],
        why=row["why"],
        sources=tuple(row["sources"]),
        stage=Stage(row["stage"]),
        when=read_when(row.get("when", {})),
        softer=Softer(**row["softer"]) if "softer" in row else None,
    )
