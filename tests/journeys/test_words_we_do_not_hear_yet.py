"""Words that the journeys' first tellings used and the desk did not hear. Each is a fault of ours with a name.

A line that begins to pass fails here on purpose: take its mark away, and it stays as one that we hear.
"""

from datetime import datetime

from amends.coach.review import review
from amends.languages import load
from amends.reading.read import read
from amends.testing import late_parcel
from tests.journeys.test_refund_dispute import STORIES


def test_a_wish_for_the_manager_stands_although_something_else_is_refused(now: datetime) -> None:
    said = "Haluan puhua esimiehen kanssa, en halua enää yhtään valmista vastausta."
    assert read(said, now=now).demands_manager


def test_one_thing_paid_for_and_another_in_the_box_is_the_wrong_item(now: datetime) -> None:
    said = "I paid for a cast iron pan and I open the box to find a plastic salad spinner. You lot got it wrong again."
    assert "wrong_item" in [cause.kind for cause in read(said, now=now).causes[:1]]


def test_an_apology_for_leaving_them_alone_does_not_isolate(now: datetime) -> None:
    said = "ขอโทษที่เราปล่อยให้คุณต้องรับมือคนเดียวค่ะ"
    verdict = review(said, case=late_parcel(), message=None, pack=load("th"), now=now, interface="en")
    assert "isolate" not in [finding.rule for finding in verdict.findings]


def test_money_withheld_and_called_theft_is_anger(now: datetime) -> None:
    assert read(STORIES[0].angry, now=now).intensity >= 3
