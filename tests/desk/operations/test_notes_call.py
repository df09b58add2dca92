"""A note calls colleagues by name: by the name they log in with, or the one they show."""

from collections.abc import Callable
from datetime import datetime

import pytest

from amends.desk.models import Agent, Case, Mention, Role
from amends.desk.operations.notes import add_note, called_in_vain, mentioned

pytestmark = pytest.mark.django_db


@pytest.fixture
def nok(person: Callable[..., Agent]) -> Agent:
    """A colleague who shows another name than she logs in with."""
    agent = person(Role.AGENT, "nok")
    agent.display_name = "นก"
    agent.save()
    return agent


@pytest.mark.parametrize("text", ["@nok please", "Ask @Nok.", "@นกช่วยดูหน่อย", "เรียน @นก ค่ะ", "(@nok)"])
def test_either_name_calls_them(nok: Agent, text: str):
    assert mentioned(text) == [nok]
    assert called_in_vain(text) == []


@pytest.mark.parametrize("text", ["@nokia is broken", "mail nok@nok.example", "@น้ำ", "nok"])
def test_a_longer_name_or_an_address_calls_nobody(nok: Agent, text: str):
    assert mentioned(text) == []


def test_a_name_nobody_has_is_told(nok: Agent):
    assert called_in_vain("@nok and @sompong, write to me@shop.example") == ["sompong"]


def test_whoever_writes_on_the_case_has_seen_the_call(case: Case, aino: Agent, nok: Agent, now: datetime):
    add_note(case, author=aino, text="@nok, and I, @aino, will ring.", now=now)
    assert Mention.objects.get().agent == nok
    add_note(case, author=nok, text="Done.", now=now)
    assert Mention.objects.get().seen_at == now


def test_a_name_behind_words_without_spaces_is_called_but_an_address_is_not(person: Callable[..., Agent]):
    nok, maya = person(Role.AGENT, "nok"), person(Role.AGENT, "maya")
    nok.display_name = "นก"
    nok.save()
    assert mentioned("ฝาก@นกโทรหน่อยค่ะ") == [nok]
    assert mentioned("write to care@maya.example") == []
    assert mentioned("@maya please") == [maya]
