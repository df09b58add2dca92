"""Train what hears kind reports of a trouble and mock praise: tone.npz, <tag>-tone.npz and tone.toml.

    python -m tools.train_tone --kept /tmp/vectors.npz        after train_letters, fit_heat, train_encoder

Letters and heads are taught by data/reading/tone; letters also by the plainest of data/reading, heads by every fourth,
so that they know long ones. The encoder stays as it is. Signs are weighed on what folds say of messages that did not
teach them, and on the studied sets of tests/quality, so that longer messages are read no worse. `--kept`: where vectors
are kept. Prints five-fold figures, before and after.
"""

import argparse
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from amends.languages import load
from amends.measures.ranking import auroc
from amends.reading.cues import look, phrasebook
from amends.reading.encoder import TAUGHT, sensed_by
from amends.reading.heads import buckets
from amends.reading.hearing import hear
from amends.reading.letters import known
from amends.reading.odds import log_odds
from amends.reading.plain import plain
from amends.reading.sounding import LOUDEST
from amends.reading.tone import COLUMNS, STEPS, Tone
from amends.text.normal import normal
from tools import fit_natural
from tools.closed_quarter import ROOT
from tools.judge import Row, rows_of
from tools.tone_lines import FOLDERS
from tools.train_letters import TAGS, WEIGHTS, matrix, messages, packed, rarity
from tools.vectors import head, vectors

SEED: Final = 20261123
FOLDS: Final = 5
SHRINK: Final = 1.0
STRENGTH: Final = 0.01
OTHERS_COUNT: Final = 0.3
"""What a message of data/reading counts for heads: the encoder has seen it, so it flatters."""
EVERY: Final = 4
ANGRY: Final = 2
NATURAL: Final = "# Made by tools/train_tone.py: log-odds of anger at the stated share (tools/fit_natural.py)."
PLAINEST: Final = ("seventh", "eighth")
PLAIN_COUNT: Final = 0.5
"""Short messages in everyday words teach letters too: so many of a tone's they count for."""
STUDIED_COUNT: Final = 2.0
CONTENT_COUNT: Final = (2.5, 3.5)
"""What a message that complains of nothing counts among the lines, and the studied: authors wrote too few."""
LOWERED: Final = {("full", "fi"): 0.6}
"""How far a bias of complaints lies below the fitted: eleven of 37 plain Finnish questions and thanks were heard."""
COMPLAINT_FREEDOM: Final = 0.02
HEAT_FREEDOM: Final = 0.005
"""How freely signs are weighed."""
STUDIED: Final = ("", "blind2", "blind3", "blind5")
SHORT_TOO: Final = "short"
SHORT_IS_STUDIED: Final = ("en", "fi")
"""Where the misses of the plain short messages were read; elsewhere they are closed."""

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Table = dict[str, Any]


@dataclass(kw_only=True)
class Lessons:
    """All messages: those that teach (`is_line`) and the studied ones, each with its tone in both tiers."""

    rows: list[Row]
    place: NDArray[np.int_]
    is_line: Mask
    fold: NDArray[np.int_]
    vectors: Array
    quick: list[Tone]
    full: list[Tone]

    @property
    def counts(self) -> Array:
        """Return what each message counts where heat is weighed."""
        return np.where(self.is_line, 1.0, STUDIED_COUNT)

    @property
    def balanced(self) -> Array:
        """Return what each message counts where complaints are weighed."""
        return np.where(self.complaint, self.counts, np.where(self.is_line, *CONTENT_COUNT))

    @property
    def complaint(self) -> Mask:
        """Return which complain."""
        return np.array([bool(row["complaint"]) for row in self.rows])

    @property
    def angry(self) -> Array:
        """Return 1 where the writer is angry."""
        return (self.steps >= ANGRY).astype(float)

    @property
    def steps(self) -> NDArray[np.int_]:
        """Return the intensities."""
        return np.array([row["intensity"] for row in self.rows])


def truth(some: Sequence[Row]) -> Array:
    """Return what each of COLUMNS should say."""
    return np.array([
        [row["complaint"], *(row["intensity"] >= step for step in (1, 2, 3)), row.get("sarcasm", False),
         row.get("group") == "glad"]
        for row in some
    ], dtype=float)  # fmt: skip


