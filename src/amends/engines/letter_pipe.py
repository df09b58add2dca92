"""Letters through a pipe between two processes: lengths, then bytes; nothing that comes back can run code here."""

import io
import pickle
import struct
from dataclasses import replace
from typing import BinaryIO, Final

from amends.mail.letter import Letter

COUNT: Final = struct.Struct(">Q")
LARGEST: Final = 200_000_000
# Everything a letter is made of. A process that a hostile mail has taken over can send nothing else.
MADE_OF: Final = frozenset(
    {
        ("amends.mail.letter", "Letter"),
        ("amends.mail.letter", "LetterKind"),
        ("amends.mail.letter", "Address"),
        ("amends.mail.letter", "Part"),
        ("amends.text.spans", "Span"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timezone"),
        ("datetime", "timedelta"),
    }
)


class BrokenPipe(Exception):
    """The other side ended, or said what it never should."""


class _Strict(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in MADE_OF:
            raise BrokenPipe(f"a letter holds no {module}.{name}")
        return super().find_class(module, name)


def send(pipe: BinaryIO, *pieces: bytes) -> None:
    """Write pieces of bytes, each behind its length."""
    for piece in pieces:
        pipe.write(COUNT.pack(len(piece)))
        pipe.write(piece)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes:
    """Return the next piece. Raises BrokenPipe at the end of the pipe."""
    head = pipe.read(COUNT.size)
    size = COUNT.unpack(head)[0] if len(head) == COUNT.size else LARGEST + 1
    piece = pipe.read(size) if size <= LARGEST else b""
    if size > LARGEST or len(piece) < size:
        raise BrokenPipe("the pipe ended before its piece")
    return piece


def send_letter(pipe: BinaryIO, letter: Letter) -> None:
    """Write a letter: first all but the contents of its attachments, then those one by one, never copied."""
    bare = replace(letter, attachments=tuple(replace(part, content=b"") for part in letter.attachments))
    send(pipe, pickle.dumps(bare, protocol=5), *(part.content for part in letter.attachments))


def receive_letter(pipe: BinaryIO) -> Letter:
    """Return the letter that was sent. Raises BrokenPipe when it is none."""
    try:
        bare = _Strict(io.BytesIO(receive(pipe))).load()
    except BrokenPipe:
        raise
    except Exception as wrong:
        raise BrokenPipe("no letter came") from wrong
    if not isinstance(bare, Letter):
        raise BrokenPipe("no letter came")
    return replace(bare, attachments=tuple(replace(part, content=receive(pipe)) for part in bare.attachments))
