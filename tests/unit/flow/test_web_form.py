"""A message from the web form is kept as bytes and read back as a letter."""

from datetime import UTC, datetime

import pytest

from amends.flow.web_form import WebFormMessage, letter
from amends.mail.letter import Part

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WRITTEN = {
    "en": "My kettle still has not come.",
    "id": "Ketel saya belum juga sampai.",
    "th": "กาต้มน้ำยังไม่มาถึงเลยค่ะ",
    "fi": "Vedenkeitin ei ole vieläkään tullut.",
}


def written(text: str, **more: object) -> WebFormMessage:
    """Return a message of one customer."""
    return WebFormMessage(name="Noi", email="Noi@Example.org", text=text, at=AT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("tag", WRITTEN)
def test_what_the_customer_wrote_comes_back_to_the_letter(tag: str) -> None:
    read = letter(written(WRITTEN[tag], language=tag).as_bytes())
    assert (read.new_text, read.text, read.date, read.error) == (WRITTEN[tag], WRITTEN[tag], AT, None)
    assert (read.sender.email, read.sender.name) == ("noi@example.org", "Noi")


def test_the_order_number_stands_in_the_text_so_that_it_is_read() -> None:
    assert letter(written("Where is it?", order="LC-1042").as_bytes()).new_text == "LC-1042\n\nWhere is it?"


def test_an_order_number_the_customer_wrote_already_is_not_repeated() -> None:
    assert letter(written("Where is LC-1042?", order="LC-1042").as_bytes()).new_text == "Where is LC-1042?"


def test_a_photo_comes_back_byte_for_byte() -> None:
    photo = Part(name="rikki ä.jpg", media_type="image/jpeg", content=bytes(range(256)))
    assert letter(written("Broken.", files=(photo,)).as_bytes()).attachments == (photo,)


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[]", b"{}", b'{"text": 3}', b"[" * 100_000])
def test_bytes_that_are_no_form_give_an_error_and_never_a_crash(raw: bytes) -> None:
    assert letter(raw).error


def test_a_broken_photo_is_a_doubt_and_the_words_still_arrive() -> None:
    read = letter(b'{"text": "Broken!", "files": [{"name": "a", "media_type": "image/png", "content": "%%"}]}')
    assert (read.new_text, read.attachments, read.doubts) == ("Broken!", (), ("a file could not be read",))