def lessons(kept: Path | None) -> Lessons:
    """Return everything that is learnt from, as it is read today."""
    told = [
        (place, is_line, row)
        for place, tag in enumerate(TAGS)
        for is_line, some in ((True, FOLDERS.rows(tag)), (False, studied(tag)))
        for row in some
    ]
    these = [row for _, _, row in told]
    place, is_line = np.array([one[0] for one in told]), np.array([one[1] for one in told])
    given = vectors([row["text"] for row in these], changes=TAUGHT, kept=kept)
    fold = np.random.default_rng(SEED).permutation(len(these)) % FOLDS
    quick, full = [], []
    for row, at, vector in zip(these, place, given, strict=True):
        found = look(plain(row["text"]), phrasebook(load(TAGS[at])))
        quick.append(hear(found, full=False).tone)
        sensed = sensed_by(vector.astype(np.float32), language=TAGS[at])
        full.append(hear(found, full=True, sensed=sensed).tone)
    return Lessons(rows=these, place=place, is_line=is_line, fold=fold, vectors=given, quick=quick, full=full)


def studied(tag: str) -> list[Row]:
    """Return the studied messages of a language, none of which taught anything."""
    names = (*STUDIED, *((SHORT_TOO,) if tag in SHORT_IS_STUDIED else ()))
    return [row for name in names for row in rows_of(ROOT / "tests/quality" / name / tag / "reading.jsonl")]


def parts(all_of: Lessons) -> list[tuple[Mask, Mask]]:
    """Return which lines teach and which messages they are asked about: each fold by the others, the studied by all."""
    folds = [(all_of.is_line & (all_of.fold != k), all_of.is_line & (all_of.fold == k)) for k in range(FOLDS)]
    return [*folds, (all_of.is_line, ~all_of.is_line)]


def learn_letters(all_of: Lessons) -> tuple[Array, dict[str, dict[str, Any]]]:
    """Return what letters say of each message unseen, and each language's file."""
    said, files = np.zeros((len(all_of.rows), len(COLUMNS))), {}
    held, wanted = [known(buckets(normal(row["text"]).text)) for row in all_of.rows], truth(all_of.rows)
    for place, tag in enumerate(TAGS):
        mine, plainest = all_of.place == place, [row for row in messages(tag) if row["set"] in PLAINEST]
        beside, theirs = [known(buckets(normal(row["text"]).text)) for row in plainest], truth(plainest)
        for taught, asked in parts(all_of):
            inside, out = np.flatnonzero(taught & mine), np.flatnonzero(asked & mine)
            teaching = [*(held[at] for at in inside), *beside]
            counts = np.concatenate([np.ones(len(inside)), np.full(len(beside), PLAIN_COUNT)])
            weight = rarity(teaching)
            weights, bias = ridge(matrix(teaching, weight), np.vstack([wanted[inside], theirs]), counts)
            said[out] = matrix([held[at] for at in out], weight) @ weights + bias
        # The last part was taught by every line.
        files[tag] = packed(weights * weight[:, None], weight, bias)
    return said, files


def ridge(given: Array, wanted: Array, counts: Array) -> tuple[Array, Array]:
    """Return weights and bias of every column (ridge regression in closed form). `counts`: what each row counts."""
    bias = wanted.mean(axis=0)
    dual = np.linalg.solve(given @ given.T + SHRINK * np.diag(1 / counts), wanted - bias)
    weights: Array = given.T @ dual
    return weights, bias


def learn_heads(all_of: Lessons, kept: Path | None) -> tuple[Array, tuple[Array, Array]]:
    """Return what heads say of each message unseen, and those taught by every line."""
    others = [row for tag in TAGS for row in messages(tag) if crc32(row["text"].encode()) % EVERY == 0]
    beside, theirs = vectors([row["text"] for row in others], changes=TAUGHT, kept=kept), truth(others)
    said, wanted = np.zeros((len(all_of.rows), len(COLUMNS))), truth(all_of.rows)
    for taught, asked in parts(all_of):
        counts = np.concatenate([np.ones(taught.sum()), np.full(len(others), OTHERS_COUNT)])
        made = [
            head(
                np.vstack([all_of.vectors[taught], beside]),
                np.concatenate([wanted[taught, column], theirs[:, column]]) > 0,
                counts,
                strength=STRENGTH,
            )
            for column in range(len(COLUMNS))
        ]
        weights, bias = np.stack([one for one, _ in made], axis=1), np.array([one for _, one in made])
        said[asked] = (all_of.vectors[asked] @ weights + bias).clip(-LOUDEST, LOUDEST)
    return said, (weights, bias)


