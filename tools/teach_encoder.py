"""Teach the sentence encoder further for what is heard in replies and in messages: weights/encoder.npz of each.

    pip install torch                                          not among the desk's own libraries; a C compiler too
    python -m tools.teach_encoder coach --kept FILE            about 25 minutes on 2 cores
    AMENDS_DATA=… python -m tools.teach_encoder reading --kept FILE
    python -m tools.train_sentences --taught FILE …            after it: calibrates, weighs, measures
    python -m tools.train_claims --taught FILE …               so for reading, with train_encoder and fit_natural

The coach's is taught by data/coach, reading's by data/reading and the public data that may be used, all languages
together (ADR 0165). Layers of the encoder and one head a label are taught at once; then what changed
is written as steps of 4 bits. FILE keeps, for every text that is judged unseen, what an encoder said of it that was
taught without its part, and the heads of the one that was taught with all. After a few new texts `--before FILE` spares
half of the time: what was kept of the others is taken over, and the new ones are heard by the encoder as it stands.
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from amends.coach import sensing
from amends.engines.choose import embedder
from amends.reading import encoder
from tools.labelled_messages import messages_and_posts
from tools.labelled_sentences import Mask, sentences, told, unsure
from tools.packed_e5 import Packed, changes, lower
from tools.taught import taught as kept_in
from tools.teaching import SEED, Halves, sums, teach


@dataclass(frozen=True, kw_only=True, eq=False)
class Lesson:
    """Texts, and by text and label what is `true` and `asked`. `judged`: whether a text is judged unseen."""

    texts: list[str]
    labels: list[str]
    true: Mask
    asked: Mask
    judged: Mask
    file: Path
    parts: int
    rounds: int
    first: int
    """The lowest of the encoder's twelve layers that is taught (ADR 0180)."""

    def unseen(self) -> NDArray[np.int64]:
        """Return the part without which each text is judged, −1 for one that always teaches."""
        drawn = np.random.default_rng(SEED).permutation(len(self.texts)) % self.parts
        return np.where(self.judged, drawn, -1)


def coach() -> Lesson:
    """Return the sentences of the coach."""
    rows = sentences()
    labels = sorted({label for row in rows for label in row["labels"]})
    return Lesson(
        texts=[row["text"] for row in rows],
        labels=labels,
        true=np.array([[label in row["labels"] for label in labels] for row in rows]),
        asked=told(rows, labels) & ~unsure(rows, labels),
        judged=np.ones(len(rows), dtype=bool),
        file=Path(str(sensing.TAUGHT)),
        parts=2,
        rounds=3,
        first=0,
    )


def reading() -> Lesson:
    """Return the messages, and the posts, reviews and lines of film of public data."""
    texts, labels, true, judged = messages_and_posts()
    return Lesson(
        texts=texts,
        labels=labels,
        true=true == 1,
        asked=~np.isnan(true),
        judged=judged,
        file=Path(str(encoder.TAUGHT)),
        parts=2,
        rounds=2,
        first=0,
    )


LESSONS: Final[Mapping[str, Callable[[], Lesson]]] = {"coach": coach, "reading": reading}


def said_of_parts(lesson: Lesson, packed: Packed, texts: list[Halves]) -> NDArray[np.float32]:
    """Return texts × labels: what is said of each judged text by an encoder that was taught without its part."""
    part, unseen = lesson.unseen(), np.full(lesson.true.shape, np.nan, np.float32)
    for number in range(lesson.parts):
        print(f"without part {number + 1} of {lesson.parts}", flush=True)
        rest, here = np.flatnonzero(part != number), np.flatnonzero(part == number)
        learnt = teach(packed, texts, rest, lesson.true, lesson.asked, first=lesson.first, rounds=lesson.rounds)
        unseen[here] = sums(*learnt, [texts[one] for one in here])
    return unseen


def said_before(lesson: Lesson, file: Path) -> NDArray[np.float32]:
    """Return texts × labels: what a file kept, and what the encoder that was made with it says of texts new since."""
    kept = kept_in(file)
    if kept.labels != lesson.labels:
        raise SystemExit(f"{file} was kept of other labels: teach all parts again")
    at = {text: number for number, text in enumerate(kept.texts)}
    fresh = [text for text in dict.fromkeys(lesson.texts) if text not in at]
    heard = embedder().taught(lesson.file).embed(fresh) @ kept.weights + kept.bias
    said = {**{text: kept.sums[number] for text, number in at.items()}, **dict(zip(fresh, heard, strict=True))}
    print(f"{len(fresh)} texts are new", flush=True)
    return np.array([said[text] for text in lesson.texts], dtype=np.float32)


def main() -> None:
    """Teach each part and the whole, and write."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("what", choices=LESSONS)
    wanted.add_argument("--kept", type=Path, required=True, help="the file to keep what the other tools need")
    wanted.add_argument("--before", type=Path, help="what was kept by the teaching before: parts are not taught again")
    options = wanted.parse_args()
    lesson, packed = LESSONS[options.what](), Packed()
    texts = lower(packed, lesson.texts, lesson.first)
    unseen = said_before(lesson, options.before) if options.before else said_of_parts(lesson, packed, texts)
    print("with all", flush=True)
    every = np.arange(len(texts))
    taught, (weights, bias) = teach(
        packed, texts, every, lesson.true, lesson.asked, first=lesson.first, rounds=lesson.rounds
    )
    np.savez_compressed(lesson.file, allow_pickle=False, **changes(packed, taught))
    np.savez(
        options.kept, texts=np.array(lesson.texts), labels=np.array(lesson.labels), sums=unseen,
        weights=weights.numpy().astype(np.float32), bias=bias.numpy().astype(np.float32),
    )  # fmt: skip
    print(f"{lesson.file.name}: {lesson.file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
