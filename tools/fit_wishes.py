"""Fit what is weighed for wishes anew on messages of other authors: the tables of wishes in claims.toml.

    python -m tools.fit_wishes            after tools.train_claims

The messages of data/reading taught letters and encoder, so there both sound surer than they are, and their authors
named money back twice as often as others. Taught by the dev sets and two blind sets that are studied: one weight a
sign, one bias a wish, drawn to what train_claims found; `least` is the one log-odds with the best F1. The fifth blind
set is left out, and judged.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from amends.engines.choose import embedder
from amends.languages import load
from amends.ports import Embedder
from amends.reading import calibrate, claims, heads, letters
from amends.reading.cues import look, phrasebook
from amends.reading.encoder import sense
from amends.reading.plain import plain
from amends.reading.threats import demands_manager
from amends.reading.weighing import weights
from amends.reading.wishes import KINDS, declined, worded
from tools.train_letters import TAGS, WEIGHTS

QUALITY: Final = Path(__file__).parents[1] / "tests/quality"
TAUGHT_BY: Final = ("", "blind2", "blind3")
JUDGED: Final = ("blind5",)
SIGNS: Final = {"quick": ("said", "letters", "cues"), "full": ("said", "letters", "cues", "alike")}
BIAS_SHRINK, WEIGHT_SHRINK = 0.5, 5.0
TRIED: Final = np.arange(-2.0, 1.0, 0.05)

Array = NDArray[np.float64]


def signs(text: str, tag: str, embed: Embedder) -> tuple[Array, NDArray[np.bool_]]:
    """Return what speaks for each wish (wish × sign), and which wishes the message does not decline."""
    found = look(plain(text), phrasebook(load(tag)))
    trained, taught = heads.heads(tag), letters.letters(tag)
    grams = heads.buckets(found.plain.normal.text)
    scores = (trained.scores(grams) if trained else None, taught.scores(grams) if taught else {})
    heard, said = calibrate.heard(*scores, calibrate.heat(tag).average), claims.spoken(found)
    sensed, own = sense(text, language=tag, embed=embed), worded(found, manager=demands_manager(found))
    like = sensed.alike if sensed else {}
    rows = [
        [float(kind in own), heard.get(f"letters.wish.{kind}", 0.0), said[f"wish.{kind}"], like.get(f"wish.{kind}", 0)]
        for kind in KINDS
    ]
    refused = declined(found)
    return np.array(rows), np.array([kind in own or kind not in refused for kind in KINDS])


def messages(folders: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the labelled messages of some sets, each with its language."""
    for folder in folders:
        for tag in TAGS:
            lines = (QUALITY / folder / tag / "reading.jsonl").read_text(encoding="utf-8").splitlines()
            yield from ((tag, json.loads(line)) for line in lines if line.strip())


def gathered(folders: tuple[str, ...], embed: Embedder) -> tuple[Array, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the signs of each message, which wishes it may have, and which it has."""
    pairs = [(*signs(row["text"], tag, embed), set(row["wishes"])) for tag, row in messages(folders)]
    true = np.array([[str(kind) in wanted for kind in KINDS] for _, _, wanted in pairs])
    return np.array([given for given, _, _ in pairs]), np.array([may for _, may, _ in pairs]), true


def fitted(given: Array, true: NDArray[np.bool_], *, weight: Array, bias: Array) -> tuple[Array, Array]:
    """Return one weight a sign and one bias a wish, drawn to those that they had."""
    count, wanted, drawn = len(weight), true.astype(float), np.maximum(np.abs(weight), 0.1)

    def loss(values: Array) -> float:
        odds = given @ values[:count] + values[count:]
        missed = np.logaddexp(0.0, odds) - wanted * odds
        far = BIAS_SHRINK * ((values[count:] - bias) ** 2).sum()
        return float(missed.sum() + far + WEIGHT_SHRINK * (((values[:count] - weight) / drawn) ** 2).sum())

    answer: Array = minimize(loss, np.concatenate([weight, bias]), method="L-BFGS-B").x
    return answer[:count], answer[count:]


def best_least(odds: Array, true: NDArray[np.bool_]) -> float:
    """Return the log-odds from which F1 is best."""
    return float(TRIED[int(np.argmax([f1(odds >= least, true) for least in TRIED]))])


def f1(claimed: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """Return F1 over all wishes."""
    return float(2 * (claimed & true).sum() / max(1, claimed.sum() + true.sum()))


def with_table(text: str, title: str, values: Mapping[Any, float]) -> str:
    """Return claims.toml with one table written anew."""
    rows = "".join(f'"{name}" = {value:.4f}\n' for name, value in values.items())
    return re.sub(rf"(?<=\[{re.escape(title)}\]\n)(?:\"[^\n]*\n)+", rows, text)


def main() -> None:
    """Fit, report, write."""
    embed, file = embedder(), WEIGHTS / "claims.toml"
    given, may, true = gathered(TAUGHT_BY, embed)
    judged, judged_may, judged_true = gathered(JUDGED, embed)
    text = file.read_text(encoding="utf-8")
    for tier, names in SIGNS.items():
        before = weights("wish", full=tier == "full")
        start = (np.array([before.weights[name] for name in names]), np.array([before.bias[kind] for kind in KINDS]))
        weight, bias = fitted(given[:, :, : len(names)], true, weight=start[0], bias=start[1])
        least = best_least(np.where(may, given[:, :, : len(names)] @ weight + bias, -np.inf), true)
        claimed = (judged[:, :, : len(names)] @ weight + bias >= least) & judged_may
        right = (claimed & judged_true).sum()
        print(
            f"{tier}: P {right / claimed.sum():.3f} R {right / judged_true.sum():.3f} F1 {f1(claimed, judged_true):.3f}"
        )
        text = with_table(text, f"wish.{tier}.weights", dict(zip(names, weight, strict=True)))
        text = with_table(text, f"wish.{tier}.bias", dict(zip(KINDS, bias, strict=True)))
        text = with_table(text, f"wish.{tier}.least", dict.fromkeys(KINDS, least))
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