def with_unseen(tones: Sequence[Tone], letters: Array, sounds: Array | None) -> list[Tone]:
    """Return tones with what letters and heads say that were not taught by the message."""
    heard = {f"letters.{name}": letters[:, at] for at, name in enumerate(COLUMNS)}
    if sounds is not None:
        heard |= {f"sounds.{name}": sounds[:, at] for at, name in enumerate(COLUMNS)}
    return [
        replace(tone, signs={**tone.signs, **{name: float(column[at]) for name, column in heard.items()}})
        for at, tone in enumerate(tones)
    ]


class Weighing:
    """Messages as rows of signs; `one_hot` parts their biases: a language each, or a language and a step."""

    def __init__(
        self, told: Sequence[Mapping[str, float]], groups: NDArray[np.int_], counts: Array, freedom: float
    ) -> None:
        self.names = sorted({name for one in told for name in one})
        self.raw = np.array([[one.get(name, 0.0) for name in self.names] for one in told])
        self.spread = self.raw.std(axis=0) + 1e-9
        self.counts, self.freedom = counts, freedom
        self.hot = np.eye(int(groups.max()) + 1)[groups] * 2

    def fit(self, wanted: Mask, which: Mask) -> tuple[dict[str, float], Array]:
        """Return what each sign weighs, and each group's bias."""
        given = np.hstack([self.raw / self.spread, self.hot])[which]
        made = LogisticRegression(C=self.freedom, max_iter=3000, fit_intercept=False)
        made.fit(given, wanted[which], sample_weight=self.counts[which])
        weights = made.coef_[0][: len(self.names)] / self.spread
        return dict(zip(self.names, weights.tolist(), strict=True)), made.coef_[0][len(self.names) :] * 2

    def odds(self, made: tuple[dict[str, float], Array]) -> Array:
        """Return the log-odds of every row."""
        odds: Array = self.raw @ np.array([made[0][name] for name in self.names]) + self.hot @ made[1] / 2
        return odds


def weigh_complaint(all_of: Lessons, tones: Sequence[Tone]) -> tuple[Table, Array]:
    """Return the table, and the log-odds of each message unseen."""
    told = [tone.told({"odds": log_odds(tone.complaint), "quick": log_odds(tone.quick)}) for tone in tones]
    made = Weighing(told, all_of.place, all_of.balanced, COMPLAINT_FREEDOM)
    unseen = _unseen(made, all_of.complaint, all_of.fold)
    weights, bias = made.fit(all_of.complaint, np.ones(len(tones), dtype=bool))
    return {"weights": weights, "bias": dict(zip(TAGS, bias.tolist(), strict=True))}, unseen


def weigh_heat(all_of: Lessons, tones: Sequence[Tone]) -> tuple[Table, Array]:
    """Return the table, and the log-odds of each message's four steps unseen."""
    told = []
    for tone in tones:
        shared = tone.told({"quick": log_odds(tone.quick)})
        odds = [log_odds(step) for step in tone.steps]
        told += [{**shared, "odds": one, "short.odds": one * tone.shortness} for one in odds]
    made = Weighing(
        told, (all_of.place[:, None] * STEPS + np.arange(STEPS)).ravel(), np.repeat(all_of.counts, STEPS), HEAT_FREEDOM
    )
    wanted = (all_of.steps[:, None] > np.arange(STEPS)).ravel()
    unseen = _unseen(made, wanted, np.repeat(all_of.fold, STEPS)).reshape(-1, STEPS)
    weights, bias = made.fit(wanted, np.ones(len(wanted), dtype=bool))
    return {"weights": weights, "bias": dict(zip(TAGS, bias.reshape(-1, STEPS).tolist(), strict=True))}, unseen


