"""Who speaks and where it belongs, on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent, Case, CaseMove, Conversation, Marking, Message
from amends.desk.operations import moving

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(desk: dict[str, Any], english_case: Case) -> Case:
    """Another case of the same customer."""
    case: Case = desk["cases"][0]
    Case.objects.filter(pk=case.pk).update(customer=english_case.customer, subject="The lamp")
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def last(english_case: Case) -> Message:
    """A second letter of the customer."""
    first = Message.objects.filter(conversation__case=english_case, direction="in").latest("at")
    Conversation.objects.filter(pk=first.conversation_id).update(channel="email")
    return Message.objects.create(
        conversation=first.conversation, direction="in", sender=first.sender, at=clock.now(), dedupe_key="last",
        text="New words\n> old words\nmore", new_text="New words\n> old words\nmore", subject="Lamp",
        why_here="takes_part", trust="pass", trust_reasons=[{"why": "signed", "about": "home.example"}],
    )  # fmt: skip


def page(client: Client, case: Case) -> str:
    return client.get(reverse("case", args=[case.pk])).content.decode()


def test_why_it_lies_here_and_who_sent_it_is_said_in_words(
    agents_browser: Client, english_case: Case, last: Message
) -> None:
    shown = page(agents_browser, english_case)
    assert "It answers a message of this conversation, and its sender takes part in it." in shown
    assert "The sender is confirmed. Signed by home.example." in shown


def test_a_false_sender_is_told_calmly_and_their_words_are_shown(
    agents_browser: Client, english_case: Case, last: Message
) -> None:
    Message.objects.filter(pk=last.pk).update(
        trust="fail", trust_reasons=[{"why": "policy_broken", "about": "<b>x.example"}]
    )
    shown = page(agents_browser, english_case)
    assert "We could not confirm who sent this." in shown
    assert "&lt;b&gt;x.example asks that letters" in shown
    assert "New words" in shown


def test_a_stranger_is_shown_and_admitted(agents_browser: Client, english_case: Case, last: Message) -> None:
    Message.objects.filter(pk=last.pk).update(sender="niran@example.net")
    assert "niran@example.net is new to this conversation" in page(agents_browser, english_case)
    shown = agents_browser.post(reverse("message-admit", args=[last.pk]), follow=True).content.decode()
    assert "is new to this conversation" not in shown
    assert "niran@example.net" in Conversation.objects.get(pk=last.conversation_id).participants


def test_a_merge_is_one_click_and_so_is_its_undo(agents_browser: Client, english_case: Case, other: Case) -> None:
    assert f"Merge into {other.pk}: The lamp" in page(agents_browser, english_case)
    address = reverse("case-merge", args=[english_case.pk])
    shown = agents_browser.post(address, {"case": other.pk}, follow=True)
    assert shown.redirect_chain[-1][0].startswith(reverse("case", args=[other.pk]))
    assert f"merged case {english_case.pk} into case {other.pk}" in shown.content.decode()
    agents_browser.post(reverse("move-undo", args=[CaseMove.objects.get().pk]))
    assert Case.objects.get(pk=english_case.pk).status != "merged"


def test_a_merged_case_leads_to_where_its_words_are(agents_browser: Client, english_case: Case, other: Case) -> None:
    moving.merge(english_case, into=other, by=Agent.objects.get(username="aino"), now=clock.now())
    answer = agents_browser.get(reverse("case", args=[english_case.pk]))
    assert answer.headers["Location"] == reverse("case", args=[other.pk])
    agents_browser.post(reverse("case-note", args=[english_case.pk]), {"text": "Late note"})
    assert other.notes.filter(text="Late note").exists()


@pytest.mark.parametrize("number", ["", "999999", "x", "9" * 40])
def test_a_merge_into_nothing_changes_nothing(agents_browser: Client, english_case: Case, number: str) -> None:
    address = reverse("case-merge", args=[english_case.pk])
    assert "no case of that number" in agents_browser.post(address, {"case": number}, follow=True).content.decode()


def test_chosen_messages_get_a_case_of_their_own(agents_browser: Client, english_case: Case, last: Message) -> None:
    sorting = agents_browser.get(reverse("case-sort", args=[english_case.pk]), {"message": last.pk}).content.decode()
    assert f'value="{last.pk}" checked' in sorting
    agents_browser.post(reverse("case-split", args=[english_case.pk]), {"message": [last.pk]})
    assert Message.objects.get(pk=last.pk).conversation.case.subject == "Lamp"


def test_chosen_messages_move_to_another_case(
    agents_browser: Client, english_case: Case, other: Case, last: Message
) -> None:
    agents_browser.post(reverse("case-move", args=[english_case.pk]), {"message": [last.pk], "case": other.pk})
    assert Message.objects.get(pk=last.pk).conversation.case == other


def test_messages_of_another_case_are_not_taken(
    agents_browser: Client, english_case: Case, desk: dict[str, Any]
) -> None:
    foreign = Message.objects.exclude(conversation__case=english_case).latest("pk")
    agents_browser.post(reverse("case-split", args=[english_case.pk]), {"message": [foreign.pk]})
    assert not CaseMove.objects.exists()


def test_another_trouble_is_offered_a_case_of_its_own(
    agents_browser: Client, english_case: Case, last: Message
) -> None:
    assert "Give it a case of its own" not in page(agents_browser, english_case)
    Message.objects.filter(pk=last.pk).update(at=clock.now() + timedelta(days=70))
    assert "Nothing was said here for a long time before this." in page(agents_browser, english_case)


def test_new_words_are_marked_line_by_line(agents_browser: Client, last: Message) -> None:
    address = reverse("message-words", args=[last.pk])
    assert agents_browser.get(address).content.decode().count('name="new"') == 3
    agents_browser.post(address, {"new": ["0", "2"]})
    last.refresh_from_db()
    assert last.new_text == "New words\n\nmore"


@pytest.mark.parametrize(
    "asked, words", [({"history": "1"}, "New words"), ({"all": "1"}, "New words\n> old words\nmore")]
)
def test_history_begins_here_or_nowhere(
    agents_browser: Client, last: Message, asked: dict[str, str], words: str
) -> None:
    agents_browser.post(reverse("message-words", args=[last.pk]), asked)
    last.refresh_from_db()
    assert last.new_text == words


def test_a_marking_is_shown_and_taken_back(agents_browser: Client, english_case: Case, last: Message) -> None:
    agents_browser.post(reverse("message-words", args=[last.pk]), {"new": ["0"]})
    assert "marked by hand what is new here" in page(agents_browser, english_case)
    agents_browser.post(reverse("marking-undo", args=[Marking.objects.get().pk]))
    last.refresh_from_db()
    assert last.new_text == "New words\n> old words\nmore"


def test_nothing_ticked_is_refused_in_words(agents_browser: Client, last: Message) -> None:
    shown = agents_browser.post(reverse("message-words", args=[last.pk]), {}, follow=True).content.decode()
    assert "A message keeps at least one new word." in shown
