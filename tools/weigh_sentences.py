"""Weigh patterns, letters and meaning against each other, for `python -m tools.train_sentences`.

Each sentence is judged by letters and meanings taught without it, and weighed by weights taught without it. Where a
pattern found nothing, a label alarms from the least chance at which enough are right; where it found something, the
finding is let pass under a chance at which few were right. Both are chosen on the sentences of data/coach together with
those of the replies of tests/quality, which nobody is taught with.
"""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from amends.coach.judge import findings, look
from amends.coach.kinds.semantic import is_open
from amends.coach.marks import marks
from amends.coach.pack import rules_of
from amends.coach.scene import Scene
from amends.coach.suspecting import FULL, QUICK, RULE_OF, TIERS
from amends.languages import load
from amends.measures.shares import Share
from amends.reading.heads import buckets
from amends.reading.letters import BUCKETS, known
from amends.vocabulary import CaseView

ROOT: Final = Path(__file__).parents[1]
WEIGHTS: Final = ROOT / "src/amends/coach/weights"
MEASURED: Final = ROOT / "src/amends/coach/measured.toml"
REPLIES: Final = ("tests/quality/{}/coach.jsonl", "tests/quality/studied/{}/coach.jsonl")
TAGS: Final = ("en", "id", "th", "fi")
SAID: Final = ("feel", "own", "apologise", "thank", "restate", "explain", "act", "promise", "ask", "offer", "repent",
               "specific")  # fmt: skip
