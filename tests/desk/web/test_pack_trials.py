"""A pack is tried on former replies by the worker: with progress, taken up again, and only the newest counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.jobs import lease
from amends.desk.jobs.engine import run_due
from amends.desk.jobs.tasks import TASKS
from amends.desk.models import Agent, Case, CoachPack, Job, Message, PackTrial
from amends.desk.operations.pack_trial import AT_ONCE, Part, ask_for_trial, went_on
from amends.desk.operations.packs import keep_pack
from amends.vocabulary import BadPack, Moment
from tests.desk.web.test_pack_pages import FIELDS, OWN, say_to

pytestmark = pytest.mark.django_db
MANY = 2 * AT_ONCE


@pytest.fixture
def admin(browser_of: Any) -> Client:
    return browser_of("admin")


@pytest.fixture
def grace(desk: dict[str, Any], english_case: Case) -> Agent:
    """An administrator of a desk on which many replies were sent, two of which speak of a ticket."""
    writer = desk["people"]["agent"]
    for number in range(MANY):
        say_to(english_case, f"I found lamp {number} in the shop today.", by=writer)
    for words in (
        "Your ticket is open.",
        "Your ticket is closed now.",
        "Tilauksesi on matkalla, pahoittelen viivettä.",
    ):
        say_to(english_case, words, by=writer)
    admin: Agent = desk["people"]["admin"]
    return admin


@pytest.fixture
def ours(grace: Agent) -> CoachPack:
    return keep_pack("Ours", language="en", text=OWN, by=grace, now=clock.now())


def ask(pack: CoachPack | None, by: Agent, *, text: str = OWN) -> PackTrial:
    return ask_for_trial(pack, name="Ours", language="en", text=text, by=by, now=clock.now())


def work(now: Moment | None = None) -> None:
    run_due(now or clock.now(), tasks=TASKS)


def test_the_page_says_that_it_is_tried_and_then_what_was_found(admin: Client, grace: Agent) -> None:
    page = admin.post(reverse("pack-add"), FIELDS | {"try": "1"}, follow=True)
    assert f"0 of {len(PackTrial.objects.get().replies)} replies" in page.content.decode()
    assert page.context["written"]["text"] == OWN
    work()
    again = admin.get(page.redirect_chain[0][0])
    trial = again.context["trial"]
    assert (trial.state, trial.row.fired, trial.row.tried < trial.all_replies) == ("done", 2, True)
    assert trial.fired[0].found == [("own.ticket", "Your ticket")]
    assert CoachPack.objects.count() == 0


def test_htmx_asks_for_the_part_until_it_is_done(admin: Client, grace: Agent, ours: CoachPack) -> None:
    part = reverse("pack-trial", args=[ask(ours, grace).pk])
    waiting = admin.get(part).content.decode()
    assert f'hx-get="{part}"' in waiting
    assert "<html" not in waiting
    work()
    assert "hx-get" not in admin.get(part).content.decode()


def test_a_trial_stays_with_its_pack_and_says_when_the_rules_changed(
    admin: Client, grace: Agent, ours: CoachPack
) -> None:
    ask(ours, grace, text=OWN + "# changed\n")
    work()
    page = admin.get(reverse("pack", args=[ours.pk]))
    assert not page.context["trial"].is_of_this_text
    assert "The rules were changed since" in page.content.decode()


def test_only_the_newest_trial_of_a_pack_counts(grace: Agent, ours: CoachPack) -> None:
    old, other, new = ask(ours, grace), ask(None, grace), ask(ours, grace)
    work()
    done = {trial.pk: trial.done_at is not None for trial in PackTrial.objects.all()}
    assert done == {old.pk: False, other.pk: True, new.pk: True}


def test_a_worker_that_was_killed_is_taken_up_where_it_stopped(grace: Agent, ours: CoachPack) -> None:
    trial = ask(ours, grace)
    PackTrial.objects.filter(pk=trial.pk).update(looked=AT_ONCE, tried=AT_ONCE, fired=2, findings=2)
    now = clock.now()
    assert len(lease.claim(now, worker="killed", limit=5)) == 1
    work(now + lease.LEASE / 2)
    assert PackTrial.objects.get().done_at is None
    work(now + lease.LEASE + timedelta(seconds=1))
    done = PackTrial.objects.get()
    assert (done.looked, done.fired, done.done_at is not None) == (len(done.replies), 2, True)


def test_a_worker_that_hung_and_wakes_up_counts_nothing_twice(grace: Agent, ours: CoachPack) -> None:
    hung = ask(ours, grace)
    work()
    before = PackTrial.objects.values("looked", "tried", "fired", "done_at").get()
    assert not went_on(hung, Part(tried=9, findings=9, shown=[]), now=clock.now())
    assert PackTrial.objects.values("looked", "tried", "fired", "done_at").get() == before


def test_a_trial_that_the_worker_gave_up_says_so(admin: Client, grace: Agent, ours: CoachPack) -> None:
    ask(ours, grace)
    Job.objects.update(state=Job.State.DEAD)
    page = admin.get(reverse("pack", args=[ours.pk])).content.decode()
    assert "The worker gave up after 0 of" in page


def test_a_pack_that_nobody_can_read_is_refused_at_once(admin: Client, grace: Agent) -> None:
    page = admin.post(reverse("pack-add"), FIELDS | {"text": "- - -", "try": "1"})
    assert (page.status_code, PackTrial.objects.count()) == (422, 0)
    with pytest.raises(BadPack):
        ask(None, grace, text="rules: 5")


def test_a_pack_that_an_update_broke_ends_with_the_reason(admin: Client, grace: Agent, ours: CoachPack) -> None:
    trial = ask(ours, grace)
    PackTrial.objects.update(text="rules: [{rule: gone.since, kind: phrase}]")
    work()
    assert "line 1" in admin.get(reverse("pack-trial", args=[trial.pk])).content.decode()


def test_what_was_deleted_since_is_not_shown(admin: Client, grace: Agent, ours: CoachPack) -> None:
    trial = ask(ours, grace)
    work()
    Message.objects.filter(new_text="Your ticket is open.").delete()
    page = admin.get(reverse("pack-trial", args=[trial.pk])).content.decode()
    assert "It would have spoken on 2 of" in page
    assert page.count("<q ") == 1


def test_a_desk_without_replies_is_told_so(admin: Client, ours: CoachPack, grace: Agent) -> None:
    Message.objects.filter(direction="out").delete()
    trial = ask(ours, grace)
    work()
    assert "on 0 of 0 replies" in admin.get(reverse("pack-trial", args=[trial.pk])).content.decode()


def test_no_one_but_an_administrator_sees_a_trial(grace: Agent, ours: CoachPack, browser_of: Any) -> None:
    trial = ask(ours, grace)
    assert browser_of("lead").get(reverse("pack-trial", args=[trial.pk])).status_code == 403
