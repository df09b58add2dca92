"""VADER, TextBlob and AFINN on the lines of `amends bench read`: run by a Python that has them, nothing of ours.

Reads JSON Lines {"text"} and prints one JSON list a line: [CPU milliseconds, how negative it is]. The first line is
answered once beforehand, so that loading is not counted.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

Negative = Callable[[str], float]


def vader() -> Negative:
    """Return how negative VADER finds a text."""
    judge: Any = importlib.import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    return lambda text: -float(judge.polarity_scores(text)["compound"])


def textblob() -> Negative:
    """Return how negative TextBlob finds a text."""
    blob: Any = importlib.import_module("textblob").TextBlob
    return lambda text: -float(blob(text).sentiment.polarity)


def afinn() -> Negative:
    """Return how negative AFINN finds a text: in English, or in Finnish when asked by that name."""
    judge: Any = importlib.import_module("afinn").Afinn()
    return lambda text: -float(judge.score(text))


def afinn_fi() -> Negative:
    """Return how negative the Finnish AFINN finds a text."""
    judge: Any = importlib.import_module("afinn").Afinn(language="fi")
    return lambda text: -float(judge.score(text))


PEERS = {"VADER": vader, "TextBlob": textblob, "AFINN": afinn, "AFINN (fi)": afinn_fi}


def main(name: str) -> None:
    """Answer standard input line by line."""
    negative, rows = PEERS[name](), [json.loads(line) for line in sys.stdin]
    for row in rows[:1]:
        negative(row["text"])
    for row in rows:
        before = time.process_time_ns()
        score = negative(row["text"])
        print(json.dumps([(time.process_time_ns() - before) / 1e6, score]))


if __name__ == "__main__":
    main(sys.argv[1])
