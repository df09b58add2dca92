"""Laws of mail that hold for any bytes and any words."""

import base64
import binascii
from datetime import UTC, datetime
from email import message_from_bytes, policy

from hypothesis import example, given, settings
from hypothesis import strategies as st

from amends.mail import tnef
from amends.mail.charsets import FEWEST_ZEROS_OF_UTF16, TWICE, TWICE_AT_LEAST, decode
from amends.mail.compose import OutgoingLetter, compose
from amends.mail.dates import moment
from amends.mail.flowed import unflowed
from amends.mail.forwards import without_quote_signs
from amends.mail.letter import Address, Letter
from amends.mail.packed_text import taken_out_of_text
from amends.mail.parse import all_packs, parse
from amends.mail.quotes import split_text
from amends.mail.rescue import rescued
from amends.mail.threads import message_id, reply_address, verify
from amends.text.spans import Span

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


PART = st.tuples(
    st.sampled_from(["text/plain", "text/html", "application/pdf", "image/png", "message/rfc822", "text/calendar", "application/ms-tnef"]),
    st.sampled_from(["7bit", "base64", "quoted-printable", "x-uuencode", "nonsense"]),
    st.sampled_from(["inline", "attachment", "attachment; filename=a.txt", ""]),
    st.binary(max_size=200),
)  # fmt: skip
TREES = st.recursive(PART, lambda inside: st.lists(inside, min_size=1, max_size=3), max_leaves=8)


def written(tree: object, depth: int = 0) -> bytes:
    if isinstance(tree, list):
        boundary = b"b%d" % depth
        pieces = b"".join(b"--" + boundary + b"\r\n" + written(part, depth + 1) + b"\r\n" for part in tree)
        return (
            b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n\r\n' + pieces + b"--" + boundary + b"--"
        )
    kind, encoding, disposition, content = tree
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Disposition: {disposition}\r\n\r\n"
    )
    return head.encode() + {"base64": base64.encodebytes}.get(encoding, bytes)(content.replace(b"--b", b""))


def files_in(tree: object) -> int:
    if isinstance(tree, list):
        return sum(map(files_in, tree))
    return not tree[0].startswith("text/") or "attachment" in tree[2] or tree[0] == "text/calendar"


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_every_file_of_any_tree_of_parts_is_there(tree):
    assert len(parse(b"From: a@b.example\r\n" + written(tree)).attachments) >= files_in(tree)


@settings(max_examples=150, deadline=None)
@given(TREES, st.integers(0, 2_000), st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), max_size=8))
def test_a_mail_cut_and_flipped_is_still_a_letter_with_its_writer(tree, cut, flips):
    body = bytearray(written(tree)[:cut])
    for place, octet in flips:
        body[place % max(1, len(body)) : place % max(1, len(body)) + 1] = bytes([octet])
    letter = parse(b"From: Ann <a@b.example>\r\nSubject: Late\r\n" + bytes(body))
    assert (letter.subject.split("\n")[0][:4], letter.sender.email) == ("Late", "a@b.example")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2_000) | LETTERS.map(lambda text: text.encode("utf-8", "replace")))
def test_anything_after_the_signature_of_tnef_is_opened_or_kept(content):
    opened = tnef.opened(tnef.SIGNATURE + content)
    assert all(isinstance(packed.content, bytes) for packed in opened.files)


@settings(deadline=None)
@given(st.binary(max_size=1_000))
def test_a_uuencoded_file_comes_back_as_it_was(content):
    lines = "".join(binascii.b2a_uu(content[place : place + 45]).decode() for place in range(0, len(content), 45))
    text, files = taken_out_of_text(f"before\nbegin 644 a b.bin\n{lines}`\nend\nafter", doubt=lambda _: None)
    assert (text, [file.content for file in files]) == ("before\n[a b.bin]\nafter", [content])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=500) | st.lists(MAIL_PIECES, max_size=20).map(b"".join))
def test_any_bytes_can_be_rescued(raw):
    letter = rescued(raw, why="x")
    assert (letter.attachments[0].content, letter.error) == (raw, None)


@settings(max_examples=300)
@given(
    st.text(max_size=120) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d(:\d\d)? [+-]\d{4}")
)
def test_any_date_is_one_that_databases_can_turn_or_none(value):
    read = moment(value)
    assert read is None or 1970 <= read.astimezone(UTC).year < 2200


@settings(deadline=None)
@given(LETTERS)
def test_what_has_words_is_never_cut_to_empty(text):
    split = split_text(text, packs=PACKS)
    assert bool(split.new_text) == bool(text.strip())


def outside(folds: tuple[Span, ...], text: str) -> str:
    edges = [0, *(edge for span in folds for edge in (span.start, span.end)), len(text)]
    return "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)).strip()


@settings(deadline=None)
@given(LETTERS)
@example("-----Original Message-----\n> On 3 May 2025 at 10:00, A <a@b.c> wrote:\n")
@example("-----Original Message-----\n> \ufeff\ufeff")
@example(
    "On 3 May 2025 at 10:00, A <a@b.c> wrote:\n\n> -----Original Message-----\nOn 3 May 2025 at 10:00, A <a@b.c> wrote:\n"
)
def test_every_line_is_either_new_or_folded(text):
    split = split_text(text, packs=PACKS)
    rest = outside(split.folded, text)
    kept = [rest, without_quote_signs(rest)] if split.folded else [rest]
    assert split.text == text
    assert split.new_text.split() in [words.split() for words in kept]


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_of_any_declared_charset_are_text(raw, declared):
    assert isinstance(decode(raw, declared, packs=PACKS).text, str)


def looks_like_nothing_else(text: str) -> bool:
    return text.count("\x00") < FEWEST_ZEROS_OF_UTF16 and len(TWICE.findall(text)) < TWICE_AT_LEAST


@given(st.text().filter(looks_like_nothing_else))
@example("\x00")
@example("\x00a")
@example("\ufeffa")
def test_text_in_utf8_is_read_as_it_was(text):
    assert decode(text.encode(), "utf-8").text == text.removeprefix("\ufeff")


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
