"""What a first glance tells of a delivery, long before it is read."""

from datetime import UTC, datetime

import pytest

from amends.flow.glance import Glance, glance
from amends.flow.web_form import WebFormMessage

NOW = datetime(2026, 11, 17, tzinfo=UTC)
HEAD = b"Received: from a\r\nFrom: =?utf-8?q?M=C3=A4li?= <Mali@Example.org>\r\nSubject: =?utf-8?b?4Lie4Lix4Liq4LiU4Li4?=\r\n"


def test_it_tells_who_wrote_and_about_what():
    assert glance(HEAD + b"\r\nWhere is it?", channel="smtp") == Glance(
        email="Mali@example.org", name="Mäli", subject="พัสดุ"
    )


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\n", b"\x00\xff" * 9, b"From", b"Subject: \xff\xfe", b"From: <@>\r\n\r\n"]
)
def test_broken_mail_tells_nothing_and_breaks_nothing(raw: bytes):
    assert glance(raw, channel="smtp").name == ""


def test_it_looks_at_the_first_lines_only():
    assert glance(b"X-Long: " + b"a" * 20_000 + b"\r\n" + HEAD, channel="smtp").subject == ""


def test_words_of_the_body_are_not_taken_for_headers():
    assert glance(b"From: a@b.example\r\n\r\nSubject: no\r\n", channel="smtp").subject == ""


def test_a_web_form_tells_it_too():
    raw = WebFormMessage(name="Mali", email="m@x.example", subject="Parcel", text="Where?", at=NOW).as_bytes()
    assert glance(raw, channel="webform") == Glance(email="m@x.example", name="Mali", subject="Parcel")
