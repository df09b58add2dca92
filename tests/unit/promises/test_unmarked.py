"""Vietnamese as phones and banks send it: without its marks, where "hang" may be goods or a maker."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.find import find_promises
from amends.promises.unmarked import as_written

TUESDAY = datetime.fromisoformat("2026-11-24T10:15:00+07:00")
VIETNAMESE = load("vi")


@pytest.mark.parametrize(
    ("reply", "due"),
    [
        ("Bo phan ky thuat se lien he voi chi trong sang nay a.", "2026-11-24T12:00"),
        ("Em se giao hang ngay mai cho anh nhe.", "2026-11-25T17:00"),
        ("Quy khach se nhan duoc the moi sau 7 ngay lam viec.", "2026-12-03T17:00"),
        ("Cong ty se boi thuong truoc ngay 15/12/2026.", "2026-12-15T17:00"),
        ("Goi cuoc cua quy khach se duoc gia han truoc 30/11.", "2026-11-30T17:00"),
    ],
)
def test_a_promise_without_marks_is_one(reply: str, due: str) -> None:
    (found,) = find_promises(reply, at=TUESDAY, pack=VIETNAMESE, country="VN")
    assert f"{found.due_end:%Y-%m-%dT%H:%M}" == due


@pytest.mark.parametrize(
    "reply",
    [
        "Quy khach vui long thanh toan truoc ngay 10/12.",
        "Neu chi gui hinh hom nay thi mai em doi cho chi.",
        "Ben em khong giao chu nhat duoc a.",
        "Cua hang mo cua tu 8h den 22h moi ngay.",
    ],
)
def test_a_trap_without_marks_stays_one(reply: str) -> None:
    assert find_promises(reply, at=TUESDAY, pack=VIETNAMESE, country="VN") == []


def test_only_a_text_without_marks_is_read_so() -> None:
    assert as_written(VIETNAMESE, "Em giao hàng mai.") is VIETNAMESE
    assert as_written(VIETNAMESE, "Em giao hang mai 😊") is not VIETNAMESE
    assert as_written(load("en"), "We call tomorrow.") is load("en")
