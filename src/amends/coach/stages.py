"""How far a reply walks the four stages, and which parts of an apology it holds."""

from typing import Final

from amends.coach.finding import Apology
from amends.coach.parts import all_earned
from amends.coach.scene import Scene
from amends.text.spans import Span
from amends.vocabulary import Stage

# Shares of a stage that one kind of sentence fills. A stage is full at 1, so one part may stand for another.
STAGE_SHARES: Final = {
    Stage.LISTEN: {"restate": 0.7, "specific": 0.4, "thank": 0.3},
    Stage.ACKNOWLEDGE: {"feel": 0.4, "own": 0.35, "apologise": 0.35},
    Stage.MEETING: {"ask": 0.6, "offer": 0.5, "together": 0.3},
    Stage.ACT: {"act": 0.6, "promise": 0.5},
}

# What makes an apology work, weighed by Lewicki, Polin and Lount (2016): responsibility most, then the offer of
# repair; regret, explanation and repentance about the same; asking to be forgiven least, and never required.
APOLOGY_SHARES: Final = {
    "responsibility": 0.28,
    "repair": 0.22,
    "regret": 0.17,
    "explanation": 0.15,
    "repentance": 0.13,
    "forgiveness": 0.05,
}
SHOWN_BY: Final = {
    "responsibility": ("own",),
    "repair": ("act", "offer", "promise"),
    "regret": ("apologise",),
    "explanation": ("explain",),
    "repentance": ("repent",),
    "forgiveness": ("forgive",),
}


def stages(scene: Scene) -> dict[Stage, float]:
    """Return how much of each stage the reply covers, 0–1. Adding a sentence never lowers one."""
    return {
        stage: min(1.0, sum(share * scene.share(label) for label, share in shares.items()))
        for stage, shares in STAGE_SHARES.items()
    }


def apology(scene: Scene) -> Apology:
    """Return the parts of the apology that the reply holds, each 0–1, and their weighed sum."""
    parts = {part: scene.share(*labels) for part, labels in SHOWN_BY.items()}
    score = round(sum(APOLOGY_SHARES[part] * has for part, has in parts.items()), 4)
    return Apology(parts=parts, score=score, earned=all_earned(scene, SHOWN_BY))


def steps(scene: Scene) -> dict[str, Span]:
    """Return for each kind of sentence that fills a stage the words that say it; what is missing is left out."""
    return all_earned(scene, {label: (label,) for shares in STAGE_SHARES.values() for label in shares})
