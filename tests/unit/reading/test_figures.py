"""Orders, sums, days and hours that a customer names, and what only looks like one."""

import pytest

from amends.languages import load
from amends.reading.cues import look, phrasebook
from amends.reading.facts import facts
from amends.reading.figures import patterns
from amends.reading.plain import plain
from amends.vocabulary import BadPack


def named(text: str, tag: str, kind: str) -> list[str]:
    return [fact.value for fact in facts(look(plain(text), phrasebook(load(tag)))) if fact.kind == kind]


@pytest.mark.parametrize(
    ("tag", "text", "when"),
    [
        ("en", "The plumber was booked for Wednesday 10am.", ["Wednesday 10am"]),
        ("en", "I called at 7 and again at half past nine.", ["at 7", "half past nine"]),
        ("en", "Be here by noon on Friday, not on the 18th at half six.", ["noon on Friday", "the 18th at half six"]),
        ("en", "Deliver it by Sunday or on the 17th, please.", ["Sunday", "the 17th"]),
        ("en", "Come 2moro, or on Mother's Day at the latest.", ["2moro", "Mother's Day"]),
        ("id", "Tukang datang pukul 13.30, malamnya bocor lagi.", ["pukul 13.30", "malamnya"]),
        ("id", "Acaranya Selasa, 4 Juni jam 10 pagi.", ["Selasa, 4 Juni jam 10 pagi"]),
        ("id", "Mohon dikirim tanggal 9 Agustus.", ["tanggal 9 Agustus"]),
        ("id", "Kejadiannya Minggu, 2 Februari, pukul 19.45 WIB.", ["Minggu, 2 Februari, pukul 19.45 WIB"]),
        ("id", "Ditransfer 7/3/2025 jam 8.15, dibalas lusa kemarin.", ["7/3/2025 jam 8.15", "lusa kemarin"]),
        ("id", "Pesan dari awal Maret, dijanjikan tanggal 9 bulan depan.", ["awal Maret", "tanggal 9 bulan depan"]),
        ("id", "Kurirnya datang habis isya, bukan jam setengah 5 sore.", ["habis isya", "jam setengah 5 sore"]),
        ("th", "หนังสือลงวันที่ 3 มิถุนายน 2567 ถึงผมเย็นวันที่ 9", ["3 มิถุนายน 2567", "เย็นวันที่ 9"]),
        ("th", "โอนเมื่อบ่ายวันเสาร์ ได้ของ พ. 12 มี.ค. เวลา 08:20", ["บ่ายวันเสาร์", "พ. 12 มี.ค. เวลา 08:20"]),
        ("th", "ยกเลิกไปเมื่อกี้ ตั้งแต่ 4/6/66 แล้ว ตอน 23.10 ก็โทร", ["เมื่อกี้", "4/6/66", "23.10"]),
        ("th", "นัดวันที่ 7 เดือนหน้า ก่อนสงกรานต์", ["วันที่ 7 เดือนหน้า", "สงกรานต์"]),
        ("th", "นัดไว้สามโมงเย็น มาจริงสองทุ่มครึ่ง", ["สามโมงเย็น", "สองทุ่มครึ่ง"]),
        ("th", "ขอเลื่อนไปวันที่ 7 กุมภาพันธ์ค่ะ", ["วันที่ 7 กุมภาพันธ์"]),
        ("th", "จะไปรับวันอังคารนี้สิบโมง", ["วันอังคารนี้สิบโมง"]),
        ("th", "นัดวันพฤหัสเวลาเก้าโมง วันรุ่งขึ้นก็ไม่มา", ["วันพฤหัสเวลาเก้าโมง", "วันรุ่งขึ้น"]),
        ("fi", "Huoltomies tuli aamuseitsemältä.", ["aamuseitsemältä"]),
        (
            "en",
            "It broke three weeks ago, on the 9th; we ate at ten past eight.",
            ["three weeks ago", "the 9th", "ten past eight"],
        ),
        ("en", "I rang on 3/10 and again Weds nite.", ["3/10", "Weds nite"]),
        ("en", "The fitter comes on the third of May or Monday after 4.", ["the third of May", "Monday after 4"]),
        ("fi", "Sähkö katkesi yöllä 3. elokuuta, asentaja kävi to 5. pvä.", ["yöllä 3. elokuuta", "to 5. pvä"]),
        ("fi", "Muutto on lokakuun toinen, maksoin heinäkuulta.", ["lokakuun toinen", "heinäkuulta"]),
        ("fi", "Vastatkaa keskiviikkoon mennessä.", ["keskiviikkoon"]),
        ("fi", "Piti tulla eilen klo 9 ja 11 välillä.", ["eilen klo 9 ja 11 välillä"]),
        ("fi", "Tilasin sen kolme viikkoa sitten, noudan torstaina 4.6. klo 9.30.", None),
    ],
)
def test_a_day_or_an_hour_is_found_whole(tag, text, when):
    assert named(text, tag, "date") == (when or ["kolme viikkoa sitten", "torstaina 4.6. klo 9.30"])


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "The 4th call. It happens every Tuesday. They said 'next month'. Good morning."),
        ("en", "I have banked with you since 2011."),
        ("id", "Saya menunggu 3 jam 20 menit dan sampai hari ini belum dijawab. Tiap Senin begini."),
        ("id", "Lemot dari tadi. Tiga hari ini mati terus. Kurs 12 jam, skor 9.9, ibu saya kecewa sejak ibu tahu."),
        ("th", "ใช้มา 2 ปี 3 เดือน วัด 0.5 เมตร คะแนน 9.5 เต็ม 10"),
        ("th", "รอสองชั่วโมง ตู้เย็นนี้เสียทุกวันจันทร์"),
        ("fi", "Ostin kuudelta kauppiaalta. Joka torstai sama juttu."),
    ],
)
def test_a_count_a_habit_or_a_word_that_was_quoted_is_no_day(tag, text):
    assert named(text, tag, "date") == []


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("จ่ายค่าซ่อม 2,350 แล้ว", ["2,350"]),
        ("คิดค่าเปิดเครื่อง 750 ครับ", ["750"]),
        ("ห้องคืนละ 1800", ["1800"]),
        ("เสียเงินไปสี่หมื่นแปด", ["สี่หมื่นแปด"]),
        ("โอนเจ็ดพันห้าร้อยบาทแล้ว", ["เจ็ดพันห้าร้อยบาท"]),
        ("มีคนติดตาม 12,500 คน รอมา 45 นาที จ่ายไป 3 รอบ 555", []),
        ("แขกสามร้อยคน งานเรียบร้อยดี", []),
        ("ขาดน็อต 12 บานพับ 4", []),
        ("ค่าน้ำเดือนก่อน 700 กว่าบาท เดือนนี้ 3 พัน", ["700 กว่าบาท", "3 พัน"]),
        ("ขอเงินพันสองคืน", ["พันสอง"]),
        ("บ้านเลขที่ 88/14 เน็ตเหลือ 384k พันสองรอบ จอ 4k", []),
    ],
)
def test_thai_money_is_told_by_the_words_around_it(text, sums):
    assert named(text, "th", "amount") == sums


