"""A desk with very many letters in four languages, for measuring the search."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Final

from django.db import transaction

from amends.desk.models import (
    Agent,
    Brand,
    Case,
    Conversation,
    Customer,
    Event,
    Handle,
    Membership,
    Message,
    Role,
    Team,
)
from amends.desk.search.table import put
from amends.search.words import Words, address_of, heading_of, words_of
from amends.vocabulary import Moment

LETTERS_A_CASE: Final = 4
LETTERS_OF_A_LANGUAGE: Final = 1_500
AT_ONCE: Final = 2_000
CUSTOMER_EVERY: Final = 3
SENTENCES: Final = {
    "en": (
        "I ordered a {thing} last week and the parcel never arrived",
        "The {thing} was broken when the courier delivered it",
        "Please refund my money for the {thing}, I have waited {n} days",
        "Nobody answers your phone and the invoice is wrong",
        "This is the third time I ask about the {thing}",
        "Where is my delivery, the tracking page shows {rare}",
    ),
    "fi": (
        "Tilasin viime viikolla tuotteen {thing} eikä pakettia ole kuulunut",
        "Laite {thing} oli rikki, kun lähetti toi sen",
        "Haluan rahani takaisin, olen odottanut {n} päivää",
        "Asiakaspalvelu ei vastaa ja laskussa on virhe",
        "Kysyn jo kolmatta kertaa toimitusajasta, tuote {thing}",
        "Palautuslomakkeen linkki ei toimi, koodi {rare}",
    ),
    "id": (
        "Saya pesan {thing} minggu lalu dan barangnya belum sampai",
        "Barang {thing} rusak waktu dikirim kurir",
        "Tolong kembalikan uang saya, sudah menunggu {n} hari",
        "Tidak ada yang menjawab telepon dan tagihan salah",
        "Ini ketiga kalinya saya tanya soal pengiriman {thing}",
        "Mana paket saya, resi tertulis {rare}",
    ),
    "th": (
        "สั่ง {thing} ไปเมื่ออาทิตย์ที่แล้ว พัสดุยังไม่มาเลยค่ะ",
        "สินค้า {thing} ชำรุดตอนขนส่งมาส่ง",
        "ขอคืนเงินค่าสินค้า รอมา {n} วันแล้ว",
        "ไม่มีใครรับโทรศัพท์เลย ใบเสร็จรับเงินก็ผิด",
        "ถามเป็นครั้งที่สามแล้วเรื่องค่าจัดส่ง {thing}",
        "พัสดุอยู่ที่ไหน เลขพัสดุ {rare}",
    ),
}
THINGS: Final = (
    "kettle", "lamp", "chair", "mixer", "toaster", "heater", "jacket", "tent",
    "router", "camera", "phone", "blender", "drill", "bicycle", "watch", "sofa",
)  # fmt: skip
SYLLABLES: Final = "kalomiresutanevopiduhazeliromakijobaceno"


def archive(messages: int, *, now: Moment, seed: int) -> Agent:
    """Fill an empty desk with so many messages, each case with its words in the search; return who may look.

    Letters are drawn from a few thousand that are read by the analyser once: what is measured is the asking, at the
    size and with the frequencies of a real index. Names, numbers and addresses differ in each case.
    """
    dice = random.Random(seed)  # noqa: S311  # figures must come again
    looker, brand = _people(now)
    letters = {tag: list(islice(_letters(tag, dice), LETTERS_OF_A_LANGUAGE)) for tag in SENTENCES}
    cases = messages // LETTERS_A_CASE
    for start in range(0, cases, AT_ONCE):
        _fill(range(start, min(start + AT_ONCE, cases)), letters, brand=brand, dice=dice, now=now, of=cases)
    Event.objects.create(kind="case.opened", at=now)
    return looker


def order_number(case: int) -> str:
    """Return the order number that stands in the subject of a case."""
    return f"LU-{700_000 + case * 7}"


def name_of(case: int) -> str:
    """Return the name of the customer of a case."""
    number = case // CUSTOMER_EVERY
    return " ".join(_word(number * step + step) for step in (7, 13))


def _people(now: Moment) -> tuple[Agent, Brand]:
    team = Team.objects.create(name="Satisfaction")
    looker = Agent.objects.create_user(username="looker", languages=["en", "fi"])
    Membership.objects.create(agent=looker, team=team, role=Role.AGENT)
    return looker, Brand.objects.create(name="Lumi & Co", address="care@lumi.example")


def _word(number: int) -> str:
    return "".join(SYLLABLES[2 * ((number // 20**place) % 20) :][:2] for place in range(3)).title()


def _letters(tag: str, dice: random.Random) -> Iterator[tuple[str, Words]]:
    while True:
        slots = {"thing": dice.choice(THINGS), "n": dice.randrange(2, 60), "rare": _word(dice.randrange(8_000)).lower()}
        text = ". ".join(sentence.format(**slots) for sentence in dice.sample(SENTENCES[tag], 3))
        yield text, words_of(text, (tag,))


def _fill(numbers: range, letters: dict[str, list[tuple[str, Words]]], *, brand: Brand, dice: random.Random,
          now: Moment, of: int) -> None:  # fmt: skip
    with transaction.atomic():
        customers = Customer.objects.bulk_create(
            Customer(name=name_of(number), since=now) for number in numbers if number % CUSTOMER_EVERY == 0
        ) or [Customer.objects.latest("pk")]
        Handle.objects.bulk_create(
            Handle(customer=customer, value=f"c{customer.pk}@mail.example") for customer in customers
        )
        tags = [dice.choice(list(SENTENCES)) for _ in numbers]
        cases = Case.objects.bulk_create(
            Case(
                customer=customers[min(place // CUSTOMER_EVERY, len(customers) - 1)], brand=brand, language=tags[place],
                subject=order_number(number), opened_at=now - timedelta(minutes=of - number),
                status=Case.Status.OPEN if place % 9 == 0 else Case.Status.WAITING,
            )
            for place, number in enumerate(numbers)
        )  # fmt: skip
        threads = Conversation.objects.bulk_create(
            Conversation(case=case, token=f"t{case.pk}", started_at=case.opened_at) for case in cases
        )
        said = [[dice.choice(letters[tag]) for _ in range(LETTERS_A_CASE)] for tag in tags]
        Message.objects.bulk_create(
            Message(
                conversation=thread, direction="in", text=text, new_text=text, language=tag, at=thread.started_at,
                dedupe_key=f"{thread.pk}-{place}",
            )
            for thread, tag, texts in zip(threads, tags, said, strict=True)
            for place, (text, _) in enumerate(texts)
        )  # fmt: skip
        for case, texts in zip(cases, said, strict=True):
            _index(case, [words for _, words in texts])


def _index(case: Case, said: list[Words]) -> None:
    people = f"{case.customer.name} c{case.customer_id}@mail.example"
    told = heading_of(f"{case.subject} \n{people}", ("en",))
    for words in said:
        told += words
    put(case.pk, told=told + Words(forms=address_of(people, "f")), noted=Words())
