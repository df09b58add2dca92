"""The facts of a text by a sequence tagger: a small convolutional network over what an encoder knows of each word.

Taught by tools/train_facts.py (data/reading/facts, docs/reference/data-cards/facts.md, ADR 0199). It sees where the
finders of `amends.reading.facts` found something, and decides: it drops what only looks like a fact, finds what no list
names, and knows how many words people copy. A conditional random field chooses the likeliest row of labels.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.languages import LanguagePack
from amends.ports import Embedder
from amends.reading.names import FILE, LISTS
from amends.reading.tokens import Tokens, tokens
from amends.reading.values import ReadFact
from amends.text.spans import Span
from amends.vocabulary import FactKind

KINDS: Final = (
    FactKind.ORDER, FactKind.AMOUNT, FactKind.DATE, FactKind.PRODUCT, FactKind.PERSON, FactKind.PLACE,
)  # fmt: skip
LABELS: Final = 1 + 2 * len(KINDS)
"""Outside; then the first token of each kind, and a further one: 1 and 2, 3 and 4 …"""
BUCKETS: Final = 4096
STRETCHES: Final = (1, 2, 4)
"""How far apart the three tokens lie that each layer looks at."""
ENDS: Final = ".!?\n"
MOST_IN_A_TOKEN: Final = 8
"""How many facts of the finders may meet in one token; two are rare."""
WEIGHTS: Final = resources.files("amends.reading") / "weights" / "facts.npz"
_AGAIN: Final = re.compile(r"(.)\1+")

Array = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """What the network sees of each token: its vector, what is plainly so (0 or 1), and buckets of how it is spelt."""

    tokens: Tokens
    plain: Array
    spelt: Numbers


@dataclass(frozen=True, kw_only=True, eq=False)
class Tagger:
    """A taught network; `languages` are those whose texts taught it, `encoder` the family whose pieces it knows."""

    encoder: str
    languages: frozenset[str]
    layers: tuple[dict[str, Array], ...]
    """One or more networks that were taught alike; their scores are averaged."""

    def labels(self, seen: Seen) -> list[int]:
        """Return the likeliest row of labels, one a token."""
        scores = np.mean([_scores(layer, seen) for layer in self.layers], axis=0)
        steps, first = (np.mean([layer[name] for layer in self.layers], axis=0) for name in ("steps", "first"))
        return likeliest(scores, steps, first)


def tagged(text: str, found: Sequence[ReadFact], *, pack: LanguagePack, embed: Embedder | None) -> tuple[ReadFact, ...]:
    """Return the facts of a text; those `found` already where the tagger was not taught the language or encoder."""
    taught = tagger()
    if embed is None or embed.name.split("-")[0] != taught.encoder or pack.tag not in taught.languages:
        return tuple(found)
    cut = tokens(text, embed)
    if cut is None:
        return tuple(found)
    seen = see(cut, found, pack)
    return tuple(_once(spans(taught.labels(seen), cut), text))


def see(cut: Tokens, found: Sequence[ReadFact], pack: LanguagePack) -> Seen:
    """Return what the network sees of the tokens of a text, where finders found what they found."""
    people, places = _names(pack)
    words = [span.of(cut.text) for span in cut.spans]
    plain = [_plain(cut.text, span, word, people, places) for span, word in zip(cut.spans, words, strict=True)]
    return Seen(
        tokens=cut,
        plain=np.concatenate([np.array(plain, np.float32), _found(cut, found)], axis=1),
        spelt=np.array(
            [[zlib.crc32(one.encode("utf-8", "replace")) % BUCKETS for one in _spelt(word)] for word in words]
        ),
    )


def spans(labels: Sequence[int], cut: Tokens) -> Iterator[tuple[FactKind, Span]]:
    """Yield each fact that a row of labels tells, in reading order."""
    kind, start, end = 0, 0, 0
    for label, span in zip((*labels, 0), (*cut.spans, Span(0, 0)), strict=True):
        goes_on = label and label % 2 == 0 and (label + 1) // 2 == kind
        if kind and not goes_on:
            yield KINDS[kind - 1], Span(start, end)
        if not goes_on:
            kind, start = (label + 1) // 2, span.start
        end = span.end


def likeliest(scores: Array, steps: Array, first: Array) -> list[int]:
    """Return the best row of labels (Viterbi): `scores` tokens × labels, `steps` label to label, `first` at start."""
    best, back = first + scores[0], list[NDArray[np.intp]]()
    for here in scores[1:]:
        ways = best[:, None] + steps
        back.append(ways.argmax(0))
        best = ways.max(0) + here
    row = [int(best.argmax())]
    for before in reversed(back):
        row.append(int(before[row[-1]]))
    return row[::-1]


def _scores(layer: dict[str, Array], seen: Seen) -> Array:
    """Return what one network says of each token, tokens × labels."""
    vectors = (seen.tokens.vectors - layer["mean"]) / layer["spread"]
    spelt = layer["spelt"][seen.spelt].reshape(len(seen.spelt), -1)
    given = [vectors @ layer["vector.w"] + layer["vector.b"], seen.plain @ layer["plain.w"] + layer["plain.b"], spelt]
    state = np.maximum(np.concatenate(given, axis=1) @ layer["in.w"] + layer["in.b"], 0)
    for number, stretch in enumerate(STRETCHES):
        state = state + np.maximum(_beside(state, stretch) @ layer[f"{number}.w"] + layer[f"{number}.b"], 0)
    answer: Array = state @ layer["out.w"] + layer["out.b"]
    return answer


def _beside(state: Array, stretch: int) -> Array:
    """Return each token's state between those so many tokens before and after it."""
    nothing = np.zeros((stretch, state.shape[1]), np.float32)
    wide = np.concatenate([nothing, state, nothing])
    return np.concatenate([wide[: len(state)], state, wide[2 * stretch :]], axis=1)


