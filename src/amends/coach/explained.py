"""One rule explained: what it asks, when, why, how it is found, how well, and replies on both sides, by language.

The desk shows it under the Playbook; tools/rule_pages.py writes the same to docs/reference/rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from amends.coach.catalogue import Rule, catalogue
from amends.coach.entry import Example
from amends.coach.measured import Measured, measured
from amends.coach.pack import rules_of
from amends.coach.survey import coverage
from amends.coach.tensions import tensions
from amends.languages.load import load
from amends.vocabulary import FIRST_CLASS, CaseView, Fault, LanguageTag

MOST_EXAMPLES: Final = 3


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One reply of a pack, with the circumstances that it needs, by name (`fault`: `ours`); none for any."""

    reply: str
    message: str
    needs: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Pull:
    """A rule that pulls against another row of the playbook: words it finds, and words it leaves to the other side."""

    rows: tuple[str, ...]
    found: Shown
    left: Shown


@dataclass(frozen=True, kw_only=True)
class InLanguage:
    """How a rule is found in one language: `detectors` by name (`gap` for none), and replies on both sides.

    `pulls`: the tensions it takes part in.
    """

    tag: LanguageTag
    own_name: str
    detectors: str
    bad: tuple[Shown, ...]
    good: tuple[Shown, ...]
    pulls: tuple[Pull, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Explained:
    """All there is to say of one rule."""

    rule: Rule
    languages: tuple[InLanguage, ...]
    measured: tuple[Measured, ...]


@cache
def explained(rule_id: str) -> Explained:
    """Return one rule explained. Raises KeyError for an id that is not in the catalogue."""
    rule = catalogue()[rule_id]
    return Explained(
        rule=rule,
        languages=tuple(_in_language(rule_id, tag) for tag in FIRST_CLASS),
        measured=tuple(row for row in measured() if row.rule == rule_id),
    )


def _in_language(rule_id: str, tag: LanguageTag) -> InLanguage:
    pack = load(tag)
    entries = [entry for entry in rules_of(pack).entries if entry.rule == rule_id]
    return InLanguage(
        tag=tag,
        own_name=str(pack.about.get("own_name", tag)),
        detectors=coverage()[rule_id][tag],
        bad=_shown(_by_turns([entry.bad for entry in entries])),
        good=_shown(_by_turns([entry.good for entry in entries])),
        pulls=tuple(
            Pull(rows=tension.rows, found=_one(side.found), left=_one(side.left))
            for tension in tensions(pack)
            for side in tension.sides
            if side.rule == rule_id
        ),
    )


def _by_turns(lists: list[tuple[Example, ...]]) -> Iterable[Example]:
    """Yield the first example of each entry, then the second of each: so that few show many sides."""
    for turn in range(max(map(len, lists), default=0)):
        yield from (examples[turn] for examples in lists if turn < len(examples))


def _shown(examples: Iterable[Example]) -> tuple[Shown, ...]:
    found: dict[str, Shown] = {}
    for example in examples:
        found.setdefault(example.reply, _one(example))
    return tuple(found.values())[:MOST_EXAMPLES]


def _one(example: Example) -> Shown:
    return Shown(reply=example.reply, message=example.message or "", needs=_needs(example.case))


def _needs(case: CaseView) -> dict[str, str]:
    """Return what of a case differs from one that nobody knows anything of."""
    needs = {
        "fault": case.fault.value if case.fault is not Fault.UNKNOWN else "",
        "anger": "" if case.anger is None else str(case.anger),
        "name": case.customer_name,
        "facts": ", ".join(f"{fact.kind} {fact.value}" for fact in case.facts),
        "fix": "linked" if case.has_linked_fix else "",
        "reply": "" if case.first_reply else "later",
    }
    return {name: value for name, value in needs.items() if value}
