"""A hundred thousand cases at once, to measure lists by: rows only, told by nobody."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction

from amends.desk.models import (
    Agent,
    Brand,
    Case,
    Conversation,
    Customer,
    Handle,
    Membership,
    Message,
    MessageReading,
    Order,
    Promise,
    Role,
    Team,
)
from amends.vocabulary import Moment

LOOKER: Final = "looker"
"""The agent through whose eyes the pages are measured; all four languages are theirs."""
SHARES: Final = (("open", 0.12), ("waiting", 0.05), ("machine", 0.03), ("resolved", 0.80))
WORDS: Final = {
    "en": "My parcel is late again and nobody answers the telephone",
    "fi": "Paketti on taas myöhässä eikä kukaan vastaa puhelimeen",
    "id": "Paket saya terlambat lagi dan tidak ada yang menjawab telepon",
    "th": "พัสดุล่าช้าอีกแล้วและไม่มีใครรับโทรศัพท์",
}
A_BATCH: Final = 2000


def crowd(cases: int, *, now: Moment, seed: int) -> Agent:
    """Fill an empty desk with that many cases and return who looks at them.

    12 % wait for us, 5 % for the customer, 3 % are machines', 80 % are resolved; of those that wait, one in ten sleeps,
    one in five is angry, one in twenty is not yet read; one in ten has a promise still open. Two messages a case.
    """
    chance = random.Random(seed)  # noqa: S311 - not a secret, only the same crowd again
    looker, others, brand = _people()
    for numbers in _batches(cases):
        with transaction.atomic():
            _one_batch(numbers, chance, [looker, *others], brand, now)
    with connection.cursor() as asking:
        # What a desk that grew over years has learned of its own rows, this one is told.
        asking.execute("ANALYZE")
    return looker


def _batches(cases: int) -> Iterator[range]:
    for start in range(0, cases, A_BATCH):
        yield range(start, min(start + A_BATCH, cases))


def _people() -> tuple[Agent, list[Agent], Brand]:
    team = Team.objects.create(name="Satisfaction")
    made = [Agent.objects.create_user(username=name, languages=list(WORDS)) for name in (LOOKER, "b", "c", "d", "e")]
    Membership.objects.bulk_create(Membership(agent=agent, team=team, role=Role.LEAD) for agent in made)
    return made[0], made[1:], Brand.objects.create(name="Lumi & Co", address="care@lumi.example")


def _one_batch(numbers: range, chance: random.Random, people: list[Agent], brand: Brand, now: Moment) -> None:
    tongues = [chance.choice(list(WORDS)) for _ in numbers]
    customers = Customer.objects.bulk_create(
        Customer(name=f"Customer {number}", language=tongue, since=now)
        for number, tongue in zip(numbers, tongues, strict=True)
    )
    Handle.objects.bulk_create(
        Handle(customer=one, value=f"customer{n}@mail.example") for n, one in zip(numbers, customers, strict=True)
    )
    orders = Order.objects.bulk_create(
        Order(customer=one, number=f"LU-{n:06}", items=["lamp"], amount="49.00", currency="EUR", placed_at=now)
        for n, one in zip(numbers, customers, strict=True)
    )
    cases = Case.objects.bulk_create(
        Case(
            customer=order.customer,
            brand=brand,
            order=order,
            subject=f"Parcel {order.number}",
            language=tongue,
            **_life(chance, people, now),
        )
        for order, tongue in zip(orders, tongues, strict=True)
    )
    _say(cases, chance, people, now)


def _life(chance: random.Random, people: list[Agent], now: Moment) -> dict[str, Any]:
    status = chance.choices([name for name, _ in SHARES], [share for _, share in SHARES])[0]
    opened = now - timedelta(minutes=chance.randrange(30, 60 * 24 * (365 if status == "resolved" else 10)))
    last = opened + (now - opened) * chance.random()
    life: dict[str, Any] = {
        "status": status, "opened_at": opened, "owner": chance.choice([None, *people]), "last_customer_at": last,
        "intensity": None if chance.random() < 0.05 else chance.choices(range(5), [20, 40, 20, 15, 5])[0],
    }  # fmt: skip
    if status == "resolved":
        return life | {"resolved_at": last, "ending": Case.Ending.QUIET}
    if chance.random() < 0.1:
        life["snoozed_until"] = now + timedelta(hours=chance.randrange(1, 99))
    return life | ({"waiting_since": last} if status == "open" else {"last_reply_at": last})


def _say(cases: list[Case], chance: random.Random, people: list[Agent], now: Moment) -> None:
    talks = Conversation.objects.bulk_create(
        Conversation(case=case, token=f"crowd{case.pk}", subject=case.subject, started_at=case.opened_at)
        for case in cases
    )
    messages = Message.objects.bulk_create(
        Message(
            conversation=talk, direction=way, text=WORDS[talk.case.language], new_text=WORDS[talk.case.language],
            language=talk.case.language, at=talk.started_at + timedelta(minutes=late),
            dedupe_key=f"crowd{talk.pk}{way}",
        )
        for talk in talks for way, late in (("in", 0), ("out", 20))
    )  # fmt: skip
    MessageReading.objects.bulk_create(
        MessageReading(
            message=said, engine="none", language=said.language, anger=0.5, intensity=said.conversation.case.intensity,
            complaint=1.0, read_at=said.at,
            reading={"causes": [{"cause": "late", "confidence": 0.9}], "evidence": []},
        )
        for said in messages if said.direction == "in" and said.conversation.case.intensity is not None
    )  # fmt: skip
    Promise.objects.bulk_create(
        Promise(
            case=case, owner=people[0], what="answer", quote="I will write again", made_at=case.opened_at,
            due_at=now + timedelta(hours=chance.randrange(-20, 400)), state="made",
        )
        for case in cases if case.status != "resolved" and chance.random() < 0.1
    )  # fmt: skip
