"""The patterns of orders, sums and days, built from what a pack says of them in `[facts]` of its reading.toml.

A pattern without a group is of what only looks like one ("the 3rd time", "14k upvotes"): found, it is passed over.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from amends.reading.patterns import NOTHING, either
from amends.vocabulary import BadPack, FactKind

NUMBER: Final = r"[0-9]{1,3}(?:[.,' ][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]+(?:[.,][0-9]{1,2})?"
BARE_SUM: Final = r"(?:[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{2,6})(?:[.,][0-9]{1,2})?"
DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
MONTH: Final = r"(?:0?[1-9]|1[0-2])"
YEAR: Final = r"(?:19|20|25)[0-9]{2}"
LEFT: Final = r"(?:^|[^A-Za-z0-9.,/\x80-\xff-])"
RIGHT: Final = r"(?:$|[^A-Za-z0-9\x80-\xff])"
GROUP_RIGHT: Final = r"(?:$|[^A-Za-z0-9\x80-\xff/.,:-]|[.,:-](?:$|[^A-Za-z0-9\x80-\xff]))"
LEFT_UNSPACED: Final = r"(?:^|[^A-Za-z0-9.,/-])"
RIGHT_UNSPACED: Final = r"(?:$|[^A-Za-z0-9])"
CODE: Final = r"#?(?:[A-Za-z]+[-/_.#])*[A-Za-z]*[0-9][A-Za-z0-9]*(?:[-/_.#][A-Za-z0-9]+)*"
"""One word with a figure in it: "KP_66190", "INV/24/XI/37", "RP#0418"; "number invoice" is none."""
NEAR_CODE: Final = r"#[A-Za-z0-9]+(?:[-/_.][A-Za-z0-9]+)*|[0-9]{4,}"
"""A code that may follow its word without a blank: "no7714"."""
_HEAD: Final = r"[0-9][A-Za-z0-9]*(?:[-/_.][A-Za-z0-9]+)*"
_GROUP: Final = r"[A-Za-z]{0,3}[0-9][A-Za-z0-9]{0,7}"
_FIRST_GROUP: Final = (
    rf"(?:[A-Za-z]{{1,5}}[-/])?(?:[A-Za-z]{{1,4}}[0-9]|[1-9]|00)[A-Za-z0-9]{{0,7}}|[A-Za-z]{{1,6}}\s{_GROUP}"
)
_LAST_GROUP: Final = r"[A-Za-z]{0,3}[0-9]{3,}"
CODE_IN_PARTS: Final = (
    rf"[A-Za-z]{{1,6}}\s{_HEAD}"
    rf"|(?:{_FIRST_GROUP})(?:\s{_GROUP}){{0,4}}\s{_LAST_GROUP}"
    rf"|(?:{_FIRST_GROUP})(?:\s{_GROUP}){{1,4}}\s[0-9]{{1,2}}(?:\s[A-Za-z]{{1,2}})?"
    r"|[A-Za-z]{1,4}(?:\s[0-9]{2,5}){1,3}\s[A-Za-z]{1,2}|[0-9]{3,4}\s[A-Za-z]{2}\s[0-9]{4,}"
    r"|[A-Za-z]{2,4}\s[0-9]{3,5}\s[0-9]{2}|[A-Za-z]{2,4}\s[A-Za-z]{2,3}\s[0-9]{3,}|[0-9]{1,2}(?:\s[0-9]{3}){2,3}"
    r"|[A-Za-z]{2,6}(?:\s[0-9]{2}){2,4}|[A-Za-z]{2}[0-9]{2}\s[A-Za-z]{3}"
)
"""A code in groups that blanks part: "1Z 88A 4F1 03 9920", "7719 4028 3"; no first nought, as telephones."""
POSTAL: Final = (
    r"[A-Za-z]{2}\s?[0-9](?:\s?[0-9]){6,8}\s?"
    r"(?:gb|fi|ee|de|cn|sg|th|id|my|ie|jp|kr|nl|fr|hk|pl|dk|lv|lt|au|nz|ca|ch|cz|hu|ro|ua|tr|ae|vn|ph|tw|br|bg|gr|pt)"
)
"""What the world's posts put on a parcel: "RR 447 120 338 EE"."""
TELEPHONE: Final = r"(?:\+|0[1-9])[0-9][0-9 ()-]{4,}|[2-9][0-9]{2}[-. ][0-9]{3}[-. ][0-9]{4}"
LINK: Final = r"[\s:#.\-(\"'=]"
FIRST_LINK: Final = r"[\s:#.(\"'=]"
"""A dash first makes the word a part of the code: "INV-20931"."""
GROUP_LINK: Final = r"[\s:#.,\-(\"'=]"
# A number that begins with one nought is a telephone's, unless it is too long for one; so is one behind "+".
NO_PHONE: Final = r"(?:[1-9][0-9]|00)"
LOOSE_CODE: Final = (
    r"#[A-Za-z0-9][A-Za-z0-9-]{2,}|[A-Za-z]{1,6}(?:[-_/][A-Za-z]{1,4})?[-_/]?[0-9][A-Za-z0-9-/_]{3,}|0[0-9]{2,}-[a-z]{1,4}"
    rf"|[A-Za-z]{{2,5}}#[0-9]{{3,}}|#[A-Za-z]{{2,5}}(?:\s[0-9]{{2,}}){{1,4}}"
    rf"|{NO_PHONE}[0-9]*-[0-9][0-9-]{{2,}}(?:/[A-Za-z0-9]+)?|{NO_PHONE}[0-9]{{6,}}|0[1-9][0-9]{{12,}}"
)
_PART: Final = re.compile(r"<(\w+)>")
Words = Mapping[str, Any]