SHAPE: Final = ("asks", "quotes", "length")
SHRINK: Final = 1.0
FEWEST_TEXTS: Final = 2
STEPS: Final = 31
FOLDS: Final = 5
SEED: Final = 20261123
STRENGTH: Final = {QUICK: 0.03, FULL: 0.01}
RIGHT: Final = {QUICK: 0.95, FULL: 0.9}
RIGHT_OF: Final = {(FULL, "blame_department"): 0.85, (FULL, "blame_customer"): 0.78}
"""How many of the sentences that are warned of must be right, all languages together. Blame by implication is hard to
hear, and a warning takes no written reason: there somewhat fewer …"""
RIGHT_IN_EACH: Final = 0.06
"""… and in each language, at most this much less."""
AMONG_USUAL: Final = ("non_apology", "inconvenience")
"""Labels whose alarms are chosen on usual batches alone: a batch weighted to what breaks rules holds hundreds of hollow
apologies and hardly one that is meant, so that nearly any apology in it would be right to warn of."""
FEWEST_ALARMS: Final = 10
FEW_RIGHT: Final = {QUICK: 0.2, FULL: 0.4}
"""Of the findings of patterns that are let pass, at most so many may have been right."""
SURELY_RIGHT: Final = 0.9
"""So many of the findings that keep their full level must be right; the others lose a level."""
NEVER: Final = 2.0

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Row = dict[str, Any]
LABEL_OF: Final = {rule: label for label, rule in RULE_OF.items()}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What patterns make of some sentences: marks, whether they found each label's rule, and whether they are silent.

    All have a row a sentence; `found` and `silent` a column a label of RULE_OF.
    """

    said: list[str]
    marks: Array
    found: Mask
    silent: Mask


def replies() -> list[Row]:
    """Return the sentences of the replies that judge the coach, each with the labels that its author marked there."""
    return [row for tag in TAGS for pattern in REPLIES for row in _sentences(tag, ROOT / pattern.format(tag))]


def _sentences(tag: str, file: Path) -> list[Row]:
    rules, made = rules_of(load(tag)), list[Row]()
    for reply in map(json.loads, file.read_text("utf-8").splitlines()):
        text = reply["reply"]
        page = look(rules, text, case=CaseView(), message=None).page
        quotes = [(LABEL_OF[rule], text.find(words), len(words)) for rule, words in reply["quotes"].items()
                  if rule in LABEL_OF]  # fmt: skip
        for span in map(page.stretch, page.sentences):
            here = [label for label, at, length in quotes if at < span.end and at + length > span.start]
            made.append({"language": tag, "id": reply["id"], "text": span.of(text).strip(), "labels": here})
    return made


def names_of_marks() -> list[str]:
    """Return the marks that are weighed."""
    worded = {e.rule for tag in TAGS for e in rules_of(load(tag)).entries if e.kind in ("phrase", "pattern")}
    watched = [f"cleared.{rule}" for rule in RULE_OF.values()]
    return [*(f"found.{rule}" for rule in sorted(worded)), *watched, *(f"says.{label}" for label in SAID), *SHAPE]


def see(rows: list[Row], names: list[str], labels: list[str]) -> Seen:
    """Return what patterns make of each row, its sentences taken together."""
    said, marked, found, silent = [], [], [], []
    for row in rows:
        rules = rules_of(load(row["language"]))
        scene = look(rules, row["text"], case=CaseView(), message=None)
        these = {finding.rule for finding in findings(rules, scene, interface="en", suspicions=())}
        said.append(" ".join(map(scene.page.said, range(len(scene.page.sentences)))))
        marked.append(marks(rules, scene, names).max(axis=0))
        found.append([RULE_OF[label] in these for label in labels])
        silent.append(
            [RULE_OF[label] not in these and _open(RULE_OF[label], scene, row["language"]) for label in labels]
        )
    return Seen(said=said, marks=np.stack(marked).astype(float), found=np.array(found), silent=np.array(silent))


def _open(rule: str, scene: Scene, tag: str) -> bool:
    entries = [entry for entry in rules_of(load(tag)).entries if entry.rule == rule]
    return all(is_open(number, entries, scene) for number in range(len(scene.page.sentences)))


def weigh(
    rows: list[Row],
    every: list[str],
    *,
    true: Mask,
    asked: Mask,
    usual: Mask,
    odds: Array,
    judged: list[Row],
    judged_odds: Array,
    on: str,
) -> None:
    """Teach the letters and the weights, choose from which chance to alarm and to doubt, report and write.

    `true`, `asked`, `usual`, `odds`: rows × `every` label; `usual`: of a batch as mixed as mail, so that it may say how
    often an alarm is right; `odds` from heads that have not seen the row. `judged`: sentences
    that nobody is taught with. `on`: the day, as written in measured.toml.
    """
    labels, names = [label for label in RULE_OF if label in every], names_of_marks()
    at = [every.index(label) for label in labels]
    want, told = true[:, at], asked[:, at]
    tags, dev_tags = (np.array([row["language"] for row in some]) for some in (rows, judged))
    seen, dev = see(rows, names, labels), see(judged, names, labels)
    sounds, dev_sounds = all_letters(seen.said, tags, want, labels, dev.said, dev_tags)
    dev_true = np.array([[label in row["labels"] for label in labels] for row in judged])
    judges = np.array([label in {"non_apology", "inconvenience", "blame_department", "blame_customer", "never_again"}
                       for label in labels])  # fmt: skip
    kept: dict[str, Any] = {}
    for tier in TIERS:
        heard = np.hstack([_spoken(tags), seen.marks, sounds, *([odds.clip(-8, 8)] if tier == FULL else [])])
        dev_heard = np.hstack(
            [_spoken(dev_tags), dev.marks, dev_sounds, *([judged_odds.clip(-8, 8)] if tier == FULL else [])]
        )
        chance = chances_without_seeing(heard, want, told, tags, STRENGTH[tier])
        weights, stretch, shift = weighed(heard, want, told, tags, STRENGTH[tier])
        dev_chance = _chances(dev_heard, dev_tags, weights, stretch, shift)
        both = Pool(
            chance=np.vstack([chance, dev_chance]),
            true=np.vstack([want, dev_true]),
            told=np.vstack([told, np.tile(judges, (len(judged), 1))]),
            usual=np.vstack([_usual(labels, told, usual[:, at]), np.tile(judges, (len(judged), 1))]),
            found=np.vstack([seen.found, dev.found]),
            silent=np.vstack([seen.silent, dev.silent]),
            tags=np.concatenate([tags, dev_tags]),
            is_dev=np.arange(len(rows) + len(judged)) >= len(rows),
        )
        alarming, doubting, sure = (
            both.alarms([RIGHT_OF.get((tier, label), RIGHT[tier]) for label in labels]),
            both.doubts(FEW_RIGHT[tier]),
            both.sure(),
        )
        report(tier, labels, both, alarming, doubting, sure)
        made = {
            "weights": weights,
            "stretch": stretch,
            "shift": shift,
            "alarming": alarming,
            "doubting": doubting,
            "sure": sure,
        }
        kept |= {f"{tier}_{name}": array.astype(np.float32) for name, array in made.items()}
        measure(tier, labels, both, alarming, doubting, on)
    np.savez_compressed(
        WEIGHTS / "suspicions.npz",
        labels=np.array(labels), languages=np.array(TAGS), marks=np.array(names), meanings=np.array(every), **kept,
    )  # fmt: skip


def _usual(labels: list[str], told: Mask, usual: Mask) -> Mask:
    return np.where(np.isin(labels, AMONG_USUAL), usual, told)


def _spoken(tags: NDArray[np.str_]) -> Array:
    return np.stack([tags == tag for tag in TAGS], axis=1).astype(float)


# Letters


def all_letters(
    said: list[str],
    tags: NDArray[np.str_],
    want: Mask,
    labels: list[str],
    dev_said: list[str],
    dev_tags: NDArray[np.str_],
) -> tuple[Array, Array]:
    """Write the letters of each language; return what sentences sound like to letters that have not seen them."""
    heard, dev_heard = np.zeros(want.shape), np.zeros((len(dev_said), want.shape[1]))
    for tag in TAGS:
        here = np.flatnonzero(tags == tag)
        held = [known(buckets(said[number], size=BUCKETS)) for number in here]
        fold = np.random.default_rng(SEED).permutation(len(here)) % FOLDS
        for number in range(FOLDS):
            part = learnt([h for h, f in zip(held, fold, strict=True) if f != number], want[here[fold != number]])
            heard[here[fold == number]] = part.scores([h for h, f in zip(held, fold, strict=True) if f == number])
        whole = learnt(held, want[here])
        whole.write(WEIGHTS / f"{tag}-letters.npz", labels)
        there = np.flatnonzero(dev_tags == tag)
        dev_heard[there] = whole.scores([known(buckets(dev_said[number], size=BUCKETS)) for number in there])
    return heard, dev_heard


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """Ridge weights over buckets, and how rare each is."""

    rarity: Array
    weights: Array
    bias: Array

    def scores(self, held: list[NDArray[np.uint32]]) -> Array:
        """Return what each text sounds like."""
        answer: Array = scaled(held, self.rarity) @ self.weights + self.bias
        return answer

    def write(self, file: Path, labels: list[str]) -> None:
        """Write the weights as small whole numbers, with the rarity in them."""
        told = self.weights * self.rarity[:, None]
        limit = np.maximum(np.quantile(np.abs(told), 0.9998, axis=0), 1e-9)
        np.savez_compressed(
            file,
            labels=np.array(labels),
            weights=np.clip(np.round(told / limit * STEPS), -STEPS, STEPS).astype(np.int8),
            rarity=self.rarity.astype(np.float16),
            scale=(limit / STEPS).astype(np.float32),
            bias=self.bias.astype(np.float32),
        )


def learnt(held: list[NDArray[np.uint32]], want: Mask) -> Learnt:
    """Return ridge weights of every label in closed form; buckets of a single text say nothing."""
    seen = np.zeros(BUCKETS)
    for text in held:
        seen[text] += 1
    rarity = np.where(seen >= FEWEST_TEXTS, np.round((np.log((1 + len(held)) / (1 + seen)) + 1) * 24) / 24, 0.0)
    rows, bias = scaled(held, rarity), want.mean(axis=0)
    dual = np.linalg.solve((rows @ rows.T).toarray() + SHRINK * np.eye(len(held)), want - bias)
    return Learnt(rarity=rarity, weights=rows.T @ dual, bias=bias)


def scaled(held: list[NDArray[np.uint32]], rarity: Array) -> Any:
    """Return the texts as sparse rows of length 1."""
    rows = [text[rarity[text] > 0] for text in held]
    values = [rarity[row] / max(float(np.linalg.norm(rarity[row])), 1e-9) for row in rows]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(rows), starts), shape=(len(held), BUCKETS))


# Weights


def weighed(
    heard: Array, want: Mask, told: Mask, tags: NDArray[np.str_], strength: float
) -> tuple[Array, Array, Array]:
    """Return what each thing heard counts for each label; stretch and shift by language make the sums chances."""
    fold = np.random.default_rng(SEED).permutation(len(heard)) % FOLDS
    odds = np.zeros(want.shape)
    for number in range(FOLDS):
        odds[fold == number] = heard[fold == number] @ _sums(heard, want, told & (fold != number)[:, None], strength)
    stretch, shift = np.ones((len(TAGS), want.shape[1])), np.zeros((len(TAGS), want.shape[1]))
    spoken = _spoken(tags)
    for column in range(want.shape[1]):
        said, sums = told[:, column], odds[:, column]
        spread = sums[said].std()
        own = np.hstack([sums[:, None] / spread, spoken, spoken * sums[:, None] / spread])
        made = LogisticRegression(C=0.3, max_iter=2000).fit(own[said], want[said, column])
        stretch[:, column] = (made.coef_[0, 0] + made.coef_[0, 5:]) / spread
        shift[:, column] = made.intercept_[0] + made.coef_[0, 1:5]
    return _sums(heard, want, told, strength), stretch, shift


def _sums(heard: Array, want: Mask, told: Mask, strength: float) -> Array:
    columns = []
    for column in range(want.shape[1]):
        said = told[:, column]
        spread = heard[said].std(axis=0)
        spread[spread < 1e-3] = np.inf
        made = LogisticRegression(C=strength, max_iter=1000).fit(heard[said] / spread, want[said, column])
        columns.append(made.coef_[0] / spread)
    return np.stack(columns, axis=1)


def _chances(heard: Array, tags: NDArray[np.str_], weights: Array, stretch: Array, shift: Array) -> Array:
    at = np.array([TAGS.index(tag) for tag in tags])
    answer: Array = 1 / (1 + np.exp(-np.clip((heard @ weights) * stretch[at] + shift[at], -30, 30)))
    return answer


def chances_without_seeing(heard: Array, want: Mask, told: Mask, tags: NDArray[np.str_], strength: float) -> Array:
    """Return the chances each row gets from weights and calibration taught by the other folds."""
    fold, answer = np.random.default_rng(SEED + 1).permutation(len(heard)) % FOLDS, np.zeros(want.shape)
    for number in range(FOLDS):
        rest = fold != number
        made = weighed(heard[rest], want[rest], told[rest], tags[rest], strength)
        answer[~rest] = _chances(heard[~rest], tags[~rest], *made)
    return answer


# Choosing


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Sentences and the chances they got; all by row, and by label but for `tags` and `is_dev`."""

    chance: Array
    true: Mask
    told: Mask
    usual: Mask
    found: Mask
    silent: Mask
    tags: NDArray[np.str_]
    is_dev: Mask

    def alarms(self, right: list[float]) -> Array:
        """Return from which chance each label alarms where patterns are silent, languages × labels.

        `right`: how many must be right, by label.
        """
        answer = np.full((len(TAGS), self.true.shape[1]), NEVER)
        for column in range(self.true.shape[1]):
            asked = self.silent[:, column] & self.usual[:, column]
            least = _least(self.chance[asked, column], self.true[asked, column], right[column], FEWEST_ALARMS)
            for row, tag in enumerate(TAGS):
                here = asked & (self.tags == tag)
                own = _least(
                    self.chance[here, column],
                    self.true[here, column],
                    right[column] - RIGHT_IN_EACH,
                    FEWEST_ALARMS // 2,
                )
                answer[row, column] = max(least, own)
        return answer

    def doubts(self, few: float) -> Array:
        """Return under which chance a pattern's finding is let pass, languages × labels."""
        answer = np.zeros((len(TAGS), self.true.shape[1]))
        for column in range(self.true.shape[1]):
            asked = self.found[:, column] & self.told[:, column]
            chance, true = self.chance[asked, column], self.true[asked, column]
            order = np.argsort(chance)
            share = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
            enough = np.flatnonzero(share <= few)
            if enough.size:
                answer[:, column] = chance[order[enough[-1]]] + 1e-6
        return answer

    def sure(self) -> Array:
        """Return from which chance a pattern's finding keeps its full level, languages × labels."""
        answer = np.zeros((len(TAGS), self.true.shape[1]))
        for column in range(self.true.shape[1]):
            asked = self.found[:, column] & self.told[:, column] & ~self.is_dev
            answer[:, column] = _least(self.chance[asked, column], self.true[asked, column], SURELY_RIGHT, 1)
        return answer

    def claims(self, alarming: Array, doubting: Array) -> Mask:
        """Return what is claimed of each row, patterns and suspicions together."""
        at = np.array([TAGS.index(tag) for tag in self.tags])
        claimed: Mask = (self.found & (self.chance >= doubting[at])) | (self.silent & (self.chance >= alarming[at]))
        return claimed


