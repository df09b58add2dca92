"""Words of a person that only look like history, headers, forms or signatures: they all stay."""

import pytest

from amends.mail.parse import all_packs
from amends.mail.quotes import split_text

OWN_WORDS = [
    "From: Bangkok\nTo: Chiang Mai\nDate: 3 May 2025 14:05\n\nThis was my trip and the bus never came.",
    "Dari: Jakarta\nKe: Bali\nTanggal: 3 Mei 2025\n\nTiket saya dibatalkan tanpa alasan.",
    "Hello,\n\nMy trip:\nFrom: Helsinki\nTo: Turku\nDate: 3.5.2025 klo 14.05\n\nThe train was late. I want money back.",
    "Hei,\n\nLähettäjä: Posti\nVastaanottaja: minä\n\nPaketti ei tullut.",
    "Halo,\n\nPengirim: Toko Baik\nPenerima: Budi\nTanggal: 3 Mei 2025\n\nIni data di resi. Paket belum sampai.",
    "Halo,\n\nNomor resi: JP123\nPengirim: Toko Baik\nPenerima: Budi\nAlamat: Jl. Mawar\nTanggal kirim: 3 Mei\n\nPaket belum sampai.",
    "สวัสดีค่ะ\n\nผู้ส่ง: ร้านดี\nผู้รับ: สมหญิง\nวันที่: 3 พ.ค. 2568 14:05\n\nของยังไม่ถึงเลยค่ะ",
    "Timeline:\n\n3 March 14:05: I ordered.\n4 March 09:00: you charged me.\n5 March 10:00: nothing.\n\nWhat now?",
    'On 3 March 2025 at 14:05 I called and your agent Ann wrote:\n"We will call you back."\n\nNobody did.',
    "Am 3. März um 14:05 Uhr hat mir Ihre Kollegin geschrieben:\n\nEs kommt morgen. Es kam nicht.",
    "Le 3 mars 2025 à 14:05 votre collègue m'a écrit :\n\nC'est faux, rien n'est arrivé.",
    "On your site on 3 March 2025 at 14:05 it said:\n\nDelivery in 2 days. It is a lie.",
    "El 3 de marzo a las 14:05 su compañera escribió:\n\nMentira.",
    "Pada tanggal 3 Maret 2025 pukul 14.05 CS Anda Rina menulis:\n\nBarang akan dikirim besok. Bohong!",
    "เมื่อวันที่ 3 มี.ค. 2568 เวลา 14:05 แอดมินเขียนว่า:\n\nจะส่งของพรุ่งนี้ แต่ไม่ส่ง",
    "3.3.2025 klo 14.05 asiakaspalvelijanne Minna kirjoitti:\n\nPaketti tulee huomenna. Ei tullut.",
    "Order: 123\nName: Ann\n\nI want a refund.",
    "Best regards are not what I want. I want a refund.\n\nAnn",
    'I was told: "Sent from our warehouse on Monday".\nSent from our warehouse? Never.',
    "Disclaimer: I am not a lawyer, but this is fraud.\n\nRefund me.",
    "This message is intended for your boss. I want my money.",
    "> is the sign I use for steps\n> first I opened it\n> then it broke\nThat is all.",
    "I paid 20 > 10 and\n> 30 EUR is too much\nfor this.",
    "I attach the original message:\n\nscreenshot.png\n\nRead it please.",
    "Please see below.\n\n| Item | Price |\n| Lamp | 20 |\n\nThe price was 15!",
    "Total: 20\n-----\nPaid: 20\n-----\nMissing: the lamp",
    "___________\nOrder 12\n___________\nI want it now.",
    "Kepada Yth. Toko Baik\nPerihal: Keluhan pesanan\n\nDengan hormat, barang saya rusak.",
    "เรียน ผู้จัดการ\nเรื่อง: ร้องเรียน\n\nของเสียหายค่ะ",
    "To: the manager\nSubject: your staff\n\nThey were rude.",
    "Name: Ann Lee\nE-mail: ann@x.example\nSubject: late\nMessage:\nOn Mon, 3 Mar 2025 at 14:05 you wrote that it is on its way. It is not.",
    "Nama: Budi\nNo HP: 0812\nEmail: b@x.example\nPesan: Pada tanggal 3 Maret pukul 14.05 saya pesan:\nlampu\nrusak",
    "Gesendet von meinem Nachbarn wurde das Paket nicht.\nEs ist weg.",
    "Dikirim dari Bandung tanggal 3, sampai sekarang belum ada.",
    "Lähetetty Helsingistä maanantaina, mutta ei ole perillä vieläkään.",
    "ส่งจากกรุงเทพวันจันทร์ แต่ยังไม่ถึงเลย",
    "Von: Berlin\nNach: Hamburg\n\nDer Zug fiel aus.",
    "Sent from Bangkok on Monday.\n\nNot here yet.",
    "Enviado desde Madrid el lunes.\n\nNo ha llegado.",
    "Thanks,\nAnn\n\nPS: call me on +66 2 123 4567.",
    "Hi,\nthe order below is wrong:\n--------------------\nLamp 20 EUR\nTable 50 EUR\n--------------------\nI ordered two lamps.",
    "Get Outlook for my mother? No. I want my refund.",
    'Here is what Shop <help@shop.example> wrote:\n"It is on its way". Wrong!',
    "I wrote to help@shop.example on 3 March at 14:05:\n\nwhere is my parcel? No answer.",
]


@pytest.mark.parametrize("said", OWN_WORDS)
def test_nothing_of_it_is_folded(said):
    assert split_text(said, packs=all_packs()).new_text == said
