"""What the coach knows of what was before a reply: our own words to them and to others, our word, their worth."""

from datetime import timedelta
from itertools import count

import pytest

from amends.desk.models import Case, Conversation, Message, Order, Promise
from amends.desk.operations.drafting import review_draft, save_draft
from amends.desk.operations.former import broken_since, former_replies, recent_replies, worth_of
from amends.vocabulary import Money, PromiseState

pytestmark = pytest.mark.django_db
KEYS = count()
CANNED = "It is frustrating to wait so long for shoes you wear at work."


def said(case, text, *, at, author=None):
    talk, _ = Conversation.objects.get_or_create(case=case, defaults={"started_at": at, "token": f"t{case.pk}"})
    way = Message.Direction.OUT if author else Message.Direction.IN
    return Message.objects.create(
        conversation=talk, direction=way, author=author, at=at, new_text=text, dedupe_key=f"{next(KEYS)}"
    )


def another(case, now):
    return Case.objects.create(brand=case.brand, customer=case.customer, subject="Other", opened_at=now)


def rules(draft, now):
    return {found.rule for found in review_draft(draft, now=now, interface="en").verdict.findings}


def test_former_replies_are_ours_on_this_case_and_recent_ones_on_others(case, aino, now):
    other = another(case, now)
    said(case, "Where is it?", at=now)
    said(case, "Here.", at=now, author=aino)
    said(other, "There.", at=now, author=aino)
    assert former_replies(case) == ("Here.",)
    assert recent_replies(aino, but=case) == ("There.",)


def test_words_that_stood_in_two_recent_replies_are_canned(case, aino, now):
    said(case, "My shoes have not come, I am angry!", at=now)
    draft = save_draft(case, author=aino, text=CANNED, seen_version=case.version, now=now)
    assert "empathy.canned" not in rules(draft, now)
    for _ in range(2):
        said(another(case, now), CANNED, at=now, author=aino)
    assert "empathy.canned" in rules(draft, now)


def test_an_apology_after_a_broken_promise_wants_a_person_and_a_cause(case, aino, now):
    said(case, "You did not call!", at=now)
    draft = save_draft(
        case, author=aino, text="I am sorry that we did not call you.", seen_version=case.version, now=now
    )
    assert "apology.specific" not in rules(draft, now)
    Promise.objects.create(
        case=case, quote="I will call you.", due_at=now, made_at=now, ended_at=now + timedelta(hours=1),
        state=PromiseState.BROKEN,
    )  # fmt: skip
    assert broken_since(case, last_reply_at=None)
    assert "apology.specific" in rules(draft, now)


def test_worth_is_what_they_bought_and_kept(case, now):
    assert worth_of(case) is None
    for number, amount, state in (("A-1", 90, "delivered"), ("A-2", 10, "placed"), ("A-3", 500, "returned")):
        Order.objects.create(
            customer=case.customer, number=number, amount=amount, currency="EUR", placed_at=now, state=state
        )
    assert worth_of(case) == Money(amount=100, currency="EUR")


def test_what_was_before_costs_four_questions(case, aino, now, django_assert_num_queries):
    with django_assert_num_queries(4):
        former_replies(case), recent_replies(aino, but=case), broken_since(case, last_reply_at=None), worth_of(case)