def _unseen(made: Weighing, wanted: Mask, fold: NDArray[np.int_]) -> Array:
    odds = np.zeros(len(wanted))
    for number in range(FOLDS):
        out = fold == number
        odds[out] = made.odds(made.fit(wanted, ~out))[out]
    return odds


def report(tier: str, all_of: Lessons, tones: Sequence[Tone], complaint: Array, heat: Array) -> None:
    """Print the figures of each language before and after, of messages that teach and of studied ones."""
    before = np.array([tone.complaint for tone in tones]), np.array([tone.steps[1] for tone in tones])
    for place, tag in enumerate(TAGS):
        for name, lines in (("tone", True), ("studied", False)):
            mine = (all_of.place == place) & (all_of.is_line == lines)
            figures = [
                " → ".join([what, *(str(auroc(said[mine].tolist(), true[mine].tolist())) for said in (old, new))])
                for what, old, new, true in (
                    ("complaint", before[0], complaint, all_of.complaint),
                    ("anger", before[1], heat[:, 1], all_of.steps >= 2),
                )
            ]
            print(tier, tag, name, "; ".join(figures), flush=True)


def rate_of(name: str, values: Array) -> list[str]:
    """Return natural.toml of one tier; languages that were taught no tone keep what they had (`all`)."""
    before = tomllib.loads((WEIGHTS / "natural.toml").read_text(encoding="utf-8"))[name]
    kept = {"slope_all": before["slope_all"], "all": before["bias"]["all"]}
    lines = [line.split(" = ") for line in fit_natural.table(name, values)]
    return [
        " = ".join([key, f"{kept[key]:.4f}" if key in kept else value[0]]) if value else key for key, *value in lines
    ]


def anger_of(heat: Array) -> Array:
    """Return the log-odds of anger, which is no likelier than the step below it."""
    odds: Array = heat[:, :2].min(axis=1)
    return odds


def written(tables: Mapping[str, Mapping[str, Table]]) -> str:
    """Return tone.toml."""
    lines = ["# Made by tools/train_tone.py: what signs of tone weigh in log-odds."]
    for tier, kinds in tables.items():
        for kind, table in kinds.items():
            for part, values in table.items():
                lines += ["", f"[{tier}.{kind}.{part}]"]
                lines += [f'"{name}" = {_shown(value)}' for name, value in values.items()]
    return "\n".join(lines) + "\n"


def _shown(value: float | list[float]) -> str:
    return f"{value:.4f}" if isinstance(value, float) else f"[{', '.join(f'{one:.4f}' for one in value)}]"


def main() -> None:
    """Teach, report, write."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--kept", type=Path, help="where vectors are kept")
    kept = wanted.parse_args().kept
    all_of, tables, natural = lessons(kept), {}, [f"share_angry = {fit_natural.SHARE}"]
    letters, files = learn_letters(all_of)
    sounds, made = learn_heads(all_of, kept)
    for tier, tones, ear in (("quick", all_of.quick, None), ("full", all_of.full, sounds)):
        fair = with_unseen(tones, letters, ear)
        (complaint, odds), (heat, steps) = weigh_complaint(all_of, fair), weigh_heat(all_of, fair)
        report(tier, all_of, fair, odds, steps)
        for (which, tag), by in LOWERED.items():
            complaint["bias"][tag] -= by if which == tier else 0.0
        tables[tier] = {"complaint": complaint, "heat": heat}
        fitted = fit_natural.fit(anger_of(steps), all_of.angry, all_of.place)
        natural += rate_of("encoded" if tier == "full" else "quick", fitted)
    (WEIGHTS / "tone.toml").write_text(written(tables), encoding="utf-8")
    (WEIGHTS / "natural.toml").write_text("\n".join([NATURAL, *natural]) + "\n", encoding="utf-8")
    np.savez_compressed(WEIGHTS / "tone.npz", weights=made[0].astype(np.float16), bias=made[1].astype(np.float32))
    for tag, file in files.items():
        np.savez_compressed(WEIGHTS / f"{tag}-tone.npz", **file)


if __name__ == "__main__":
    main()
