"""Where a customer stands among all, by what they bought and how long they have been with us: what is at stake."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from amends.vocabulary import Moment

LEAST_TO_RANK: Final = 10
"""Among fewer customers a rank says nothing."""
OF_PURCHASES: Final = 2 / 3
"""What part purchases weigh; the years with us weigh the rest."""
Compared = TypeVar("Compared", Decimal, Moment)


def worths(since: Mapping[int, Moment], bought: Mapping[tuple[int, str], Decimal]) -> dict[int, float]:
    """Return for each customer of `since` where they stand among all, 0–1 in hundredths; none among too few.

    `bought`: what each bought and kept, by customer and currency. Sums are ranked within their currency, because no
    rate of exchange is known here; of several ranks the best counts. Who bought nothing is ranked by years alone.
    """
    if len(since) < LEAST_TO_RANK:
        return {}
    by_currency: dict[str, list[Decimal]] = defaultdict(list)
    for (_, currency), amount in bought.items():
        by_currency[currency].append(amount)
    sums = {currency: sorted(amounts) for currency, amounts in by_currency.items()}
    purchases: dict[int, float] = defaultdict(float)
    for (customer, currency), amount in bought.items():
        purchases[customer] = max(purchases[customer], _above(amount, sums[currency]))
    by_date = sorted(since.values())
    return {
        customer: round(OF_PURCHASES * purchases[customer] + (1 - OF_PURCHASES) * _longer(began, by_date), 2)
        for customer, began in since.items()
    }


def _above(amount: Decimal, everybody: Sequence[Decimal]) -> float:
    """Return the part of those who bought that bought less; one who is alone stands in the middle."""
    return bisect_left(everybody, amount) / (len(everybody) - 1) if len(everybody) > 1 else 0.5


def _longer(began: Moment, everybody: Sequence[Moment]) -> float:
    """Return the part of all others who came later."""
    return 1 - bisect_left(everybody, began) / (len(everybody) - 1)
