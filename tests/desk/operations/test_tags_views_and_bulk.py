"""Tags, views, spam, blocks, and one act on many cases: told, refused with a reason, and undone."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Batch, Case, Event, SavedView, Tag
from amends.desk.operations import blocking, bulk, tags, views
from amends.desk.operations.errors import CannotBlock, CannotKeepView, NoSuchTag


@pytest.fixture
def cases(case: Case, now: datetime) -> list[Case]:
    """Three open cases of one customer."""
    more = [Case.objects.create(customer=case.customer, brand=case.brand, opened_at=now) for _ in range(2)]
    return [case, *more]


def keys(cases: list[Case]) -> list[int]:
    return [case.pk for case in cases]


def test_a_tag_is_one_in_any_case_and_hangs_once(case: Case, aino: Agent, now: datetime) -> None:
    assert [tags.tag_case(case, name=name, by=aino, now=now) for name in ("VIP", " #vip ")] == [True, False]
    assert [tag.name for tag in Tag.objects.all()] == ["VIP"]


def test_a_tag_comes_off_again(case: Case, aino: Agent, now: datetime) -> None:
    tags.tag_case(case, name="vip", by=aino, now=now)
    assert [tags.untag_case(case, name="vip", by=aino, now=now) for _ in range(2)] == [True, False]
    assert list(Event.objects.values_list("kind", flat=True)) == ["tag.made", "case.tagged", "case.untagged"]


def test_a_tag_without_a_name_is_refused(case: Case, aino: Agent, now: datetime) -> None:
    with pytest.raises(NoSuchTag):
        tags.tag_case(case, name=' # "', by=aino, now=now)


def test_a_tag_renamed_to_another_is_merged_into_it(cases: list[Case], aino: Agent, now: datetime) -> None:
    for case, name in zip(cases, ("late", "late", "delayed"), strict=True):
        tags.tag_case(case, name=name, by=aino, now=now)
    tags.tag_case(cases[0], name="delayed", by=aino, now=now)
    tags.change_tag(Tag.objects.get(name="delayed"), name="LATE", mark="star", by=aino, now=now)
    assert [(tag.name, tag.taggings.count()) for tag in Tag.objects.all()] == [("late", 3)]


def test_a_view_for_a_team_needs_one(aino: Agent, now: datetime) -> None:
    with pytest.raises(CannotKeepView):
        views.keep_view(name="Ours", words="is:hot", audience=SavedView.Audience.TEAM, team=None, by=aino, now=now)


def test_a_view_is_removed_and_brought_back(aino: Agent, now: datetime) -> None:
    view = views.keep_view(name="Hot", words="is:hot", audience=SavedView.Audience.MINE, team=None, by=aino, now=now)
    assert views.remove_view(view, by=aino, now=now)
    assert views.bring_back_view(view, by=aino, now=now)
    assert view.removed_at is None


def test_spam_leaves_the_queue_and_comes_back_as_it_was(case: Case, aino: Agent, now: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(status=Case.Status.WAITING)
    assert [blocking.mark_spam(case, by=aino, now=now) for _ in range(2)] == [True, False]
    assert case.status == Case.Status.SPAM
    assert [blocking.not_spam(case, by=aino, now=now) for _ in range(2)] == [True, False]
    assert case.status == Case.Status.WAITING


@pytest.mark.parametrize("sender", ["", "somchai", "a b@example.org", "@", "@localhost"])
def test_only_an_address_or_a_domain_is_blocked(sender: str, aino: Agent, now: datetime) -> None:
    with pytest.raises(CannotBlock):
        blocking.block(sender, by=aino, now=now)


@pytest.mark.parametrize(("sender", "blocked"), [("Win@Prizes.example", True), ("x@prizes.example", False)])
def test_an_address_is_blocked_in_any_case(sender: str, blocked: bool, aino: Agent, now: datetime) -> None:
    blocking.block("win@prizes.example", by=aino, now=now)
    assert blocking.is_blocked(sender) is blocked


def test_a_domain_is_blocked_and_let_in_again(aino: Agent, now: datetime) -> None:
    standing = blocking.block("@prizes.example", by=aino, now=now)
    assert blocking.is_blocked("anybody@prizes.example")
    assert [blocking.lift(standing, by=aino, now=now) for _ in range(2)] == [True, False]
    assert not blocking.is_blocked("anybody@prizes.example")


def test_many_are_assigned_and_given_back(cases: list[Case], aino: Agent, now: datetime) -> None:
    Case.objects.filter(pk=cases[0].pk).update(owner=aino)
    batch = bulk.act_on_all(keys(cases), act=Batch.Act.ASSIGN, wanted={"owner": aino.pk}, by=aino, now=now)
    assert [line.why_not for line in batch.lines.order_by("case")] == [bulk.ALREADY, "", ""]
    assert [bulk.undo(batch, by=aino, now=now) for _ in range(2)] == [True, False]
    assert list(Case.objects.order_by("pk").values_list("owner", flat=True)) == [aino.pk, None, None]


def test_what_may_not_rest_is_told_with_its_reason(cases: list[Case], aino: Agent, now: datetime) -> None:
    wanted = {"ending": "customer_said"}
    batch = bulk.act_on_all(keys(cases), act=Batch.Act.RESOLVE, wanted=wanted, by=aino, now=now)
    assert {line.why_not[:26] for line in batch.lines.all()} == {"Nobody has answered yet: a"}
    assert not Case.objects.filter(status=Case.Status.RESOLVED).exists()


@pytest.mark.parametrize(("act", "wanted"), [("tag", {"name": "flood"}), ("spam", {}), ("snooze", {"until": "2026-12-01T09:00:00+00:00"})])  # fmt: skip
def test_an_act_on_many_is_undone_as_a_whole(
    act: str, wanted: dict[str, str], cases: list[Case], aino: Agent, now: datetime
) -> None:
    before = list(Case.objects.order_by("pk").values("status", "snoozed_until", "taggings"))
    batch = bulk.act_on_all(keys(cases), act=Batch.Act(act), wanted=wanted, by=aino, now=now)
    assert list(Case.objects.order_by("pk").values("status", "snoozed_until", "taggings")) != before
    bulk.undo(batch, by=aino, now=now)
    assert list(Case.objects.order_by("pk").values("status", "snoozed_until", "taggings")) == before


def test_an_undo_keeps_what_somebody_changed_since(cases: list[Case], aino: Agent, now: datetime) -> None:
    until = (now + timedelta(days=1)).isoformat()
    batch = bulk.act_on_all(keys(cases), act=Batch.Act.SNOOZE, wanted={"until": until}, by=aino, now=now)
    Case.objects.filter(pk=cases[1].pk).update(snoozed_until=now + timedelta(days=9))
    bulk.undo(batch, by=aino, now=now)
    assert [line.undone for line in batch.lines.order_by("case")] == [True, False, True]
    assert batch.lines.get(case=cases[1]).why_not == bulk.CHANGED_SINCE


def test_more_than_a_browser_waits_for_is_left_to_the_worker(
    cases: list[Case], aino: Agent, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    batch = bulk.act_on_all(keys(cases), act=Batch.Act.SPAM, wanted={}, by=aino, now=now)
    assert batch.lines.count() == 0
    bulk.run_batch(batch.pk, now=now)
    bulk.run_batch(batch.pk, now=now)
    assert batch.lines.count() == 3
