"""A case is found by whatever somebody remembers of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from amends.desk.events import record
from amends.desk.models import Agent, Case, Conversation, Customer, Message, Note, Order, Role
from amends.desk.operations import index
from amends.desk.search.find import count, find
from amends.search.ask import STATES


def find_cases(agent: Agent, text: str, *, now: datetime) -> list[Case]:
    """The cases found, best first."""
    return list(map(Case.objects.in_bulk().get, find(agent, text, now=now).keys))  # type: ignore[arg-type]


def read_all(now: datetime) -> None:
    """Let the search read every case."""
    index.begin_rebuild(now=now, anew=True)
    while index.rebuild_some(now=now):
        pass


@pytest.fixture
def known(case: Case, aino: Agent, now: datetime) -> Case:
    """A case with an order, some words and a note, which the search has read."""
    order = Order.objects.create(customer=case.customer, number="LC-20418", amount=58, currency="THB", placed_at=now)
    Case.objects.filter(pk=case.pk).update(order=order)
    words = "พัสดุของฉันอยู่ที่ไหน ถามเป็นครั้งที่สามแล้ว"
    Message.objects.create(
        conversation=case.conversations.get(), direction="in", text=words, new_text=words, at=now, dedupe_key="1",
        sender="somchai@example.org", sender_name="Somchai",
    )  # fmt: skip
    Note.objects.create(case=case, author=aino, text="The courier is investigating", at=now)
    read_all(now)
    return case


def more(case: Case, words: str, *, at: datetime, **columns: object) -> Case:
    """Another case of the same customer, in which these words were said."""
    made = Case.objects.create(customer=case.customer, brand=case.brand, opened_at=at, **columns)
    thread = Conversation.objects.create(case=made, token=f"t{made.pk}", started_at=at)
    Message.objects.create(
        conversation=thread, direction="in", text=words, new_text=words, at=at, dedupe_key=str(made.pk)
    )
    return made


@pytest.mark.parametrize("words", ["LC-20418", "lc-20418", "#LC-20418", "0418", "Somchai", "somchai@example.org", "example.org", "ครั้งที่สาม", "พัสดุ", "Somchai LC-20418", "investigate", "from:somchai", "order:20418", "พัสดุ is:open", "lang:th", "is:nobody somchai", "somchai -refund", "after:1d"])  # fmt: skip
def test_a_case_is_found_by(words: str, known: Case, aino: Agent, now: datetime) -> None:
    assert find_cases(aino, words, now=now) == [known]


def test_a_case_is_found_by_its_number(known: Case, aino: Agent, now: datetime) -> None:
    assert find_cases(aino, f"#{known.pk}", now=now) == [known]


@pytest.mark.parametrize("words", ["", "   ", "nobody", "Somchai LC-99999", "9" * 5000, "%", "' OR 1=1 --", '"', "(", "NEAR(", "* AND", "somchai -พัสดุ", "somchai is:resolved", "before:2020 somchai", "from:aino", "is:hot", "tag:vip"])  # fmt: skip
def test_nothing_is_found_by(words: str, known: Case, aino: Agent, now: datetime) -> None:
    assert find_cases(aino, words, now=now) == []


def test_who_may_see_no_customer_finds_none(known: Case, person: Callable[..., Agent], now: datetime) -> None:
    assert find_cases(person(Role.ANALYST), "Somchai", now=now) == []


@pytest.mark.parametrize("unread", ["before:yesterday-ish", "is:foo"])
def test_a_filter_that_cannot_be_read_is_told_and_finds_nothing(
    unread: str, known: Case, aino: Agent, now: datetime
) -> None:
    found = find(aino, f"somchai {unread}", now=now)
    assert (found.unread, found.keys, count(aino, unread, now=now)) == ((unread,), (), (0, False))


@pytest.mark.parametrize("state", STATES)
def test_every_state_that_is_named_can_be_asked_for(state: str, aino: Agent, now: datetime, db: None) -> None:
    assert find(aino, f"is:{state}", now=now).unread == ()


def test_a_mistyped_word_finds_the_nearest_and_says_so(known: Case, aino: Agent, now: datetime) -> None:
    found = find(aino, "Smochai", now=now)
    assert (found.keys, found.instead) == ((known.pk,), (("Smochai", "somchai"),))


def test_a_word_in_the_heading_goes_before_one_in_a_letter(known: Case, aino: Agent, now: datetime) -> None:
    said = more(known, "The kettle leaks", at=now)
    headed = more(known, "It leaks", at=now - timedelta(days=20), subject="Kettle")
    read_all(now)
    assert find_cases(aino, "kettle", now=now) == [headed, said]


def test_what_was_typed_with_its_accents_goes_first(known: Case, aino: Agent, now: datetime) -> None:
    exact = more(known, "Säde is the name", at=now - timedelta(days=30))
    other = more(known, "Sade is the name", at=now - timedelta(days=20))
    read_all(now)
    assert find_cases(aino, "säde", now=now) == [exact, other]


def test_of_equals_the_open_and_the_fresh_go_first(known: Case, aino: Agent, now: datetime) -> None:
    old = more(known, "a kettle", at=now - timedelta(days=400))
    waiting = more(known, "a kettle", at=now, status=Case.Status.WAITING)
    fresh = more(known, "a kettle", at=now)
    read_all(now)
    assert find_cases(aino, "kettle", now=now) == [fresh, waiting, old]


def test_the_search_follows_the_log(known: Case, aino: Agent, now: datetime) -> None:
    new = more(known, "the toaster smokes", at=now)
    record("case.opened", at=now, case=new)
    assert (index.is_behind(), index.lag().events) == (True, 1)
    assert index.index_cases(now=now) == 1
    assert (find_cases(aino, "toaster", now=now), index.is_behind()) == ([new], False)


def test_what_was_read_already_is_not_read_again(known: Case, now: datetime) -> None:
    record("message.filed", at=now, case=known)
    assert [index.index_cases(now=now), index.index_cases(now=now)] == [1, 0]


def test_new_words_take_the_place_of_old_ones(known: Case, aino: Agent, now: datetime) -> None:
    Customer.objects.filter(pk=known.customer_id).update(name="Malee")
    Message.objects.update(sender_name="Malee")
    read_all(now)
    assert [len(find_cases(aino, name, now=now)) for name in ("Malee", "พัสดุ")] == [1, 1]


def test_a_rebuild_goes_on_where_it_was_stopped(known: Case, now: datetime) -> None:
    for _ in range(4):
        more(known, "a kettle", at=now)
    assert index.begin_rebuild(now=now) == 5
    assert index.rebuild_some(now=now, at_once=2) == 2
    assert index.begin_rebuild(now=now) == 3


def test_spam_is_found_only_when_asked_for(known: Case, aino: Agent, now: datetime) -> None:
    Case.objects.filter(pk=known.pk).update(status=Case.Status.SPAM)
    assert (find_cases(aino, "somchai", now=now), find_cases(aino, "somchai is:spam", now=now)) == ([], [known])


def test_a_search_is_counted(known: Case, aino: Agent, now: datetime) -> None:
    assert [count(aino, words, now=now) for words in ("somchai", "refund", "")] == [(1, False), (0, False), (0, False)]


def test_a_rebuild_is_called_from_the_command_line(known: Case, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rebuild_search", anew=True)
    assert capsys.readouterr().out == "The search has read 1 cases.\n"
