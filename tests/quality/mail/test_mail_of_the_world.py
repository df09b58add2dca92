"""Real and hostile mail, measured: nothing raises, nothing is lost, machines are known, history is cut as people cut it."""

import email
import re
from collections.abc import Iterator
from email import policy
from email.message import Message

import pytest
from measured import MAIL, letters, report

from amends.engines.sandbox import SandboxReader
from amends.mail.charsets import TWICE
from amends.mail.letter import Letter, LetterKind
from amends.mail.parse import all_packs, parse
from amends.mail.quotes import split_text

pytestmark = [pytest.mark.data, pytest.mark.skipif(not MAIL.is_dir(), reason="the data of $AMENDS_DATA is not here")]

GOLD = MAIL / "reply" / "discourse__email_reply_trimmer"
# The gold cuts this letter, which is nothing but quotes, to empty; we never do.
CUT_TO_EMPTY = "spam_1.txt"
GARBLED_SHARE = 0.01
NOBODY_WROTE = re.compile("[\ufffd\x80-\x9f]")
HAS_FROM = re.compile(rb"(?:\A|\n)[Ff]rom:[^\n]{0,200}@")


def parts_of_the_library(raw: bytes) -> Iterator[Message]:
    waiting = [email.message_from_bytes(raw, policy=policy.compat32)]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += part.get_payload()
        else:
            yield part


def attachments_of_the_library(raw: bytes) -> int:
    """Count what any reader may call a file: named, marked as one, or no text (a multipart without parts is none)."""
    return sum(
        bool(part.get_filename())
        or part.get_content_disposition() == "attachment"
        or part.get_content_maintype() not in ("text", "multipart")
        for part in parts_of_the_library(raw)
    )


def test_every_mail_becomes_a_letter():
    paths = letters("mime", "bounces", "spam")
    assert [path.name for path in paths if not isinstance(parse(path.read_bytes()), Letter)] == []


def test_no_attachment_is_lost():
    short = [
        path.name
        for path in letters("mime", "bounces", "spam")
        if len(parse(path.read_bytes()).attachments) < attachments_of_the_library(path.read_bytes())
    ]
    report(
        "mails with all attachments",
        len(letters("mime", "bounces", "spam")) - len(short),
        len(letters("mime", "bounces", "spam")),
    )
    assert short == []


def is_garbled(raw: bytes) -> bool:
    """Return whether words or names hold signs that nobody wrote: unknown, control, or UTF-8 taken for Western letters."""
    letter = parse(raw)
    shown = " ".join([letter.subject, str(letter.sender), letter.text, *(part.name for part in letter.attachments)])
    return bool(NOBODY_WROTE.search(shown)) or len(TWICE.findall(shown)) >= 2


def test_hardly_a_letter_is_garbled():
    found = letters("mime", "bounces", "spam")
    garbled = [path.name for path in found if is_garbled(path.read_bytes())]
    report("readable", len(found) - len(garbled), len(found))
    assert len(garbled) <= GARBLED_SHARE * len(found), garbled


def test_the_sandbox_reads_every_mail_as_this_process_does():
    reader = SandboxReader()
    found = letters("mime", "bounces", "spam")
    other = [path.name for path in found if reader.read(path.read_bytes(), desk="") != parse(path.read_bytes())]
    reader.close()
    report("the same letter out of the sandbox", len(found) - len(other), len(found))
    assert other == []


def test_what_names_a_writer_and_a_date_has_them():
    found = letters("mime", "bounces", "spam")
    nobody = [
        path.name
        for path in found
        if HAS_FROM.search(path.read_bytes()[:5_000]) and not parse(path.read_bytes()).sender
    ]
    report("writers", len(found) - len(nobody), len(found))
    assert len(nobody) <= GARBLED_SHARE * len(found), nobody


def test_no_bounce_or_automatic_reply_counts_as_a_person():
    found = letters("bounces")
    people = [path.name for path in found if parse(path.read_bytes()).kind in (LetterKind.HUMAN, LetterKind.LIST)]
    report("machines known", len(found) - len(people), len(found))
    assert people == []


def test_history_is_cut_where_people_cut_it():
    names = sorted(path.name for path in (GOLD / "emails").glob("*.txt"))
    wrong = [name for name in names if trimmed(name) != (GOLD / "trimmed" / name).read_text().strip()]
    report("new words as in the gold", len(names) - len(wrong), len(names))
    assert wrong == [CUT_TO_EMPTY]


def trimmed(name: str) -> str:
    text = (GOLD / "emails" / name).read_text()
    return split_text(text, packs=all_packs()).new_text


def test_no_letter_of_the_reply_suites_is_cut_to_empty():
    for path in (MAIL / "reply").rglob("*.txt"):
        text = path.read_text(errors="replace")
        assert bool(split_text(text, packs=all_packs()).new_text) == bool(text.strip()), path.name
