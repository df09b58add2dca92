"""What people type from a screen or a receipt: order numbers, telephone numbers, sums, whole or a part of them."""

import re
from collections.abc import Iterator
from typing import Final

from amends.search.folding import folded

CODE: Final = re.compile(r"[^\W_]{1,40}(?:[-_/.#][^\W_]{1,40}){0,6}", re.UNICODE)
"""An order number or the like, if it holds a digit."""
PHONE: Final = re.compile(r"\+?\(?\d(?:[ ().\-/\u00a0\u202f]{0,2}\d){6,14}")
SUM: Final = re.compile(r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d)")
LEAST_OF_A_FRAGMENT: Final = 4
LONGEST_CODE: Final = 40
TAIL_OF_A_PHONE: Final = 8
"""Digits of a telephone number that are the same with and without the code of its country."""

Found = tuple[int, int, frozenset[str]]


def codes(text: str) -> Iterator[Found]:
    """Yield where codes, telephone numbers and sums stand, each with the terms it is found by."""
    for match in CODE.finditer(text):
        if any(letter.isdigit() for letter in match.group()) and not _is_a_sum(match.group()):
            yield match.start(), match.end(), frozenset(code_terms(match.group()))
    for match in PHONE.finditer(text):
        digits = _digits(match.group())
        tail = f"t_{digits[-TAIL_OF_A_PHONE:]}"
        yield match.start(), match.end(), frozenset({tail, *_suffixes(digits)})
    for match in SUM.finditer(text):
        yield match.start(), match.end(), frozenset(f"n_{value}" for value in sum_values(match.group()))


def code_terms(code: str) -> Iterator[str]:
    """Yield every tail of a code: a prefix of one of them is any stretch of the code."""
    joined = joined_code(code)
    yield f"c_{joined}"
    yield from _suffixes(joined)


def joined_code(code: str) -> str:
    """Return a code without the signs that people leave out ("LC-204 18" is read "lc20418" word by word)."""
    return "".join(letter for letter in folded(code) if letter.isalnum())[:LONGEST_CODE]


def phone_tail(text: str) -> str | None:
    """Return the term by which a telephone number is found in any writing, None for what is none."""
    if not PHONE.fullmatch(text):
        return None
    return f"t_{_digits(text)[-TAIL_OF_A_PHONE:]}"


def sum_values(text: str) -> set[str]:
    """Return what a number may be worth: "1.299" is 1299 in one country and 1.299 in another. A term each."""
    plain = re.sub(r"[ '’\u00a0\u202f]", "", folded(text))
    whole, mark, cents = _parted(plain)
    digits = re.sub(r"[.,]", "", whole)
    if not mark:
        return {digits.lstrip("0") or "0"}
    values = {_value(digits, cents)}
    if len(cents) == 3:
        values.add((digits + cents).lstrip("0") or "0")
    return values


def _is_a_sum(code: str) -> bool:
    return "." in code and SUM.fullmatch(code) is not None


def _parted(plain: str) -> tuple[str, str, str]:
    """Return what stands before the last mark, the mark, and what stands behind it."""
    place = max(plain.rfind("."), plain.rfind(","))
    return (plain, "", "") if place < 0 else (plain[:place], plain[place], plain[place + 1 :])


def _value(digits: str, cents: str) -> str:
    whole, part = digits.lstrip("0") or "0", cents.rstrip("0")
    return f"{whole}d{part}" if part else whole


def _digits(text: str) -> str:
    return "".join(letter for letter in folded(text) if letter.isdigit())


def _suffixes(joined: str) -> Iterator[str]:
    for start in range(len(joined) - LEAST_OF_A_FRAGMENT + 1):
        yield f"x_{joined[start:]}"
