"""Weigh where Thai statements end: `python -m tools.train_breaks`, about a minute; writes languages/th/breaks.tsv.

Taught by the whole replies of data/coach, whose authors wrote one statement a line: joined by spaces again, each
space is one that ends a statement or one inside. Prints how well spaces of an author's replies are told by the others.
"""

import itertools
from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from amends.text.breaks import SPACE, Breaks, signs
from tools.labelled_sentences import COMPLETE, ROOT, TOGETHER, batch_of, written

FILE: Final = ROOT / "src/amends/languages/th/breaks.tsv"
STRENGTH: Final = 0.5
FEWEST: Final = 3
"""How often a sign must have been seen."""
FOLDS: Final = 6
NOTHING: Final = 0.05
"""Weights nearer to zero than this are left out."""

Seen = tuple[list[str], bool]


def main() -> None:
    """Teach without each part in turn and tell, then with all, and write."""
    rows = [row for row in written("th") if batch_of(row) in COMPLETE]
    said = [" ".join(row["text"].split()) for row in rows]
    texts = [said[at : at + TOGETHER] for at in range(0, len(said), TOGETHER)]
    spaces = [seen_in(text) for text in texts]
    print(f"{len(rows)} statements, {sum(map(len, spaces))} spaces")
    folds = [judged(spaces, part) for part in range(FOLDS)]
    odds, ends = (np.concatenate(some) for some in zip(*folds, strict=True))
    claimed = odds >= 0
    print(f"unseen: AUROC {roc_auc_score(ends, odds):.3f}", end=" ")
    print(f"P {(ends & claimed).sum() / claimed.sum():.3f} R {(ends & claimed).sum() / ends.sum():.3f} n={len(ends)}")
    write(taught([one for text in spaces for one in text]))


def seen_in(statements: list[str]) -> list[Seen]:
    """Return the signs of every space of some statements joined, and whether one ends there."""
    text = " ".join(statements)
    ends = set(itertools.accumulate(len(said) + 1 for said in statements))
    return [(signs(text, space), space.end() in ends) for space in SPACE.finditer(text)]


def judged(spaces: list[list[Seen]], part: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the log-odds and the truth of a part's spaces, taught by the others; a part is a run of whole texts."""
    edges = np.linspace(0, len(spaces), FOLDS + 1).astype(int)
    here = [one for text in spaces[edges[part] : edges[part + 1]] for one in text]
    rest = [one for text in [*spaces[: edges[part]], *spaces[edges[part + 1] :]] for one in text]
    learnt = taught(rest)
    return np.array([learnt.odds(seen) for seen, _ in here]), np.array([ends for _, ends in here])


def taught(spaces: list[Seen]) -> Breaks:
    """Return the weights of the signs seen often enough."""
    counted = Counter(sign for seen, _ in spaces for sign in seen)
    place = {sign: n for n, sign in enumerate(sorted(sign for sign, times in counted.items() if times >= FEWEST))}
    cells = [(row, place[sign]) for row, (seen, _) in enumerate(spaces) for sign in seen if sign in place]
    at = np.array(cells).T
    table = sparse.csr_matrix((np.ones(len(cells)), at), shape=(len(spaces), len(place)))
    made = LogisticRegression(C=STRENGTH, max_iter=1000).fit(table, [ends for _, ends in spaces])
    kept = {sign: float(made.coef_[0, n]) for sign, n in place.items() if abs(made.coef_[0, n]) >= NOTHING}
    return Breaks(weights=kept, usual=float(made.intercept_[0]))


def write(learnt: Breaks) -> None:
    """Write the weights; an empty sign stands for the usual."""
    about = "# What the letters on both sides of a space weigh: amends/text/breaks.py, by tools/train_breaks.py"
    lines = [f"{sign}\t{weight:.2f}" for sign, weight in sorted({"": learnt.usual, **learnt.weights}.items())]
    FILE.write_text("\n".join([about, "sign\tweight", *lines]) + "\n", encoding="utf-8")
    print(f"{len(lines)} signs, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
