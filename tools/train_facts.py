"""Teach the tagger of facts: src/amends/reading/weights/facts.npz, by data/reading/facts.

    pip install torch                              not among the desk's own libraries
    python -m tools.train_facts                    about six minutes
    python -m tools.train_facts --without e        teaches without an author and prints how their facts are found

Run it anew when the finders of `amends.reading.facts` or their packs change: it learns what to make of them.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from amends.engines.choose import embedder
from amends.languages import load
from amends.reading import tagger
from amends.reading.read import read
from amends.reading.tagger import BUCKETS, KINDS, LABELS, STRETCHES, Seen
from amends.reading.tokens import tokens
from amends.text.spans import Span
from amends.vocabulary import FIRST_CLASS
from tools.fact_lines import TEACHES, read_rows
from tools.judge import Row
from tools.judge_facts import Marked, counted, show, told

WIDTH: Final = 128
VECTOR, PLAIN, SPELT = 96, 32, 16
DROP, DROP_VECTOR, DROP_WORD = 0.3, 0.2, 0.15
TOGETHER: Final = 16
ROUNDS: Final = 25
PACE: Final = 2e-3
PULL: Final = 2.0
NEVER: Final = -4.0
"""What is said at first of a row of labels that makes no sense, as a further token of a kind that did not begin."""
NETWORKS: Final = 2
STUDIED: Final = "a"
"""The author whose messages were before whoever wrote the finders: there these are better than anywhere else."""

Array = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Lesson:
    """A message as the network sees it, its facts as their author marked them, and the labels of its tokens."""

    row: Row
    seen: Seen
    marked: Marked
    labels: NDArray[np.int64]


def lessons(tag: str) -> list[Lesson]:
    """Return the messages of a language."""
    pack, found = load(tag), list[Lesson]()
    for row in read_rows(TEACHES, tag):
        cut = tokens(row["text"], embedder())
        if cut is None:
            continue
        finders = read(row["text"], language=tag, tier="quick").facts
        marked = told(row)
        labels = np.array([_label(span, marked) for span in cut.spans])
        found.append(Lesson(row=row, seen=tagger.see(cut, finders, pack), marked=marked, labels=labels))
    return found


def _label(span: Span, marked: Marked) -> int:
    for kind, fact in marked:
        if span.overlaps(fact):
            return 1 + 2 * KINDS.index(kind) + (fact.start < span.start)
    return 0


class Network(nn.Module):  # type: ignore[misc]  # torch has no types here
    """What `amends.reading.tagger` runs, to be taught."""

    def __init__(self, width: int, plain: int, spelt: int) -> None:
        super().__init__()
        self.spelt = nn.Embedding(BUCKETS, SPELT)
        self.vector, self.plain = nn.Linear(width, VECTOR), nn.Linear(plain, PLAIN)
        self.inner = nn.Linear(VECTOR + PLAIN + SPELT * spelt, WIDTH)
        self.layers = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in STRETCHES)
        self.out = nn.Linear(WIDTH, LABELS)
        steps, first = torch.zeros(LABELS, LABELS), torch.zeros(LABELS)
        for further in range(2, LABELS, 2):
            steps[[label for label in range(LABELS) if label not in (further - 1, further)], further] = NEVER
            first[further] = NEVER
        self.steps, self.first = nn.Parameter(steps), nn.Parameter(first)

    def forward(self, vectors: Any, plain: Any, spelt: Any) -> Any:
        """Return scores, texts × tokens × labels."""
        drop = functional.dropout
        spelt = self.spelt(torch.where(torch.rand(spelt.shape) < DROP_WORD, 0, spelt) if self.training else spelt)
        given = [self.vector(drop(vectors, DROP_VECTOR, self.training)), self.plain(plain), spelt.flatten(2)]
        state = torch.relu(self.inner(drop(torch.cat(given, -1), DROP, self.training)))
        for layer, stretch in zip(self.layers, STRETCHES, strict=True):
            wide = functional.pad(state, (0, 0, stretch, stretch))
            beside = torch.cat([wide[:, : -2 * stretch], state, wide[:, 2 * stretch :]], -1)
            state = state + drop(torch.relu(layer(beside)), DROP, self.training)
        return self.out(drop(state, DROP, self.training))

    def loss(self, scores: Any, labels: Any, there: Any) -> Any:
        """Return how unlikely the true rows of labels are, a token (a conditional random field)."""
        rows = torch.arange(len(labels))
        every = self.first + scores[:, 0]
        true = self.first[labels[:, 0]] + scores[rows, 0, labels[:, 0]]
        for at in range(1, scores.shape[1]):
            more = torch.logsumexp(every[:, :, None] + self.steps, 1) + scores[:, at]
            every = torch.where(there[:, at, None], more, every)
            step = self.steps[labels[:, at - 1], labels[:, at]] + scores[rows, at, labels[:, at]]
            true = true + torch.where(there[:, at], step, 0)
        return (torch.logsumexp(every, 1) - true).sum() / there.sum()

    def kept(self, mean: Array, spread: Array) -> dict[str, Array]:
        """Return the numbers as the tagger wants them."""
        named = {"vector": self.vector, "plain": self.plain, "in": self.inner, "out": self.out}
        named |= {str(number): layer for number, layer in enumerate(self.layers)}
        found = {f"{name}.w": layer.weight.detach().numpy().T for name, layer in named.items()}
        found |= {f"{name}.b": layer.bias.detach().numpy() for name, layer in named.items()}
        found |= {"spelt": self.spelt.weight.detach().numpy(), "steps": self.steps.detach().numpy()}
        return found | {"first": self.first.detach().numpy(), "mean": mean, "spread": spread}


def teach(some: Sequence[Lesson], seed: int) -> dict[str, Array]:
    """Return the numbers of one taught network."""
    torch.manual_seed(seed)
    drawn = random.Random(seed)  # choices that can be made again
    every = np.concatenate([one.seen.tokens.vectors for one in some])
    mean, spread = every.mean(0), every.std(0) + 1e-6
    first = some[0].seen
    network = Network(len(mean), first.plain.shape[1], first.spelt.shape[1])
    pace = torch.optim.AdamW(network.parameters(), lr=PACE, weight_decay=0.05)
    rounds = [batch for _ in range(ROUNDS) for batch in _batches(some, drawn)]
    slower = torch.optim.lr_scheduler.OneCycleLR(pace, PACE, total_steps=len(rounds), pct_start=0.1)
    for batch in rounds:
        vectors, plain, spelt, labels, there = _beside(batch, mean, spread)
        pace.zero_grad()
        network.loss(network(vectors, plain, spelt), labels, there).backward()
        nn.utils.clip_grad_norm_(network.parameters(), PULL)
        pace.step()
        slower.step()
    return network.kept(mean, spread)


def _batches(some: Sequence[Lesson], drawn: random.Random) -> list[list[Lesson]]:
    """Return all lessons in batches of like length, in an order drawn anew."""
    order = sorted(some, key=lambda one: len(one.labels) // 12 + drawn.random())
    batches = [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]
    drawn.shuffle(batches)
    return batches


def _beside(batch: Sequence[Lesson], mean: Array, spread: Array) -> list[Any]:
    """Return vectors, what is plainly so, spelling, labels, and which tokens are there, of texts of unequal length."""
    columns: list[tuple[list[NDArray[Any]], Any]] = [
        ([(one.seen.tokens.vectors - mean) / spread for one in batch], np.float32),
        ([one.seen.plain for one in batch], np.float32),
        ([one.seen.spelt for one in batch], np.int64),
        ([one.labels for one in batch], np.int64),
        ([np.ones(len(one.labels), bool) for one in batch], bool),
    ]
    return [torch.tensor(_filled(column, kind)) for column, kind in columns]


def _filled(column: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    wide = np.zeros((len(column), max(map(len, column)), *column[0].shape[1:]), kind)
    for number, one in enumerate(column):
        wide[number, : len(one)] = one
    return wide


def judged(networks: Sequence[dict[str, Array]], some: Sequence[Lesson]) -> None:
    """Print how the facts of some messages are found by networks that have not seen them."""
    taught = tagger.Tagger(encoder="", languages=frozenset(), layers=tuple(networks))
    pairs = [(one.marked, frozenset(tagger.spans(taught.labels(one.seen), one.seen.tokens))) for one in some]
    show(counted(pairs), "all languages")


def write(networks: Sequence[dict[str, Array]]) -> None:
    """Write the weights of the tagger."""
    about: dict[str, Any] = {
        "parts": len(networks),
        "encoder": embedder().name.split("-")[0],
        "languages": np.array(FIRST_CLASS),
    }
    kept: dict[str, Any] = {
        f"{number}.{name}": part.astype(np.float16) for number, net in enumerate(networks) for name, part in net.items()
    }
    np.savez_compressed(str(tagger.WEIGHTS), allow_pickle=False, **kept, **about)


def main() -> None:
    """Teach, and write or judge."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument(
        "--without", default="", metavar="AUTHOR", help="leave an author out, judge them, write nothing"
    )
    options = wanted.parse_args()
    torch.set_num_threads(1)  # with matrices so small, two threads wait more than they work
    some = [lesson for tag in FIRST_CLASS for lesson in lessons(tag)]
    teaching = [one for one in some if one.row["author"] not in (STUDIED, options.without)]
    networks = [teach(teaching, seed) for seed in range(NETWORKS)]
    if options.without:
        judged(networks, [one for one in some if one.row["author"] == options.without])
    else:
        write(networks)
    print(f"{len(teaching)} messages, {sum(len(one.marked) for one in teaching)} facts")


if __name__ == "__main__":
    main()
