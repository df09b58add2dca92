"""The normal form, told by letters that consist of several."""

from amends.text.normal import normal
from amends.text.spans import Span


def test_a_letter_keeps_its_mark_on_the_way_forth():
    form = normal("ถ้า")
    assert form.forward(Span(0, 2)).of(form.text) == "ถ้"
    assert form.forward(Span(1, 2)).of(form.text) == "ถ้"


def test_a_letter_keeps_its_mark_on_the_way_back():
    assert normal("ถ้า").back(Span(0, 1)) == Span(0, 2)


def test_a_letter_that_becomes_two_leads_back_to_the_one():
    form = normal("İzmir")
    assert form.forward(Span(0, 1)).of(form.text) == "i\u0307"
    assert form.back(Span(0, 2)) == Span(0, 1)
