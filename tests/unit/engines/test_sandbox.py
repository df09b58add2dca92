"""A mail that hangs or kills its reader becomes a letter all the same, and harms no other."""

import io
import os
import pickle
import signal
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from amends.engines.letter_pipe import BrokenPipe, receive_letter, send, send_letter
from amends.engines.sandbox import CannotRead, SandboxReader
from amends.mail.letter import Address, Letter, LetterKind, Part
from amends.mail.parse import parse
from amends.mail.rescue import rescued
from amends.text.spans import Span

WORDS = {"en": "Where is my parcel?", "id": "Barang saya rusak!", "th": "ของยังไม่มา", "fi": "Äh, paketti hävisi."}


def mail(words: str) -> bytes:
    return (
        "From: Ann <ann@home.example>\r\nSubject: Late\r\nMessage-ID: <m@home.example>\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{words}\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n\x01\r\n--b--\r\n"
    ).encode()


def child(*statements: str) -> tuple[str, ...]:
    """Return the command of a reader that begins well and then does something else."""
    begin = "import os,sys,time;from amends.engines.letter_pipe import send,receive;send(sys.stdout.buffer,b'letter');"
    return (sys.executable, "-c", begin + "receive(sys.stdin.buffer);receive(sys.stdin.buffer);" + ";".join(statements))


@pytest.fixture
def reader():
    opened = SandboxReader()
    yield opened
    opened.close()


@pytest.mark.parametrize("tag", WORDS)
def test_the_letter_is_the_same_as_read_without_a_sandbox(reader, tag):
    assert reader.read(mail(WORDS[tag]), desk="d") == parse(mail(WORDS[tag]), desk="d")


def test_one_reader_serves_mail_after_mail(reader):
    reader.read(mail("a"), desk="")
    first = reader.free[0].process.pid
    reader.read(mail("b"), desk="")
    assert [child.process.pid for child in reader.free] == [first]


@pytest.mark.parametrize(
    "act", ["os._exit(3)", "os.kill(os.getpid(),11)", "time.sleep(60)", "send(sys.stdout.buffer,b'failed',b'MemoryError')", "print('x'*99,flush=True);sys.exit()"]
)  # fmt: skip
@pytest.mark.parametrize("tag", WORDS)
def test_whatever_becomes_of_the_reader_there_is_a_letter(tag, act):
    letter = SandboxReader(command=child(act), longest_s=1.0).read(mail(WORDS[tag]), desk="")
    assert (letter.text, letter.sender.email, letter.message_id) == (WORDS[tag], "ann@home.example", "<m@home.example>")
    assert [part.content for part in letter.attachments] == [mail(WORDS[tag])]
    assert "could not be read safely" in letter.doubts[0]
    assert letter.error is None


@pytest.mark.parametrize(
    ("act", "why"), [("exec('while True: pass')", "it took too long"), ("bytes(4_000_000_000)", "MemoryError")]
)
def test_a_mail_that_takes_too_much_is_stopped_by_the_system(act, why):
    begin = "import amends.engines.letter_child as c;c.CPU_S=0;c.parse=lambda raw,desk:"
    reader = SandboxReader(command=(sys.executable, "-c", f"{begin}{act};c.main()"))
    letter = reader.read(mail("x"), desk="")
    assert (letter.text, why in letter.doubts[0]) == ("x", True)


def test_a_reader_killed_by_the_system_costs_its_mail_nothing(reader):
    reader.read(mail("a"), desk="")
    os.kill(reader.free[0].process.pid, signal.SIGKILL)
    assert reader.read(mail("b"), desk="") == parse(mail("b"))


def test_when_no_reader_can_be_started_the_mail_waits():
    with pytest.raises(CannotRead):
        SandboxReader(command=("/no/such/program",)).read(mail("a"), desk="")


def test_the_reader_is_given_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("AMENDS_SECRET", "s3cret")
    told = child("send(sys.stdout.buffer,b'failed',','.join(os.environ).encode())")
    assert "AMENDS_SECRET" not in SandboxReader(command=told).read(mail("a"), desk="").doubts[0]


def test_a_taken_over_reader_can_send_nothing_but_letters():
    pipe = io.BytesIO()
    send(pipe, pickle.dumps(os.system))
    pipe.seek(0)
    with pytest.raises(BrokenPipe):
        receive_letter(pipe)


def test_every_field_of_a_letter_goes_through_the_pipe():
    zone = timezone(timedelta(hours=7))
    letter = Letter(
        subject="s\ud800", sender=Address(email="a@b.example"), date=datetime(2026, 1, 1, tzinfo=zone), folded=(Span(1, 2),),
        attachments=(Part(name="a", media_type="b/c", content=b"x"), Part(name="", media_type="", content=b"")), kind=LetterKind.BOUNCE,
    )  # fmt: skip
    pipe = io.BytesIO()
    send_letter(pipe, letter)
    pipe.seek(0)
    assert receive_letter(pipe) == letter


@pytest.mark.parametrize(
    "raw", [b"", b"\x00" * 99, b"\xff\xfe", b"From: \xe4", b"Content-Type: multipart/mixed; boundary=b\n\n--b"]
)
def test_what_cannot_be_read_at_all_is_rescued_too(raw):
    letter = rescued(raw, why="it broke")
    assert (letter.attachments[0].content, letter.error, "it broke" in letter.doubts[0]) == (raw, None, True)


def test_a_time_in_utc_goes_through_the_pipe():
    pipe = io.BytesIO()
    send_letter(pipe, Letter(date=datetime(2026, 1, 1, tzinfo=UTC)))
    pipe.seek(0)
    assert receive_letter(pipe).date == datetime(2026, 1, 1, tzinfo=UTC)
