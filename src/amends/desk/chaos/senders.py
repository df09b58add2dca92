"""Mail servers of customers: they keep a mail until somebody says "250", and come back as often as it takes."""

import queue
import smtplib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

AGAIN_AFTER_S: Final = 0.05
FIRST_ORDER: Final = 40_000
ANSWERS_WITHIN_S: Final = 45.0
COMPLAINTS: Final = (
    "Where is my parcel? I have been waiting for two weeks and nobody answers!",
    "Barang saya belum sampai, sudah tiga kali saya komplain!",
    "สั่งของไปสองสัปดาห์แล้วยังไม่ได้เลย โกรธมาก",
    "Pakettini on kaksi viikkoa myöhässä, olen raivoissani!",
)


def name_of(number: int) -> str:
    """Return the Message-ID of one customer's mail."""
    return f"<chaos.{number}@example.org>"


def number_in(subject: str) -> int:
    """Return which customer's mail has this subject."""
    return int(subject.rpartition("-")[2]) - FIRST_ORDER


def letter(number: int, *, padding: int = 0) -> bytes:
    """Return one customer's mail."""
    words = COMPLAINTS[number % len(COMPLAINTS)]
    lines = (
        f"From: Customer {number} <customer.{number}@example.org>",
        "To: care@lumi.example",
        f"Subject: Order LC-{FIRST_ORDER + number}",
        f"Message-ID: {name_of(number)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        f"{words} ({number})",
        *["x" * 70 for _ in range(padding // 72)],
        "",
    )
    return "\r\n".join(lines).encode()


class Senders:
    """Many mail servers at once. `said_yes` is the number of every mail they were told is kept, and when.

    `held`: the mails stay with their senders until `let_go`.
    """

    def __init__(
        self, port: int, numbers: Iterable[int], *, servers: int, padding: int = 0, rate: float = 0, held: bool = False
    ) -> None:
        self.said_yes: dict[int, float] = {}
        self.refused = 0
        self.times_s: list[float] = []
        self._port, self._padding, self._pause_s = port, padding, servers / rate if rate else 0.0
        self._waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._held = deque(numbers)
        self._left = len(self._held)
        self.let_go(0 if held else self._left)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._send_all, daemon=True) for _ in range(servers)]

    def start(self) -> None:
        """Begin to send."""
        for thread in self._threads:
            thread.start()

    def let_go(self, mails: int) -> None:
        """Let that many mails be sent in all, from the first one on."""
        while self._held and self._left - len(self._held) < mails:
            self._waiting.put(self._held.popleft())

    def is_done(self) -> bool:
        """Return whether every mail was said yes to."""
        return len(self.said_yes) >= self._left

    def stop(self) -> None:
        """Stop sending; what nobody said yes to stays with its sender."""
        self._stop.set()
        for thread in self._threads:
            thread.join(ANSWERS_WITHIN_S)

    def _send_all(self) -> None:
        while not self._stop.is_set() and not self.is_done():
            with suppress(OSError, smtplib.SMTPException):
                self._one_session()
            self._stop.wait(AGAIN_AFTER_S)

    def _one_session(self) -> None:
        with smtplib.SMTP("127.0.0.1", self._port, timeout=ANSWERS_WITHIN_S) as smtp:
            while not self._stop.is_set():
                try:
                    number = self._waiting.get_nowait()
                except queue.Empty:
                    return
                self._one_mail(smtp, number)

    def _one_mail(self, smtp: smtplib.SMTP, number: int) -> None:
        began = time.monotonic()
        try:
            smtp.sendmail(
                f"customer.{number}@example.org", ["care@lumi.example"], letter(number, padding=self._padding)
            )
        except BaseException as refused:
            self.refused += isinstance(refused, smtplib.SMTPResponseException)
            self._waiting.put(number)
            raise
        self.said_yes[number] = time.monotonic()
        self.times_s.append(self.said_yes[number] - began)
        if self._pause_s:
            self._stop.wait(max(0.0, self._pause_s - self.times_s[-1]))


def all_sent(senders: Senders, *, at_most_s: float, meanwhile: Callable[[], object] = lambda: None) -> bool:
    """Return whether every mail was said yes to in time; `meanwhile` is called again and again."""
    end = time.monotonic() + at_most_s
    while not senders.is_done() and time.monotonic() < end:
        meanwhile()
        time.sleep(0.01)
    return senders.is_done()
