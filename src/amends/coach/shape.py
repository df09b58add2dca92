"""What may stand where in a pack that somebody wrote, and how much of it: checked before anything is compiled."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from amends.coach.lined import Row, line_of, read_lined
from amends.vocabulary import BadPack

MOST_LETTERS: Final = 60_000
MOST_RULES: Final = 100
MOST_WORDS: Final = 2_000
LONGEST_WORDS: Final = 600
LONGEST_EXAMPLE: Final = 2_000
PARTS: Final = frozenset({"words", "labels", "cues", "rules"})
Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _lines(value: Any) -> bool:
    return _text(value) or _texts(value)


def _by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_text, value)) and all(map(_text, value.values()))


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_LETTERS


def _lists(value: Any) -> bool:
    return isinstance(value, list) and all(map(_texts, value))


def _pairs(value: Any) -> bool:
    return _lists(value) and all(len(pair) == len(("one", "other")) for pair in value)


def _examples(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(rows, list)
        and all(_text(row) or (isinstance(row, dict) and _text(row.get("reply"))) for row in rows)
        for rows in value.values()
    )


def _row(value: Any) -> bool:
    return isinstance(value, dict)


SAID: Final[Mapping[Check, str]] = {
    _text: "a text (in quotes where it could be read as a number or a truth)",
    _texts: "a list of texts (in quotes where one could be read as a number or a truth)",
    _lines: "texts, one a line",
    _by_name: "a mapping of texts",
    _truth: "true or false",
    _number: "a whole number",
    _lists: "a list of lists of texts",
    _pairs: "a list of pairs of texts",
    _examples: "bad and good, each a list of replies",
    _row: "a mapping",
}
SHAPES: Final[Mapping[str, Check]] = (
    dict.fromkeys(("rule", "kind", "check", "softer_beside", "level"), _text)
    | dict.fromkeys(("phrases", "patterns", "unless", "unless_reply"), _lines)
    | dict.fromkeys(("unless_label", "unless_said", "only_label", "yields_to", "hollow_by"), _texts)
    | dict.fromkeys(("suggestions", "labels", "before", "more_than", "sources"), _texts)
    | dict.fromkeys(("anywhere", "commas", "in_quotes", "in_capitals", "certain", "unless_fixed"), _truth)
    | dict.fromkeys(("most", "per_words", "least", "most_length"), _number)
    | dict.fromkeys(("swaps", "why"), _by_name)
    | {"parts": _lists, "clash": _pairs, "follows": _pairs, "when": _row, "examples": _examples}
)
"""Key of a rule or label → what it must be."""
EXAMPLES: Final = {"rules": ("bad", "good"), "labels": ("said", "unsaid")}


def read_own(name: str, text: str) -> Row:
    """Return a pack that somebody wrote, of the right shape and size. Raises BadPack naming file and line."""
    if len(text) > MOST_LETTERS:
        raise BadPack(f"{name}, line 1: {len(text)} letters; a pack has {MOST_LETTERS} at most. Part it in two.")
    content = read_lined(name, text)
    for line, wrong in _wrong(content):
        raise BadPack(f"{name}, line {line}: {wrong}")
    return content


def _wrong(content: Row) -> Iterator[tuple[int, str]]:
    """Yield line and complaint for what is not of the right shape, the first one being enough."""
    if strange := set(content) - PARTS:
        yield content.line, f"unknown {', '.join(map(str, strange))}; there are words, labels, cues, rules"
    for part in ("words", "cues"):
        lists = content.get(part, {})
        if not isinstance(lists, dict) or not all(map(_text, lists)) or not all(map(_lines, lists.values())):
            yield line_of(lists) or content.line, f"{part}: each is a name and texts, one a line"
    labels, rules = content.get("labels", {}), content.get("rules", [])
    if not isinstance(labels, dict) or not all(isinstance(row, Row) for row in labels.values()):
        yield line_of(labels) or content.line, "labels: each is a name and a mapping"
        return
    if not isinstance(rules, list) or not all(isinstance(row, Row) for row in rules) or len(rules) > MOST_RULES:
        yield content.line, f"rules: a list of at most {MOST_RULES} mappings"
        return
    for row in rules:
        yield from _wrong_row(row, EXAMPLES["rules"])
    for row in labels.values():
        yield from _wrong_row(row, EXAMPLES["labels"])
    yield from _too_much(content)


def _wrong_row(row: Row, sides: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for key, value in row.items():
        check = SHAPES.get(key)
        if check is not None and not check(value):
            yield line_of(value) or line_of(key), f"{key}: must be {SAID[check]}"
    examples = row.get("examples", {})
    if isinstance(examples, dict) and (strange := set(examples) - set(sides)):
        yield line_of(examples) or row.line, f"examples: {' and '.join(sides)}, not {', '.join(map(str, strange))}"


def _too_much(content: Row) -> Iterator[tuple[int, str]]:
    words = list(_all_words(content))
    if len(words) > MOST_WORDS:
        yield content.line, f"{len(words)} phrases and patterns; a pack has {MOST_WORDS} at most"
    for line, said in words:
        if len(said) > LONGEST_WORDS:
            yield line, f"{len(said)} letters in one line; {LONGEST_WORDS} at most"
    for row in content.get("rules", []):
        for side in row.get("examples", {}).values():
            for example in side:
                reply = example["reply"] if isinstance(example, dict) else example
                if len(reply) > LONGEST_EXAMPLE:
                    yield line_of(example), f"an example of {len(reply)} letters; {LONGEST_EXAMPLE} at most"


def _all_words(content: Row) -> Iterator[tuple[int, str]]:
    """Yield everything that will be looked for, with its line."""
    blocks = [*content.get("words", {}).values(), *content.get("cues", {}).values()]
    for row in [*content.get("rules", []), *content.get("labels", {}).values()]:
        blocks += [row[key] for key in ("phrases", "patterns", "unless", "unless_reply") if key in row]
        blocks += [list(row.get("swaps", {}))]
    for block in blocks:
        for number, said in enumerate(block.splitlines() if isinstance(block, str) else block):
            yield line_of(said) or line_of(block) + number, said
