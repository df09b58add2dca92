"""Promises of somebody who is away go to somebody who is here, many at a time."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent, Case, Event, Evidence, Promise, Reply, Role, Todo
from amends.desk.operations.keeping import show

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def promises(case: Case, aino: Agent, now: datetime) -> list[Promise]:
    """Two open promises of Aino, and one that has ended."""
    due_at = clock.now() + DAY
    made = [
        Promise.objects.create(case=case, owner=aino, what=what, quote="today", made_at=now, due_at=due_at)
        for what in ("refund", "call", "visit")
    ]
    Promise.objects.filter(pk=made[2].pk).update(state="kept", ended_at=now)
    return made


def test_a_lead_gives_them_all_to_somebody_at_once(promises: list[Promise], aino: Agent, person, client_of):
    lead, budi = person(Role.LEAD, "liisa"), person(Role.AGENT, "budi")
    Agent.objects.filter(pk=aino.pk).update(away_until=clock.now() + DAY)
    page = client_of(lead).get(reverse("hand-over")).content.decode()
    assert page.count("checked") == 2
    client_of(lead).post(reverse("hand-over"), {"to": budi.pk, "promise": [promise.pk for promise in promises]})
    assert list(Promise.objects.order_by("pk").values_list("owner", flat=True)) == [budi.pk, budi.pk, aino.pk]
    assert Event.objects.filter(kind="promise.handed_over", facts__before=aino.pk).count() == 2


def test_an_agent_does_not_hand_over_for_others(promises: list[Promise], aino: Agent, client_of):
    assert client_of(aino).get(reverse("hand-over")).status_code == 403


def test_what_the_desk_counted_by_mistake_is_promised_anew_and_stays_ended(
    promises: list[Promise], aino: Agent, client_of, now: datetime
):
    promise = promises[0]
    show(promise, kind=Evidence.Kind.ORDER, by=None, now=now)
    assert "That was not it" in client_of(aino).get(reverse("promises")).content.decode()
    told = {"due_at": f"{clock.now() + DAY:%Y-%m-%dT%H:%M}", "why": "another parcel"}
    for _ in range(2):
        client_of(aino).post(reverse("promise-correct", args=[promise.pk]), told)
    promise.refresh_from_db()
    [new] = Promise.objects.filter(replaces=promise)
    assert (promise.state, new.state, new.owner) == ("kept", "made", aino)


def test_what_a_person_wrote_down_a_person_stands_for(promises: list[Promise], aino: Agent, client_of, now: datetime):
    client_of(aino).post(
        reverse("promise-keep", args=[promises[0].pk]), {"evidence": "paid", "kind": "payment", "reference": "R-1"}
    )
    told = {"due_at": f"{clock.now() + DAY:%Y-%m-%dT%H:%M}", "why": "no"}
    client_of(aino).post(reverse("promise-correct", args=[promises[0].pk]), told)
    assert Promise.objects.filter(replaces=promises[0]).count() == 0
    assert "R-1" in client_of(aino).get(reverse("promises")).content.decode()


def test_whoever_resolves_says_when_somebody_asks_after_it(case: Case, aino: Agent, client_of, now: datetime):
    Reply.objects.create(
        conversation=case.conversations.get(), author=aino, recipient="somchai@example.org", text="…", state="sent",
        internet_message_id="<1@x>", queued_at=now, undo_until=now, due_at=now, sent_at=now,
    )  # fmt: skip
    Case.objects.update(status="waiting", last_reply_at=clock.now() - 4 * DAY, opened_at=clock.now() - 5 * DAY)
    at = clock.now() + 3 * DAY
    client_of(aino).post(
        reverse("case-resolve", args=[case.pk]),
        {"ending": "quiet", "follow_up_at": f"{at:%Y-%m-%dT%H:%M}", "follow_up_by": aino.pk},
    )
    todo = Todo.objects.get(kind="follow_up")
    assert (todo.owner, todo.due_at.date()) == (aino, at.date())
