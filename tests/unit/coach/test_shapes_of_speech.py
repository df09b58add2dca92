"""Slots by their capitals, and phrases that are quoted in order to be rejected."""

import pytest

from amends.coach.review import review
from amends.languages import load

pytestmark = pytest.mark.parametrize("tag", ["en", "id", "th", "fi"])


def rules_found(reply: str, tag: str) -> set[str]:
    return {finding.rule for finding in review(reply, pack=load(tag)).findings}


def test_a_slot_named_in_capitals_is_open(tag: str) -> None:
    slot = {"en": "Dear GUEST NAME, it is done.", "id": "Halo Kak NAMA PEMESAN, sudah beres.",
            "th": "เรียนคุณ CLIENT NAME เรียบร้อยแล้วค่ะ", "fi": "Hei TILAAJAN NIMI, asia on hoidettu."}[tag]  # fmt: skip
    assert "var.unresolved" in rules_found(slot, tag)


def test_a_field_named_in_capitals_is_no_slot(tag: str) -> None:
    field = {"en": "Leave the box ORDER NUMBER empty.", "id": "Kolom NOMOR PESANAN dikosongkan saja.",
             "th": "ช่อง ORDER NUMBER เว้นว่างได้ค่ะ", "fi": "Jätä kohta TILAUKSEN NUMERO tyhjäksi."}[tag]  # fmt: skip
    assert "var.unresolved" not in rules_found(field, tag)


def test_a_stock_phrase_quoted_to_be_rejected_is_not_ours(tag: str) -> None:
    quoted = {"en": 'You deserve better than "sorry for the inconvenience" lines from us.',
              "id": 'Bapak pantas mendapat lebih dari "mohon maaf atas ketidaknyamanannya" saja.',
              "th": 'คุณควรได้มากกว่า "ขออภัยในความไม่สะดวก" จากเราค่ะ',
              "fi": "Ansaitset parempaa kuin 'pahoittelemme häiriötä' -rivin."}[tag]  # fmt: skip
    assert "apology.inconvenience" not in rules_found(quoted, tag)


def test_a_line_that_tells_its_writer_to_choose_is_open(tag: str) -> None:
    left = {"en": "Dear Mr/Ms (delete as applicable), it is done.", "id": "Bapak/Ibu (coret salah satu), sudah beres.",
            "th": "เรียนคุณลูกค้า (เลือกอย่างใดอย่างหนึ่ง) เรียบร้อยแล้วค่ะ", "fi": "Herra/rouva (tarpeeton pois), asia on hoidettu."}[tag]  # fmt: skip
    assert "var.unresolved" in rules_found(left, tag)


def test_a_colour_in_brackets_is_no_slot(tag: str) -> None:
    aside = {"en": "The parcel (one lamp [white]) left today.", "id": "Paketnya (satu lampu [putih]) berangkat hari ini.",
             "th": "พัสดุ (โคมไฟ [สีขาว]) ออกวันนี้ค่ะ", "fi": "Paketti (yksi lamppu [valkoinen]) lähti tänään."}[tag]  # fmt: skip
    assert "var.unresolved" not in rules_found(aside, tag)
