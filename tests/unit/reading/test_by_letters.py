"""What letters say of a text is the same whether its tables are asked alone or side by side."""

import numpy as np
import pytest

from amends.reading import claims, tone
from amends.reading.by_letters import of_messages, of_sentences
from amends.reading.heads import taken
from amends.reading.letters import SideBySide, known_of_each, letters
from amends.vocabulary import FIRST_CLASS

TEXTS = ["the lamp came broken and nobody calls me back", "โคมไฟแตก ไม่มีใครโทรกลับ", "lamppu on rikki", "😀"]


@pytest.mark.parametrize("tag", FIRST_CLASS)
def test_tables_side_by_side_say_what_each_says_alone(tag):
    held = known_of_each(TEXTS)
    for together, alone in (
        (of_messages(tag), (letters(tag), tone.letters(tag))),
        (of_sentences(tag), (claims.sentences(tag), claims.wished_by(tag))),
    ):
        for said, table in zip(together.of_each(held), alone, strict=True):
            assert np.allclose(said, np.stack([table.summed_over(each) for each in held]), atol=1e-5)


def test_of_a_table_that_nobody_taught_nothing_is_said():
    one = tone.letters("en")
    nothing, said = SideBySide([None, one]).of_each(known_of_each(TEXTS))
    assert nothing is None
    assert said.shape == (len(TEXTS), len(tone.COLUMNS))
    assert SideBySide([None]).of(known_of_each(TEXTS)[0]) == [None]


def test_no_sentence_says_nothing():
    assert [len(said) for said in of_sentences("en").of_each([])] == [0, 0]


def test_rows_are_taken_as_they_stand_and_anew_each_time():
    rows = np.arange(12, dtype=np.float32).reshape(4, 3)
    assert taken(rows, np.array([3, 0], dtype=np.uint32)).tolist() == [[9, 10, 11], [0, 1, 2]]
    assert taken(rows, np.array([1], dtype=np.uint32)).tolist() == [[3, 4, 5]]
