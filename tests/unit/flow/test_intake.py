"""What came in, as far as filing needs to know it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.flow.intake import dedupe_key, plain_subject, storable, take_in, writer
from amends.flow.web_form import WebFormMessage
from amends.mail.letter import Address, Letter, Part
from amends.mail.threads import message_id, reply_address

KEY = b"key of a test"
HOW = {"key": KEY, "domain": "desk.example"}
MALI, US, SHOP = (
    Address(email="mali@example.org"),
    Address(email="care@lumi.example"),
    Address(email="noreply@shop.example"),
)


@settings(deadline=None)  # the first mail loads the language packs
@given(raw=st.binary(max_size=400), channel=st.sampled_from(["imap", "smtp", "file", "webform", "page"]))
def test_whatever_comes_in_there_is_an_answer(raw, channel):
    intake = take_in(raw, channel=channel, **HOW)
    assert len(intake.dedupe_key) == 64


@pytest.mark.parametrize(
    ("sender", "reply_to", "expected"),
    [
        (MALI, None, MALI),
        (MALI, Address(email="other@example.org"), MALI),
        (SHOP, MALI, MALI),
        (US, MALI, MALI),
        (None, MALI, MALI),
        (SHOP, US, SHOP),
        (None, None, None),
    ],
)
def test_a_reply_goes_to_the_person_and_not_to_the_form_that_carried_their_words(sender, reply_to, expected):
    letter = Letter(sender=sender, reply_to=reply_to)
    assert writer(letter, own_addresses={"care@lumi.example"}) == expected


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("Re: Parcel", "Parcel"),
        ("RE: FW: re[2]: Parcel", "Parcel"),
        ("VS: VL: Paketti", "Paketti"),
        ("Bls: Paket saya", "Paket saya"),
        ("ตอบกลับ: พัสดุ", "พัสดุ"),
        ("Return: my lamp", "Return: my lamp"),
        ("", ""),
    ],
)
def test_a_subject_loses_its_marks_of_answering(subject, plain):
    assert plain_subject(subject) == plain


def test_the_same_letter_through_other_hosts_has_the_same_key():
    one = Letter(message_id="<1@x>", sender=MALI, text="Where is\nit?")
    assert dedupe_key(one) == dedupe_key(Letter(message_id="<1@x>", sender=MALI, text="Where is it? "))


@pytest.mark.parametrize(
    "other",
    [
        Letter(message_id="<2@x>", sender=MALI, text="Where is it?"),
        Letter(message_id="<1@x>", sender=SHOP, text="Where is it?"),
        Letter(message_id="<1@x>", sender=MALI, text="Where is he?"),
    ],
)
def test_letters_that_differ_have_different_keys(other):
    assert dedupe_key(Letter(message_id="<1@x>", sender=MALI, text="Where is it?")) != dedupe_key(other)


def test_two_photos_without_words_or_name_are_two_letters():
    first, second = (
        Letter(sender=MALI, attachments=(Part(name="a", media_type="image/png", content=c),)) for c in (b"1", b"2")
    )
    assert dedupe_key(first) != dedupe_key(second)


@pytest.mark.parametrize("other", [{"name": "b.doc"}, {"media_type": "application/zip"}, {"content": b"2"}], ids=str)
def test_an_attachment_with_another_name_kind_or_content_is_another_message(other: dict[str, object]) -> None:
    part = Part(name="a.doc", media_type="application/msword", content=b"1")
    one, two = (Letter(message_id="<1@x>", sender=MALI, attachments=(p,)) for p in (part, replace(part, **other)))
    assert dedupe_key(one) != dedupe_key(two)


def test_a_signed_address_only_the_envelope_shows_still_leads_home():
    hidden = reply_address("c1", mailbox="care@lumi.example", key=KEY)
    raw = b"From: mali@example.org\r\nTo: undisclosed-recipients:;\r\n\r\nHello"
    assert take_in(raw, channel="smtp", recipients=[hidden], **HOW).evidence.signed == "c1"


@pytest.mark.parametrize(("key", "signed"), [(KEY, "c1"), (b"another key", None)])
def test_a_bounce_leads_home_by_the_letter_it_quotes_if_that_is_ours(key, signed):
    ours = message_id("c1", nonce="n1", domain="desk.example", key=key).encode()
    raw = b"From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\n\r\nNo such user.\r\n\r\nMessage-ID: " + ours
    assert take_in(raw, channel="smtp", **HOW).evidence.signed == signed


def test_words_on_our_own_page_are_read_as_a_letter(now):
    form = WebFormMessage(name="Mali", email="Mali@example.org", text="สวัสดี", at=now)
    intake = take_in(form.as_bytes(), channel="webform", delivery="n", **HOW)
    assert (intake.letter.new_text, intake.writer.email, intake.is_machine) == ("สวัสดี", "mali@example.org", False)


@given(text=st.text(alphabet=st.characters(), max_size=60) | st.just("a\x00b\ud800"))
def test_every_database_takes_what_we_file_and_offsets_hold(text):
    assert len(storable(text)) == len(text)
    assert "\x00" not in storable(text)
    storable(text).encode()


def test_two_letters_without_name_and_date_are_equal_only_byte_for_byte():
    letter = Letter(sender=MALI, text="Hello?")
    assert dedupe_key(letter, raw=b"Monday") != dedupe_key(letter, raw=b"Tuesday")
    assert dedupe_key(letter, raw=b"Monday") == dedupe_key(letter, raw=b"Monday")
