"""A language without marks between statements is parted by ear."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.languages import load
from amends.text.breaks import SPACE, Breaks, signs
from amends.text.segments import PLAIN, sentences, statements

THAI = load("th").sentence_rules


def said(text, rules=THAI):
    return [span.of(text) for span in statements(text, rules)]


def test_two_statements_without_a_particle_are_two():
    text = "ยอดเงินเข้าบัญชีแล้วเมื่อเช้านี้ ดิฉันต้องขอโทษที่ปล่อยให้คุณรอนานขนาดนี้"
    assert said(text) == text.split(" ")


def test_a_number_is_no_end():
    assert len(said("ดิฉันจะตรวจสอบคำสั่งซื้อ TH-88213 ด้วยตัวเองแล้วแจ้งผลให้ทราบค่ะ")) == 1


def test_a_condition_goes_with_what_follows_from_it():
    assert len(said("ถ้าคุณลูกค้าเช็คก่อน ปัญหานี้ก็คงไม่เกิดครับ")) == 1


def test_a_line_ends_a_statement_whatever_stands_around_it():
    assert said("เรียนคุณปรียา\nขอบคุณค่ะ") == ["เรียนคุณปรียา", "ขอบคุณค่ะ"]


@pytest.mark.parametrize("text", ["I am sorry. It was us.", "Dear Anna, we called", ""])
def test_where_marks_end_sentences_nothing_is_heard(text):
    assert statements(text, PLAIN) == sentences(text, PLAIN)


def test_a_space_is_weighed_by_the_letters_on_both_sides():
    space = SPACE.search("กขค งจฉ")
    assert {"lค", "lขค", "rง", "rงจ", "sกข", "eจฉ"} <= set(signs("กขค งจฉ", space))


def test_a_number_is_looked_past_for_the_words_before_it():
    text = "\nสั่งซื้อ TH-1 เมื่อวาน"
    assert "sสั่ง" in signs(text, list(SPACE.finditer(text))[1])


@given(st.text(alphabet="กขค่ะ 1a\n\t.", max_size=80))
def test_nothing_is_lost_and_nothing_overlaps(text):
    every = Breaks(weights={}, usual=9.0)
    spans = statements(text, type(THAI)(breaks=every, split_words=THAI.split_words))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
