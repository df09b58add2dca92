"""The link that lets somebody in without a password: once, soon, and nobody else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Event
from amends.desk.one_time import redeem, token_for


def test_a_link_lets_its_person_in(aino: Agent, now: datetime) -> None:
    assert redeem(token_for(aino, now=now), now=now + timedelta(minutes=15)) == aino
    assert Event.objects.get(kind="agent.came_in_by_link").actor == aino


def test_a_link_works_once(aino: Agent, now: datetime) -> None:
    token = token_for(aino, now=now)
    redeem(token, now=now)
    assert redeem(token, now=now) is None


def test_a_log_in_by_any_way_ends_the_links_given_out_before(aino: Agent, now: datetime) -> None:
    token = token_for(aino, now=now)
    Agent.objects.update(last_login=now)
    assert redeem(token, now=now) is None


def test_a_link_ends_after_a_quarter_of_an_hour(aino: Agent, now: datetime) -> None:
    assert redeem(token_for(aino, now=now), now=now + timedelta(minutes=16)) is None


def test_who_has_left_is_not_let_in(aino: Agent, now: datetime) -> None:
    token = token_for(aino, now=now)
    Agent.objects.update(is_active=False)
    assert redeem(token, now=now) is None


@pytest.mark.parametrize("forge", [lambda t: t[:-1] + "x", lambda t: "x" + t, lambda t: "", lambda t: "a:b:c"])
def test_a_forged_link_lets_nobody_in(forge: Callable[[str], str], aino: Agent, now: datetime) -> None:
    assert redeem(forge(token_for(aino, now=now)), now=now) is None
