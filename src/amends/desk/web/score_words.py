"""What the parts of the coach's scores are called on the screen."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise | str]

PART: Final[Words] = {
    # Translators: parts of a good answer to a complaint; each is there or missing in the reply.
    "responsibility": pgettext_lazy("part of a reply", "responsibility taken"),
    "repair": pgettext_lazy("part of a reply", "repair offered"),
    "regret": pgettext_lazy("part of a reply", "regret"),
    "explanation": pgettext_lazy("part of a reply", "explanation"),
    "repentance": pgettext_lazy("part of a reply", "what will change"),
    "forgiveness": pgettext_lazy("part of a reply", "forgiveness asked"),
    "reaction": pgettext_lazy("part of a reply", "their feeling named"),
    "interpretation": pgettext_lazy("part of a reply", "what it meant for them"),
    "exploration": pgettext_lazy("part of a reply", "asked what would help"),
    "restate": pgettext_lazy("part of a reply", "said back"),
    "specific": pgettext_lazy("part of a reply", "sorry for what happened"),
    "thank": pgettext_lazy("part of a reply", "thanked"),
    "feel": pgettext_lazy("part of a reply", "their feeling named"),
    "own": pgettext_lazy("part of a reply", "responsibility taken"),
    "apologise": pgettext_lazy("part of a reply", "regret"),
    "ask": pgettext_lazy("part of a reply", "asked"),
    "offer": pgettext_lazy("part of a reply", "repair offered"),
    "together": pgettext_lazy("part of a reply", "done together"),
    "act": pgettext_lazy("part of a reply", "something done"),
    "promise": pgettext_lazy("part of a reply", "a day named"),
}
PART_STATE: Final[Words] = {
    "whole": pgettext_lazy("part of a reply", "there"),
    "part": pgettext_lazy("part of a reply", "in general words"),
    "not": pgettext_lazy("part of a reply", "missing"),
}
NEXT: Final[Words] = {
    # Translators: what the next sentence offered for a reply does. After "Next:".
    "greet": pgettext_lazy("next sentence", "greet them by name"),
    "thank": pgettext_lazy("next sentence", "thank them"),
    "restate": pgettext_lazy("next sentence", "show that you read it"),
    "apologise": pgettext_lazy("next sentence", "say sorry for what happened"),
    "own": pgettext_lazy("next sentence", "take responsibility"),
    "repent": pgettext_lazy("next sentence", "say that this is not our standard"),
    "feel": pgettext_lazy("next sentence", "name how they feel"),
    "meant": pgettext_lazy("next sentence", "say what it meant for them"),
    "act": pgettext_lazy("next sentence", "say what you will do"),
    "ask": pgettext_lazy("next sentence", "ask what would put it right"),
}
DETECTOR: Final[Words] = {
    # Translators: how the coach finds what a rule looks for; below "Found by".
    "words": pgettext_lazy("found by", "words and patterns"),
    "quick": pgettext_lazy("found by", "and by the small model"),
    "full": pgettext_lazy("found by", "and by the full model"),
}
SCORE_TABLES: Final[Mapping[str, Words]] = {"part": PART, "part_state": PART_STATE, "next": NEXT, "detector": DETECTOR}