def _least(chance: Array, true: Mask, right: float, fewest: int) -> float:
    order = np.argsort(-chance)
    share = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
    enough = [place for place in np.flatnonzero(share >= right) if place + 1 >= fewest]
    return float(chance[order[enough[-1]]]) if enough else NEVER


# Telling


def report(tier: str, labels: list[str], pool: Pool, alarming: Array, doubting: Array, sure: Array) -> None:
    """Print for each label what patterns do alone, what is doubted and alarmed, and all together by language."""
    claimed, at = pool.claims(alarming, doubting), np.array([TAGS.index(tag) for tag in pool.tags])
    doubted = pool.found & (pool.chance < doubting[at])
    for column, label in enumerate(labels):
        for place, some in (("folds", ~pool.is_dev), ("dev", pool.is_dev)):
            here = some & pool.told[:, column]
            if not here.any():
                continue
            true = pool.true[here, column]
            alone, all_, out = pool.found[here, column], claimed[here, column], doubted[here, column]
            full = alone & (pool.chance[here, column] >= sure[at[here], column])
            print(f"{tier:5} {label:17} {place:5} n={true.sum():3} words {_pr(alone, true)} → {_pr(all_, true)};",
                  f"let pass {out.sum()} ({(out & true).sum()} right);",
                  f"full level {_pr(full, true)} from {sure[0, column]:.2f};",
                  f"warned {(all_ & ~alone).sum()} ({(all_ & ~alone & true).sum()} right) from",
                  " ".join(f"{least:.2f}" for least in alarming[:, column]))  # fmt: skip


