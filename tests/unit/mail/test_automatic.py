"""Mail that no person wrote, and people who only sound like machines."""

import pytest

from amends.mail.letter import LetterKind
from amends.mail.parse import parse

AWAY = [
    ("en", "Automatic reply: Your order", "I am out of the office until 5 May."),
    ("id", "Balasan otomatis: Pesanan Anda", "Saya sedang cuti sampai tanggal 5 Mei."),
    ("th", "ตอบกลับอัตโนมัติ: คำสั่งซื้อ", "ดิฉันลาพักร้อนถึงวันที่ 5 พ.ค. ค่ะ"),
    ("fi", "Automaattinen vastaus: Tilauksesi", "Olen lomalla 5.5. asti."),
]
COMPLAINTS = [
    ("en", "Delivery failed", "My parcel was not delivered. Nobody rang."),
    ("en", "Holiday booking ruined", "We are on holiday and the room does not exist."),
    ("en", "Re: Automatic reply: Your order", "Thanks, but a robot is no answer. I will be back!"),
    ("id", "Pengiriman gagal", "Paket saya tidak terkirim sampai hari ini."),
    ("th", "ไม่สามารถส่งสินค้า", "ของส่งไม่ถึงบ้านค่ะ ส่งไม่สำเร็จสามครั้งแล้ว"),
    ("fi", "Toimitus epäonnistui", "Pakettiani ei toimitettu, vaikka olin lomalla kotona."),
]


def kind(subject="Hello", text="Hello", sender="ann@home.example", head=""):
    return parse(f"From: {sender}\nTo: help@shop.example\nSubject: {subject}\n{head}\n{text}\n".encode()).kind


@pytest.mark.parametrize(("tag", "subject", "text"), AWAY)
def test_a_note_of_absence_is_out_of_office(tag, subject, text):
    assert kind(subject, text) is LetterKind.OUT_OF_OFFICE


@pytest.mark.parametrize(("tag", "subject", "text"), AWAY)
def test_words_of_absence_need_no_telling_subject_where_a_machine_wrote(tag, subject, text):
    assert kind("Re: x", text, head="Auto-Submitted: auto-replied\n") is LetterKind.OUT_OF_OFFICE


@pytest.mark.parametrize(("tag", "subject", "text"), COMPLAINTS)
def test_a_customer_who_sounds_like_a_mail_system_is_a_customer(tag, subject, text):
    assert kind(subject, text) is LetterKind.HUMAN


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Auto-Submitted: auto-generated\n", LetterKind.AUTO_REPLY),
        ("Auto-Submitted: no\n", LetterKind.HUMAN),
        ("Precedence: auto_reply\n", LetterKind.AUTO_REPLY),
        ("X-Autoreply: yes\n", LetterKind.AUTO_REPLY),
        ("Precedence: bulk\n", LetterKind.LIST),
        ("List-Id: <news.shop.example>\n", LetterKind.LIST),
        ("X-Failed-Recipients: a@b.example\n", LetterKind.BOUNCE),
        ("X-Amends-Loop: shop.example\n", LetterKind.LOOP),
        ("X-Amends-Loop: other.example\n", LetterKind.HUMAN),
        ('Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n', LetterKind.BOUNCE),
    ],
)
def test_headers_say_what_wrote_it(head, expected):
    assert kind(head=head) is expected


def test_a_mail_daemon_writes_bounces():
    assert kind("Returned mail", "User unknown", sender="MAILER-DAEMON@host.example") is LetterKind.BOUNCE


def test_a_bounce_names_the_mail_it_returns():
    raw = (
        b"From: MAILER-DAEMON@h.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n"
        b"--b\nContent-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID: <our-1@shop.example>\n\n--b--\n"
    )
    letter = parse(raw)
    assert letter.returned == ("<our-1@shop.example>",)
    assert "Action: failed" in letter.text
