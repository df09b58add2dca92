"""Every form in which a mail program begins old words, and whole letters as forty programs lay them out."""

import tomllib
from email.message import EmailMessage
from pathlib import Path

import pytest

from amends.mail.parse import all_packs, parse
from amends.mail.quotes import split_text

HERE = Path(__file__).parent
BEGINNINGS = [
    (tag, begin)
    for tag, forms in tomllib.loads((HERE / "beginnings.toml").read_text(encoding="utf-8")).items()
    for begin in forms
]
LETTERS = tomllib.loads((HERE / "letters.toml").read_text(encoding="utf-8"))
OWN = "My own words here.\nSecond line."
QUOTED = "\n> Dear customer,\n> here it is.\n"
UNQUOTED = "\n\nDear customer, here it is.\nRegards\n"


@pytest.mark.parametrize(("tag", "begin"), BEGINNINGS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_quote_begins_at_the_words_of_the_program(tag, begin, gap):
    assert split_text(f"{OWN}{gap}{begin}{QUOTED}", packs=all_packs()).new_text == OWN


@pytest.mark.parametrize(("tag", "begin"), [pair for pair in BEGINNINGS if not pair[1].startswith(">")])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_old_words_without_quote_signs_begin_there_too(tag, begin, gap):
    assert split_text(f"{OWN}{gap}{begin}{UNQUOTED}", packs=all_packs()).new_text == OWN


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_a_program_lays_a_letter_out_in_its_own_way(letter):
    assert parse(written(letter)).new_text == letter["new"]


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_what_is_folded_and_what_is_new_are_the_whole_letter(letter):
    read = parse(written(letter))
    kept = list(read.text)
    for span in reversed(read.folded):
        kept[span.start : span.end] = []
    assert letters_of("".join(kept)) == letters_of(read.new_text)


def letters_of(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def written(letter: dict[str, str]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@home.example", "help@shop.example", "Order"
    if not letter.get("forwarded"):
        mail["In-Reply-To"] = "<our-1@shop.example>"
    if "plain" in letter:
        mail.set_content(letter["plain"])
    if "html" in letter:
        (mail.add_alternative if "plain" in letter else mail.set_content)(letter["html"], subtype="html")
    return mail.as_bytes()