def _pr(claimed: Mask, true: Mask) -> str:
    right = (claimed & true).sum()
    return f"P {right / max(1, claimed.sum()):.3f} R {right / max(1, true.sum()):.3f}"


def measure(tier: str, labels: list[str], pool: Pool, alarming: Array, doubting: Array, on: str) -> None:
    """Write to measured.toml what each rule's detectors do in each language, on the folds of data/coach."""
    claimed = pool.claims(alarming, doubting)
    rows = []
    for column, label in enumerate(labels):
        for tag in TAGS:
            here = ~pool.is_dev & pool.told[:, column] & (pool.tags == tag)
            true = pool.true[here, column]
            for detector, said in (("words", pool.found[here, column]), (tier, claimed[here, column])):
                rows.append((RULE_OF[label], tag, detector, int((said & true).sum()), int(said.sum()), int(true.sum())))
    _write(rows, on)


def _write(rows: list[tuple[str, str, str, int, int, int]], on: str) -> None:
    known_rows = tomllib.loads(MEASURED.read_text("utf-8"))["measured"] if MEASURED.exists() else []
    held = {(row["rule"], row["language"], row["detector"]): row for row in known_rows}
    for rule, language, detector, right, claimed, true in rows:
        held[rule, language, detector] = {
            "rule": rule, "language": language, "detector": detector, "right": right, "claimed": claimed, "true": true,
            "on": "data/coach, folds", "date": on,
        }  # fmt: skip
    lines = ["# What each detector of a rule does on sentences it was not taught with: python -m tools.train_sentences"]
    for row in held.values():
        pairs = ", ".join(f"{key} = {json.dumps(value)}" for key, value in row.items())
        lines.append(f"    {{ {pairs} }},")
    MEASURED.write_text("\n".join([lines[0], "measured = [", *lines[1:], "]", ""]), "utf-8")


def said_of(right: int, n: int) -> str:
    """Return a share with its interval and n."""
    return str(Share(hits=right, n=n))