def patterns(words: Words, *, spaced: bool) -> Iterator[tuple[FactKind, str]]:
    """Yield the patterns in order of precedence: what an earlier one took, a later one leaves.

    `words`: the pack's `[facts]`; `spaced`: whether its script parts words. Raises BadPack for a part no pack names.
    """
    yield (
        FactKind.ORDER,
        rf"{LEFT}((?:{_either(words.get('order_kept', ()))})[\s-]?[0-9]{{3,}}(?:[-/][A-Za-z0-9]+)*|{POSTAL}){RIGHT}",
    )
    yield FactKind.ORDER, _order(words, spaced)
    yield FactKind.DATE, _date(words, spaced)
    yield FactKind.DATE, _date_behind(words, spaced)
    yield FactKind.AMOUNT, _amount(words, spaced)
    yield FactKind.ORDER, rf"(?:^|[^A-Za-z0-9.,/\x80-\xff+-])({LOOSE_CODE}){RIGHT}"


def _order(words: Words, spaced: bool) -> str:
    """Return the pattern of a code behind "order", "no. resi", "tilausnumero" …"""
    left, right = (LEFT, RIGHT) if spaced else ("", "")
    links = _either(words.get("order_links", ()))
    link = f"(?:{FIRST_LINK}|-?(?:{links}))(?:{LINK}|{links})*?" + ("" if spaced else "|")
    link, near = f"(?:{link})", rf"|({NEAR_CODE}){right}" if spaced else ""
    one = "|".join([CODE, *words.get("code_shapes", ())])
    parts = f"({CODE_IN_PARTS}|{POSTAL}){GROUP_RIGHT}"
    said = (
        f"(?:{_either(words.get('order_words', ()))}|{_shapes(words, 'order_shapes')}){words.get('order_endings', '')}"
    )
    apart = f"(?:(?:{GROUP_LINK}|{links})*{GROUP_LINK}){'' if spaced else '?'}"
    made = [f"{left}{said}(?:{link}(?:({one}){right}){near})|{left}{said}{apart}{parts}"]
    if numbers := words.get("number_words"):
        telephone = rf"(?:{_shapes(words, 'number_never')})[\s:]{{0,2}}(?:{links})?[\s:]{{0,2}}{CODE}"
        said_number = f"{left}(?:{_either(numbers)})"
        made.append(
            f"{said_number}(?:{link}(?:(?:{TELEPHONE})|({one}){right}){near})|{said_number}{apart}{parts}"
            f"|{left}{telephone}"
        )
    if counted := [*words.get("counted", ()), *words.get("money_after", ())]:
        few = r"(?:[0-9]{1,5}|[0-9]{1,3}(?:[.,][0-9]{3})+)"
        made.append(rf"{left}{said}{link}(?:[A-Za-z]{{2,6}}\s)?{few}\s?(?:{_either(counted)}){right}")
        made.append(rf"{left}{said}{link}({CODE})\s[0-9][0-9.,]*\s?(?:{_either(counted)}){right}")
    return "|".join(made)


def _date(words: Words, spaced: bool) -> str:
    """Return the pattern of dates by number, by the name of a month, and of a pack's own shapes of a day or an hour."""
    left, right = (LEFT, RIGHT) if spaced else (LEFT_UNSPACED, RIGHT_UNSPACED)
    own_left = LEFT if spaced else ""
    years, turned = rf"(?:{YEAR}|[0-9]{{2}})", "M D Y" in words.get("month_order", ())
    numeric = [rf"{YEAR}-{MONTH}-{DAY}", rf"{DAY}[./-]{MONTH}[./-]{years}"]
    short = [rf"{DAY}/{MONTH}(?:/{years})?"]
    if turned:
        numeric.append(rf"{MONTH}/{DAY}/{years}")
        short.append(rf"{MONTH}/{DAY}(?:/{years})?")
    shapes, loose, never = (_shapes(words, name) for name in ("date_shapes", "date_loose", "date_never"))
    led = rf"(?:(?:{_either(words['date_led'])})\s)?" if words.get("date_led") else ""
    tail = f"(?:{_shapes(words, 'date_tail')})?" if words.get("date_tail") else ""
    made = [
        f"{left}({led}(?:{'|'.join([*_by_month(words), *numeric])}){tail}){right}",
        f"{own_left or LEFT_UNSPACED + '?'}({led}(?:{shapes})){right}",
        f"({loose})",
        f"{own_left}(?:{never}){right}" if spaced else f"(?:{never})",
    ]
    if introduced := words.get("date_before", ()):
        made.append(rf"(?:^|[^A-Za-z0-9])(?:{_either(introduced)})\s*((?:{'|'.join(short)}){tail}){right}")
    for before, day in words.get("date_out", ()):
        made.append(f"{own_left}(?:{_spelt(before, words)})({_spelt(day, words)}){right}")
    return "|".join(made)


