"""What weighs in the queue beside the heat: worth, market, whom they complain about."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from amends.desk.models import Agent, Brand, Case, Customer, Event, Job, Message, Order, Role
from amends.desk.operations.about_us import complained_about
from amends.desk.operations.office import answer_due
from amends.desk.operations.read import read_message
from amends.desk.operations.worth import see_to_worth, weigh_customers
from amends.desk.web.shown.queue import queue

pytestmark = pytest.mark.django_db
RUDE = {
    "en": "Your employee {} was so rude to me on the phone, she shouted at me and hung up! Unacceptable!",
    "id": "Karyawan Anda {} kasar sekali di telepon, membentak saya lalu menutup telepon! Keterlaluan!",
    "th": "พนักงานชื่อ{}พูดจาหยาบคายกับดิฉันมาก ตะคอกแล้ววางสายใส่ แย่มาก รับไม่ได้!",
    "fi": "Työntekijänne {} oli puhelimessa todella töykeä, huusi minulle ja löi luurin korvaan! Törkeää!",
}
NAMED = {"en": "Maya", "id": "Maya", "th": "มายา", "fi": "Aino"}


def shoppers(now: datetime, *, n: int = 12) -> list[Customer]:
    made = [Customer.objects.create(name=f"C{days}", since=now - timedelta(days=days)) for days in range(n)]
    for place, customer in enumerate(made):
        Order.objects.create(
            customer=customer, number=f"N{place}", amount=Decimal(10 + place), currency="EUR", placed_at=now
        )
    return made


def test_each_customer_is_weighed_among_all(db: None, now: datetime):
    made = shoppers(now)
    weigh_customers(now=now)
    assert [Customer.objects.get(pk=made[place].pk).worth for place in (0, -1)] == [0.0, 1.0]
    assert Event.objects.get(kind="customers.weighed").facts == {"customers": 12, "changed": 12}


def test_they_are_weighed_once_a_day(db: None, now: datetime):
    see_to_worth(now)
    see_to_worth(now)
    assert Job.objects.filter(task="weigh_customers").count() == 1
    Job.objects.all().delete()
    weigh_customers(now=now)
    see_to_worth(now + timedelta(hours=23))
    assert not Job.objects.exists()
    see_to_worth(now + timedelta(hours=24))
    assert Job.objects.count() == 1


def test_where_people_expect_more_an_answer_is_due_sooner(case: Case, aino: Agent, now: datetime):
    Case.objects.filter(pk=case.pk).update(intensity=3, waiting_since=now)
    usual = queue("who", aino, now=now)[0].target
    Brand.objects.filter(pk=case.brand_id).update(targets={"3": 30})
    assert (usual, queue("who", aino, now=now)[0].target) == (timedelta(hours=1), timedelta(minutes=30))
    case.brand.refresh_from_db()
    case.refresh_from_db()
    assert answer_due(case, since=now.replace(hour=10)) == now.replace(hour=10, minute=now.minute + 30)


def test_of_two_alike_the_one_with_more_at_stake_comes_first(case: Case, aino: Agent, now: datetime):
    Case.objects.filter(pk=case.pk).update(intensity=3, waiting_since=now)
    dear = Customer.objects.create(name="Dear", since=now, worth=0.9)
    other = Case.objects.create(customer=dear, brand=case.brand, opened_at=now, intensity=3, waiting_since=now)
    rows = queue("who", aino, now=now)
    assert [row.case.pk for row in rows] == [other.pk, case.pk]
    assert "a customer of many years or orders" in rows[0].reasons


def test_whom_they_complain_about_is_seen(case: Case, person: Callable[..., Agent], language: str, now: datetime):
    meant, other = person(Role.AGENT, NAMED[language]), person(Role.AGENT, "Ville")
    message = Message.objects.create(
        conversation=case.conversations.get(), direction="in", at=now, dedupe_key="1",
        new_text=RUDE[language].format(NAMED[language]),
    )  # fmt: skip
    read_message(message.pk, now=now)
    assert complained_about(case, [meant, other]) == [meant]


def test_who_is_thanked_is_not_complained_about(case: Case, person: Callable[..., Agent], now: datetime):
    maya = person(Role.AGENT, "maya")
    message = Message.objects.create(
        conversation=case.conversations.get(), direction="in", at=now, dedupe_key="1",
        new_text="Maya was very kind and helped me at once. Thank you!",
    )  # fmt: skip
    read_message(message.pk, now=now)
    assert complained_about(case, [maya]) == []
