"""Bytes from the world become letters."""

import base64

import pytest

from amends.mail.letter import LetterKind
from amends.mail.parse import parse

WORDS = {
    "en": "Where is my “parcel”?",
    "id": "Barang saya rusak – tolong!",
    "th": "ของยังไม่มาเลยค่ะ",
    "fi": "Äh, paketti hävisi taas.",
}
HEAD = b"From: Ann <ann@home.example>\r\nTo: help@shop.example\r\nSubject: Late\r\nMIME-Version: 1.0\r\n"


def mail(body: bytes, kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    return HEAD + f"Content-Type: {kind}\r\n{more}\r\n".encode() + body


def multipart(kind: str, *parts: tuple[str, bytes]) -> bytes:
    inside = b"".join(b"--b\r\n" + head.encode() + b"\r\n\r\n" + body + b"\r\n" for head, body in parts)
    return mail(inside + b"--b--\r\n", f'multipart/{kind}; boundary="b"')


@pytest.mark.parametrize("tag", WORDS)
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_the_words_arrive_in_every_language_and_encoding(tag, encoding):
    raw = WORDS[tag].encode()
    body = {"8bit": raw, "base64": base64.encodebytes(raw), "quoted-printable": b"".join(b"=%02X" % c for c in raw)}[
        encoding
    ]
    assert parse(mail(body, more=f"Content-Transfer-Encoding: {encoding}\r\n")).new_text == WORDS[tag]


@pytest.mark.parametrize("tag", WORDS)
def test_a_mail_of_html_alone_is_read(tag):
    html = f"<style>x</style><p>{WORDS[tag]}</p><p>Second<br>line</p><script>no()</script>"
    letter = parse(mail(html.encode(), "text/html; charset=utf-8"))
    assert letter.text == f"{WORDS[tag]}\n\nSecond\nline"


def test_of_two_forms_the_plain_one_is_the_text():
    letter = parse(
        multipart("alternative", ("Content-Type: text/plain", b"plain"), ("Content-Type: text/html", b"<p>html</p>"))
    )
    assert (letter.text, letter.html) == ("plain", "<p>html</p>")


def test_plain_words_beside_an_html_letter_do_not_replace_it():
    letter = parse(
        multipart(
            "mixed", ("Content-Type: text/html", b"<p>My words</p>"), ("Content-Type: text/plain", b"list footer")
        )
    )
    assert letter.text == "My words\n\nlist footer"


def test_a_thai_letter_without_charset_is_read_with_a_doubt():
    letter = parse(mail(WORDS["th"].encode("cp874"), "text/plain"))
    assert letter.new_text == WORDS["th"]
    assert any("cp874" in doubt for doubt in letter.doubts)


def test_an_attachment_keeps_its_bytes_and_thai_name():
    head = "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''%E0%B8%81.pdf\r\nContent-Transfer-Encoding: base64"
    letter = parse(multipart("mixed", ("Content-Type: text/plain", b"hi"), (head, base64.b64encode(b"\x00\xff"))))
    assert [(p.name, p.content) for p in letter.attachments] == [("ก.pdf", b"\x00\xff")]


def test_an_attachment_cannot_name_a_path():
    head = 'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="../../etc/passwd"'
    letter = parse(multipart("mixed", ("Content-Type: text/plain", b"hi"), (head, b"x")))
    assert "/" not in letter.attachments[0].name


def test_a_picture_in_the_words_is_an_attachment_with_its_id():
    head = "Content-Type: image/png\r\nContent-ID: <pic1@x>\r\nContent-Disposition: inline"
    letter = parse(multipart("related", ("Content-Type: text/html", b"<img src='cid:pic1@x'>hi"), (head, b"\x89PNG")))
    assert (letter.attachments[0].content_id, letter.text) == ("pic1@x", "hi")


@pytest.mark.parametrize("kind", ["message/rfc822", "text/calendar", "application/ms-tnef"])
def test_letters_calendars_and_outlook_bundles_are_kept_whole(kind):
    letter = parse(
        multipart("mixed", ("Content-Type: text/plain", b"hi"), (f"Content-Type: {kind}", b"Subject: inner\r\n\r\nx"))
    )
    assert [part.media_type for part in letter.attachments] == [kind]
    assert letter.new_text == "hi"


def test_flowed_lines_are_joined():
    letter = parse(mail(b"One line \r\ngoes on.\r\nNext.", "text/plain; format=flowed"))
    assert letter.text == "One line goes on.\nNext."


def test_the_quote_of_gmail_is_history_in_whatever_language():
    html = '<div>Nothing yet.</div><div class="gmail_quote"><div class="gmail_attr">Blurb quux:</div><blockquote>Old words</blockquote></div>'
    assert parse(mail(html.encode(), "text/html")).new_text == "Nothing yet."


def test_an_answer_inside_the_quote_of_gmail_is_kept():
    html = '<div class="gmail_quote"><div class="gmail_attr">x:</div><blockquote>Old?</blockquote><div>New!</div><blockquote>Older?</blockquote></div>'
    assert parse(mail(html.encode(), "text/html")).new_text == "New!"


@pytest.mark.parametrize(
    "mark",
    [
        '<div id="divRplyFwdMsg"></div>',
        '<div id="appendonsend"></div>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt">',
    ],
)
def test_all_below_the_mark_of_outlook_is_history(mark):
    html = f"<p>Still broken.</p>{mark}<p>Foo: shop</p><p>Old words</p>"
    assert parse(mail(html.encode(), "text/html")).new_text == "Still broken."


def test_the_html_tells_where_history_begins_in_the_plain_words():
    html = b"<p>Nope.</p><blockquote type='cite'>Dear Ann, your parcel is on its way to you.</blockquote>"
    plain = b"Nope.\n\nShop skribis ion:\n\nDear Ann, your parcel\nis on its way to you."
    letter = parse(multipart("alternative", ("Content-Type: text/plain", plain), ("Content-Type: text/html", html)))
    assert "parcel" not in letter.new_text


def test_hidden_words_of_an_html_mail_are_not_read():
    assert parse(mail(b"<p style='display:none'>spam</p><p>real</p>", "text/html")).text == "real"


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00" * 50, b"\xff\xfe" * 99, b"\r\r\r", b"From ", b":", b"Content-Type: multipart/mixed; boundary=\n\nx"],
)
def test_nonsense_is_a_letter_too(raw):
    assert parse(raw).kind is LetterKind.HUMAN


def test_an_empty_file_is_an_error():
    assert parse(b"").error == "the file is empty"


def test_a_bottomless_mail_is_opened_only_so_far():
    raw = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(500)) + b"\ndeep"
    assert any("deeper" in doubt for doubt in parse(raw).doubts)


def test_a_mail_of_countless_parts_is_read_only_so_far():
    letter = parse(mail(b"--b\r\n\r\nx\r\n" * 5_000, "multipart/mixed; boundary=b"))
    assert any("more than" in doubt for doubt in letter.doubts)


def test_offsets_of_folded_stretches_fit_the_text():
    letter = parse(mail("Äh 👍\n\nOn 3 May 2025 at 10:00, Shop <s@x.example> wrote:\n> old".encode()))
    assert letter.folded[0].of(letter.text).startswith("On 3 May")


def test_a_contract_line_has_all_its_keys():
    keys = set(parse(mail(b"x")).as_json())
    assert {
        "subject",
        "from",
        "to",
        "date",
        "text",
        "new_text",
        "html",
        "attachments",
        "kind",
        "in_reply_to",
        "references",
        "doubts",
        "error",
    } <= keys
