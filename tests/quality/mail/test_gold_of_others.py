"""Gold that other authors set: where a letter's first words end, and whether a bounce is for good."""

import pytest
from measured import MAIL, report

from amends.mail.parse import all_packs, parse
from amends.mail.quotes import split_text

pytestmark = [pytest.mark.data, pytest.mark.skipif(not MAIL.is_dir(), reason="the data of $AMENDS_DATA is not here")]

CRISP = MAIL / "reply" / "crisp-oss__email-reply-parser"
FIRST, LAST = "Fusce bibendum, quam hendrerit", "Fusce sed odio id arcu varius aliquet nec nec nibh."
# Its words stand under "Gesendet von Outlook" with nothing that says whose they are: we fold nobody's words unasked.
NOTHING_SAYS_WHOSE = ["email_german_3.txt"]
BOUNCES = MAIL / "bounces" / "sisimai__set-of-emails"
# From the expectations that sisimai's authors keep beside these mails (BSD-2): h hard, s soft.
HARD_OR_SOFT = {
    "sendmail": "01h 03h 04s 05s 06s 07s 08s 09s 10s 11s 12s 13s 14h 15h 16s 17h 18s 19s 20s 21s 22h 24h 25h 26h 27s"
    " 28h 29s 30s 31s 32h 33s 34s 35s 36s 37h 38s 39s 40s 41h 42h 43s 44s 45h 46h 47h 48s 49h 50s 51s 52h 53s 54s 55s"
    " 56s 57h 58s 59s 60s",
    "yahoo": "01h 02s 03h 04s 05h 06s 07h 08s 09h 10h 11s 12s 13s 14s",
    "messagingserver": "01h 02s 03s 04s 05h 06s 07s 08s 09h 10h 11s 12s",
    "exchange2007": "01h 02s 03s 04s 05s 06h 07h",
    "dragonfly": "01s 02s 03s 04h 05s 06s 07s 08s 09h 10h 11h 12s 13s 14s 15s 16h 17s 18s 19s 20s 21s 22h 23s 24h 25s"
    " 26h 27s 28s 29s 30s",
}
AGREED = 0.88
"""Floor. Ten of the others say "user unknown" in so many words and count as soft there, since a filter may lie."""


def test_first_words_end_where_crisp_says():
    letters = {path.name: path.read_text() for path in sorted(CRISP.glob("*.txt"))}
    ours = {name: text for name, text in letters.items() if text.startswith(FIRST)}
    gold = {name: text[: text.index(LAST) + len(LAST)] for name, text in ours.items()}
    wrong = [name for name, text in ours.items() if split_text(text, packs=all_packs()).new_text != gold[name]]
    report("first words as crisp has them", len(ours) - len(wrong), len(ours))
    assert wrong == NOTHING_SAYS_WHOSE


def test_bounces_are_hard_or_soft_as_sisimai_says():
    judged = [
        (BOUNCES / f"bsd__lhost-{host}-{case[:2]}.eml", case[2])
        for host, cases in HARD_OR_SOFT.items()
        for case in cases.split()
    ]
    found = [(path, expected) for path, expected in judged if path.is_file()]
    wrong = [path.name for path, expected in found if parse(path.read_bytes()).bounce[:1].replace("d", "s") != expected]
    report("hard or soft as sisimai says", len(found) - len(wrong), len(found))
    assert len(found) - len(wrong) >= AGREED * len(found)


def test_a_bounce_names_whom_it_failed_for():
    failed = [letter for path in sorted(BOUNCES.glob("*.eml")) if (letter := parse(path.read_bytes())).bounce]
    named = [letter for letter in failed if letter.failed_recipients]
    report("failed letters that name the address", len(named), len(failed))
    report("failed letters that name the Message-ID", sum(bool(letter.returned) for letter in failed), len(failed))
    assert len(named) >= 0.97 * len(failed)
