"""Mails broken on their way keep their words and files."""

import base64

import pytest

from amends.mail.parse import parse

HEAD = b"From: Ann <ann@home.example>\r\nTo: help@shop.example\r\nSubject: Late\r\nMIME-Version: 1.0\r\n"
WORDS = {"en": "Where is my parcel?", "id": "Barang saya rusak!", "th": "ของยังไม่มา", "fi": "Äh, paketti hävisi."}
MIXED = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
PDF = b"Content-Type: application/pdf; name=bill.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAw==\r\n"


def names(raw: bytes) -> list[str]:
    return [part.name for part in parse(raw).attachments]


def plain(words: str) -> bytes:
    return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode() + b"\r\n"


@pytest.mark.parametrize("tag", WORDS)
def test_a_boundary_other_than_the_declared_one_is_found(tag):
    letter = parse(MIXED + b"--other\r\n" + plain(WORDS[tag]) + b"--other\r\n" + PDF + b"--other--\r\n")
    assert (letter.text.strip(), [part.name for part in letter.attachments]) == (WORDS[tag], ["bill.pdf"])
    assert any("boundary" in doubt for doubt in letter.doubts)


def test_a_multipart_that_names_no_boundary_is_divided_all_the_same():
    raw = HEAD + b"Content-Type: multipart/mixed\r\n\r\n--x\r\n" + plain("hi") + b"--x\r\n" + PDF + b"--x--\r\n"
    assert names(raw) == ["bill.pdf"]


def test_a_part_behind_the_end_is_kept():
    assert names(MIXED + b"--b\r\n" + plain("hi") + b"--b--\r\n\r\n--b\r\n" + PDF + b"--b--\r\n") == ["bill.pdf"]


@pytest.mark.parametrize("lost", range(1, 12))
def test_a_mail_cut_in_its_last_file_keeps_its_words_and_the_file(lost):
    letter = parse((MIXED + b"--b\r\n" + plain("hi") + b"--b\r\n" + PDF)[:-lost])
    assert (letter.text, [part.name for part in letter.attachments]) == ("hi", ["bill.pdf"])


def test_a_part_inside_that_uses_the_boundary_of_the_whole_loses_nothing():
    inner = b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n' + plain("hi") + b"--b--\r\n"
    assert names(MIXED + b"--b\r\n" + inner + b"--b\r\n" + PDF + b"--b--\r\n") == ["bill.pdf"]


