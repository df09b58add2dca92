"""Anybody can write to us on one page: no cookie, no JavaScript, no riddle; every word survives a refusal."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from amends.desk import clock
from amends.desk.channels.webform.stamp import new_stamp, read_stamp
from amends.desk.models import Attachment, Brand, Case, Customer, Message, RawMessage
from amends.desk.operations.triage import file_message

WORDS = {
    "en": "My kettle came broken and nobody answers!",
    "id": "Ketel saya datang dalam keadaan pecah dan tidak ada yang menjawab!",
    "th": "กาต้มน้ำมาแตก แล้วไม่มีใครตอบเลยค่ะ",
    "fi": "Vedenkeitin tuli rikki eikä kukaan vastaa!",
}


@pytest.fixture
def customer_browser(brand: Brand) -> Client:
    """A browser of somebody we do not know, which checks for forgery like a real one."""
    return Client(enforce_csrf_checks=True)


def page(browser: Client, tag: str = "en") -> str:
    answer = browser.get(reverse("web-form"), {"lang": tag})
    assert answer.status_code == 200
    return answer.content.decode()


def filled(text: str = WORDS["en"], *, ago: timedelta = timedelta(seconds=20), **more: Any) -> dict[str, Any]:
    """Return what a person sends who opened the page so long ago."""
    stamp = new_stamp(now=clock.now() - ago)
    return {"name": "Noi", "email": "noi@example.org", "order": "", "text": text, "website": "", "stamp": stamp} | more


def send(browser: Client, tag: str = "en", /, **written: Any) -> Any:
    return browser.post(f"{reverse('web-form')}?lang={tag}", written)


@pytest.mark.parametrize("tag", WORDS)
def test_what_a_customer_writes_becomes_a_case(customer_browser: Client, now: datetime, tag: str) -> None:
    answer = send(customer_browser, tag, **filled(WORDS[tag], order="LC-1042"))
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('web-form-thanks')}?lang={tag}")
    message = file_message(RawMessage.objects.get().pk, now=now)
    assert message is not None
    assert message.new_text == f"LC-1042\n\n{WORDS[tag]}"
    assert (message.conversation.channel, message.conversation.case.subject) == ("webform", WORDS[tag])
    assert Customer.objects.get().handles.get().value == "noi@example.org"


@pytest.mark.parametrize("tag", WORDS)
def test_the_page_speaks_the_customers_language(customer_browser: Client, tag: str) -> None:
    assert f'<html lang="{tag}">' in page(customer_browser, tag)
    assert customer_browser.get(reverse("web-form-thanks"), {"lang": tag}).status_code == 200


def test_the_page_needs_no_script_and_gives_no_cookie(customer_browser: Client) -> None:
    answer = customer_browser.get(reverse("web-form"))
    assert b"<script" not in answer.content
    assert not answer.cookies


def test_photos_come_with_it(customer_browser: Client, now: datetime) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
    photo = SimpleUploadedFile("rikki.png", drawn.getvalue(), "image/png")
    send(customer_browser, **filled(photos=[photo]))
    file_message(RawMessage.objects.get().pk, now=now)
    kept = Attachment.objects.get()
    assert (kept.name, kept.size, bool(kept.thumbnail_sha256)) == ("rikki.png", len(drawn.getvalue()), True)


def test_pressing_send_twice_makes_one_message(customer_browser: Client, now: datetime) -> None:
    written = filled()
    for _ in range(2):
        assert send(customer_browser, **written).status_code == 302
    for raw in RawMessage.objects.all():
        file_message(raw.pk, now=now)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"website": "https://cheap.example"},
        {"stamp": "forged:stamp"},
        {"stamp": ""},
        {"email": "no address"},
        {"photos": [SimpleUploadedFile(f"{number}.png", b"x") for number in range(6)]},
    ],
    ids=["trap", "forged", "unstamped", "no address", "too many photos"],
)
def test_a_refusal_keeps_every_word_and_lets_a_person_send_again(
    customer_browser: Client, wrong: dict[str, Any]
) -> None:
    answer = send(customer_browser, **(filled() | wrong))
    assert (answer.status_code, RawMessage.objects.count()) == (422, 0)
    shown = answer.content.decode()
    assert WORDS["en"] in shown
    assert 'role="alert"' in shown
    stamp = re.search(r'name="stamp" value="([^"]+)"', shown)
    assert stamp
    assert read_stamp(stamp[1], now=clock.now() + timedelta(seconds=5)).usable


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(hours=13)], ids=["robot", "yesterday"])
def test_a_stamp_too_new_or_too_old_asks_to_send_once_more(customer_browser: Client, ago: timedelta) -> None:
    assert send(customer_browser, **filled(ago=ago)).status_code == 422
    assert RawMessage.objects.count() == 0


def test_a_flood_from_one_address_is_slowed_and_told_another_way(customer_browser: Client) -> None:
    answers = [send(customer_browser, **filled(f"Number {number}")) for number in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [429]
    assert b"care@lumi.example" in answers[-1].content
    assert b"Number 6" in answers[-1].content


def test_a_flood_from_one_connection_is_slowed(customer_browser: Client) -> None:
    codes = [send(customer_browser, **filled(email=f"{n}@example.org")).status_code for n in range(31)]
    assert (codes.count(302), codes[-1]) == (30, 429)


def test_the_internet_address_of_the_writer_is_not_kept(customer_browser: Client) -> None:
    send(customer_browser, **filled())
    assert "127.0.0.1" not in str(RawMessage.objects.get().envelope)


def test_words_that_look_like_markup_stay_words(customer_browser: Client) -> None:
    answer = send(customer_browser, **filled("<script>alert(1)</script>", email='"><img src=x onerror=alert(1)>'))
    assert b"<script" not in answer.content
    assert b"<img" not in answer.content


def test_the_brand_that_is_written_to_answers(customer_browser: Client, brand: Brand, now: datetime) -> None:
    send(customer_browser, **filled())
    file_message(RawMessage.objects.get().pk, now=now)
    assert Case.objects.get().brand == brand
