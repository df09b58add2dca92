"""Real and hostile mail, measured: nothing raises, nothing is lost, machines are known, history is cut as people cut it."""

import email
from email import policy

import pytest
from measured import MAIL, letters, report

from amends.mail.letter import Letter, LetterKind
from amends.mail.parse import all_packs, parse
from amends.mail.quotes import split_text

pytestmark = [pytest.mark.data, pytest.mark.skipif(not MAIL.is_dir(), reason="the data of $AMENDS_DATA is not here")]

GOLD = MAIL / "reply" / "discourse__email_reply_trimmer"
# The gold cuts this letter, which is nothing but quotes, to empty; we never do.
CUT_TO_EMPTY = "spam_1.txt"
BINARY_SHOWN_AS_TEXT = 0.01


def attachments_of_the_library(raw: bytes) -> int:
    mail = email.message_from_bytes(raw, policy=policy.compat32)
    waiting, found = [mail], 0
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += part.get_payload()
        elif part.get_content_type() == "message/rfc822" or part.get_content_disposition() == "attachment":
            found += 1
    return found


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


def test_hardly_a_letter_is_garbled():
    found = letters("mime", "bounces", "spam")
    garbled = [path.name for path in found if "\ufffd" in parse(path.read_bytes()).text]
    report("readable", len(found) - len(garbled), len(found))
    assert len(garbled) <= BINARY_SHOWN_AS_TEXT * len(found)


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
