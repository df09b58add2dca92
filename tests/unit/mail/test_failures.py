"""What a bounce says: for good, for now, or only late, and for whom."""

import pytest

from amends.mail.letter import LetterKind
from amends.mail.parse import parse

OUR_ID = "<our-1@shop.example>"
REPORT = """From: MAILER-DAEMON@mx.example
To: help@shop.example
Subject: Delivery Status
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

It did not work.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ann@home.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {code}
--b
Content-Type: text/rfc822-headers

Message-ID: <our-1@shop.example>
--b--
"""
QMAIL = "Hi. This is the qmail-send program.\n\n<ann@home.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nTo: bob@home.example\n"
EXIM = "This message was created automatically by mail delivery software.\nThe following address failed:\n\n  ann@home.example\n    mailbox is full: retry timeout exceeded\n"
EXCHANGE = "Your message to ann@home.example couldn't be delivered.\nann wasn't found at home.example.\n"
GMAIL = "** Address not found **\n\nYour message wasn't delivered to ann@home.example because the address couldn't be found.\n"
LATE = "This is a warning message only.\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\nann@home.example: connection refused, will be retried\n"
THAI = "ส่งข้อความไม่สำเร็จ\n\nไม่พบที่อยู่ ann@home.example จึงส่งข้อความไม่ได้\n"
FINNISH = "Viestiä ei voitu toimittaa.\n\nann@home.example: vastaanottajan postilaatikko on täynnä.\n"
JAPANESE = "メールを配信できませんでした。\n\nann@home.example: 宛先不明です。\n"
WORDS = [(QMAIL, "hard"), (EXIM, "soft"), (EXCHANGE, "hard"), (GMAIL, "hard"), (THAI, "hard"), (FINNISH, "soft")]


def daemon(text: str, subject: str = "failure notice"):
    head = f"From: MAILER-DAEMON@mx.example\nTo: help@shop.example\nSubject: {subject}\n"
    return parse(f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}".encode())


@pytest.mark.parametrize(
    ("action", "status", "code", "failure"),
    [
        ("failed", "5.1.1", "550 5.1.1 User unknown", "hard"),
        ("failed", "5.2.2", "552 5.2.2 Mailbox full", "soft"),
        ("failed", "5.7.1", "550 5.7.1 Message rejected as spam", "soft"),
        ("failed", "5.0.0", "550 No such user here", "hard"),
        ("failed", "4.4.7", "Delivery time expired", "soft"),
        ("delayed", "4.4.1", "connection timed out", "delayed"),
    ],
)
def test_a_report_says_whether_the_address_is_wrong(action, status, code, failure):
    letter = parse(REPORT.format(action=action, status=status, code=code).encode())
    assert (letter.kind, letter.bounce) == (LetterKind.BOUNCE, failure)
    assert (letter.failed_recipients, letter.returned) == (("ann@home.example",), (OUR_ID,))


@pytest.mark.parametrize(("text", "failure"), [*WORDS, (JAPANESE, "hard")])
def test_mail_systems_without_a_report_say_it_in_words(text, failure):
    letter = daemon(text)
    assert (letter.bounce, letter.failed_recipients) == (failure, ("ann@home.example",))


def test_a_warning_that_a_letter_is_late_is_no_failure():
    assert daemon(LATE, "Warning: could not send message for past 4 hours").bounce == "delayed"


def test_a_bounce_that_gives_no_reason_is_soft_so_that_it_silences_nobody():
    assert daemon("Your mail came back.\n").bounce == "soft"


def test_a_letter_that_arrived_is_no_bounce():
    letter = parse(REPORT.format(action="delivered", status="2.0.0", code="250 ok").encode())
    assert (letter.kind, letter.bounce) == (LetterKind.AUTO_REPLY, "")


def test_a_complaint_about_spam_returns_a_letter_that_did_arrive():
    head = "From: fbl@isp.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
    parts = "--b\n\nAbuse report\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--\n"
    letter = parse((head + parts).encode())
    assert (letter.kind, letter.bounce) == (LetterKind.BOUNCE, "")
