"""A desk of its own, on the disk, that fails at one named step after the other; each time it is started again.

Run as a program: `python -m tests.desk.failpoints.desk_that_fails SMTP-PORT`. It prints a line of JSON for each step
and way of failing. Each attempt is a process of its own, forked from a loaded one, so that dying is real and quick.
"""

import errno
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import django

WAYS: dict[str, Callable[[], None]] = {}
MINUTE = timedelta(minutes=1)
BEGIN = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
REACHED, NOT_REACHED, KILLED = 0, 3, 9
LARGE = "x" * 120_000
"""More than a row holds, so that the step of the blob is passed too."""


def way(failure: Callable[[], None]) -> Callable[[], None]:
    """Name a way of failing."""
    WAYS[failure.__name__] = failure
    return failure


@way
def mistake() -> None:
    """Ours, in the code."""
    raise RuntimeError("armed")


@way
def power_cut() -> None:
    """Or kill -9."""
    os._exit(KILLED)


@way
def full_disk() -> None:
    """What every write says on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


def main(port: int) -> None:
    """Fail everywhere, in every way."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "amends.desk.settings"
    django.setup()
    from django.core.management import call_command

    from amends.desk.failpoint import INTAKE, STEPS

    call_command("migrate", verbosity=0)
    found(port)
    warm()
    pairs = [(step, how) for step in STEPS for how in WAYS]
    acts = [Intake(number) if step in INTAKE else Sending(number) for number, (step, _) in enumerate(pairs)]
    in_a_process(lambda: [act.before() for act in acts] and REACHED)
    for act, (step, how) in zip(acts, pairs, strict=True):
        ended = in_a_process(lambda step=step, how=how, act=act: failing(act, step, WAYS[how]))  # type: ignore[misc]
        in_a_process(lambda step=step, how=how, act=act, ended=ended: again(act, step, how, ended))  # type: ignore[misc]


def warm() -> None:
    """Let one mail be answered without a failure before the forks: each would compile the words of the languages."""
    act = Sending(-1)
    act.before()
    act.act()


def found(port: int) -> None:
    """Give the desk a brand, a mailbox and somebody who answers."""
    from amends.desk.models import Agent, Brand, Mailbox

    brand = Brand.objects.create(name="Lumi & Co", address="care@lumi.example")
    Mailbox.objects.create(
        brand=brand, address="care@lumi.example", smtp_host="127.0.0.1", smtp_port=port, smtp_encryption="none"
    )
    Agent.objects.create_user(username="aino", display_name="Aino")


def failing(act: "Intake | Sending", step: str, failure: Callable[[], None]) -> int:
    """Act with the step armed; say whether it was reached."""
    from amends.desk import failpoint

    failpoint.arm(step, failure)
    with suppress(Exception):  # whoever asked is told so, and tries again
        act.act()
    return NOT_REACHED if failpoint.is_armed() else REACHED


def again(act: "Intake | Sending", step: str, how: str, ended: int) -> None:
    """Start again, let everybody do what they would, and print what there is in the end."""
    act.again()
    print(json.dumps({"step": step, "how": how, "ended": ended} | act.seen()), flush=True)


class Intake:
    """A mail of a customer comes in; a server that heard no yes brings it again."""

    def __init__(self, number: int) -> None:
        self.now = BEGIN + timedelta(days=number)
        self.sender = f"c{number}@example.org"
        self.raw = (
            f"From: {self.sender}\r\nTo: care@lumi.example\r\nSubject: Lamp\r\nMessage-ID: <{number}@example.org>\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
            f"Where is lamp {number}?\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv"
            f"\r\n\r\n{LARGE}{number}\r\n--b--\r\n"
        ).encode()

    def before(self) -> None:
        """Nothing has to be there."""

    def act(self) -> None:
        """The mail comes in, and is filed and read."""
        from amends.desk.operations.receive import receive

        receive(self.raw, channel="smtp", now=self.now)
        work(self.now)

    def again(self) -> None:
        """The mail is brought once more, as by a server that was not told yes; and the desk goes on for an hour."""
        from amends.desk.operations.receive import receive

        receive(self.raw, channel="smtp", now=self.now + MINUTE)
        for minutes in (1, 2, 5, 10, 60):
            work(self.now + minutes * MINUTE)

    def seen(self) -> dict[str, Any]:
        """Return what became of the mail."""
        from amends.desk.models import Attachment, Message, MessageReading, RawMessage

        said = Message.objects.filter(sender=self.sender)
        return {
            "messages": said.count(),
            "cases": said.values("conversation__case").distinct().count(),
            "files": Attachment.objects.filter(message__in=said).count(),
            "readings": MessageReading.objects.filter(message__in=said).count(),
            "raw": sorted(
                RawMessage.objects.filter(received_at__range=(self.now, self.now + MINUTE)).values_list(
                    "state", flat=True
                )
            ),
        }


class Sending(Intake):
    """An answer to a customer leaves."""

    def before(self) -> None:
        """The customer wrote, and the answer is drafted."""
        from amends.desk.models import Agent, Case
        from amends.desk.operations.drafting import save_draft

        Intake.act(self)
        case = Case.objects.latest("pk")
        text = "I am sorry that your lamp is late: we packed it in the wrong box."
        save_draft(case, author=Agent.objects.get(), text=text, seen_version=case.version, now=self.now)

    def act(self) -> None:
        """Send it, and let it leave."""
        self.press_send(self.now)
        work(self.now + MINUTE)

    def again(self) -> None:
        """Whoever still sees the draft sends it again; and the desk goes on for some hours."""
        from amends.desk.operations.outbox import settle_stuck

        self.press_send(self.now + 2 * MINUTE)
        for minutes in (1, 3, 5, 12, 30, 300):
            settle_stuck(self.now + minutes * MINUTE)
            work(self.now + minutes * MINUTE)

    def press_send(self, now: datetime) -> None:
        """Send the draft if there is one."""
        from amends.desk.models import Draft
        from amends.desk.operations.send import send

        for draft in Draft.objects.filter(case__customer__handles__value=self.sender):
            send(draft, reason="a test of the way out, not of the words", now=now)

    def seen(self) -> dict[str, Any]:
        """Return what became of the answer."""
        from amends.desk.models import Draft, Event, Reply

        replies = Reply.objects.filter(recipient=self.sender)
        told = Event.objects.filter(kind="reply.uncertain", facts__reply__in=list(replies.values_list("pk", flat=True)))
        return {
            "drafts": Draft.objects.filter(case__customer__handles__value=self.sender).count(),
            "states": [reply.state for reply in replies],
            "told": told.count(),
            "recipient": self.sender,
        }


def work(now: datetime) -> None:
    """Do what is due."""
    from amends.desk.jobs.engine import run_due
    from amends.desk.jobs.tasks import TASKS

    run_due(now, tasks=TASKS)


def in_a_process(do: Callable[[], int | None]) -> int:
    """Do something in a forked process and return how it ended."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = do() or REACHED
        except BaseException:
            sys.excepthook(*sys.exc_info())
            raise
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    main(int(sys.argv[1]))
