"""Open pages follow what happens, without missing anything and without asking all the time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from amends.desk import events
from amends.desk.models import Agent, Case, Event

pytestmark = pytest.mark.django_db(transaction=True)
SOON_S = 5


@pytest.fixture(autouse=True)
async def no_connection_left_behind() -> AsyncIterator[None]:
    """The thread of async queries keeps its own connection; PostgreSQL drops no database that somebody uses."""
    yield
    await sync_to_async(connections.close_all)()


async def first(number: int, *, after: int) -> list[str]:
    seen: list[str] = []
    async with asyncio.timeout(SOON_S):
        async for event in events.follow(after):
            seen.append(event.kind)
            if len(seen) == number:
                return seen
    return seen


def test_an_event_says_what_when_who_and_about_which_case(case: Case, aino: Agent, now: datetime) -> None:
    event = events.record("case.assigned", at=now, case=case, actor=aino, to=aino.pk)
    kept = Event.objects.get(pk=event.pk)
    assert (kept.kind, kept.at, kept.case, kept.actor) == ("case.assigned", now, case, aino)
    assert kept.facts == {"to": aino.pk}


async def test_a_page_that_comes_back_gets_what_it_missed(now: datetime) -> None:
    old = await sync_to_async(events.record)("message.received", at=now)
    await sync_to_async(events.record)("message.filed", at=now)
    await sync_to_async(events.record)("message.read", at=now)
    assert await first(2, after=old.pk) == ["message.filed", "message.read"]


async def test_a_page_sees_what_happens_while_it_is_open(now: datetime) -> None:
    await sync_to_async(events.record)("message.filed", at=now)
    following = events.follow(await events.latest() - 1)
    assert (await anext(following)).kind == "message.filed"
    waiting = asyncio.ensure_future(anext(following))
    await asyncio.wait([waiting], timeout=2 * events.LOOK_EVERY_S)
    await sync_to_async(events.record)("promise.kept", at=now)
    assert (await asyncio.wait_for(waiting, SOON_S)).kind == "promise.kept"


async def test_an_event_whose_transaction_ended_late_is_not_missed(now: datetime) -> None:
    early, late = [await sync_to_async(events.record)(kind, at=now) for kind in ("slow.one", "quick.one")]
    await Event.objects.filter(pk=early.pk).adelete()
    following = events.follow(early.pk - 1)
    assert (await anext(following)).pk == late.pk
    await sync_to_async(early.save)(force_insert=True)
    async with asyncio.timeout(SOON_S):
        assert (await anext(following)).kind == "slow.one"
    await following.aclose()


async def test_every_open_page_hears_of_it(now: datetime) -> None:
    await sync_to_async(events.record)("message.filed", at=now)
    pages = [events.follow(await events.latest() - 1) for _ in range(3)]
    assert [(await anext(page)).kind for page in pages] == ["message.filed"] * 3
    await sync_to_async(events.record)("promise.kept", at=now)
    async with asyncio.timeout(SOON_S):
        assert [(await anext(page)).kind for page in pages] == ["promise.kept"] * 3
        for page in pages:
            await page.aclose()


async def test_a_page_opened_after_all_others_closed_hears_as_well(now: datetime) -> None:
    for kind in ("message.filed", "message.read"):
        await sync_to_async(events.record)(kind, at=now)
        page = events.follow(await events.latest() - 1)
        async with asyncio.timeout(SOON_S):
            assert (await anext(page)).kind == kind
        await page.aclose()
