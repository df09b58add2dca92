"""Teach the layers of the packed encoder and one head a label at once, for `tools.teach_encoder`."""

import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from tools.labelled_sentences import Mask
from tools.packed_e5 import LAYERS, WIDTH, Packed, Tensors, beside, layers_of, summed_up, thought

TOGETHER: Final = 64
POOL: Final = 25
"""Texts of like length go together, out of so many batches drawn at random."""
PACE, HEAD_PACE = 2e-4, 5e-3
WARM: Final = 0.06
LAST_PACE: Final = 0.02
DROP: Final = 0.1
SMOOTH: Final = 0.01
LOUD: Final = 10.0
MOST_PULL: Final = 5.0
SEED: Final = 20261122

Halves = NDArray[np.float16]
Numbers = NDArray[np.float32]


def batches(texts: Sequence[Halves], numbers: NDArray[np.int64], drawn: np.random.Generator) -> Iterator[list[int]]:
    """Yield all of some texts once, in batches of like length, in an order drawn anew."""
    numbers = numbers[drawn.permutation(len(numbers))]
    for at in range(0, len(numbers), TOGETHER * POOL):
        pool = sorted(numbers[at : at + TOGETHER * POOL].tolist(), key=lambda number: len(texts[number]))
        parts = [pool[start : start + TOGETHER] for start in range(0, len(pool), TOGETHER)]
        yield from (parts[number] for number in drawn.permutation(len(parts)))


def vectors(taught: Tensors, texts: Sequence[Halves], *, drop: float = 0.0) -> Any:
    """Return the unit vector of each text, given what the layers below the taught ones made of it."""
    given, seen = beside([text.astype(np.float32) for text in texts])
    for layer in (layer for layer in range(LAYERS) if f"l{layer}.q.w" in taught):
        given = thought(taught, layer, given, seen, drop=drop)
    return summed_up(given, seen)


def teach(
    packed: Packed,
    texts: Sequence[Halves],
    numbers: NDArray[np.int64],
    true: Mask,
    asked: Mask,
    *,
    first: int,
    rounds: int,
) -> tuple[Tensors, tuple[Any, Any]]:
    """Return the taught layers, and the heads' weights (WIDTH × labels) and bias.

    `numbers`: the texts that teach; `first`: the lowest layer that is taught.
    """
    taught = layers_of(packed, range(first, LAYERS), taught=True, seed=SEED)
    told = asked[numbers].sum(axis=0)
    usual = ((true & asked)[numbers].sum(axis=0) + 0.5) / (told + 1)
    heads = torch.zeros(WIDTH, true.shape[1], requires_grad=True)
    bias = torch.tensor(np.log(usual / (1 - usual)), dtype=torch.float32, requires_grad=True)
    inner = [some for name, some in taught.items() if not name.startswith("width.")]
    pace = torch.optim.AdamW(
        [{"params": inner, "lr": PACE, "weight_decay": 0.0}, {"params": [heads, bias], "lr": HEAD_PACE}],
        betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    drawn = np.random.default_rng(SEED)
    steps = [batch for _ in range(rounds) for batch in batches(texts, numbers, drawn)]
    slower = torch.optim.lr_scheduler.LambdaLR(pace, lambda step: share_of_pace(step, len(steps)))
    wished, counted = (torch.tensor(some, dtype=torch.float32) for some in (true, asked))
    began, lost = time.perf_counter(), 0.0
    for number, batch in enumerate(steps, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = vectors(taught, [texts[one] for one in batch], drop=DROP)
        odds = said.float() @ heads * LOUD + bias
        aims = wished[batch] * (1 - 2 * SMOOTH) + SMOOTH
        off = functional.binary_cross_entropy_with_logits(odds, aims, reduction="none") * counted[batch]
        pace.zero_grad(set_to_none=True)
        (off.sum() / len(batch)).backward()
        torch.nn.utils.clip_grad_norm_(inner, MOST_PULL)
        pace.step()
        slower.step()
        lost += float(off.detach().sum()) / len(batch)
        if number % 100 == 0:
            print(f"  {number} of {len(steps)}: {lost / 100:.3f}, {time.perf_counter() - began:.0f} s", flush=True)
            lost = 0.0
    return taught, (heads.detach() * LOUD, bias.detach())


def share_of_pace(step: int, steps: int) -> float:
    """Return how fast to learn at a step: slow to begin with, then ever slower."""
    warm = WARM * steps
    if step < warm:
        return step / warm
    falling = 0.5 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))
    return max(LAST_PACE, float(falling))


def sums(taught: Tensors, heads: tuple[Any, Any], texts: Sequence[Halves]) -> Numbers:
    """Return what the heads make of some texts, texts × labels."""
    weights, bias = heads
    found = np.zeros((len(texts), len(bias)), np.float32)
    order = np.argsort([len(text) for text in texts], kind="stable")
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), TOGETHER):
            some = order[at : at + TOGETHER]
            said = vectors(taught, [texts[one] for one in some])
            found[some] = (said.float() @ weights + bias).float().numpy()
    return found
