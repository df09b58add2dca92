"""Rule packs: read them, compile them, and refuse one whose own examples fail."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

import yaml

from amends.coach.catalogue import LOADER, Rule, When, catalogue, read_when
from amends.coach.entry import Entry, Example, Label
from amends.coach.finding import Severity
from amends.coach.lined import Row, line_of
from amends.coach.matcher import Matcher
from amends.coach.shape import read_own
from amends.languages.pack import LanguagePack
from amends.vocabulary import BadPack, CaseView, Fact, Fault, JsonObject, Money, Stage

KINDS = frozenset({"phrase", "pattern", "swap", "count", "order", "missing", "parts", "compare"})
AS_WRITTEN = frozenset(
    {"softer_beside", "unless_fixed", "in_quotes", "in_capitals", "certain", "most_length"}
    | {"most", "per_words", "check", "least"}
)
SETS = frozenset({"unless_label", "unless_said", "only_label", "yields_to"})
ROWS = frozenset({"suggestions", "labels", "before", "more_than"})
PAIRS = frozenset({"clash", "follows"})
READ = frozenset(
    {"phrases", "patterns", "anywhere", "commas", "unless", "unless_reply", "when", "why", "swaps", "parts"}
)
KEYS = AS_WRITTEN | SETS | ROWS | PAIRS | READ | {"rule", "kind", "examples"}
OWN_ID = re.compile(r"own\.[a-z][a-z0-9_]{0,39}")
OWN_KEYS = frozenset({"level", "sources"})
"""What a rule says of itself where the catalogue has none of its id."""
LABEL_KEYS = frozenset({"phrases", "patterns", "unless", "hollow_by", "examples"})


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleSet:
    """All entries, labels and cues of one language, compiled. Compares by identity.

    `cues`: words that a comparison looks for, in the reply or in another text, by the number the matcher knows.
    """

    pack: LanguagePack
    entries: tuple[Entry, ...]
    labels: tuple[Label, ...]
    matcher: Matcher
    cues: Mapping[str, int]


@cache
def rules_of(pack: LanguagePack) -> RuleSet:
    """Return the rules of a language pack, its own files and those of its parents. Raises BadPack."""
    return build(pack, extra={})


def build(pack: LanguagePack, *, extra: Mapping[str, str]) -> RuleSet:
    """Return the rules of a pack together with `extra` files (name → YAML). Raises BadPack naming file and entry."""
    files = {name: read_yaml(name, text) for name, text in _files(pack)}
    own = {name: read_own(name, text) for name, text in extra.items()}
    _refuse_taken_names(own, files)
    files |= own
    words = _word_lists(files)
    matcher = Matcher(words, spaced=pack.sentence_rules.split_words is None)
    labels = [
        _label(matcher, f"{file}: label {name}", name, row)
        for file, content in files.items()
        for name, row in content.get("labels", {}).items()
    ]
    cues = {
        name: matcher.add(phrases=[], patterns=_lines(written), where=f"{file}: cue {name}", is_own=file in own)
        for file, content in files.items()
        for name, written in content.get("cues", {}).items()
    }
    entries = [
        _entry(matcher, _where(file, number, row), row)
        for file, content in files.items()
        for number, row in enumerate(content.get("rules", ()), start=1)
    ]
    matcher.freeze()
    return RuleSet(pack=pack, entries=tuple(entries), labels=tuple(labels), matcher=matcher, cues=cues)


def read_yaml(name: str, text: str) -> JsonObject:
    """Return a pack file as a mapping. Raises BadPack with the line that is wrong."""
    try:
        content = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as wrong:
        raise BadPack(f"{name}: {wrong}") from wrong
    if not isinstance(content, dict) or set(content) - {"words", "labels", "cues", "rules"}:
        raise BadPack(f"{name}: must be a mapping with words, labels, cues or rules")
    return content


def _files(pack: LanguagePack) -> Iterable[tuple[str, str]]:
    """Yield a pack's coach files, those of its parents first; a file of the same name replaces the parent's."""
    line: list[LanguagePack] = [pack]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    found: dict[str, str] = {}
    for ancestor in reversed(line):
        found |= {path: ancestor.files[path] for path in ancestor.folder("coach")}
    return found.items()


def _word_lists(files: Mapping[str, JsonObject]) -> dict[str, str]:
    lists: dict[str, str] = {}
    for content in files.values():
        for name, forms in content.get("words", {}).items():
            lists[name] = "|".join(_lines(forms))
    return lists


def _lines(written: list[str] | str) -> list[str]:
    """Return the entries of a list, or of a block of text: one a line, or several parted by ` / `."""
    if isinstance(written, list):
        return written
    return [part.strip() for line in written.splitlines() for part in line.split(" / ") if part.strip()]


def _label(matcher: Matcher, where: str, name: str, row: JsonObject) -> Label:
    _refuse_unknown(where, row, LABEL_KEYS)
    examples = row.get("examples", {})
    return Label(
        name=name,
        number=matcher.add(
            phrases=_lines(row.get("phrases", [])),
            patterns=_lines(row.get("patterns", [])),
            where=where,
            is_own=isinstance(row, Row),
        ),
        clears=_clearing(matcher, where, row, "unless"),
        hollow_by=frozenset(row.get("hollow_by", ())),
        said=tuple(examples.get("said", ())),
        unsaid=tuple(examples.get("unsaid", ())),
    )


def _where(file: str, number: int, row: JsonObject) -> str:
    line = f", line {row.line}" if isinstance(row, Row) else ""
    return f"{file}{line}: rule {number} ({row.get('rule')})"


def _refuse_taken_names(own: Mapping[str, Row], files: Mapping[str, JsonObject]) -> None:
    """Raise BadPack for a list or cue of somebody's own that would take the place of one that others rely on."""
    taken = {(part, name) for content in files.values() for part in ("words", "cues") for name in content.get(part, ())}
    for file, content in own.items():
        for part in ("words", "cues"):
            for name in content.get(part, {}):
                if (part, name) in taken:
                    raise BadPack(f"{file}, line {line_of(name)}: {part}: {name} is there already, take another name")
                taken.add((part, name))


