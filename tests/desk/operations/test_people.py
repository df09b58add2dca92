"""People, mailboxes and notes between colleagues."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Brand, Case, Event, Mailbox, Membership, Promise, Role, Team, Todo
from amends.desk.operations import people
from amends.desk.operations.case_life import assign
from amends.desk.operations.notes import add_note

pytestmark = pytest.mark.django_db


def test_a_mailboxs_password_never_lies_in_a_row(aino: Agent, brand: Brand, now: datetime):
    box = people.add_mailbox(by=aino, now=now, brand=brand, address="care@lumi.example", imap_password="s3cret")
    assert people.password_of(box, "imap") == "s3cret"
    assert "s3cret" not in str([list(Mailbox.objects.values()), list(Event.objects.values())])


def test_a_changed_mailbox_keeps_its_password_unless_a_new_one_is_given(aino: Agent, brand: Brand, now: datetime):
    box = people.add_mailbox(by=aino, now=now, brand=brand, address="a@lumi.example", smtp_password="old")
    people.change_mailbox(box, by=aino, now=now, address="b@lumi.example")
    assert people.password_of(box, "smtp") == "old"
    people.change_mailbox(box, by=aino, now=now, smtp_password="new")
    assert people.password_of(box, "smtp") == "new"


def test_roles_are_set_to_exactly_those_named(aino: Agent, team: Team, now: datetime):
    people.set_roles(aino, team=team, roles=[Role.LEAD, "analyst"], by=None, now=now)
    assert set(Membership.objects.values_list("role", flat=True)) == {"lead", "analyst"}
    people.set_roles(aino, team=team, roles=[], by=None, now=now)
    assert not Membership.objects.exists()


def test_a_new_colleague_without_a_password_comes_in_by_link_only(now: datetime):
    nok = people.add_agent(username="nok", by=None, now=now, display_name="Nok", languages=["th", "en"])
    assert (nok.has_usable_password(), nok.languages) == (False, ["th", "en"])


def test_a_note_calls_the_colleagues_it_names(case: Case, aino: Agent, person, now: datetime):
    ville = person(Role.AGENT, "ville")
    note = add_note(case, author=aino, text="@ville, can you call them? Not @nobody.", now=now)
    assert Event.objects.get(kind="note.added").facts["mentions"] == [ville.pk]
    assert note.case == case


def test_everybody_sets_their_own_preferences(aino: Agent, now: datetime):
    people.set_preferences(
        aino, display_name="Aino K", interface_language="fi", timezone="Europe/Helsinki", languages=["fi"], now=now
    )
    assert Agent.objects.get(pk=aino.pk).interface_language == "fi"


@pytest.fixture
def owed(case: Case, aino: Agent, now: datetime) -> Promise:
    """A promise of Aino's on a case that is not hers any more, and a task of hers."""
    Todo.objects.create(case=case, kind="follow_up", owner=aino, made_at=now, due_at=now)
    return Promise.objects.create(case=case, owner=aino, quote="by Friday", made_at=now, due_at=now + timedelta(days=2))


@pytest.mark.parametrize("asked", [True, False])
def test_what_a_leaver_promised_goes_to_whom_is_named_or_to_a_lead(asked: bool, owed, aino, person, now: datetime):
    lead, ville = person(Role.LEAD, "maya"), person(Role.AGENT, "ville")
    people.leave(aino, by=lead, heir=ville if asked else None, now=now)
    assert Promise.objects.get().owner == Todo.objects.get().owner == (ville if asked else lead)
    assert Event.objects.get(kind="promise.handed_over").facts["before"] == aino.pk


def test_nothing_open_stays_with_a_leaver_even_where_nobody_leads(owed: Promise, aino: Agent, person, now: datetime):
    people.leave(aino, by=person(Role.ADMIN, "grace"), now=now)
    assert (Promise.objects.get().owner, Todo.objects.get().owner) == (None, None)
    assert Event.objects.filter(kind="promise.handed_over").count() == 1


def test_what_had_ended_stays_with_who_kept_it(owed: Promise, aino: Agent, person, now: datetime):
    Promise.objects.update(state="kept", ended_at=now)
    people.leave(aino, by=person(Role.LEAD, "maya"), now=now)
    assert Promise.objects.get().owner == aino


def test_whoever_takes_the_case_takes_over_what_the_lead_stood_in_for(owed, case: Case, aino, person, now: datetime):
    lead, ville = person(Role.LEAD, "maya"), person(Role.AGENT, "ville")
    people.leave(aino, by=lead, now=now)
    assign(Case.objects.get(), to=ville, by=lead, now=now)
    assert Promise.objects.get().owner == ville
