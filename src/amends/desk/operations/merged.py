"""Where a case that was merged leads to."""

from typing import Final

from amends.desk.models import Case

LONGEST_WAY: Final = 50


def led_to(case: Case) -> Case:
    """Return the case in which the words of this one lie now; itself when it was never merged."""
    for _ in range(LONGEST_WAY):
        if case.merged_into is None:
            break
        case = case.merged_into
    return case
