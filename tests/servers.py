"""Real servers for tests, on free loopback ports: Dovecot, and a mail server that can be told to misbehave."""

import asyncio
import os
import secrets
import select
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import OperationalError
from imapclient import IMAPClient

from amends.desk.models import Mailbox
from tools.system_parts import PARTS, dovecot

USER, PASSWORD = "care", "a-long-password"
DOVECOT_OWNER = "nobody"

DOVECOT_SETTINGS = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail
mail_fsync = never
passdb {{
  driver = static
  args = password={password} user={user}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/home
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
namespace inbox {{
  inbox = yes
}}
"""


def need(name: str) -> None:
    """Skip by name a test whose system part is missing; on the build machine that is a failure."""
    part = next(part for part in PARTS if part.name == name)
    if part.is_there():
        return
    words = f"{part.name} is missing. To get it: apt-get install {part.package}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def desk_environment(home: Path) -> dict[str, str]:
    """Return the environment of a desk of its own, run as a program."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return inherited | {"AMENDS_HOME": str(home), "DJANGO_SETTINGS_MODULE": "amends.desk.settings"}


OWN_PORTS = range(12_000, 30_000)
PORTS_TRIED = 50


def free_port() -> int:
    """Return a loopback port nobody listens on, nor will soon by chance.

    The system hands out ports of its own range, 0 asked for, to every outgoing line as well: between our asking and our
    listening another suite could get it. Below that range nobody is given one unasked.
    """
    for _ in range(PORTS_TRIED):
        port = OWN_PORTS.start + secrets.randbelow(len(OWN_PORTS))
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError(f"none of {PORTS_TRIED} ports was free")


def soon(claim: Callable[[], bool], *, at_most_s: float = 10) -> bool:
    """Return whether a claim about another thread or program becomes true in time."""
    end = time.monotonic() + at_most_s
    while not (held := claim()) and time.monotonic() < end:
        select.select([], [], [], 0.02)
    return held


def unlocked(claim: Callable[[], object]) -> Callable[[], bool]:
    """Return a claim that does not hold while another thread has a table: SQLite in memory locks whole ones."""

    def answer() -> bool:
        with suppress(OperationalError):
            return bool(claim())
        return False

    return answer


@dataclass(kw_only=True)
class Sink:
    """A real SMTP server. `mood` is what it does with the next letter, `taken` what it got, `texts` how often DATA came."""

    port: int
    mood: str = "take"
    taken: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    texts: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Refuse the recipient in some moods."""
        answers = {"unknown": "550 5.1.1 No such user", "busy": "450 4.2.1 Mailbox busy, try later"}
        if self.mood not in answers:
            envelope.rcpt_tos.append(address)
        return answers.get(self.mood, "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take the text, and then answer, refuse, hang up or fall silent."""
        self.texts += 1
        self.taken.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        if self.mood == "drop":
            server.transport.abort()
        if self.mood == "silent":
            await asyncio.Event().wait()
        return {"spam": "554 5.7.1 Looks like spam", "full": "452 4.3.1 Disk full"}.get(self.mood, "250 OK: kept")


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """Yield a mail server that takes everything, until its mood is changed."""
    sink = Sink(port=free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@dataclass(frozen=True, kw_only=True)
class Post:
    """A running Dovecot with one user."""

    port: int
    folder: Path

    @contextmanager
    def client(self) -> Iterator[IMAPClient]:
        """Yield a session of somebody else than the desk."""
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.login(USER, PASSWORD)
            yield client

    def put(self, *mails: bytes, folder: str = "INBOX", seen: bool = False) -> None:
        """Let mails arrive."""
        with self.client() as client:
            for mail in mails:
                client.append(folder, mail, flags=[rb"\Seen"] if seen else [])

    def empty(self) -> None:
        """Delete every mail and every folder but the inbox."""
        with self.client() as client:
            for _flags, _mark, name in client.list_folders():
                if name != "INBOX":
                    client.delete_folder(name)
            client.select_folder("INBOX")
            if found := client.search():
                client.delete_messages(found)
                client.expunge()

    def cut_lines(self) -> None:
        """End every session, as a restarted server or a lost network does."""
        subprocess.run(["doveadm", "-c", str(self.folder / "settings"), "kick", USER], check=True, capture_output=True)

    def unseen(self, folder: str = "INBOX") -> int:
        """Return how many mails are unread."""
        with self.client() as client:
            client.select_folder(folder, readonly=True)
            return len(client.search(["UNSEEN"]))


@contextmanager
def dovecot_server(*, provider_port: int = 0) -> Iterator[Post]:
    """Yield a new Dovecot that runs as an unprivileged user; it and its mails are gone afterwards.

    `provider_port`: where a mail provider (tests/provider.py) vouches for tokens, which it then takes as well.
    """
    need("Dovecot")
    folder = Path(tempfile.mkdtemp(prefix="amends-dovecot-"))
    folder.chmod(0o755)
    port = free_port()
    owner, group = (DOVECOT_OWNER, "nogroup") if os.geteuid() == 0 else (_me("-un"), _me("-gn"))
    words = {"folder": folder, "owner": owner, "group": group, "port": port, "user": USER, "password": PASSWORD}
    (folder / "settings").write_text(DOVECOT_SETTINGS.format(**words), encoding="utf-8")
    if provider_port:
        _let_in_by_token(folder, provider_port)
    for part in ("run", "mail", "home"):
        (folder / part).mkdir()
    _give(folder, owner, group)
    command = _as(owner, [str(dovecot()), "-F", "-c", str(folder / "settings")])
    server = subprocess.Popen(command, cwd="/", stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
    try:
        _wait_for(port)
        yield Post(port=port, folder=folder)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)


def _let_in_by_token(folder: Path, provider_port: int) -> None:
    asked = f"tokeninfo_url = http://127.0.0.1:{provider_port}/whois?access_token=\nusername_attribute = username\n"
    (folder / "tokens").write_text(f"{asked}active_attribute = active\nactive_value = true\n", encoding="utf-8")
    words = (
        (folder / "settings")
        .read_text(encoding="utf-8")
        .replace("mechanisms = plain", "mechanisms = plain xoauth2 oauthbearer")
    )
    tokens = f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder}/tokens\n}}\n"
    (folder / "settings").write_text(words + tokens, encoding="utf-8")


