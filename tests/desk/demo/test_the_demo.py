"""The demo: invented customers, but every word went through the desk's real acts."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from amends.desk.demo.seed import is_seeded, seed
from amends.desk.demo.stand_still import catch_up
from amends.desk.demo.story import Story, stories
from amends.desk.models import (
    Agent,
    Case,
    Draft,
    Event,
    Job,
    Message,
    Promise,
    RawMessage,
    Reply,
    Role,
    SavedView,
    Todo,
)
from amends.desk.search.find import count
from amends.desk.web.shown.queue import counts
from amends.vocabulary import FIRST_CLASS, Intensity

OPENED_AT = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
TOLD = stories()


def case_of(story: Story) -> Case:
    return Case.objects.get(customer__handles__value=story.customer["email"])


@override_settings(SENDING="outbox")
class TestTheDemo(TestCase):
    """One seeding, many questions."""

    @classmethod
    def setUpTestData(cls) -> None:
        seed(OPENED_AT)

    def test_there_are_eighty_stories_as_many_in_each_first_language(self) -> None:
        languages = Counter(Case.objects.values_list("language", flat=True))
        # One of the Indonesian stories is written in Javanese, and read as such.
        assert languages == {**dict.fromkeys(FIRST_CLASS, 19), "id": 18, "jv": 1, "pt": 4}
        assert Case.objects.count() == len(TOLD) == 80

    def test_nothing_is_lost_unread_dead_or_in_quarantine(self) -> None:
        assert set(RawMessage.objects.values_list("state", flat=True)) == {"filed"}
        assert not Job.objects.exclude(state=Job.State.DONE).filter(due_at__lte=OPENED_AT).exists()
        assert not Message.objects.filter(direction="in", reading=None).exists()

    def test_every_story_is_one_case_with_every_word_said(self) -> None:
        for story in TOLD:
            said = Message.objects.filter(conversation__case=case_of(story)).order_by("at")
            assert [message.direction for message in said] == [
                {"customer": "in", "agent": "out"}[told.by] for told in story.thread
            ], story.customer["name"]

    def test_history_is_dated_back_from_the_opening(self) -> None:
        for story in TOLD:
            last = Message.objects.filter(conversation__case=case_of(story)).latest("at")
            assert OPENED_AT - last.at == timedelta(hours=story.thread[-1].hours_ago)
        assert not Event.objects.filter(at__gt=OPENED_AT).exists()

    def test_replies_ended_in_the_outbox(self) -> None:
        assert set(Reply.objects.values_list("state", flat=True)) == {Reply.State.SENT}
        assert all(reply.mime and reply.sent_at < OPENED_AT for reply in Reply.objects.all())

    def test_promises_stand_as_their_stories_tell(self) -> None:
        for story in TOLD:
            for given in story.promises:
                promise = Promise.objects.get(case=case_of(story), quote=given.quote)
                assert promise.state == given.state, (story.customer["name"], given.quote)

    def test_one_promise_at_least_slips_in_each_language(self) -> None:
        slipping = Promise.objects.filter(state="slipping").values_list("case__language", flat=True)
        assert set(FIRST_CLASS) <= set(slipping)

    def test_cases_stand_as_their_stories_tell(self) -> None:
        for story in TOLD:
            case = case_of(story)
            rests = case.status == Case.Status.WAITING or case.snoozed_until is not None
            now = "resolved" if case.status == Case.Status.RESOLVED else "waiting" if rests else "open"
            assert (now, case.owner is None) == (story.status, story.nobodys), story.customer["name"]

    def test_some_are_furious_and_some_are_calm(self) -> None:
        heat = Counter(Case.objects.values_list("intensity", flat=True))
        assert heat[Intensity.FURIOUS] + heat[Intensity.ANGRY] >= 5
        assert heat[Intensity.CALM] + heat[Intensity.UNEASY] >= 5

    def test_few_have_waited_too_long_and_most_wait_for_minutes_or_hours(self) -> None:
        _, waits = counts(Agent.objects.get(username="maya"), now=OPENED_AT)
        assert waits.over * 4 <= waits.waiting, waits
        assert waits.waiting >= 50
        waited = [OPENED_AT - case.waiting_since for case in Case.objects.exclude(waiting_since=None)]
        assert sum(length < timedelta(hours=8) for length in waited) >= len(waited) * 0.75

    def test_some_wait_for_us_and_for_some_we_wait(self) -> None:
        stands = Counter(Case.objects.values_list("status", "customer__language"))
        assert all(stands["waiting", language] for language in FIRST_CLASS), stands
        assert all(stands["resolved", language] for language in FIRST_CLASS), stands

    def test_a_letter_is_signed_by_nobody_but_its_author(self) -> None:
        names = set(Agent.objects.values_list("display_name", flat=True))
        for letter in Message.objects.filter(direction="out"):
            signed = letter.new_text.strip().splitlines()[-1].removeprefix("Salam, ").partition(",")[0]
            assert signed not in names or signed == str(letter.author), signed

    def test_every_role_is_filled(self) -> None:
        assert set(Agent.objects.values_list("memberships__role", flat=True)) == set(Role)

    def test_colleagues_call_each_other_in_notes(self) -> None:
        calls = Event.objects.filter(kind="note.added").values_list("facts__mentions", flat=True)
        assert len(calls) == 4
        assert all(calls)

    def test_a_kept_search_finds_what_they_tagged_and_a_task_waits(self) -> None:
        maya = Agent.objects.get(username="maya")
        kept = SavedView.objects.get()
        assert count(maya, kept.words, now=OPENED_AT) == (4, False)
        assert Todo.objects.filter(kind=Todo.Kind.ACKNOWLEDGE, done_at=None).count() == 1

    def test_nobody_has_a_password(self) -> None:
        assert not any(agent.has_usable_password() for agent in Agent.objects.all())

    def test_no_draft_is_left_lying_about(self) -> None:
        assert not Draft.objects.exists()

    @override_settings(IS_DEMO=True)
    def test_seeding_again_changes_nothing(self) -> None:
        before = Event.objects.count()
        call_command("seed_demo")
        assert is_seeded()
        assert Event.objects.count() == before

    def test_after_a_week_closed_everything_is_as_fresh_as_before(self) -> None:
        waits = {case.pk: case.waiting_since for case in Case.objects.exclude(waiting_since=None)}
        walked = {case.pk: case.stages for case in Case.objects.all()}
        Job.objects.create(task="watch_minute", made_at=OPENED_AT, due_at=OPENED_AT, state=Job.State.DONE)
        pause = catch_up(OPENED_AT + timedelta(days=7))
        assert pause == timedelta(days=7)
        for case in Case.objects.all():
            assert case.waiting_since == (waits[case.pk] + pause if case.pk in waits else None)
            assert set(case.stages) == set(walked[case.pk])
            assert all(
                datetime.fromisoformat(at) - datetime.fromisoformat(walked[case.pk][stage]) == pause
                for stage, at in case.stages.items()
            )

    def test_a_short_pause_moves_nothing(self) -> None:
        last = Job.objects.latest("made_at").made_at
        assert catch_up(last + timedelta(minutes=2)) == timedelta()


@pytest.mark.django_db
def test_a_real_desk_is_never_filled_with_invented_customers() -> None:
    with override_settings(IS_DEMO=False), pytest.raises(CommandError):
        call_command("seed_demo")


@pytest.mark.django_db
def test_a_desk_with_cases_of_its_own_is_not_filled_either(case: Case) -> None:
    with override_settings(IS_DEMO=True), pytest.raises(CommandError):
        call_command("seed_demo")
    assert Case.objects.get() == case
