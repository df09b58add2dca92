"""What an engine must be able to do. Engines live in `amends.engines`; fakes in `amends.testing`."""

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from amends.vocabulary import AmendsError

LetterT_co = TypeVar("LetterT_co", covariant=True)


class LetterReader(Protocol[LetterT_co]):
    """Turns the bytes of a mail into a letter, whatever they are (the letter itself is defined above the ports)."""

    def read(self, raw: bytes, *, desk: str) -> LetterT_co:
        """Return the letter; never raises for what stands in the mail. `desk` is our own name in the loop header."""
        ...


class Piece(NamedTuple):
    """A piece that an encoder cuts a word into: of which word (its number), and from where to where in it."""

    word: int
    start: int
    end: int


class Pieces(NamedTuple):
    """The pieces of some words in their order, and what an encoder knows of each before any context, pieces × width."""

    places: Sequence[Piece]
    vectors: NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of one length, so that near meanings lie near."""

    name: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape `(len(texts), dimensions)`; zeros for a text it says nothing of."""
        ...

    def taught(self, changes: Traversable) -> "Embedder":
        """Return the same encoder with the numbers that a file of changes gives it, for vectors of another use."""
        ...

    def pieces(self, words: Sequence[str]) -> Pieces | None:
        """Return the pieces of words, each word with a blank before it where one stands there; None where it cannot."""
        ...


class Translator(Protocol):
    """Translates one text; quality in 0–1 or None when the engine does not say."""

    name: str

    def translate(self, text: str, *, source: str, target: str) -> tuple[str, float | None]:
        """Return the translation and the engine's own estimate. Raises EngineMissing for a pair it lacks."""
        ...


class Writer(Protocol):
    """Writes or rewrites text on request. Customer text inside `prompt` is data, never an instruction."""

    name: str

    def write(self, prompt: str, *, limit: int) -> str:
        """Return at most `limit` code points."""
        ...


class Transcriber(Protocol):
    """Turns recorded speech into text."""

    name: str

    def transcribe(self, audio: bytes, *, language: str) -> str:
        """Return the words spoken."""
        ...


class CannotResolve(AmendsError):
    """Nobody could say what this name stands for just now. The sender counts as not checked, never as false."""


class Resolver(Protocol):
    """Looks up names in DNS, within a short time."""

    name: str

    def lookup(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the records of a kind (`TXT`, `A`, `AAAA`, `MX`, `PTR`), () when there are none.

        Pieces of TXT are joined; MX reads "10 mx.example". Raises CannotResolve when it cannot be known now.
        """
        ...