def mailbox_of(brand: Any, *, post: Post | None = None, sink: Sink | None = None, **columns: Any) -> Mailbox:
    """Return a saved mailbox that reads from this Dovecot and sends through that sink."""
    made: dict[str, Any] = {"brand": brand, "address": "care@lumi.example"}
    plain = Mailbox.Encryption.NONE
    if post:
        made |= {"imap_host": "127.0.0.1", "imap_port": post.port, "imap_encryption": plain, "imap_user": USER}
    if sink:
        made |= {"smtp_host": "127.0.0.1", "smtp_port": sink.port, "smtp_encryption": plain}
    return Mailbox.objects.create(**(made | columns))


@contextmanager
def scripted_server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Yield the port of a server that says exactly what `talk` says to its one caller."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        pool = _Thread(door, talk)
        pool.start()
        yield int(door.getsockname()[1])
    pool.join(timeout=5)


class _Thread(threading.Thread):
    def __init__(self, door: socket.socket, talk: Callable[[socket.socket], None]) -> None:
        super().__init__(daemon=True)
        self.door, self.talk = door, talk

    def run(self) -> None:
        try:
            caller, _ = self.door.accept()
            with caller:
                self.talk(caller)
        except OSError:
            pass


def _me(what: str) -> str:
    return subprocess.run(["id", what], check=True, capture_output=True, text=True).stdout.strip()


def _give(folder: Path, owner: str, group: str) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, owner, group)


def _as(owner: str, words: list[str]) -> list[str]:
    """Return the command that runs these words as an unprivileged user."""
    return ["su", owner, "-s", "/bin/sh", "-c", f"exec {shlex.join(words)}"] if os.geteuid() == 0 else words


def _wait_for(port: int, *, at_most_s: float = 15) -> None:
    """Return when somebody listens there. Raises TimeoutError."""
    if not soon(lambda: listens(port), at_most_s=at_most_s):
        raise TimeoutError(f"nobody listens on port {port} after {at_most_s} s")


def listens(port: int) -> bool:
    """Return whether somebody answers on that loopback port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
