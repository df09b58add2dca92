"""The coach proposes a real date where a reply says "soon", from the desk's own promises."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Promise
from amends.desk.operations.drafting import review_text
from amends.desk.operations.usual import usual_date
from amends.vocabulary import Deed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SOON = {
    "en": ("We will refund you as soon as possible.", "By November 24"),
    "id": ("Kami akan mengembalikan uang Anda secepatnya.", "24 November"),
    "th": ("ทางเราจะคืนเงินให้คุณโดยเร็วที่สุด", "24 พฤศจิกายน"),
    "fi": ("Palautamme rahat mahdollisimman pian.", "24. marraskuuta mennessä"),
}


@pytest.fixture
def record(case: Case, aino: Agent, now: datetime) -> list[Promise]:
    """Six refunds in Thailand: five within four business days, one broken."""
    case.brand.timezone = "Asia/Bangkok"
    case.brand.save()
    kept = [
        Promise.objects.create(
            case=case, owner=aino, what="refund", quote="x", made_at=now - 30 * DAY, due_at=now - 20 * DAY,
            ended_at=now - (30 - days) * DAY, state="kept",
        )
        for days in (0, 1, 1, 5, 5)
    ]  # fmt: skip
    broken = Promise.objects.create(
        case=case, owner=aino, what="refund", quote="x", made_at=now - 30 * DAY, due_at=now - 20 * DAY,
        ended_at=now - 19 * DAY, state="broken",
    )  # fmt: skip
    return [*kept, broken]


def test_a_vague_time_is_answered_with_a_real_date(case: Case, record, language: str, now: datetime):
    case.language = language
    text, words = SOON[language]
    seen = review_text(text, case=case, now=now, interface="en")
    found = [finding for finding in seen.verdict.findings if finding.rule == "promise.vague_time"]
    assert words.lower() in found[0].suggestions[0].lower()


def test_the_date_comes_from_such_promises_in_that_country(case: Case, record, now: datetime):
    found = usual_date(case, Deed.REFUND, now=now)
    assert found is not None
    assert (found.usual.days, found.usual.n, round(found.usual.share, 2)) == (4, 6, 0.83)
    assert usual_date(case, Deed.CALL, now=now) is None
    case.customer.country = "FI"
    assert usual_date(case, Deed.REFUND, now=now) is None


def test_from_four_cases_nothing_is_proposed(case: Case, record, now: datetime):
    Promise.objects.filter(pk__in=[each.pk for each in record[:2]]).delete()
    assert usual_date(case, Deed.REFUND, now=now) is None
    seen = review_text(SOON["en"][0], case=case, now=now, interface="en")
    assert all(finding.suggestions == () for finding in seen.verdict.findings if finding.rule == "promise.vague_time")
