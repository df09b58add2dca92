"""Count: more of something than a reply can bear."""

from amends.coach.entry import Entry
from amends.coach.finding import Detector
from amends.coach.scene import Hit, Scene
from amends.text.segments import words


def find(entry: Entry, scene: Scene) -> list[Hit]:
    """Return a hit for the whole reply when its labels, or its words, stand there more than `entry.most` times.

    With `more_than` the sentences that carry `entry.labels` are weighed against those that carry these.
    """
    counted = sum(1 for marks in scene.labels if marks & frozenset(entry.labels)) + len(scene.spans(entry.number))
    limit = sum(1 for marks in scene.labels if marks & frozenset(entry.more_than)) if entry.more_than else 0
    # Words are counted only where one page would be too much: a language without spaces takes long to part them.
    too_many = counted > limit + entry.most and counted > limit + entry.most * _pages(entry, scene)
    return [Hit(span=None, detector=Detector.STRUCTURE)] if too_many else []


def _pages(entry: Entry, scene: Scene) -> int:
    if not entry.per_words:
        return 1
    return 1 + len(words(scene.page.reply, scene.pack.sentence_rules)) // entry.per_words
