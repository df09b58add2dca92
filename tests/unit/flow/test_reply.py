"""A reply before it is sent."""

from datetime import datetime, timedelta

import pytest

from amends.flow.reply import preview
from amends.testing import late_parcel

DRAFTS = {
    "en": "Dear Somchai, we lost your parcel and that was our mistake. We will send a new one tomorrow.",
    "id": "Pak Somchai, paket Bapak kami hilangkan dan itu kesalahan kami. Besok kami kirim yang baru.",
    "th": "คุณสมชายคะ เราทำพัสดุของคุณหาย เป็นความผิดของเราเอง พรุ่งนี้เราจะส่งชิ้นใหม่ให้ค่ะ",
    "fi": "Hyvä Somchai, hukkasimme pakettisi, ja se oli meidän virheemme. Lähetämme uuden huomenna.",
}


def test_a_reply_is_read_in_its_own_language_and_its_promise_found(language: str, now: datetime):
    seen = preview(DRAFTS[language], case=late_parcel(), message=None, at=now, country=None, interface="en", now=now)
    assert (seen.language, seen.verdict.language) == (language, language)
    assert [promise.due_end.date() for promise in seen.promises] == [(now + timedelta(days=1)).date()]


@pytest.mark.parametrize("text", ["", " ", "???", "🙏", "ok"])
def test_a_reply_of_hardly_anything_is_no_trouble(text: str, now: datetime):
    seen = preview(
        text, case=late_parcel(), message="Where is it?", at=now, country="TH", interface="fi", now=now, expected="th"
    )
    assert seen.promises == ()


def test_a_reply_too_long_for_the_coach_shows_a_gap_and_can_be_sent(now: datetime):
    seen = preview("word " * 5_000, case=late_parcel(), message=None, at=now, country=None, interface="en", now=now)
    assert seen.verdict.errors == seen.promises == ()
    assert len(seen.gaps) == 2


def test_a_country_without_a_calendar_of_holidays_shows_a_gap_and_counts_weekends(now: datetime):
    seen = preview(
        DRAFTS["en"], case=late_parcel(), message=None, at=now, country="XX", interface="en", now=now, expected="en"
    )
    assert [gap[:2] for gap in seen.gaps] == ["XX"]
    assert len(seen.promises) == 1
