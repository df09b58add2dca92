"""Snippets as a file that people can read and change: TOML, one item with all its languages."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from amends.vocabulary import AmendsError, CauseKind, LanguageTag, Stage

KINDS: Final = ("snippet", "explainer")
LONGEST_NAME: Final = 60
LONGEST_TEXT: Final = 4_000
LONGEST_CUE: Final = 60
MOST_CUES: Final = 40
MOST_ITEMS: Final = 1_000
LONGEST_FILE: Final = 2_000_000
KEYS: Final = frozenset({"name", "kind", "causes", "stages", "cues", "texts"})
DELETE: Final = "\x7f"


class BadSnippets(AmendsError):
    """The file of snippets is not right, so nothing was taken from it. Mend the place named, then try again."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """A snippet as somebody wrote it. `texts`: language tag → what it says there."""

    name: str
    kind: str = "snippet"
    causes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    texts: Mapping[LanguageTag, str]


def read_snippets(text: str) -> list[Written]:
    """Return the snippets of a file. Raises BadSnippets that names the place: the line, or the item and its key."""
    if len(text) > LONGEST_FILE:
        raise BadSnippets(f"{len(text)} letters; {LONGEST_FILE} are read at once")
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        raise BadSnippets(str(wrong)) from wrong
    rows = content.get("snippet")
    if not isinstance(rows, list) or set(content) != {"snippet"} or len(rows) > MOST_ITEMS:
        raise BadSnippets(f"a list [[snippet]] of at most {MOST_ITEMS} items, and nothing else")
    found = [_written(number, row) for number, row in enumerate(rows, start=1)]
    names = [one.name.lower() for one in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadSnippets(f"the same name twice: {', '.join(sorted(twice))}")
    return found


def written_out(snippets: Iterable[Written]) -> str:
    """Return snippets as a file that `read_snippets` reads back to the same."""
    return "\n".join(_item(one) for one in snippets)


def _item(one: Written) -> str:
    lines = ["[[snippet]]", f"name = {_quoted(one.name)}", f"kind = {_quoted(one.kind)}"]
    lines += [f"{key} = {_listed(getattr(one, key))}" for key in ("causes", "stages", "cues")]
    lines += ["[snippet.texts]", *(f"{_quoted(tag)} = {_quoted(text)}" for tag, text in sorted(one.texts.items()))]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A string of JSON is one of TOML too, but for one letter that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace(DELETE, "\\u007F")


def _listed(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"


def _written(number: int, row: Any) -> Written:
    where = f"item {number}"
    if not isinstance(row, dict) or (unknown := set(row) - KEYS):
        raise BadSnippets(f"{where}: unknown {', '.join(sorted(unknown)) if isinstance(row, dict) else 'row'}")
    kind = row.get("kind", KINDS[0])
    if kind not in KINDS:
        raise BadSnippets(f"{where}: kind is {' or '.join(KINDS)}")
    return Written(
        name=" ".join(_words(where, "name", row.get("name"), most=LONGEST_NAME).split()),
        kind=kind,
        causes=_list(where, "causes", row, known={cause.value for cause in CauseKind}),
        stages=_list(where, "stages", row, known={stage.value for stage in Stage}),
        cues=_list(where, "cues", row),
        texts=_texts(where, row.get("texts")),
    )


def _texts(where: str, texts: Any) -> dict[LanguageTag, str]:
    if not isinstance(texts, dict) or not texts or any(len(tag) > 12 for tag in texts):
        raise BadSnippets(f"{where}: texts: at least one, by language tag")
    return {tag: _words(where, f"texts.{tag}", text, most=LONGEST_TEXT).strip() for tag, text in texts.items()}


def _words(where: str, key: str, value: Any, *, most: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > most or "\x00" in value:
        raise BadSnippets(f"{where}: {key}: 1–{most} letters")
    return value


def _list(where: str, key: str, row: Mapping[str, Any], *, known: set[str] | None = None) -> tuple[str, ...]:
    values = row.get(key, [])
    if not isinstance(values, list) or len(values) > MOST_CUES:
        raise BadSnippets(f"{where}: {key}: a list of at most {MOST_CUES}")
    said = tuple(dict.fromkeys(_words(where, key, value, most=LONGEST_CUE).strip() for value in values))
    if known is not None and (strange := set(said) - known):
        raise BadSnippets(f"{where}: {key}: {', '.join(sorted(strange))} is none of {', '.join(sorted(known))}")
    return said
