"""A simple rule, from a few fields to its place in a pack: for those who would rather not write YAML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from amends.coach.catalogue import catalogue

LAST_LIST: Final = re.compile(r"^rules:[ \t]*(?:#.*)?\n(?P<before>(?:[ \t]*(?:#.*)?\n)*)(?P<indent> *)- ", re.MULTILINE)
UNFIT: Final = re.compile(r"[^a-z0-9]+")
NAMELESS: Final = "rule"
LONGEST_NAME: Final = 40
TOP: Final = re.compile(r"^[^\s#-]", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class SimpleRule:
    """Phrases that one rule finds; lists are as typed, one a line. `level` and `why` for a rule of the house's own."""

    rule: str
    phrases: tuple[str, ...]
    suggestions: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    level: str = ""
    why: str = ""

    @property
    def is_whole(self) -> bool:
        """Return whether it has words, an example on each side, and a reason where the rule is of the house's own."""
        return bool(self.phrases and self.bad and self.good and (self.why or self.rule in catalogue()))

    def row(self) -> Mapping[str, Any]:
        """Return the rule as it stands in a pack."""
        row: dict[str, Any] = {"rule": self.rule, "kind": "phrase"}
        if self.rule not in catalogue():
            row |= {"level": self.level or "hint"}
        if self.why:
            row["why"] = {"en": self.why}
        row["phrases"] = list(self.phrases)
        if self.suggestions:
            row["suggestions"] = list(self.suggestions)
        return row | {"examples": {"bad": list(self.bad), "good": list(self.good)}}


def own_id(name: str) -> str:
    """Return the id of a rule of the house's own from the name that somebody typed for it, with or without `own.`."""
    plain = UNFIT.sub("_", name.strip().lower().removeprefix("own.")).strip("_0123456789")
    return f"own.{plain[:LONGEST_NAME].rstrip('_') or NAMELESS}"


def with_rule(text: str, rule: SimpleRule) -> str:
    """Return a pack with the rule at its end; what stands there, comments too, stays as it was written.

    Where the pack does not end in its list of rules, they begin anew below: the reader then names the line.
    """
    found = LAST_LIST.search(text)
    ends_in_rules = found is not None and not TOP.search(text, found.end())
    indent = found["indent"] if found is not None and ends_in_rules else "  "
    block = yaml.safe_dump([dict(rule.row())], allow_unicode=True, sort_keys=False, width=10_000)
    lines = "".join(f"{indent}{line}\n" for line in block.splitlines())
    head = "" if ends_in_rules else "rules:\n"
    return f"{text.rstrip()}\n{head}{lines}" if text.strip() else f"rules:\n{lines}"
