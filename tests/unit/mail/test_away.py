"""Until when somebody's automatic note says that they are away."""

from datetime import date

import pytest

from amends.mail.away import away_until
from amends.mail.parse import all_packs, parse

WRITTEN = date(2025, 4, 25)
"""A Friday."""
FIFTH, SIXTH, MONDAY = date(2025, 5, 5), date(2025, 5, 6), date(2025, 4, 28)
NOTES = [
    ("I am out of the office until 5 May.", FIFTH),
    ("I'm on leave from 1 May to 5 May 2025 and will be back on 6 May.", FIFTH),
    ("I will be back on Tuesday, May 6th, 2025.", SIXTH),
    ("I am away through May 5.", FIFTH),
    ("Back in the office on Monday.", MONDAY),
    ("Saya sedang cuti sampai tanggal 5 Mei 2025.", FIFTH),
    ("Saya cuti 1 s/d 5 Mei. Kembali bekerja 6 Mei.", FIFTH),
    ("Saya akan kembali pada 6 Mei 2025.", SIXTH),
    ("ดิฉันลาพักร้อนถึงวันที่ 5 พ.ค. ค่ะ", FIFTH),
    ("ลาพักร้อนวันที่ 1 - 5 พฤษภาคม 2568 และจะกลับมาทำงานวันที่ 6 พฤษภาคม 2568", SIXTH),
    ("ไม่อยู่ออฟฟิศจนถึง 5/5/2568", FIFTH),
    ("Olen lomalla 5.5. asti.", FIFTH),
    ("Olen lomalla 1.5.–5.5.2025. Palaan töihin tiistaina 6.5.2025.", SIXTH),
    ("Olen poissa 5. toukokuuta saakka.", FIFTH),
    ("Palaan maanantaina.", MONDAY),
    ("Ich bin bis zum 5. Mai 2025 im Urlaub.", FIFTH),
    ("Absent du 1er au 5 mai, de retour le 6 mai 2025.", FIFTH),
    ("Estaré fuera de la oficina hasta el 5 de mayo de 2025.", FIFTH),
    ("Estou de férias até 5 de maio de 2025.", FIFTH),
    ("Jag är på semester till och med den 5 maj.", FIFTH),
    ("Sono in ferie fino al 05/05/2025.", FIFTH),
    ("5月5日まで不在です。", FIFTH),
]
SILENT = ["I am out. Call 14.05 or 02-123-4567.", "I am on holiday with no end.", "I was away until 5 May 2023."]


@pytest.mark.parametrize(("note", "until"), NOTES)
def test_a_note_of_absence_says_until_when(note, until):
    assert away_until(note, written=WRITTEN, packs=all_packs()) == until


@pytest.mark.parametrize("note", SILENT)
def test_a_note_that_names_no_day_to_come_says_none(note):
    assert away_until(note, written=WRITTEN, packs=all_packs()) is None


def test_a_letter_brings_the_day_with_it():
    head = "From: a@b.example\nDate: Fri, 25 Apr 2025 10:00:00 +0000\nAuto-Submitted: auto-replied\nSubject: Away\n\n"
    assert parse(f"{head}I am on leave until 5 May.".encode()).away_until == FIFTH


def test_a_person_who_names_a_day_is_not_away():
    head = "From: a@b.example\nDate: Fri, 25 Apr 2025 10:00:00 +0000\nSubject: My lamp\n\n"
    assert parse(f"{head}I am on holiday until 5 May, deliver after that.".encode()).away_until is None
