"""Weigh patterns, letters and meaning against each other, for `python -m tools.train_sentences`.

Each sentence is judged by letters and meanings taught without it, and weighed by weights taught without it. Where a
pattern found nothing, a label alarms from the least chance at which enough are right; where it found something, the
finding is let pass under a chance at which few were right. Both are chosen on the sentences of data/coach together with
those of the replies of tests/quality, which nobody is taught with.
"""

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from amends.coach.judge import findings, look
from amends.coach.kinds.semantic import is_open
from amends.coach.marks import marks
from amends.coach.pack import rules_of
from amends.coach.scene import Scene
from amends.coach.suspecting import FULL, NEVER, QUICK, RULE_OF, TIERS
from amends.languages import load
from amends.vocabulary import CaseView
from tools.labelled_sentences import TAGS, WEAKNESSES, Mask, Row
from tools.sentence_alarms import Pool, measure, report
from tools.sentence_letters import SEED, WEIGHTS, all_letters

ROOT: Final = Path(__file__).parents[1]
REPLIES: Final = ("tests/quality/{}/coach.jsonl", "tests/quality/studied/{}/coach.jsonl")
LEAST: Final = {QUICK: 0.9, FULL: 0.0}
"""Under this chance nothing alarms: letters alone took "posted again" for a promise of never again."""
SILENT: Final = {QUICK: ("unsure", "assumes", "gushing"), FULL: ("assumes",)}
"""Labels of which only patterns speak: the others alarmed on our own sentences, or mostly on what was fine …"""
UNDOUBTED: Final = ("unsure", "assumes", "gushing")
"""… and labels of which no finding of a pattern is let pass."""
GOOD: Final = "tests/quality/good/{}.jsonl"
SAID: Final = ("feel", "own", "apologise", "thank", "restate", "explain", "act", "promise", "ask", "offer", "repent",
               "specific")  # fmt: skip
SHAPE: Final = ("asks", "quotes", "length")
FOLDS: Final = 3
STRENGTH: Final = {QUICK: 0.03, FULL: 0.01}
STRENGTH_OF: Final = {(FULL, label): 0.1 for label in WEAKNESSES}
"""How freely weights may fit: weaknesses are rare, so that a tight rein took every one of them for unlikely."""
RIGHT: Final = {QUICK: 0.95, FULL: 0.9}
RIGHT_OF: Final = {
    (FULL, "blame_department"): 0.85,
    (FULL, "blame_customer"): 0.78,
    **{(QUICK, label): 0.8 for label in WEAKNESSES},
    **{(FULL, label): 0.72 for label in WEAKNESSES},
}
"""How many of the sentences that are warned of must be right, all languages together. Blame by implication is hard to
hear, and a warning takes no written reason: there somewhat fewer; and a weakness is only hinted at."""
AMONG_USUAL: Final = ("non_apology", "inconvenience")
"""Labels whose alarms are chosen on usual batches alone: a batch weighted to what breaks rules holds hundreds of hollow
apologies and hardly one that is meant, so that nearly any apology in it would be right to warn of."""
FEW_RIGHT: Final = {QUICK: 0.2, FULL: 0.3}
"""Of the findings of patterns that are let pass, at most so many may have been right …"""
LEAST_LIKELY: Final = {QUICK: 0.12, FULL: 0.35}
"""… and none of this chance or more, however often those below it were wrong."""
JUDGED: Final = ("non_apology", "inconvenience", "blame_department", "blame_customer", "never_again")
"""Labels that the authors of the judging replies were asked for."""

Array = NDArray[np.float64]
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
    """Return the sentences of the replies that judge the coach, each with the labels that its author marked there.

    Those of good letters, which carry no label, are marked `good`.
    """
    told = [row for tag in TAGS for pattern in REPLIES for row in sentences_in(tag, ROOT / pattern.format(tag))]
    good = [row for tag in TAGS for row in sentences_in(tag, ROOT / GOOD.format(tag))]
    return told + [row | {"good": True} for row in good]


