"""As much of an IMAP server as a desk asks for (RFC 3501, IDLE of RFC 2177), in a bad mood."""

import random
import re
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

DROPS: Final = 0.08
REPEATS: Final = 0.05
IDLE_STEP_S: Final = 0.1
UNSEEN, SINCE = "UNSEEN", "SINCE"


class MoodyImap:
    """One folder. It hangs up now and then in the middle of an answer, and shows some mails under two numbers."""

    def __init__(self, *, seed: int) -> None:
        self.port = 0
        self.drops = self.repeats = self.renumberings = 0
        self.mails: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.uid_validity = 1_000
        self.next_uid = 1
        self._chance = random.Random(seed)  # noqa: S311  # choices that can be made again
        self._moody = True
        self.lock = threading.Lock()

    def arrive(self, mails: Iterable[bytes]) -> None:
        """Let mails come into the folder; a few come twice, under two numbers."""
        with self.lock:
            for mail in mails:
                twice = self._chance.random() < REPEATS
                self.repeats += twice
                for _ in range(1 + twice):
                    self.mails[self.next_uid] = mail
                    self.next_uid += 1

    def count_anew(self) -> None:
        """Give every mail another number, as a server restored from a backup does."""
        with self.lock:
            self.renumberings += 1
            self.uid_validity += 1
            old = sorted(self.mails.items())
            self.seen = {place for place, (uid, _) in enumerate(old, 1) if uid in self.seen}
            self.mails = {place: mail for place, (_, mail) in enumerate(old, 1)}
            self.next_uid = len(self.mails) + 1
            self.drops += 1

    def behave(self) -> None:
        """Drop no more lines."""
        self._moody = False

    def drops_now(self) -> bool:
        """Return whether the line breaks at this moment."""
        broken = self._moody and self._chance.random() < DROPS
        self.drops += broken
        return broken

    @contextmanager
    def listening(self) -> Iterator["MoodyImap"]:
        """Listen on loopback while the context is open."""
        with _Server(("127.0.0.1", 0), _Session) as server:
            server.folder = self
            self.port = int(server.server_address[1])
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield self
            finally:
                server.shutdown()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    folder: MoodyImap


class _Session(socketserver.StreamRequestHandler):
    """One caller. Every command is answered by the method of its name."""

    server: _Server

    def handle(self) -> None:
        """Talk until the line ends."""
        self.folder = self.server.folder
        self._say("* OK [CAPABILITY IMAP4rev1 IDLE] ready")
        try:
            while line := self.rfile.readline().decode("utf-8", "replace").strip():
                tag, _, rest = line.partition(" ")
                command, _, words = rest.partition(" ")
                if command.upper() == "UID":
                    command, _, words = words.partition(" ")
                answers: dict[str, Callable[[str, str], bool]] = {
                    "SELECT": self._select,
                    "EXAMINE": self._select,
                    "SEARCH": self._search,
                    "FETCH": self._fetch,
                    "STORE": self._store,
                    "IDLE": self._idle,
                    "CAPABILITY": self._capability,
                    "LIST": self._list,
                }
                goes_on = answers.get(command.upper(), self._fine)(tag, words)
                if not goes_on or command.upper() == "LOGOUT":
                    return
        except OSError:
            return

    def _say(self, line: str, raw: bytes = b"") -> None:
        self.wfile.write(line.encode() + (b"" if raw else b"\r\n") + raw)
        self.wfile.flush()

    def _fine(self, tag: str, words: str) -> bool:
        self._say(f"{tag} OK done")
        return True

    def _capability(self, tag: str, words: str) -> bool:
        self._say("* CAPABILITY IMAP4rev1 IDLE")
        return self._fine(tag, words)

    def _list(self, tag: str, words: str) -> bool:
        self._say('* LIST (\\HasNoChildren) "/" "INBOX"')
        return self._fine(tag, words)

    def _select(self, tag: str, words: str) -> bool:
        with self.folder.lock:
            self._say(f"* {len(self.folder.mails)} EXISTS")
            self._say(f"* OK [UIDVALIDITY {self.folder.uid_validity}] this counting")
            self._say(f"* OK [UIDNEXT {self.folder.next_uid}] next")
        self.selected = self.folder.uid_validity
        return self._fine(tag, words)

    def _search(self, tag: str, words: str) -> bool:
        if self._is_stale() or self.folder.drops_now():
            return False
        with self.folder.lock:
            found = self._matching(words)
        self._say(f"* SEARCH {' '.join(map(str, found))}".rstrip())
        return self._fine(tag, words)

    def _matching(self, words: str) -> list[int]:
        uids = sorted(self.folder.mails)
        if UNSEEN in words:
            return [uid for uid in uids if uid not in self.folder.seen]
        if named := re.search(r"(\d+):\*", words):
            return [uid for uid in uids if uid >= int(named[1])] or uids[-1:]
        return uids

    def _fetch(self, tag: str, words: str) -> bool:
        if self._is_stale():
            return False
        for uid in _numbers(words):
            mail = self.folder.mails.get(uid)
            if mail is None:
                continue
            if "BODY" not in words:
                self._say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(mail)})")
                continue
            part = "BODY[]<0>" if "<0." in words else "BODY[]"
            head = f"* {uid} FETCH (UID {uid} {part} {{{len(mail)}}}\r\n"
            if self.folder.drops_now():
                self._say(head, mail[: len(mail) // 2])
                return False
            self._say(head, mail + b")\r\n")
        return self._fine(tag, words)

    def _store(self, tag: str, words: str) -> bool:
        if self._is_stale() or self.folder.drops_now():
            return False
        with self.folder.lock:
            self.folder.seen |= set(_numbers(words))
        return self._fine(tag, words)

    def _idle(self, tag: str, words: str) -> bool:
        self._say("+ idling")
        known = len(self.folder.mails)
        self.connection.settimeout(IDLE_STEP_S)
        try:
            while not self._is_stale():
                if len(self.folder.mails) != known:
                    known = len(self.folder.mails)
                    self._say(f"* {known} EXISTS")
                if self._said_done():
                    return self._fine(tag, words)
            return False
        finally:
            self.connection.settimeout(None)

    def _said_done(self) -> bool:
        try:
            line = self.connection.recv(64)
        except TimeoutError:
            return False
        if not line:
            raise ConnectionError("the caller is gone")
        return True

    def _is_stale(self) -> bool:
        """Return whether the folder counts anew since this caller opened it: then the line ends."""
        return getattr(self, "selected", self.folder.uid_validity) != self.folder.uid_validity


def _numbers(words: str) -> list[int]:
    """Return the numbers of a set such as `3,5:7`."""
    numbers: list[int] = []
    for part in words.split(" ", 1)[0].split(","):
        first, _, last = part.partition(":")
        if first.isdigit():
            numbers += range(int(first), int(last or first) + 1)
    return numbers