def test_words_only_labelled_base64_are_read_as_they_are():
    letter = parse(HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nWhere is it? It was due on Monday.\r\n")
    assert letter.text.strip() == "Where is it? It was due on Monday."


@pytest.mark.parametrize("tag", WORDS)
@pytest.mark.parametrize("noise", [b"=", b"==\r\n", b"!", b"\r\n\r\n", b"\x00"])
def test_base64_with_noise_in_it_is_still_read(tag, noise):
    packed = base64.b64encode(WORDS[tag].encode())
    kind = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert (
        parse(HEAD + kind + packed[:8] + (noise if b"=" not in noise else b"") + packed[8:] + noise).text == WORDS[tag]
    )


@pytest.mark.parametrize("label", ["quoted printable", "Quoted-Printable;", '"quoted-printable"', "QUOTED-PRINTABLE"])
def test_a_misspelt_transfer_encoding_is_understood(label):
    raw = HEAD + f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {label}\r\n\r\n".encode()
    assert parse(raw + b"H=C3=A4pe=\r\n=C3=A4").text == "Häpeä"


def test_headers_whose_folding_was_lost_are_read_to_their_end():
    raw = b"Received: from a\r\nby b with SMTP\r\nid 7 for <x@y.example>\r\nFrom: Ann <ann@home.example>\r\n\r\nhi"
    letter = parse(raw)
    assert (str(letter.sender), letter.text) == ("Ann <ann@home.example>", "hi")


def test_a_writer_without_an_address_keeps_the_name():
    assert str(parse(b"From: MAILER-DAEMON <>\r\nSubject: x\r\n\r\nhi").sender) == "MAILER-DAEMON"


def test_ten_thousand_headers_hide_neither_writer_nor_words():
    letter = parse(b"".join(b"X-%d: y\r\n" % n for n in range(10_000)) + HEAD + b"\r\nhi")
    assert (str(letter.sender), letter.text) == ("Ann <ann@home.example>", "hi")


def test_a_header_of_a_megabyte_hides_neither_writer_nor_words():
    letter = parse(b"X-Long: " + b"a" * 1_000_000 + b"\r\n" + HEAD + b"\r\nhi")
    assert (str(letter.sender), letter.text) == ("Ann <ann@home.example>", "hi")


def test_a_text_too_long_to_show_is_attached_whole():
    body = b"late again\r\n" * 200_000
    letter = parse(HEAD + b"\r\n" + body)
    assert letter.attachments[0].content == body
    assert len(letter.text) < len(body)


def test_a_picture_declared_as_text_is_a_file():
    letter = parse(
        MIXED + b"--b\r\n" + plain("hi") + b"--b\r\nContent-Type: text/plain\r\n\r\n\x89PNG\r\n\x1a\n\r\n--b--\r\n"
    )
    assert (letter.text.strip(), [part.media_type for part in letter.attachments]) == ("hi", ["image/png"])


def test_archives_stay_closed():
    zipped = b"Content-Type: application/zip; name=a.zip\r\n\r\nPK\x03\x04rest\r\n"
    assert [part.content[:4] for part in parse(MIXED + b"--b\r\n" + zipped + b"--b--\r\n").attachments] == [
        b"PK\x03\x04"
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wed, 18 Nov 2026 16:00:00 +0700", "2026-11-18T16:00:00+07:00"),
        ("18 Nov 2026 16:00 +0700", "2026-11-18T16:00:00+07:00"),
        ("Wed, 18 Nov 26 16:00:00 EST", "2026-11-18T16:00:00-05:00"),
        ("Wednesday, 18-Nov-26 16:00:00 GMT", "2026-11-18T16:00:00+00:00"),
        ("Wed Nov 18 16:00:00 2026", "2026-11-18T16:00:00+00:00"),
        ("Wed Nov 18 16:00:00 EST 2026", "2026-11-18T16:00:00-05:00"),
        ("2026-11-18T16:00:00+07:00", "2026-11-18T16:00:00+07:00"),
        ("2026-11-18 16:00:00 +0700", "2026-11-18T16:00:00+07:00"),
        ("2026-11-18T09:00:00Z", "2026-11-18T09:00:00+00:00"),
        ("Wed, 18 Nov 2026 16:00:00 +0700 (ICT)", "2026-11-18T16:00:00+07:00"),
        ("Wed, 18 Nov 2026 16.00.00 +0200", "2026-11-18T16:00:00+02:00"),
        ("Wed, 18 Nov 2026 16:00:00 GMT+0700", "2026-11-18T16:00:00+07:00"),
        ("Wed, 18 Nov 2026 16:00:00 +07:00", "2026-11-18T16:00:00+07:00"),
        ("Wed, 18 Nov 2026 16:00:00 UTC+7", "2026-11-18T16:00:00+07:00"),
        ("29 Feb 2567 16:00:00 +0700", "2024-02-29T16:00:00+07:00"),
        ("Wed, 18 Nov 2569 16:00:00 +0700", "2026-11-18T16:00:00+07:00"),
    ],
)
def test_dates_of_all_ages_are_read(written, read):
    assert parse(f"From: a@b.example\r\nDate: {written}\r\n\r\nhi".encode()).date.isoformat() == read


@pytest.mark.parametrize("broken", ["Mon, 1 Jan 1600 00:00:00 +1400", "Fri, 31 Dec 9999 23:59:59 -1200", "0", "+"])
def test_a_date_no_calendar_can_turn_is_no_date(broken):
    letter = parse(f"From: a@b.example\r\nDate: {broken}\r\n\r\nhi".encode())
    assert (letter.date, letter.doubts) == (None, ("the date cannot be read",))