def _found(cut: Tokens, found: Sequence[ReadFact]) -> Array:
    """Return where finders found what: for each token and kind, whether one begins there or goes on."""
    marked, first = np.zeros((len(cut.spans), 2 * len(KINDS)), np.float32), 0
    told = sorted((fact for fact in found if fact.kind in KINDS), key=lambda fact: fact.span)
    for number, span in enumerate(cut.spans):
        while first < len(told) and told[first].span.end <= span.start:
            first += 1
        for fact in told[first : first + MOST_IN_A_TOKEN]:
            if span.overlaps(fact.span):
                marked[number, 2 * KINDS.index(fact.kind) + (fact.span.start < span.start)] = 1
    return marked


def _plain(text: str, span: Span, word: str, people: frozenset[str], places: frozenset[str]) -> list[bool]:
    before = text[max(0, span.start - 2) : span.start]
    return [
        word.isdigit(), len(word) == 1, len(word) > 3, len(word) in (2, 3),
        word[0].isupper(), word.isupper() and len(word) > 1, word.islower(), not word.isalnum(),
        span.start == 0, before[-1:].isspace(), len(before) > 1 and before[0] in ENDS,
        _is_named(word, people), _is_named(word, places),
    ]  # fmt: skip


def _is_named(word: str, names: frozenset[str]) -> bool:
    return word in names or word.capitalize() in names


def _spelt(word: str) -> Iterator[str]:
    """Yield how a token is spelt, in four ways: itself, its end, its beginning, and its shape with its length."""
    low = word.lower()
    yield from (f"w{low}", f"s{low[-3:]}", f"p{low[:3]}", f"x{shape(word)}{min(len(word), 6)}")


def shape(word: str) -> str:
    """Return what kinds of letters follow each other: "Ab" of "Tampere", "0" of "2026", "A0" of "RR39"."""
    return _AGAIN.sub(r"\1", "".join(map(_kind, word)))


def _kind(letter: str) -> str:
    tests: tuple[tuple[Callable[[str], bool], str], ...] = (
        (str.isdigit, "0"), (str.isupper, "A"), (str.islower, "a"), (str.isalpha, "x"),
    )  # fmt: skip
    return next((kind for is_so, kind in tests if is_so(letter)), letter)


def _once(named: Iterator[tuple[FactKind, Span]], text: str) -> Iterator[ReadFact]:
    """Yield the facts, a thing that is named again under the same name only once."""
    things = set[str]()
    for kind, span in named:
        name = span.of(text)
        if kind is FactKind.PRODUCT and name.casefold() in things:
            continue
        things |= {name.casefold()} if kind is FactKind.PRODUCT else set()
        yield ReadFact(kind=kind, span=span, value=name)


@cache
def _names(pack: LanguagePack) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of people and of places that a pack lists."""
    if not pack.has(FILE):
        return frozenset(), frozenset()
    people, places = (frozenset(pack.text(LISTS[which]).split("\n")) - {""} for which in ("people", "places"))
    return people, places


@cache
def tagger() -> Tagger:
    """Return the tagger of this version."""
    with WEIGHTS.open("rb") as opened, np.load(opened) as kept:
        parts = range(int(kept["parts"]))
        return Tagger(
            encoder=str(kept["encoder"]),
            languages=frozenset(kept["languages"].tolist()),
            layers=tuple(_layer(kept, f"{part}.") for part in parts),
        )


def _layer(kept: "np.lib.npyio.NpzFile", head: str) -> dict[str, Array]:
    return {name.removeprefix(head): kept[name].astype(np.float32) for name in kept.files if name.startswith(head)}