def _entry(matcher: Matcher, where: str, row: JsonObject) -> Entry:
    own = _own_rule(where, row)
    if (own is None and row.get("rule") not in catalogue()) or row.get("kind") not in KINDS:
        raise BadPack(f"{where}: rule must be in the catalogue or own.…, kind one of {', '.join(sorted(KINDS))}")
    _refuse_unknown(where, row, KEYS if own is None else KEYS | OWN_KEYS)
    made = _plain_fields(row)
    examples = row.get("examples", {})
    made |= {
        "number": _looked_for(matcher, where, row),
        "clears": _clearing(matcher, where, row, "unless", anywhere=row.get("anywhere", False)),
        "clears_reply": _clearing(matcher, where, row, "unless_reply"),
        "when": _when(where, row),
        "why": row.get("why", {}),
        "swaps": _swaps(matcher, where, row.get("swaps", {})),
        "bad": _examples(where, examples.get("bad", ())),
        "good": _examples(where, examples.get("good", ())),
        "line": line_of(row),
        "is_own": isinstance(row, Row),
        "own": own,
    }
    return Entry(id=where, rule=row["rule"], kind=row["kind"], **made)


def _own_rule(where: str, row: JsonObject) -> Rule | None:
    """Return the rule that a row of somebody's own pack makes, None where it finds one of the catalogue."""
    name = str(row.get("rule"))
    if not isinstance(row, Row) or not OWN_ID.fullmatch(name):
        return None
    why, level = row.get("why", {}), row.get("level", Severity.HINT.value)
    if not why.get("en") or level not in set(Severity):
        raise BadPack(f"{where}: a rule of your own says why (why: {{en: …}}) and its level: error, warning or hint")
    sources = tuple(map(str, row.get("sources", ())))
    return Rule(
        id=name, level=Severity(level), fires_on=why["en"], why=why, sources=sources, stage=Stage.MEETING, when=When()
    )  # fmt: skip


