"""A mail server that hangs holds up its own letters, and nobody else's."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from amends.desk.jobs import lease
from amends.desk.jobs.engine import LANES
from amends.desk.jobs.tasks import TASKS
from amends.desk.models import Agent, Case, Conversation, Reply
from amends.desk.operations.outbox import LINES_A_HOST, deliver_later
from tests.servers import desk_environment, mailbox_of, smtp_sink, soon


def test_a_letter_for_a_quick_server_does_not_wait_for_one_that_hangs(tmp_path: Path) -> None:
    with smtp_sink() as slow, smtp_sink() as fast:
        slow.mood = "silent"
        command = [sys.executable, "-m", "tests.desk.jobs.desk_with_two_hosts", str(slow.port), str(fast.port)]
        environment = desk_environment(tmp_path) | {"AMENDS_SENDING": "smtp", "AMENDS_UNDO_SECONDS": "0"}
        with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as desk:
            assert soon(lambda: fast.texts == 1, at_most_s=60)
            assert soon(lambda: slow.texts == LINES_A_HOST)
            assert desk.stdin is not None
            desk.stdin.close()
            desk.wait(timeout=10)


@pytest.mark.django_db
def test_only_so_many_letters_go_to_one_server_at_a_time(case: Case, aino: Agent, now: datetime) -> None:
    slow, fast = (
        mailbox_of(case.brand, smtp_host="slow"),
        mailbox_of(case.brand, smtp_host="fast", address="b@x.example"),
    )
    for number in range(8):
        talk = Conversation.objects.create(case=case, mailbox=slow, token=f"s{number}", started_at=now)
        deliver_later(_letter(talk, aino, now), now=now, at=now)
    quick = Conversation.objects.create(case=case, mailbox=fast, token="f", started_at=now)
    last = _letter(quick, aino, now)
    deliver_later(last, now=now, at=now)
    taken = lease.claim(now, worker="w", limit=16)
    assert len(taken) == LINES_A_HOST + 1
    assert last.pk in [job.arguments["reply_id"] for job in taken]


def test_sending_has_threads_of_its_own_and_claims_nothing_ahead() -> None:
    lane = LANES[TASKS["deliver_reply"].lane]
    assert (lane.ahead, lane.at_least, lane.threads >= 8) == (1, 1, True)


def _letter(talk: Conversation, aino: Agent, now: datetime) -> Reply:
    return Reply.objects.create(
        conversation=talk, author=aino, recipient="noi@example.org", text="…", internet_message_id=f"<{talk.token}@x>",
        queued_at=now, undo_until=now, due_at=now,
    )  # fmt: skip
