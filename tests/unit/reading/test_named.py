"""Whom, where, what and when a customer names."""

import pytest

from amends.reading.read import read


def named(text: str, tag: str, kind: str) -> list[str]:
    return [fact.value for fact in read(text, language=tag, tier="quick").facts if fact.kind == kind]


@pytest.mark.parametrize(
    ("tag", "text", "thing"),
    [
        ("en", "The handle came off my blue kettle within a week.", "blue kettle"),
        ("en", "I ordered a robot vacuum X200 and it never arrived.", "robot vacuum X200"),
        ("en", "My broadband subscription still shows the old address.", "broadband subscription"),
        ("id", "Rice cooker-nya mati setelah dua hari.", "Rice cooker"),
        ("th", "เครื่องซักผ้าที่ส่งมามีรอยบุบค่ะ", "เครื่องซักผ้า"),
        ("fi", "Tilaamani pyykinpesukoneen luukku ei sulkeudu.", "pyykinpesukoneen"),
    ],
)
def test_what_they_bought_is_named_as_they_wrote_it(tag, text, thing):
    assert named(text, tag, "product") == [thing]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "He fell asleep on the sofa while I waited for your call."),
        ("en", "They left the parcel at the kebab shop. I never got my letter. It was put under a rug."),
        ("id", "Nomor resinya tidak ada. Anak saya tidur di kasur menunggu kurir."),
        ("th", "รอสายนานมากค่ะ นั่งรอบนโซฟาทั้งวัน"),
    ],
)
def test_a_thing_that_only_stands_around_is_no_product(tag, text):
    assert named(text, tag, "product") == []


@pytest.mark.parametrize(
    ("tag", "text", "person"),
    [
        ("en", "I spoke to Sari on Monday and she promised a call.", "Sari"),
        ("en", "Mr Virtanen signed for the parcel.", "Mr Virtanen"),
        ("en", "Can you check the order please? Kind regards, Oluwaseun B.", "Oluwaseun B"),
        ("id", "Kata Mbak Rini barangnya sudah dikirim.", "Rini"),
        ("id", "Sudah bilang ke dokter Anwar.", "Anwar"),
        ("id", "Perkenalkan, saya Wayan Sutama dari bagian gudang.", "Wayan Sutama"),
        ("id", "Sopirnya, Joko, tidak mau menunggu.", "Joko"),
        ("th", "คุณสมชายรับสายแล้ววางหู", "สมชาย"),
        ("th", "ข้าพเจ้า นายวิชัย แก้วมณี ขอยกเลิกสัญญา", "วิชัย แก้วมณี"),
        ("th", "รบกวนโทรกลับด้วยนะคะ อรทัย ศรีสุข", "อรทัย ศรีสุข"),
        ("fi", "Pankinjohtaja Ståhlberg lupasi soittaa.", "Ståhlberg"),
        ("fi", "Sovimme rouva Tiaisen kanssa.", "Tiaisen"),
        ("fi", "Odotan yhä vastausta. Yst. Tuula Hakkarainen, Kuopio", "Tuula Hakkarainen"),
    ],
)
def test_a_person_is_named_by_title_cue_or_signature(tag, text, person):
    assert named(text, tag, "person") == [person]


