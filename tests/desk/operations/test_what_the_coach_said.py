"""What the coach said and what became of it: recorded at send, for the writer and those who lead them alone."""

from collections.abc import Callable
from datetime import datetime

import pytest

from amends.desk.access import events_for
from amends.desk.access_to_coach import coaching_for
from amends.desk.models import Agent, Case, Draft, Event, Membership, Message, Role, Team
from amends.desk.operations.drafting import dismiss_finding, review_draft, save_draft
from amends.desk.operations.listening import hear
from amends.desk.operations.send import send

pytestmark = pytest.mark.django_db
HOLLOW = "Somchai, we are sorry for the inconvenience."
BETTER = "Somchai, I am sorry that your parcel is late. That was our mistake. I look into it myself. Aino"


@pytest.fixture
def written(case: Case, aino: Agent, now: datetime) -> Draft:
    """A hollow draft that the coach has read."""
    case.language = "en"
    case.save()
    talk = case.conversations.get()
    Message.objects.create(
        conversation=talk, direction="in", sender="somchai@example.org", text="Where is it?", new_text="Where is it?",
        at=now, dedupe_key="1",
    )  # fmt: skip
    draft = save_draft(case, author=aino, text=HOLLOW, seen_version=case.version, now=now)
    hear(draft, review_draft(draft, now=now, interface="en").verdict.findings)
    return draft


def outcomes() -> dict[str, str]:
    said = Event.objects.get(kind="coach.said").facts["said"]
    return {one["rule"]: one["outcome"] for one in said}


def test_words_changed_after_a_finding_are_recorded_as_changed(written: Draft, aino: Agent, now: datetime):
    send(save_draft(written.case, author=aino, text=BETTER, seen_version=written.case.version, now=now), now=now)
    assert outcomes()["apology.inconvenience"] == "changed"


def test_words_of_the_coach_are_recorded_as_used_but_not_kept(written: Draft, aino: Agent, now: datetime):
    seen = review_draft(written, now=now, interface="en").verdict.findings
    (better,) = [one.suggestions[0] for one in seen if one.rule == "apology.inconvenience"]
    text = HOLLOW.replace("we are sorry for the inconvenience", better)
    draft = save_draft(written.case, author=aino, text=text, seen_version=written.case.version, now=now)
    send(draft, reason="Her own words.", now=now)
    assert outcomes()["apology.inconvenience"] == "used"
    assert all("suggestions" not in one for one in Event.objects.get(kind="coach.said").facts["said"])


def test_words_sent_all_the_same_are_recorded_with_the_reason(written: Draft, now: datetime):
    send(written, reason="Her own words.", now=now)
    assert outcomes()["apology.inconvenience"] == "sent"
    assert Event.objects.get(kind="coach.said").facts["reason"] == "Her own words."


def test_a_finding_set_aside_is_recorded_with_why(written: Draft, now: datetime):
    dismiss_finding(
        written, rule="apology.inconvenience", quote="we are sorry for the inconvenience", reason="Quoted.", now=now
    )
    send(written, reason="", now=now)
    assert outcomes()["apology.inconvenience"] == "set_aside"


def test_what_was_heard_once_is_not_written_again(
    written: Draft, django_assert_num_queries: Callable[..., object], now: datetime
):
    found = review_draft(written, now=now, interface="en").verdict.findings
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert not hear(written, found)


def test_only_the_writer_and_their_lead_may_see_it(
    written: Draft, aino: Agent, team: Team, person: Callable[..., Agent], now: datetime
):
    send(written, reason="Her own words.", now=now)
    lead, colleague = person(Role.LEAD, "maya"), person(Role.AGENT, "ville")
    elsewhere = person(None, "grace")
    other = Team.objects.create(name="Elsewhere")
    Membership.objects.create(agent=elsewhere, team=other, role=Role.LEAD)
    admin = person(Role.ADMIN, "root")
    assert [coaching_for(who).count() for who in (aino, lead, colleague, elsewhere, admin)] == [1, 1, 0, 0, 0]


def test_no_other_door_shows_it_not_even_to_the_lead(written: Draft, person: Callable[..., Agent], now: datetime):
    send(written, reason="Her own words.", now=now)
    lead = person(Role.LEAD, "maya")
    assert not events_for(lead).filter(kind__in=["coach.said", "finding.dismissed"]).exists()
    queued = events_for(lead).get(kind="reply.queued")
    assert not {"errors", "score", "said"} & set(queued.facts)
