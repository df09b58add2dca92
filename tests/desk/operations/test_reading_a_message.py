"""What the desk understands of a message, told to its case."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from amends.desk.models import Case, Customer, Event, Message, Order
from amends.desk.operations.read import read_message
from tests.desk.thanks import THANKS

pytestmark = pytest.mark.django_db
FURIOUS = {
    "en": "This is outrageous! Third time I write about order TH-88213 and nobody answers. I am calling my lawyer!",
    "id": "Keterlaluan! Sudah tiga kali saya tanya pesanan TH-88213 tidak dijawab. Saya akan lapor polisi!",
    "th": "แย่มากๆ โมโหที่สุด ทวงออเดอร์ TH-88213 มาสามรอบแล้วไม่มีใครตอบเลย จะแจ้งความแล้วนะ!",
    "fi": "Aivan törkeää! Kysyn jo kolmatta kertaa tilauksesta TH-88213 eikä kukaan vastaa. Otan yhteyttä lakimieheen!",
}


def said(case: Case, text: str, at: datetime, **columns: object) -> Message:
    return Message.objects.create(
        conversation=case.conversations.get(), direction="in", new_text=text, at=at, dedupe_key=text[:60], **columns
    )


def test_their_fury_is_the_heat_of_the_case(case: Case, language: str, now: datetime):
    message = said(case, FURIOUS[language], now)
    kept = read_message(message.pk, now=now)
    case.refresh_from_db()
    assert (kept.language, message.reading.language) == (language, language)
    assert case.intensity == kept.intensity >= 2
    assert Event.objects.get(kind="message.read").facts["intensity"] == case.intensity


def test_calmer_words_cool_the_case_down(case: Case, language: str, now: datetime):
    read_message(said(case, FURIOUS[language], now).pk, now=now)
    read_message(said(case, THANKS[language], now + timedelta(hours=1)).pk, now=now)
    case.refresh_from_db()
    assert case.intensity <= 1


ADDED = {
    "en": "Any news?",
    "id": "Ada kabar kak? Terima kasih",
    "th": "มีข่าวไหมคะ ขอบคุณค่ะ",
    "fi": "Onko uutisia? Kiitos",
}


def test_a_plain_line_leaves_their_anger_until_we_answer(case: Case, language: str, now: datetime):
    read_message(said(case, FURIOUS[language], now).pk, now=now)
    before = Case.objects.get(pk=case.pk)
    kept = read_message(said(case, ADDED[language], now + timedelta(hours=1)).pk, now=now)
    case.refresh_from_db()
    assert kept.intensity == 0
    assert (case.intensity, case.anger) == (before.intensity, before.anger)


def test_a_plain_line_after_our_answer_cools_by_one_step(case: Case, language: str, now: datetime):
    read_message(said(case, FURIOUS[language], now).pk, now=now)
    before = Case.objects.get(pk=case.pk).intensity
    Message.objects.create(
        conversation=case.conversations.get(), direction="out", new_text="…", at=now + timedelta(hours=1),
        dedupe_key="ours",
    )  # fmt: skip
    read_message(said(case, ADDED[language], now + timedelta(hours=2)).pk, now=now)
    case.refresh_from_db()
    assert case.intensity == before - 1


def test_fury_read_late_stands_behind_a_plain_line_read_before_it(case: Case, now: datetime):
    older = said(case, FURIOUS["en"], now)
    read_message(said(case, ADDED["en"], now + timedelta(hours=1)).pk, now=now)
    read_message(older.pk, now=now)
    case.refresh_from_db()
    assert case.intensity >= 3


def test_an_older_message_read_late_does_not_change_the_heat(case: Case, now: datetime):
    older = said(case, FURIOUS["en"], now)
    read_message(said(case, THANKS["en"], now + timedelta(hours=1)).pk, now=now)
    read_message(older.pk, now=now)
    case.refresh_from_db()
    assert case.intensity <= 1


def test_the_order_they_name_is_found_if_it_is_theirs(case: Case, customer: Customer, now: datetime):
    order = Order.objects.create(
        customer=customer, number="TH-88213", amount=Decimal("9"), currency="THB", placed_at=now
    )
    read_message(said(case, FURIOUS["th"], now).pk, now=now)
    case.refresh_from_db()
    assert case.order == order


def bought(customer: Customer, number: str, state: str, now: datetime) -> Order:
    return Order.objects.create(
        customer=customer, number=number, state=state, amount=Decimal("9"), currency="EUR", placed_at=now
    )


def test_the_only_order_that_can_be_late_is_the_one_they_ask_for(case: Case, customer: Customer, now: datetime):
    bought(customer, "LC-29871", "delivered", now)
    late = bought(customer, "LC-34410", "late", now)
    read_message(said(case, "Where is my parcel? It should have been here a week ago.", now).pk, now=now)
    case.refresh_from_db()
    assert case.order == late
    assert Event.objects.get(kind="case.order_linked").facts["how"] == "only_one"


def test_a_supposed_order_gives_way_to_the_one_they_name(case: Case, customer: Customer, now: datetime):
    named = bought(customer, "LC-29871", "delivered", now)
    bought(customer, "LC-34410", "late", now)
    for hour, text in enumerate(("My parcel has not arrived!", "I mean order 29871.", "Not 34410, as I said.")):
        read_message(said(case, text, now + timedelta(hours=hour)).pk, now=now)
    case.refresh_from_db()
    assert case.order == named


def test_a_strangers_order_number_opens_nothing(case: Case, now: datetime):
    eve = Customer.objects.create(name="Eve", since=now)
    Order.objects.create(customer=eve, number="TH-88213", amount=Decimal("9"), currency="THB", placed_at=now)
    read_message(said(case, FURIOUS["th"], now).pk, now=now)
    case.refresh_from_db()
    assert case.order is None


def test_reading_again_replaces_the_reading(case: Case, now: datetime):
    message = said(case, FURIOUS["en"], now)
    assert read_message(message.pk, now=now).pk == read_message(message.pk, now=now).pk


def test_a_machine_has_no_feelings_to_read(case: Case, now: datetime):
    assert read_message(said(case, "Undelivered", now, kind="bounce").pk, now=now) is None