@pytest.mark.parametrize(
    ("tag", "text", "sums"),
    [
        ("en", "You banned a page of 90k subscribers over £12.", ["£12"]),
        ("en", "You took ninety quid and then twelve pounds forty.", ["ninety quid", "twelve pounds forty"]),
        ("en", "I paid 84.50 for it, was charged 3 times and waited 12 days.", ["84.50"]),
        ("en", "They owe me three hundred.", ["three hundred"]),
        (
            "fi",
            "Maksoin kaksikymppiä, hinta oli 79,- ja kulu 3 e 50 senttiä.",
            ["kaksikymppiä", "79,-", "3 e 50 senttiä"],
        ),
        ("fi", "Verho on 12 senttiä liian lyhyt ja hylly 1,85 metriä.", []),
        ("id", "Akun saya 50 ribu followers, ganti 75 ribu.", ["75 ribu"]),
        ("id", "Tunggakan dua juta tiga ratus ribu, denda 40 ribuan.", ["dua juta tiga ratus ribu", "40 ribuan"]),
        ("id", "Baterai 10.000 mAh, layar pecah seribu, poin 12.400 poin.", []),
        ("id", "Cuma dikasih lima belas ribu untuk dua ribu orang.", ["lima belas ribu"]),
    ],
)
def test_what_a_number_counts_makes_it_no_sum(tag, text, sums):
    assert named(text, tag, "amount") == sums


@pytest.mark.parametrize(
    ("tag", "text", "codes"),
    [
        ("en", "My booking is RX4TWB, invoice INV-40417.", ["RX4TWB", "INV-40417"]),
        ("en", "Policy TK 88120, account 5512 7781 02.", ["TK 88120", "5512 7781 02"]),
        ("en", "It is on PO 40991.", ["PO 40991"]),
        ("en", "My account since 2019 is closed.", []),
        ("en", "Tracking 1Z 40B 7K2 05 8813 says delivered.", ["1Z 40B 7K2 05 8813"]),
        ("en", "It is QD 118 226 340 GB, my reg is KX21 PLO.", ["QD 118 226 340 GB", "KX21 PLO"]),
        ("en", "Call my number, 07700 900 118. Order 5518 2 mugs missing, order 6617 150 euros.", ["5518", "6617"]),
        ("fi", "Käyttöpaikka 551007 3310 88, kortti 8116 4400 2.", ["551007 3310 88", "8116 4400 2"]),
        ("fi", "Nro on 050 555 0177, postinumero 33100.", []),
        ("id", "Resinya JX 4410 2290 7, faktur pajak 010.002-24.5512.", ["JX 4410 2290 7", "010.002-24.5512"]),
        ("id", "nomor pengembalian yang dikasih rtr 8812 04", ["rtr 8812 04"]),
        ("id", "nota gw 0552, IMEI 351122334455667, user id: dini_77", ["0552", "351122334455667", "dini_77"]),
        ("id", "Tagihan Rp8.250.000 dan voucher 50rb untuk akun saya ID 20931177.", ["20931177"]),
        ("id", "Nomor HP saya 0812 4455 1020, kantor 0274-551203, pusat 1500-331. Kontrak jam 10.30, 3 tiket.", []),
        ("th", "เลขแทร็ก PX 0042 1177 03 ใบงาน RP#0551", ["PX 0042 1177 03", "RP#0551"]),
        ("th", "ซีเรียล 7QD220KM1 หมายเลขเครื่อง SN 5512098", ["7QD220KM1", "5512098"]),
        ("th", "พัสดุ COD 390 บาท รหัสไปรษณีย์ 50200 โทร 1800-555-014 รหัส 6 หลัก", []),
        ("th", "โทร 081-555-0133 นะคะ", []),
        ("th", "หนังสือเลขที่ กค 0811/ว204", ["กค 0811/ว204"]),
        ("fi", "Varaustunnus PL9QRS. Soita numeroon 040 555 0142.", ["PL9QRS"]),
    ],
)
def test_a_code_is_found_whole_and_a_telephone_is_none(tag, text, codes):
    assert named(text, tag, "order") == codes


def test_a_part_that_no_pack_names_is_told():
    with pytest.raises(BadPack, match="hourly"):
        list(patterns({"date_shapes": ["at <hourly>"]}, spaced=True))
