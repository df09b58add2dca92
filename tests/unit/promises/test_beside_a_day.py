"""The day before a feast and after it, and times that count from, keep apart from, or take back one named before."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.calendar import WorkCalendar
from amends.promises.dates import times
from amends.promises.find import find_promises
from amends.text.normal import normal

AT = datetime.fromisoformat("2027-02-01T10:15:00+00:00")
FEASTS = [
    ("en", "NZ", "we finish it before Waitangi Day", "02-05T17:00"),
    ("en", "AU", "we finish it the day before Anzac Day", "04-24T17:00"),
    ("en", "US", "we pay before Labor Day", "09-05T17:00"),
    ("en", "NZ", "we pay before Labour Day", "10-24T17:00"),
    ("en", "US", "we ship before Thanksgiving", "11-24T17:00"),
    ("en", "CA", "we ship before Thanksgiving", "10-10T17:00"),
    ("en", "US", "we ship the Tuesday before Thanksgiving", "11-23T17:00"),
    ("en", "GB", "we call on the Tuesday after Easter", "03-30T17:00"),
    ("en", "GB", "in time for Mother's Day", "03-07T17:00"),
    ("en", "US", "in time for Mother's Day", "05-09T17:00"),
    ("en", "GB", "ahead of the weekend", "02-05T17:00"),
    ("fi", "FI", "maksamme ennen juhannusaattoa", "06-24T17:00"),
    ("fi", "FI", "siivoamme ennen vappua", "04-30T17:00"),
    ("fi", "FI", "käymme helatorstain jälkeisenä päivänä", "05-07T17:00"),
    ("fi", "FI", "käymme pääsiäisen jälkeisenä tiistaina", "03-30T17:00"),
    ("fi", "FI", "kukat tuodaan äitienpäivää edeltävänä lauantaina", "05-08T17:00"),
    ("fi", "FI", "tuomme sen pitkänäperjantaina", "03-26T17:00"),
]


@pytest.mark.parametrize(("tag", "country", "words", "expected"), FEASTS, ids=[f"{row[1]} {row[2]}" for row in FEASTS])
def test_a_feast_is_of_its_country_and_has_a_day_before_and_after(
    tag: str, country: str, words: str, expected: str
) -> None:
    found = times(normal(words).text, at=AT, pack=load(tag), calendar=WorkCalendar(country=country))
    assert [time.end and time.end.strftime("%m-%dT%H:%M") for time in found] == [expected]


def due(text: str, tag: str) -> list[str]:
    found = find_promises(text, at=AT, pack=load(tag))
    return [promise.due_end.strftime("%m-%dT%H:%M") if promise.due_end else "vague" for promise in found]


@pytest.mark.parametrize(
    ("tag", "reply", "expected"),
    [
        ("en", "You fly on 16 February. We will send the papers two days before that.", "02-14T17:00"),
        ("en", "Your MOT ends on 3 March, so we will see you the day before at 8.15.", "03-02T08:15"),
        ("en", "You told us about the meeting on Friday at 3. We will send the report by then.", "02-05T15:00"),
        ("fi", "Kokous on torstaina klo 14. Lähetämme tarjouksen siihen mennessä.", "02-04T14:00"),
        ("fi", "Muutto on maanantaina. Tuomme laatikot muuttoa edeltävänä päivänä.", "02-07T17:00"),
    ],
)
def test_a_time_counts_back_from_the_one_named_before_it(tag: str, reply: str, expected: str) -> None:
    assert due(reply, tag)[-1:] == [expected]


@pytest.mark.parametrize(
    ("tag", "reply", "expected"),
    [
        ("en", "We will ship it today and you will have the code by 6 pm.", ["02-01T17:00", "02-01T18:00"]),
        ("fi", "Paketti lähtee tänään ja koodi tulee klo 18 mennessä.", ["02-01T17:00", "02-01T18:00"]),
        (
            "en",
            "Our driver brings it on Saturday and I'll ring you by six this evening.",
            ["02-06T17:00", "02-01T18:00"],
        ),
        ("en", "Tomorrow our driver comes to you at 4.", ["02-02T16:00"]),
    ],
)
def test_a_day_that_ends_its_clause_is_a_time_of_its_own(tag: str, reply: str, expected: list[str]) -> None:
    assert sorted(due(reply, tag)) == sorted(expected)


@pytest.mark.parametrize(
    ("tag", "reply"),
    [
        ("en", "We will be there on Friday. Scrap that, we will be there on Monday."),
        ("en", "We will be there on Friday. Apologies, wrong day! We will be there on Monday."),
        ("en", "We will be there on Monday, not Friday."),
        ("fi", "Tulemme perjantaina. Anteeksi, katsoin väärin, tulemme maanantaina."),
        ("fi", "Tulemme perjantain sijaan maanantaina."),
    ],
)
def test_a_time_taken_back_is_no_promise(tag: str, reply: str) -> None:
    assert due(reply, tag) == ["02-08T17:00"]


def test_forgetting_a_thing_takes_no_time_back() -> None:
    assert due("We will ring you on Friday. Forget that old boiler. We will bring a new one on Monday.", "en") == [
        "02-05T17:00",
        "02-08T17:00",
    ]
