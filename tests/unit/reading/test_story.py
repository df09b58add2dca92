"""What a message tells beside its heat: whom it is aimed at, what it cost, what an answer must hold."""

import pytest

from amends.engines.choose import embedder, encoder_gap
from amends.languages import load
from amends.reading.read import read
from amends.reading.story import FILE, TABLES
from amends.reading.told import CostKind, PointKind, Target

RUDE = {
    "en": "Your driver shouted at my mother and called her stupid. I want an apology from him.",
    "id": "Kurir anda membentak ibu saya di depan tetangga. Saya minta dia minta maaf.",
    "th": "พนักงานพูดจาหยาบคายใส่แม่ดิฉัน ต้องการคำขอโทษค่ะ",
    "fi": "Kuljettajanne oli todella töykeä ja huusi äidilleni. Vaadin anteeksipyynnön.",
}
BROKEN = {
    "en": "The blender broke after two days. I am really disappointed, poor quality.",
    "id": "Blendernya rusak setelah dua hari dipakai. Kecewa, kualitasnya jelek.",
    "th": "เครื่องปั่นพังแล้วค่ะ ใช้ได้แค่สองวันก็เสีย ผิดหวังมาก คุณภาพแย่",
    "fi": "Tehosekoitin hajosi kahdessa päivässä. Olen pettynyt, laatu on huono.",
}
COST = {
    "en": ("I took a day off work for nothing, your engineer never came.", CostKind.TIME),
    "id": ("Saya sudah ambil cuti seharian, teknisinya tidak datang juga. Kecewa sekali.", CostKind.TIME),
    "th": ("ลางานรอช่างทั้งวัน สุดท้ายไม่มา แย่มากค่ะ", CostKind.TIME),
    "fi": ("Otin palkattoman vapaapäivän ja asentaja ei tullut. Tosi huonoa.", CostKind.TIME),
}
AGAIN = {
    "en": "This is the third email I send about the missing refund. Nobody answers.",
    "id": "Saya sudah komplain berkali-kali soal refund ini dan tidak ada yang balas.",
    "th": "แจ้งไปหลายครั้งแล้วเรื่องเงินคืน ไม่มีใครตอบเลย",
    "fi": "Olen kysynyt rahojani jo kolme kertaa eikä kukaan vastaa.",
}
QUESTION = {
    "en": "The parcel is late again. When will it come? I need it by Friday.",
    "id": "Paketnya telat lagi. Kapan sampainya? Saya butuh paling lambat hari Jumat.",
    "th": "พัสดุช้าอีกแล้วค่ะ จะถึงเมื่อไหร่คะ ต้องใช้ภายในวันศุกร์",
    "fi": "Paketti on taas myöhässä. Milloin se tulee? Tarvitsen sen viimeistään perjantaina.",
}


@pytest.fixture(params=("en", "id", "th", "fi"))
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_anger_at_a_rude_person_is_aimed_at_the_person(tag):
    assert read(RUDE[tag], language=tag, tier="quick").told.target is Target.PERSON


def test_anger_at_a_broken_thing_is_aimed_at_the_product(tag):
    assert read(BROKEN[tag], language=tag, tier="quick").told.target is Target.PRODUCT


def test_what_it_cost_them_is_heard_in_their_words(tag):
    text, kind = COST[tag]
    assert kind in [cost.kind for cost in read(text, language=tag, tier="quick").told.costs]


def test_who_came_before_is_heard(tag):
    assert read(AGAIN[tag], language=tag, tier="quick").as_json()["repeated_contact"] is True


def test_a_question_is_a_point_that_an_answer_must_not_leave_out(tag):
    kinds = [point.kind for point in read(QUESTION[tag], language=tag, tier="quick").told.points]
    assert PointKind.QUESTION in kinds


@pytest.mark.skipif(bool(encoder_gap()), reason="no encoder runs here")
def test_the_day_they_need_it_by_is_marked(tag):
    assert read(QUESTION[tag], language=tag, embed=embedder()).told.deadlines


def test_the_summary_leaves_the_heat_out():
    text = "You are all useless idiots. My order 88123 arrived broken. I want my money back."
    told = read(text, language="en", tier="quick").told
    assert [span.of(text) for span in told.summary] == ["My order 88123 arrived broken.", "I want my money back."]
    assert [span.of(text) for span in told.outbursts] == ["You are all useless idiots."]


@pytest.mark.parametrize("text", ["", "🤬🤬🤬", "a" * 1_000_000, "<div>&nbsp;</div>", "สวัสดี привет 你好 hello"])
def test_odd_texts_tell_little_and_break_nothing(text):
    told = read(text, tier="quick").told
    assert len(told.summary) <= 3


def test_a_pleased_customer_has_no_target_and_no_costs(tag):
    glad = {"en": "Thank you, it works perfectly!", "id": "Terima kasih, barangnya bagus sekali!"}
    glad |= {"th": "ขอบคุณมากค่ะ ของดีมาก", "fi": "Kiitos paljon, kaikki toimii hienosti!"}
    told = read(glad[tag], language=tag, tier="quick").told
    assert (told.target, told.costs, told.contacts) == (None, (), ())


def test_each_pack_tells_all_tables(tag):
    assert set(TABLES) <= set(load(tag).toml(FILE))


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Refund of $61.20 landed this morning. Thank you for not making me fight for it."),
        ("id", "Terima kasih, uang sudah kembali penuh."),
        ("th", "โคตรอร่อยเลย กินไปสามกล่องยังไม่หยุด ขอบคุณครับ"),
        ("fi", "Vitsit mikä yllätys! Ootte ihan parhaita."),
    ],
)
def test_a_thankful_writer_who_asks_for_nothing_leaves_no_point_to_answer(tag, text):
    reading = read(text, language=tag)
    assert not reading.wishes
    assert not reading.told.points


def test_marks_without_a_word_ask_nothing():
    assert not read("??? hello", language="en").told.points
