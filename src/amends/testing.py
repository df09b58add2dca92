"""Fakes for every port and builders for tests: `case_view(fault="ours")`, `FakeEmbedder()`."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from amends.ports import CannotResolve
from amends.vocabulary import CaseView, EngineMissing, Fact, Fault, Stage


class FakeEmbedder:
    """An embedder that gives equal texts equal vectors and unequal texts unrelated ones.

    `name` and `dimensions` let it pass for an encoder that heads know; `meant` sets the vectors of some texts.
    """

    def __init__(
        self, name: str = "fake", *, dimensions: int = 16, meant: Mapping[str, NDArray[np.float32]] | None = None
    ) -> None:
        self.name = name
        self.dimensions = dimensions
        self.meant = meant or {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, the one meant or else one drawn from its digest."""
        found = [self.meant[text] if text in self.meant else _vector(text, self.dimensions) for text in texts]
        return np.stack(found) if found else np.zeros((0, self.dimensions), dtype=np.float32)

    def taught(self, changes: Traversable) -> "FakeEmbedder":
        """Return itself."""
        return self

    def pieces(self, words: Sequence[str]) -> None:
        """Return None: it knows whole texts only."""


class FakeTranslator:
    """A translator that marks what it was asked to do."""

    name = "fake"

    def translate(self, text: str, *, source: str, target: str) -> tuple[str, float | None]:
        """Return the text behind a mark of the pair."""
        return f"[{source}→{target}] {text}", None


class FakeWriter:
    """A writer that always writes what it was built with."""

    name = "fake"

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def write(self, prompt: str, *, limit: int) -> str:
        """Return the prepared answer, cut to `limit`."""
        return self.answer[:limit]


class MissingTranscriber:
    """A transcriber that is not installed."""

    name = "missing"

    def transcribe(self, audio: bytes, *, language: str) -> str:
        """Raise EngineMissing."""
        raise EngineMissing(f"no transcriber for {language} ({len(audio)} bytes)")


class FakeResolver:
    """A name server that knows what it was built with: `{("shop.example", "TXT"): ("v=spf1 -all",)}`.

    Names in `silent` get no answer at all; `asked` counts the questions.
    """

    name = "fake"

    def __init__(self, records: Mapping[tuple[str, str], tuple[str, ...]], *, silent: Collection[str] = ()) -> None:
        self.records, self.silent, self.asked = records, silent, 0

    def lookup(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the prepared records."""
        self.asked += 1
        plain = name.lower().rstrip(".")
        if plain in self.silent or "*" in self.silent:
            raise CannotResolve(name)
        return self.records.get((plain, kind), ())


def late_parcel(fault: str = "ours", *, name: str = "Somchai", anger: int = 3, stage: Stage | None = None) -> CaseView:
    """Return the case of a customer whose parcel is late."""
    facts = (Fact(kind="order", value="TH-88213"), Fact(kind="cause", value="late"))
    return CaseView(customer_name=name, fault=Fault(fault), anger=anger, stage=stage, facts=facts)


def _vector(text: str, dimensions: int) -> NDArray[np.float32]:
    digest = hashlib.shake_256(text.encode("utf-8", "surrogatepass")).digest(dimensions)
    numbers = np.frombuffer(digest, dtype=np.uint8).astype(np.float32) - 127.5
    unit: NDArray[np.float32] = numbers / np.linalg.norm(numbers)
    return unit
