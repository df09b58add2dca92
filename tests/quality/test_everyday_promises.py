"""How rightly times are taken for promised in what support staff write ten times a day.

tests/quality/everyday holds a quarter of what three authors a language wrote who saw no grammar; nobody looked at it,
and it teaches nothing.
"""

import pytest

from tools.everyday_replies import CLOSED, TEACHING, lines_of, marked
from tools.judge_everyday import judged
from tools.train_letters import TAGS

RIGHT, FOUND, MOST_FIRED = 0.92, 0.86, 0.07


@pytest.mark.parametrize("tag", TAGS)
def test_a_time_is_taken_for_promised_where_staff_promise_it(tag):
    heard = judged(CLOSED, tag)
    print(f"\n{tag} {heard}")
    assert heard.times.precision.value >= RIGHT
    assert heard.times.recall.value >= FOUND
    assert heard.fired / heard.silent <= MOST_FIRED


@pytest.mark.parametrize("tag", TAGS)
def test_no_line_that_judges_teaches(tag):
    closed, teaching = (set(lines_of(folder / f"{tag}.txt")) for folder in (CLOSED, TEACHING))
    assert closed
    assert not closed & teaching


def test_brackets_mark_what_is_promised():
    reply = marked("Paid [by Friday], posted [on Monday].")
    assert reply.text == "Paid by Friday, posted on Monday."
    assert [span.of(reply.text) for span in reply.ours] == ["by Friday", "on Monday"]
