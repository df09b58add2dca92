"""A case of its own is offered for another trouble, and for nothing less."""

from datetime import timedelta

import pytest

from amends.flow.topic import SplitReason, split_reason

DAY = timedelta(days=1)
SAME = {"subject": "Re: Parcel", "subject_before": "Parcel", "orders": {"1"}, "orders_before": {"1"}, "quiet_for": DAY}


@pytest.mark.parametrize(
    "change, reason",
    [
        ({}, None),
        ({"subject": "The lamp", "orders": {"2"}}, SplitReason.OTHER_ORDER),
        ({"subject": "VS: PARCEL", "orders": {"2"}}, None),
        ({"subject": "The lamp"}, None),
        ({"subject": "The lamp", "orders": {"2"}, "orders_before": set()}, None),
        ({"quiet_for": 61 * DAY}, SplitReason.LONG_QUIET),
        ({"quiet_for": 8 * DAY, "rested": True}, SplitReason.RESTED),
        ({"quiet_for": 2 * DAY, "rested": True}, None),
        ({"quiet_for": 8 * DAY}, None),
    ],
)
def test_a_case_of_its_own_is_offered_for_another_trouble(change, reason) -> None:
    assert split_reason(**({"rested": False} | SAME | change)) is reason
