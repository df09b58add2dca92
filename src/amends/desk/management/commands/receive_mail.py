"""Receive mail by SMTP or LMTP until told to stop."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amends.desk.channels.email.lmtp_in import lmtp_receiver
from amends.desk.channels.email.smtp_in import receiver
from amends.desk.management.stopping import stop_event


class Command(BaseCommand):
    """The mail receiver process."""

    help = "Receive mail until told to stop; bind it to loopback, behind a mail server that faces the world."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say where, and whether a parent holds our standard input."""
        parser.add_argument("address", help="HOST:PORT, such as 127.0.0.1:2525; with --lmtp also the path of a socket")
        parser.add_argument("--lmtp", action="store_true", help="speak LMTP instead of SMTP")
        parser.add_argument("--with-parent", action="store_true", help="stop when standard input ends")

    def handle(self, *args: Any, **options: Any) -> None:
        """Receive until told to stop; mails that are coming in at that moment are asked to come again."""
        address, by_lmtp = options["address"], options["lmtp"]
        host, _, port = address.rpartition(":")
        if not (by_lmtp and address.startswith("/")) and not (host and port.isdigit()):
            raise CommandError(f"an address is HOST:PORT, not {address}")
        stop = stop_event(with_parent=options["with_parent"])
        try:
            with lmtp_receiver(address) if by_lmtp else receiver(host, int(port)):
                self.stderr.write(f"Mail is received at {address} (process {os.getpid()}).")
                stop.wait()
        except OSError as refused:
            raise CommandError(f"no mail can be received at {address}: {refused}") from refused
