"""Laws of mail that hold for any bytes and any words."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.mail.charsets import decode
from amends.mail.compose import OutgoingLetter, compose
from amends.mail.flowed import unflowed
from amends.mail.letter import Address, Letter
from amends.mail.parse import all_packs, parse
from amends.mail.quotes import split_text
from amends.mail.threads import message_id, reply_address, verify

PACKS = all_packs()
KEY = b"k" * 32
TOKENS = st.from_regex(r"[a-z0-9]{1,24}", fullmatch=True)
PIECES = st.sampled_from(
    ["> ", "\n", "\n\n", "-- \n", "On 3 May 2025 at 10:00, A <a@b.c> wrote:\n", "From: a\nSent: 1\nTo: b\nSubject: c\n", "Sent from my iPhone\n",
     "Name: x\n", "Message: y\n", "ของยังไม่มา\n", "Hei!\n", "-----Original Message-----\n", "________\n", "a" * 70]
)  # fmt: skip
LETTERS = st.lists(PIECES | st.text(max_size=20), max_size=20).map("".join)
MAIL_PIECES = st.sampled_from(
    [b"From: a@b.c\n", b"Content-Type: multipart/mixed; boundary=x\n", b"\n", b"--x\n", b"--x--\n", b"Content-Type: text/html\n", b"<div>", b"=?utf-8?q?=",
     b"Content-Transfer-Encoding: base64\n", b"Content-Type: message/rfc822\n", b"Subject: =?tis-620?B?4Lie?=\n", b"\r\n", b" ", b"\xe0\xb8", b"<blockquote type=cite>"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=500) | st.lists(MAIL_PIECES | st.binary(max_size=30), max_size=30).map(b"".join))
def test_any_bytes_are_a_letter_whose_folds_lie_in_its_text(raw):
    letter = parse(raw)
    assert isinstance(letter, Letter)
    assert all(span.end <= len(letter.text) for span in letter.folded)


@settings(deadline=None)
@given(LETTERS)
def test_what_has_words_is_never_cut_to_empty(text):
    split = split_text(text, packs=PACKS)
    assert bool(split.new_text) == bool(text.strip())


@settings(deadline=None)
@given(LETTERS)
def test_every_line_is_either_new_or_folded(text):
    split = split_text(text, packs=PACKS)
    assert split.text == text
    kept = "".join(split.new_text.split())
    folded = sum(len("".join(span.of(text).split())) for span in split.folded)
    assert len(kept) + folded == len("".join(text.split()))


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_of_any_declared_charset_are_text(raw, declared):
    assert isinstance(decode(raw, declared, packs=PACKS).text, str)


@given(st.text())
def test_text_in_utf8_is_read_as_it_was(text):
    assert decode(text.encode("utf-8", "replace"), "utf-8").text == text.encode("utf-8", "replace").decode()


@given(
    st.text(alphabet=st.characters(blacklist_characters="\n\r"), max_size=60).map(lambda t: t.rstrip(" ").lstrip(" >"))
)
def test_a_line_without_soft_end_is_left_as_it_is(line):
    assert unflowed(line) == line


@given(TOKENS, st.binary(min_size=1, max_size=64))
def test_only_the_key_that_sealed_it_opens_it(token, other):
    address = reply_address(token, mailbox="help@shop.example", key=KEY)
    assert verify(address, key=KEY) == token
    assert verify(address, key=other) == (token if other == KEY else None)


@given(TOKENS, TOKENS, st.integers(0, 60), st.characters(codec="ascii"))
def test_an_altered_mark_never_opens_another_conversation(token, nonce, place, letter):
    sealed = message_id(token, nonce=nonce, domain="shop.example", key=KEY)
    altered = sealed[:place] + letter + sealed[place + 1 :]
    assert verify(altered, key=KEY, domain="shop.example") in (
        token if altered.lower().strip() == sealed else None,
        None,
    )


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=200))
def test_no_words_of_ours_break_out_of_their_place(now_name, subject, text):
    letter = OutgoingLetter(
        sender=Address(email="h@x.example", name=now_name), to=(Address(email="a@b.example"),), subject=subject, text=text,
        at=datetime(2026, 1, 1, tzinfo=UTC), message_id="<m@x.example>",
    )  # fmt: skip
    mail = message_from_bytes(compose(letter), policy=policy.default)
    assert list(mail) == [
        "Date",
        "From",
        "To",
        "Subject",
        "Message-ID",
        "X-Amends-Loop",
        "MIME-Version",
        "Content-Type",
    ]
    assert len(list(mail.iter_parts())) == 2