def _by_month(words: Words) -> list[str]:
    if not words.get("months"):
        return []
    month = f"(?:{_either(words['months'])})"
    day, until = rf"{DAY}(?:st|nd|rd|th|\.)?", rf"(?:{DAY}\.?(?:\s?-\s?|\s))?"
    orders = {
        "D M Y": rf"{until}{day}(?:\s?of)?(?:\s*|-){month}{words.get('month_endings', '')}(?:[.,]?\s*{YEAR})?",
        "M D Y": rf"{month}\.?\s{day}(?:,?\s{YEAR})?",
    }
    return [orders[order] for order in words.get("month_order", ["D M Y"])]


def _date_behind(words: Words, spaced: bool) -> str:
    """Return the pattern of days that only count behind words of theirs."""
    left, gap, right = (LEFT, " ", RIGHT) if spaced else ("", "", RIGHT_UNSPACED)
    pairs = [(_spelt(before, words), _spelt(day, words)) for before, day in words.get("date_behind", ())]
    made = [f"{left}(?:{before}){gap}({day}){right}" for before, day in pairs]
    for between in words.get("date_between", ()):
        before, day, after = (_spelt(part, words) for part in between)
        made.append(f"{left}{before}({day})(?:{after})")
    return "|".join(made) or NOTHING


def _amount(words: Words, spaced: bool) -> str:
    """Return the pattern of sums: beside a currency, in a pack's shapes, or a bare number behind words of money."""
    before, after = _either(words.get("money_before", ())), _either(words.get("money_after", ()))
    scale, bare = _either(words.get("money_scale", ())), _either(words.get("money_bare_scale", ()))
    scaled = rf"(?:{NUMBER})(?:\s?(?:{scale}))?(?:,-|:-)?"
    left, right = (LEFT, RIGHT) if spaced else (r"(?:^|[^A-Za-z0-9.,])", RIGHT_UNSPACED)
    shapes = [_spelt(shape, words) for shape in words.get("money_shapes", ())]
    kinds = [rf"(?:{before})\s?{scaled}(?:\s?(?:{after}))?", rf"{scaled}\s?(?:{after})", *shapes]
    if words.get("money_bare_scale"):
        kinds.append(rf"(?:{NUMBER})\s?(?:{bare})")
    made = [f"{left}({'|'.join(kinds)}){right}"]
    things = "|".join([_either(words.get("counted", ())), _shapes(words, "counted_shapes")])
    counted = rf"\s?(?:{things})" + (RIGHT if spaced else "")
    if words.get("counted"):
        made.append(f"{left}(?:{'|'.join([scaled, *shapes])}){counted}")
    for between in words.get("money_between", ()):
        behind, sum_, after_it = (_spelt(part, words) for part in between)
        made.append(f"{left}(?:{behind})({sum_})(?:{after_it})")
    if words.get("money_behind"):
        behind = rf"(?:{_shapes(words, 'money_behind')})\s?"
        sum_ = rf"{BARE_SUM}(?:\s?(?:{scale}))?"
        made += [rf"{behind}({sum_}(?:\s?(?:{after}))?)(?:$|[^A-Za-z0-9%/])", f"{behind}{sum_}{counted}"]
    return "|".join(made)


def _shapes(words: Words, name: str) -> str:
    return "|".join(_spelt(shape, words) for shape in words.get(name, ())) or NOTHING


def _spelt(shape: str, words: Words) -> str:
    """Return a shape with each `<part>` replaced by what the pack says of it in `[facts.parts]`."""
    own = {
        "day": DAY,
        "month": MONTH,
        "year": YEAR,
        "months": _either(words.get("months", ())),
        "money": _either(words.get("money_after", ())),
    }
    parts = own | dict(words.get("parts", {}))

    def part(named: re.Match[str]) -> str:
        if named[1] not in parts:
            raise BadPack(f"[facts]: no part is called <{named[1]}>, in {shape!r}")
        return f"(?:{_spelt(parts[named[1]], words)})"

    return _PART.sub(part, shape)


def _either(words: Iterable[str]) -> str:
    return either(words, space=r"\s?")
