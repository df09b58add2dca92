"""Files and words that programs wrap into something else: winmail.dat, uuencode, yEnc, calendars, letters in letters."""

import binascii
import struct

import pytest

from amends.mail import tnef
from amends.mail.calendars import words_of_calendar
from amends.mail.parse import parse

HEAD = b"From: Ann <ann@home.example>\r\nTo: help@shop.example\r\nSubject: Late\r\nMIME-Version: 1.0\r\n"
WORDS = {"en": "Where is my parcel?", "id": "Barang saya rusak!", "th": "ของยังไม่มา", "fi": "Äh, paketti hävisi."}
RTF = rb"{\rtf1\ansi\ansicpg874{\fonttbl\f0 Arial;}\pard Caf\'a1 \u3586?ok\par{\*\hidden no}end}"


def attribute(level: int, number: int, content: bytes) -> bytes:
    return struct.pack("<BHHI", level, number, 6, len(content)) + content + b"\0\0"


def prop(number: int, kind: int, content: bytes) -> bytes:
    padded = content + b"\0" * (-len(content) % 4)
    return struct.pack("<HHII", kind, number, 1, len(content)) + padded


def winmail(*, words: str = "", name: str = "ä.pdf", content: bytes = b"\x00\xff", rtf: bytes = b"") -> bytes:
    body = prop(0x1000, 0x1F, words.encode("utf-16-le")) if words else b""
    packed = prop(0x1009, 0x102, struct.pack("<II4sI", len(rtf), len(rtf), b"MELA", 0) + rtf) if rtf else b""
    about = struct.pack("<I", bool(words) + bool(rtf)) + body + packed
    names = (
        struct.pack("<I", 2)
        + prop(0x3707, 0x1F, name.encode("utf-16-le"))
        + prop(0x370E, 0x1F, "application/pdf".encode("utf-16-le"))
    )
    file = attribute(2, 0x9002, b"\0" * 14) + attribute(2, 0x800F, content) + attribute(2, 0x9005, names)
    return tnef.SIGNATURE + b"\0\0" + attribute(1, 0x9003, about) + file


def mail_with(content: bytes, kind: str = "application/ms-tnef", *, words: str = "") -> bytes:
    text = b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode() + b"\r\n"
    file = f"--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + binascii.b2a_base64(
        content
    )
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + (text if words else b"") + file + b"--b--\r\n"


def test_the_files_in_winmail_dat_are_there_beside_it():
    letter = parse(mail_with(winmail(), words="hi"))
    assert [(part.name, part.content) for part in letter.attachments][1:] == [("ä.pdf", b"\x00\xff")]


@pytest.mark.parametrize("tag", WORDS)
def test_the_words_in_winmail_dat_are_read_when_the_mail_has_none(tag):
    assert parse(mail_with(winmail(words=WORDS[tag]))).text == WORDS[tag]


def test_words_kept_only_as_rtf_are_read():
    assert parse(mail_with(winmail(rtf=RTF))).text == "Cafก ขok\nend"


def test_compressed_rtf_is_the_one_of_the_standard():
    example = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    bundle = tnef.opened(
        tnef.SIGNATURE + b"\0\0" + attribute(1, 0x9003, struct.pack("<I", 1) + prop(0x1009, 0x102, example))
    )
    assert bundle.text == "hello world"


@pytest.mark.parametrize("kept", range(0, 200, 7))
def test_a_broken_winmail_dat_is_kept_and_doubted(kept):
    letter = parse(mail_with(winmail(words="hi")[:kept], words="see file"))
    assert letter.attachments[0].content == winmail(words="hi")[:kept]
    assert letter.text.strip() == "see file"


def test_a_uuencoded_file_is_taken_out_of_the_words():
    lines = binascii.b2a_uu(b"0123456789" * 4) + binascii.b2a_uu(b"0123456789" * 4)
    letter = parse(HEAD + b"\r\nSee here:\r\nbegin 644 bill.pdf\r\n" + lines + b"`\r\nend\r\nThanks\r\n")
    assert [(part.name, part.content) for part in letter.attachments] == [("bill.pdf", b"0123456789" * 8)]
    assert letter.text.split() == ["See", "here:", "[bill.pdf]", "Thanks"]