def sentences_in(tag: str, file: Path) -> list[Row]:
    """Return the sentences of a file of replies, each with the labels whose quoted words it holds."""
    rules, made = rules_of(load(tag)), list[Row]()
    for reply in map(json.loads, file.read_text("utf-8").splitlines()):
        text = reply["reply"]
        page = look(rules, text, case=CaseView(), message=None).page
        quotes = [(LABEL_OF[rule], text.find(words), len(words)) for rule, words in reply.get("quotes", {}).items()
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


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What is learnt from: `rows`, and by row and label what is `true`, `asked` for, `usual`, and heard as `odds`.

    `usual`: of a batch as mixed as mail, so that it may say how often an alarm is right. `odds`: of the encoder's
    heads, taught without the row.
    """

    rows: list[Row]
    labels: list[str]
    true: Mask
    asked: Mask
    usual: Mask
    odds: Array


def weigh(lesson: Lesson, judged: list[Row], judged_odds: Array, *, on: str) -> None:
    """Teach the letters and the weights, choose from which chance to alarm and to doubt, report and write.

    `judged`: sentences that nobody is taught with. `on`: the day, as written in measured.toml.
    """
    labels, names = [label for label in RULE_OF if label in lesson.labels], names_of_marks()
    at = [lesson.labels.index(label) for label in labels]
    want, told = lesson.true[:, at], lesson.asked[:, at]
    tags, dev_tags = (np.array([row["language"] for row in some]) for some in (lesson.rows, judged))
    seen, dev = see(lesson.rows, names, labels), see(judged, names, labels)
    sounds, dev_sounds = all_letters(seen.said, tags, want, labels, dev.said, dev_tags)
    good = np.array([row.get("good", False) for row in judged])
    dev_told = good[:, None] | np.isin(labels, JUDGED)
    kept: dict[str, Any] = {}
    heard = [np.hstack([spoken_of(tags), seen.marks, sounds, *_meant(tier, lesson.odds)]) for tier in TIERS]
    strengths = [[STRENGTH_OF.get((tier, label), STRENGTH[tier]) for label in labels] for tier in TIERS]
    with ProcessPoolExecutor(len(TIERS)) as pool:
        learnt = list(pool.map(partial(_learnt, want=want, told=told, tags=tags), heard, strengths))
    for tier, ((weights, stretch, shift), chances) in zip(TIERS, learnt, strict=True):
        dev_heard = np.hstack([spoken_of(dev_tags), dev.marks, dev_sounds, *_meant(tier, judged_odds)])
        both = Pool(
            chance=np.vstack([chances, _chances(dev_heard, dev_tags, weights, stretch, shift)]),
            true=np.vstack([want, [[label in row["labels"] for label in labels] for row in judged]]),
            told=np.vstack([told, dev_told]),
            usual=np.vstack([_usual(labels, told, lesson.usual[:, at]), dev_told]),
            found=np.vstack([seen.found, dev.found]),
            silent=np.vstack([seen.silent, dev.silent]),
            tags=np.concatenate([tags, dev_tags]),
            is_dev=np.arange(len(tags) + len(dev_tags)) >= len(tags),
            is_good=np.concatenate([np.zeros(len(tags), dtype=bool), good]),
        )  # fmt: skip
        chosen = {
            "alarming": both.alarms([RIGHT_OF.get((tier, label), RIGHT[tier]) for label in labels]).clip(LEAST[tier]),
            "doubting": both.doubts(FEW_RIGHT[tier]).clip(max=LEAST_LIKELY[tier]),
            "sure": both.sure(),
        }
        for thresholds, off, which in (
            (chosen["alarming"], NEVER, SILENT[tier]), (chosen["doubting"], 0.0, UNDOUBTED),
            (chosen["sure"], 0.0, UNDOUBTED),
        ):  # fmt: skip
            thresholds[:, np.isin(labels, which)] = off
        report(tier, labels, both, **chosen)
        measure(tier, labels, both, chosen["alarming"], chosen["doubting"], on)
        made = chosen | {"weights": weights, "stretch": stretch, "shift": shift}
        kept |= {f"{tier}_{name}": array.astype(np.float32) for name, array in made.items()}
    np.savez_compressed(
        WEIGHTS / "suspicions.npz",
        labels=np.array(labels), languages=np.array(TAGS), marks=np.array(names), meanings=np.array(lesson.labels),
        **kept,
    )  # fmt: skip


def _learnt(
    heard: Array, strength: list[float], *, want: Mask, told: Mask, tags: NDArray[np.str_]
) -> tuple[tuple[Array, Array, Array], Array]:
    """Return weights, and the chances each row gets from weights taught without it."""
    unseen = chances_without_seeing(heard, want, told, tags, strength)
    return weighed(heard, want, told, tags, strength), unseen


def _meant(tier: str, odds: Array) -> list[Array]:
    """Return what meaning adds to what is heard: nothing in the quick tier."""
    return [odds.clip(-8, 8)] if tier == FULL else []


def _usual(labels: list[str], told: Mask, usual: Mask) -> Mask:
    return np.where(np.isin(labels, AMONG_USUAL), usual, told)


def spoken_of(tags: NDArray[np.str_]) -> Array:
    """Return a column a language, 1 where a row is in it."""
    return np.stack([tags == tag for tag in TAGS], axis=1).astype(float)


def weighed(
    heard: Array, want: Mask, told: Mask, tags: NDArray[np.str_], strength: list[float]
) -> tuple[Array, Array, Array]:
    """Return what each thing heard counts for each label; stretch and shift by language make the sums chances."""
    fold = np.random.default_rng(SEED).permutation(len(heard)) % FOLDS
    odds = np.zeros(want.shape)
    for number in range(FOLDS):
        odds[fold == number] = heard[fold == number] @ _sums(heard, want, told & (fold != number)[:, None], strength)
    stretch, shift = np.ones((len(TAGS), want.shape[1])), np.zeros((len(TAGS), want.shape[1]))
    spoken = spoken_of(tags)
    for column in range(want.shape[1]):
        said, sums = told[:, column], odds[:, column]
        spread = sums[said].std()
        own = np.hstack([sums[:, None] / spread, spoken, spoken * sums[:, None] / spread])
        made = LogisticRegression(C=0.3, max_iter=2000).fit(own[said], want[said, column])
        stretch[:, column] = (made.coef_[0, 0] + made.coef_[0, 5:]) / spread
        shift[:, column] = made.intercept_[0] + made.coef_[0, 1:5]
    return _sums(heard, want, told, strength), stretch, shift


def _sums(heard: Array, want: Mask, told: Mask, strength: list[float]) -> Array:
    columns = []
    for column in range(want.shape[1]):
        said = told[:, column]
        spread = heard[said].std(axis=0)
        spread[spread < 1e-3] = np.inf
        made = LogisticRegression(C=strength[column], max_iter=1000).fit(heard[said] / spread, want[said, column])
        columns.append(made.coef_[0] / spread)
    return np.stack(columns, axis=1)


def _chances(heard: Array, tags: NDArray[np.str_], weights: Array, stretch: Array, shift: Array) -> Array:
    at = np.array([TAGS.index(tag) for tag in tags])
    answer: Array = 1 / (1 + np.exp(-np.clip((heard @ weights) * stretch[at] + shift[at], -30, 30)))
    return answer


def chances_without_seeing(
    heard: Array, want: Mask, told: Mask, tags: NDArray[np.str_], strength: list[float]
) -> Array:
    """Return the chances each row gets from weights and calibration taught by the other folds."""
    fold, answer = np.random.default_rng(SEED + 1).permutation(len(heard)) % FOLDS, np.zeros(want.shape)
    for number in range(FOLDS):
        rest = fold != number
        made = weighed(heard[rest], want[rest], told[rest], tags[rest], strength)
        answer[~rest] = _chances(heard[~rest], tags[~rest], *made)
    return answer
