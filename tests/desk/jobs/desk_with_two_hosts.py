"""A worker that has letters for two mail servers, one of which never answers. Run as a program: SLOW-PORT FAST-PORT."""

import os
import sys
import threading

import django

LETTERS_FOR_THE_SLOW_ONE = 20


def main(slow_port: int, fast_port: int) -> None:
    """Queue letters for the slow server first, then one for the fast one, and work until standard input ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "amends.desk.settings"
    django.setup()
    from django.core.management import call_command

    from amends.desk.jobs.engine import work
    from amends.desk.jobs.tasks import TASKS

    call_command("migrate", verbosity=0)
    for number in range(LETTERS_FOR_THE_SLOW_ONE):
        queue_letter(f"slow{number}@example.org", host="127.0.0.1", port=slow_port)
    queue_letter("fast@example.org", host="localhost", port=fast_port)
    stop = threading.Event()
    # Whoever started us lets go of our standard input; a hanging server must not keep the test.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    work(stop, tasks=TASKS, threads=2, each_round=lambda _now: None)


def queue_letter(recipient: str, *, host: str, port: int) -> None:
    """Queue one letter of a brand that sends through that host."""
    from amends.desk import clock
    from amends.desk.models import Brand, Case, Conversation, Customer, Mailbox, Reply
    from amends.desk.operations.outbox import deliver_later

    now = clock.now()
    brand, _ = Brand.objects.get_or_create(name=f"Brand of {host}", defaults={"address": f"care@{host}.example"})
    mailbox, _ = Mailbox.objects.get_or_create(
        brand=brand, address=brand.address, smtp_host=host, smtp_port=port, smtp_encryption="none"
    )
    case = Case.objects.create(brand=brand, customer=Customer.objects.create(since=now), opened_at=now)
    talk = Conversation.objects.create(case=case, mailbox=mailbox, token=recipient[:30], started_at=now)
    reply = Reply.objects.create(
        conversation=talk, recipient=recipient, text="It is on its way.", internet_message_id=f"<{recipient}>",
        queued_at=now, undo_until=now, due_at=now,
    )  # fmt: skip
    deliver_later(reply, now=now, at=now)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
