"""RE2 is asked for places alone, which are those that its package tells."""

import re2

from amends.text.linear import searcher


def in_bytes(expression):
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    return re2.compile(expression, options)


def test_a_match_tells_where_it_and_its_groups_stand():
    expression = in_bytes(rb"(by|until) (\w+)( sharp)?")
    found, told = (
        searcher(expression)(b"not by friday, by noon sharp", 5),
        expression.search(b"not by friday, by noon sharp", 5),
    )
    assert list(found) == [told.span(group) for group in range(4)]


def test_a_group_without_part_stands_nowhere_and_so_does_what_is_not_there():
    search = searcher(in_bytes(rb"(by) friday( sharp)?"))
    assert search(b"by friday", 0)[2] == (-1, -1)
    assert search(b"by friday", 1) is None
    assert search(b"", 0) is None


def test_the_start_of_a_text_is_no_place_further_on():
    assert searcher(in_bytes(rb"^by"))(b"by by", 3) is None