@pytest.mark.parametrize("words", ["begin 644 of the story\nwas sad.\nend", "begin 644 x", "I begin 100 times\nM\nend"])
def test_words_that_only_begin_like_uuencode_stay_words(words):
    letter = parse(HEAD + b"\r\n" + words.encode())
    assert (letter.text, letter.attachments) == (words, ())


def test_a_yenc_file_is_taken_out_of_the_words():
    packed = bytes((octet + 42) % 256 for octet in b"picture")
    letter = parse(HEAD + b"\r\nhi\r\n=ybegin line=128 size=7 name=a.jpg\r\n" + packed + b"\r\n=yend size=7\r\nbye")
    assert [(part.name, part.content) for part in letter.attachments] == [("a.jpg", b"picture")]


def test_an_invitation_says_what_and_when():
    calendar = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Visit\\, second\r\n  try\r\nLOCATION:Shop 2\r\n"
        'DTSTART;TZID=Asia/Bangkok:20261120T100000\r\nDTEND;TZID="Asia/Bangkok":20261120T110000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
    )
    told = "[calendar, request: Visit, second try; 2026-11-20 10:00 (Asia/Bangkok) – 2026-11-20 11:00 (Asia/Bangkok); Shop 2]"
    letter = parse(mail_with(calendar.encode(), "text/calendar; charset=utf-8"))
    assert (letter.text, len(letter.attachments)) == (told, 1)


@pytest.mark.parametrize("broken", ["", "BEGIN:VEVENT", "x" * 9_999, "BEGIN:VEVENT\n" + ";" * 5_000 + ":\nEND:VEVENT"])
def test_a_calendar_that_says_nothing_adds_no_words(broken):
    assert words_of_calendar(broken) == ""


def test_a_letter_forwarded_whole_brings_its_words_and_files_when_nothing_stands_around_it():
    inner = mail_with(b"\x00\x01", "application/pdf; name=bill.pdf", words="It broke.")
    letter = parse(HEAD + b"Content-Type: message/rfc822\r\n\r\n" + inner)
    assert (letter.text.strip(), [part.name for part in letter.attachments]) == ("It broke.", ["Late.eml", "bill.pdf"])


def test_a_named_text_is_read_and_kept_as_a_file():
    raw = HEAD + b"Content-Type: text/plain; name=note.txt\r\n\r\nIt broke."
    assert (parse(raw).text, [part.name for part in parse(raw).attachments]) == ("It broke.", ["note.txt"])


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("attachment; filename*=UTF-8''%E0%B8%81%20%28a%29.pdf", "ก (a).pdf"),
        ("attachment; filename*0=\"a long \"; filename*1=\"name.pdf\"", "a long name.pdf"),
        ("attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
        ("attachment; filename*0*=tis-620''%A1; filename*1=.pdf", "ก.pdf"),
        ('attachment; filename="=?utf-8?B?4LiBLnBkZg==?="', "ก.pdf"),
        ("attachment; filename==?utf-8?Q?=C3=A4.pdf?=", "ä.pdf"),
        ("attachment; filename=a b c.pdf", "a b c.pdf"),
        ("attachment; FILENAME = 'x.pdf'", "'x.pdf'"),
        ("attachment; filename*=utf-8''%ZZ%E0.pdf", "%ZZà.pdf"),
        ('attachment; filename="C:\\\\temp\\\\bill.pdf"', "C_temp_bill.pdf"),
        ("attachment; filename=" + "a" * 400 + ".pdf", "a" * 196 + ".pdf"),
    ],
)  # fmt: skip
def test_names_of_files_are_read_as_they_are_really_written(said, name):
    raw = HEAD + f"Content-Type: application/pdf\r\nContent-Disposition: {said}\r\n\r\nx".encode()
    assert parse(raw).attachments[0].name == name
