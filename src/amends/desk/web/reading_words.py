"""What the desk calls what it read, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.reading.told import CostKind, PointKind, Target

Words = Mapping[Any, str | Lazy]

TARGET: Final[Words] = {
    # Translators: what the customer is angry at; stands after "Angry at".
    Target.PRODUCT: pgettext_lazy("angry at", "the product"),
    Target.SERVICE: pgettext_lazy("angry at", "our service"),
    Target.PERSON: pgettext_lazy("angry at", "one of us"),
    Target.OTHER: pgettext_lazy("angry at", "somebody else"),
}
COST: Final[Words] = {
    # Translators: what the trouble took from the customer; their own words follow.
    CostKind.TIME: pgettext_lazy("it cost them", "Time"),
    CostKind.MONEY: pgettext_lazy("it cost them", "Money"),
    CostKind.OCCASION: pgettext_lazy("it cost them", "An occasion"),
    CostKind.HEALTH: pgettext_lazy("it cost them", "Health"),
    CostKind.TRUST: pgettext_lazy("it cost them", "Trust"),
}
POINT: Final[Words] = {
    # Translators: what a sentence of the customer is.
    PointKind.QUESTION: pgettext_lazy("point", "asks"),
    PointKind.REQUEST: pgettext_lazy("point", "wants"),
    PointKind.REPORT: pgettext_lazy("point", "reports"),
}
FEELING: Final[Words] = {
    "anger": pgettext_lazy("emotion", "anger"),
    "disgust": pgettext_lazy("emotion", "disgust"),
    "fear": pgettext_lazy("emotion", "fear"),
    "joy": pgettext_lazy("emotion", "joy"),
    "sadness": pgettext_lazy("emotion", "sadness"),
    "surprise": pgettext_lazy("emotion", "surprise"),
}
REFUSALS: Final = (_("The desk has not read this message yet, so there is nothing to correct. Try again in a moment."),)
"""The docstring of CannotCorrect, where the catalogues find it."""