@pytest.mark.parametrize(
    ("tag", "text", "place"),
    [
        ("en", "The parcel has been in Limavady for a week.", "Limavady"),
        ("en", "Your driver never came to 14 Banksia Crescent at all.", "14 Banksia Crescent"),
        ("id", "Paketnya nyasar di cabang Kupang.", "Kupang"),
        ("en", "Nobody at your Kirkby Lonsdale branch could say.", "Kirkby Lonsdale"),
        ("en", "They rang at Flat 2, 19 Alder Road instead.", "Flat 2, 19 Alder Road"),
        ("fi", "Juna Vaasasta Tampereelle oli täynnä.", "Tampereelle"),
        ("id", "Paketnya diantar ke Jl. Cempaka no 12, bukan ke sini.", "Jl. Cempaka no 12"),
        ("id", "Teknisinya tidak pernah datang ke Jatikramat.", "Jatikramat"),
        ("id", "Antre dua jam di Samsat Cimahi.", "Samsat Cimahi"),
        ("th", "พนักงานสาขาเยาวราชไม่รับสาย", "เยาวราช"),
        ("th", "บ้านอยู่ซอยสายไหม 42 ค่ะ", "ซอยสายไหม 42"),
        ("th", "ตู้ที่ BTS อโศก กินเงิน", "BTS อโศก"),
        ("th", "รถไม่เข้าหมู่บ้านสุขใจวิลล์ เลย", "หมู่บ้านสุขใจวิลล์"),
        ("fi", "Paketti seisoo Tampereella jo viikon.", "Tampereella"),
        ("fi", "Osoite on Kirkkokatu 4 B 12, Porvoo.", "Kirkkokatu 4 B 12"),
    ],
)
def test_a_place_is_named_in_any_case(tag, text, place):
    assert place in named(text, tag, "place")


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("id", "Kurangi harganya di Shopee, lalu kirim ke Kakak saya. Lapor di Instagram saja."),
        ("id", "Adik saya dirawat di ICU dan besok kami ke Polres."),
        ("th", "โทรไปสาขาที่ใกล้บ้าน หมู่บ้านมืดทั้งคืน ซอยแคบมาก โรงพยาบาลจ่ายยาผิด"),
    ],
)
def test_a_shop_on_the_net_an_office_or_any_street_is_no_place(tag, text):
    assert named(text, tag, "place") == []


@pytest.mark.parametrize(
    ("tag", "text", "thing"),
    [
        ("id", "Kulkas Polarindo X20 saya bocor.", "Kulkas Polarindo X20"),
        ("id", "Aplikasi KasirMaju tidak bisa dibuka.", "KasirMaju"),
        ("id", "jaket saya belum dikirim", "jaket"),
        ("id", "Kak, pulsa saya hilang.", "pulsa"),
        ("th", "หูฟัง ClearTone Z3 ข้างขวาไม่ดัง", "หูฟัง ClearTone Z3"),
        ("th", "แพ็กเกจ Family Plus ใช้ไม่ได้", "แพ็กเกจ Family Plus"),
        ("th", "พัดลมตั้งพื้น 18 นิ้วไม่หมุน", "พัดลมตั้งพื้น 18 นิ้ว"),
    ],
)
def test_a_thing_is_named_with_its_make(tag, text, thing):
    assert named(text, tag, "product") == [thing]


@pytest.mark.parametrize(
    ("tag", "text", "thing"),
    [
        ("id", "Blender Kak Sinta rusak.", "Blender"),
        ("id", "Layanan Pelanggan lambat, blender Jakarta juga.", "blender"),
        ("th", "หูฟัง COD ไม่ตรงปก", "หูฟัง"),
    ],
)
def test_a_title_a_town_or_a_way_to_pay_is_no_make(tag, text, thing):
    assert named(text, tag, "product") == [thing]


@pytest.mark.parametrize(
    ("tag", "text", "day"),
    [
        ("en", "It was due last Tuesday.", "last Tuesday"),
        ("en", "I need it tomorrow at 5.", "tomorrow at 5"),
        ("id", "Barangnya datang kemarin.", "kemarin"),
        ("th", "ของมาถึงเมื่อวาน", "เมื่อวาน"),
        ("fi", "Asentaja tuli viime perjantaina.", "viime perjantaina"),
    ],
)
def test_words_that_fix_a_day_are_a_date(tag, text, day):
    assert named(text, tag, "date") == [day]


@pytest.mark.parametrize(
    ("tag", "text"),
    [("en", "It took three weeks."), ("id", "Sudah dua minggu."), ("th", "รอมาสามวัน"), ("fi", "Kesti kolme viikkoa.")],
)
def test_a_duration_is_no_date(tag, text):
    assert named(text, tag, "date") == []


def test_shouting_is_no_name():
    assert named("WHERE IS MY ORDER. NOBODY ANSWERS IN THE CHAT. DISGRACEFUL", "en", "person") == []


def test_a_page_of_capitalised_words_costs_no_time_and_breaks_nothing():
    assert read("Aaaa Bbbb " * 2_000, language="en", tier="quick").facts is not None


def test_a_thing_of_a_make_that_nobody_lists_is_named_with_it():
    assert named("My Brandt kettle leaks.", "en", "product") == ["Brandt kettle"]
    assert named("We moved to InkCloud Pro and lost every file. LinkedIn is fine.", "en", "product") == ["InkCloud Pro"]
