"""Whose word a time is: ours is found, everything that only looks like it is not."""

from datetime import datetime, timedelta

import pytest

from amends.languages import available, load
from amends.promises.calendar import UnknownCountry
from amends.promises.find import LONGEST_TEXT, NaiveMoment, find_promises
from amends.promises.values import Basis
from amends.vocabulary import Deed, TextTooLong

AT = datetime.fromisoformat("2026-11-24T10:15:00+07:00")

PROMISED = [
    ("en", "We will refund you by Friday.", Deed.REFUND),
    ("en", "Your refund arrives within 3 business days.", Deed.REFUND),
    ("en", "The money will be sent back to you by Friday.", Deed.REFUND),
    ("en", "Your voucher will arrive by Friday.", Deed.CREDIT),
    ("en", "The refund is booked, and your parcel arrives on Friday.", Deed.DELIVERY),
    ("en", "I'll call you tomorrow at 10.", Deed.CALL),
    ("en", "You will receive your replacement on Thursday.", Deed.REPLACEMENT),
    ("en", "Our technician will visit you on Monday.", Deed.VISIT),
    ("en", "Your parcel leaves our warehouse tomorrow.", Deed.DELIVERY),
    ("id", "Kami akan kirim barangnya besok.", Deed.DELIVERY),
    ("id", "Saya telepon Ibu jam 3 sore ini.", Deed.CALL),
    ("id", "Dana kami kembalikan dalam 3 hari kerja.", Deed.REFUND),
    ("th", "ทางเราจะคืนเงินให้ภายใน 3 วันทำการค่ะ", Deed.REFUND),
    ("th", "ผมจะโทรกลับพรุ่งนี้ครับ", Deed.CALL),
    ("th", "ช่างจะเข้าไปซ่อมให้วันศุกร์นี้ค่ะ", Deed.REPAIR),
    ("fi", "Palautamme rahat perjantaihin mennessä.", Deed.REFUND),
    ("fi", "Soitan sinulle huomenna klo 10.", Deed.CALL),
    ("fi", "Saat korvaavan laitteen kolmen arkipäivän kuluessa.", Deed.REPLACEMENT),
]

TRAPS = [
    ("en", "If you send the form, we will refund you by Friday."),
    ("en", "We usually deliver on Fridays."),
    ("en", "You said you would send it by Friday."),
    ("en", "Please send us the photos by Friday."),
    ("en", "Can you be home on Friday?"),
    ("en", "We cannot promise a refund by Friday."),
    ("en", "We would have refunded you by Friday."),
    ("en", "> We will refund you by Friday."),
    ("id", "Jika Ibu mengirim formulirnya, kami kembalikan dananya Jumat."),
    ("id", "Biasanya kami kirim hari Jumat."),
    ("id", "Ibu bilang akan kirim fotonya besok."),
    ("id", "Mohon kirimkan fotonya sebelum Jumat."),
    ("id", "Kami tidak bisa kirim besok."),
    ("th", "หากลูกค้าส่งเอกสารมา เราจะคืนเงินภายในวันศุกร์ค่ะ"),
    ("th", "ปกติเราจัดส่งทุกวันศุกร์ค่ะ"),
    ("th", "ลูกค้าแจ้งว่าจะส่งรูปพรุ่งนี้ค่ะ"),
    ("th", "รบกวนส่งรูปภายในวันศุกร์นะคะ"),
    ("th", "เราไม่สามารถจัดส่งได้ภายในวันศุกร์ค่ะ"),
    ("fi", "Jos lähetät lomakkeen, palautamme rahat perjantaina."),
    ("fi", "Yleensä toimitamme perjantaisin."),
    ("fi", "Kerroit lähettäväsi kuvat huomenna."),
    ("fi", "Lähetä kuvat perjantaihin mennessä."),
    ("fi", "Emme voi luvata rahoja perjantaiksi."),
]


@pytest.mark.parametrize(("tag", "reply", "what"), PROMISED)
def test_our_word_is_found_with_what_it_promises(tag: str, reply: str, what: Deed) -> None:
    (promise,) = find_promises(reply, at=AT, pack=load(tag))
    assert promise.what is what
    assert promise.due_end
    assert promise.due_end > AT


@pytest.mark.parametrize(("tag", "reply"), TRAPS)
def test_what_is_not_our_word_is_no_promise(tag: str, reply: str) -> None:
    assert find_promises(reply, at=AT, pack=load(tag)) == []


@pytest.mark.parametrize(
    ("tag", "reply"),
    [
        ("en", "We will refund you as soon as possible."),
        ("id", "Kami akan kirim secepatnya."),
        ("th", "เราจะจัดส่งให้โดยเร็วที่สุดค่ะ"),
        ("fi", "Palautamme rahat mahdollisimman pian."),
    ],
)
def test_a_promise_without_a_date_is_vague(tag: str, reply: str) -> None:
    (promise,) = find_promises(reply, at=AT, pack=load(tag))
    assert (promise.basis, promise.due_start, promise.due_end) == (Basis.VAGUE, None, None)


def test_soon_gives_way_to_the_date_behind_it() -> None:
    (promise,) = find_promises("We will call you soon, by Friday at the latest.", at=AT, pack=load("en"))
    assert promise.basis is Basis.EXPLICIT


def test_two_promises_in_one_sentence_are_two() -> None:
    reply = "I'll call you tomorrow at 10 and refund the full amount within 5 working days."
    call, refund = find_promises(reply, at=AT, pack=load("en"))
    assert (call.what, refund.what) == (Deed.CALL, Deed.REFUND)


def test_saying_it_twice_is_one_promise() -> None:
    reply = "I will call you by Friday. Yes: I will call you by Friday."
    assert len(find_promises(reply, at=AT, pack=load("en"))) == 1


def test_offsets_count_code_points_of_the_original() -> None:
    reply = "🙏🏽 So sorry!! We’ll refund you by Friday."
    (promise,) = find_promises(reply, at=AT, pack=load("en"))
    assert promise.span.of(reply) == "by Friday"


def test_public_holidays_are_not_counted() -> None:
    before = datetime.fromisoformat("2026-12-04T10:00:00+02:00")
    reply = "Palautamme rahat kahden arkipäivän kuluessa."
    with_holiday, without = (find_promises(reply, at=before, pack=load("fi"), country=c)[0] for c in ("TH", None))
    assert with_holiday.due_end
    assert without.due_end
    assert with_holiday.due_end - without.due_end == timedelta(days=1)


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        find_promises("tomorrow", at=datetime(2026, 11, 24, 10, 15), pack=load("en"))


def test_an_unknown_country_is_said_and_not_guessed() -> None:
    with pytest.raises(UnknownCountry, match="ZZ"):
        find_promises("tomorrow", at=AT, pack=load("en"), country="ZZ")


def test_a_text_too_long_to_read_is_refused() -> None:
    with pytest.raises(TextTooLong):
        find_promises("a" * (LONGEST_TEXT + 1), at=AT, pack=load("en"))


def test_a_language_nobody_described_finds_nothing() -> None:
    assert find_promises("We will refund you by Friday.", at=AT, pack=load("und")) == []


@pytest.mark.parametrize("tag", sorted(available()))
def test_every_pack_can_be_compiled(tag: str) -> None:
    assert find_promises("2026-11-28 10:00", at=AT, pack=load(tag)) == []