def _plain_fields(row: JsonObject) -> JsonObject:
    """Return the fields that go from the file into the entry as they are."""
    made: JsonObject = {key: row[key] for key in AS_WRITTEN if key in row}
    made |= {key: frozenset(row.get(key, ())) for key in SETS}
    made |= {key: tuple((one, other) for one, other in row.get(key, ())) for key in PAIRS}
    made["parts"] = tuple(frozenset(labels) for labels in row.get("parts", ()))
    return made | {key: tuple(row.get(key, ())) for key in ROWS}


def _looked_for(matcher: Matcher, where: str, row: JsonObject) -> int | None:
    phrases, patterns = _lines(row.get("phrases", [])), _lines(row.get("patterns", []))
    if not phrases and not patterns:
        return None
    return matcher.add(
        phrases=phrases,
        patterns=patterns,
        where=where,
        anywhere=row.get("anywhere", False),
        commas=row.get("commas", False),
        is_own=isinstance(row, Row),
    )


def _clearing(matcher: Matcher, where: str, row: JsonObject, key: str, *, anywhere: bool = False) -> int | None:
    if not row.get(key):
        return None
    where, is_own = f"{where}, {key}", isinstance(row, Row)
    return matcher.add(phrases=[], patterns=_lines(row[key]), where=where, anywhere=anywhere, is_own=is_own)


def _swaps(matcher: Matcher, where: str, swaps: Mapping[str, str]) -> tuple[tuple[int, str], ...]:
    return tuple((matcher.add(phrases=[worse], patterns=[], where=where), better) for worse, better in swaps.items())


def _when(where: str, row: JsonObject) -> When | None:
    if "when" not in row:
        return None
    try:
        return read_when(row["when"])
    except ValueError as wrong:
        raise BadPack(f"{where}: when: {wrong}") from wrong


def _examples(where: str, rows: Iterable[str | JsonObject]) -> tuple[Example, ...]:
    try:
        return tuple(_example(row) for row in rows)
    except (KeyError, ValueError, TypeError) as wrong:
        raise BadPack(f"{where}: an example is not right: {wrong}") from wrong


def _example(row: str | JsonObject) -> Example:
    if isinstance(row, str):
        return Example(reply=row, case=CaseView(), line=line_of(row))
    recent = tuple(map(str, row.get("recent", ())))
    case, message, line = case_of(row.get("case", {})), row.get("message"), line_of(row)
    return Example(reply=row["reply"], case=case, message=message, recent=recent, line=line)


def case_of(row: Mapping[str, object]) -> CaseView:
    """Return the case described by a mapping in the shape of the contract. Raises ValueError or TypeError."""
    anger = row.get("anger")
    facts = row.get("facts") or ()
    if not isinstance(facts, list | tuple) or not isinstance(anger, int | None):
        raise TypeError("facts must be a list, anger a whole number 0–4")
    return CaseView(
        customer_name=str(row.get("customer_name") or ""),
        channel=str(row.get("channel") or "email"),
        anger=anger,
        first_reply=row.get("first_reply", True) is not False,
        has_linked_fix=row.get("has_linked_fix") is True,
        fault=Fault(str(row.get("fault") or Fault.UNKNOWN)),
        stage=Stage(str(row["stage"])) if row.get("stage") else None,
        facts=tuple(Fact(kind=str(fact["kind"]), value=str(fact["value"])) for fact in facts),
        market=str(row.get("market") or ""),
        worth=_worth(row.get("worth")),
        former_replies=_texts(row.get("former_replies")),
        broke_promise=row.get("broke_promise") is True,
    )


def _worth(row: object) -> Money | None:
    if row is None:
        return None
    if not isinstance(row, dict):
        raise TypeError("worth must be {amount, currency}")
    try:
        return Money(amount=Decimal(str(row["amount"])), currency=str(row.get("currency") or ""))
    except InvalidOperation as wrong:
        raise ValueError("worth: amount must be a number") from wrong


def _texts(rows: object) -> tuple[str, ...]:
    if not isinstance(rows, list | tuple | None):
        raise TypeError("former_replies must be a list")
    return tuple(map(str, rows or ()))


def _refuse_unknown(where: str, row: JsonObject, keys: frozenset[str]) -> None:
    if unknown := set(row) - keys:
        raise BadPack(f"{where}: unknown keys {', '.join(sorted(unknown))}")
