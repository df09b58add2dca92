"""The ledger is its events: whatever is done to a promise, in any order, the log alone gives its state."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.desk.models import Agent, Case, Promise
from amends.desk.operations.ledger import act_on, rebuilt, tell_of
from amends.promises.ledger import Act, Alarm, Deal, NeedsTheirWord, NotDueYet, TooLateToTell
from amends.vocabulary import FinalState, PromiseState

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
ACTS = st.builds(
    Act, deal=st.sampled_from(Deal), words=st.sampled_from(["", "never mind"]), alarm=st.none() | st.sampled_from(Alarm)
)


@given(acts=st.lists(st.tuples(ACTS, st.integers(0, 60)), max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_state_is_rebuilt_from_the_events(case: Case, aino: Agent, acts: list[tuple[Act, int]]):
    promise = Promise.objects.create(
        case=case, owner=aino, what="call", quote="today", made_at=NOW, due_at=NOW + timedelta(hours=8)
    )
    tell_of(promise, "promise.made", by=aino, now=NOW)
    for act, hours in acts:
        if act.alarm is not None and act.deal is not Deal.SLIP:
            continue
        try:
            act_on(promise, act, by=aino, now=NOW + timedelta(hours=hours))
        except (FinalState, NeedsTheirWord, NotDueYet, TooLateToTell):
            continue
    assert rebuilt(promise) == PromiseState(Promise.objects.get(pk=promise.pk).state)
