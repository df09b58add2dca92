"""What the mail programs of many languages write around old words, and what people write that looks like it."""

import pytest

from amends.mail.parse import all_packs, parse
from amends.mail.quotes import split_text

OWN = "My own words here."
MARKS = [
    "On Mon, Mar 3, 2025 at 2:05 PM Good Shop <help@shop.example> wrote:",
    "On 3 Mar 2025, at 14:05, Good Shop <help@shop.example> wrote:",
    "On Monday, March 3rd, 2025 at 14:05, Good Shop <help@shop.example> wrote:",
    "On Monday, 3 March 2025 at 14:05:22 GMT+7, Good Shop <help@shop.example> wrote:",
    "Le lun. 3 mars 2025 à 14:05, Good Shop <help@shop.example> a écrit :",
    "Pada tanggal Sen, 3 Mar 2025 14.05, Toko <help@shop.example> menulis:",
    "Pada Senin, 3 Maret 2025, Toko Baik <help@shop.example> menulis:",
    "Pada 3 Mar 2025, pukul 14.05, Toko <help@shop.example> menulis:",
    "Pada Senin, 03 Maret 2025 14.05.22 WIB, Toko <help@shop.example> menulis:",
    "Pada hari Senin, 3 Mar 2025, 14:05 Toko Baik menulis:",
    "เมื่อ จ. 3 มี.ค. 2025 เวลา 14:05 ร้านดี <help@shop.example> เขียนว่า:",
    "เมื่อวันจันทร์ที่ 3 มีนาคม 2568 เวลา 14:05:22 GMT+7 ร้านดี <help@shop.example> เขียน:",
    "ในวันที่ 3 มี.ค. 2568 เวลา 14:05 ร้านดี <help@shop.example> เขียนว่า:",
    'เมื่อ 3 มี.ค. 2025 14:05, "ร้านดี" <help@shop.example> เขียนว่า:',
    "วันที่ จ. 3 มี.ค. 2025 เวลา 14:05 น. ร้านดี <help@shop.example> เขียนว่า:",
    "ร้านดี <help@shop.example> เขียนเมื่อ จ. 3 มี.ค. 2025 เวลา 14:05:",
    "ma 3. maalisk. 2025 klo 14.05 Hyvä Kauppa <help@shop.example> kirjoitti:",
    "Hyvä Kauppa <help@shop.example> kirjoitti 3.3.2025 kello 14.05:",
    "3.3.2025 14.05, Hyvä Kauppa kirjoitti:",
    "Hyvä Kauppa kirjoitti 3.3.2025 klo 14:05:",
    "maanantai 3. maaliskuuta 2025 klo 14.05.22 UTC+2 Hyvä Kauppa <help@shop.example> kirjoitti:",
    "Lainaus Hyvä Kauppa <help@shop.example>:",
    "Em seg., 3 de mar. de 2025 às 14:05, Loja <help@shop.example> escreveu:",
    "El lun, 3 mar 2025 a las 14:05, Tienda (<help@shop.example>) escribió:",
    "Am Mo., 3. März 2025 um 14:05 Uhr schrieb Laden <help@shop.example>:",
    "Il giorno lun 3 mar 2025 alle ore 14:05 Negozio <help@shop.example> ha scritto:",
    "Op ma 3 mrt 2025 om 14:05 schreef Winkel <help@shop.example>:",
    "Den mån 3 mars 2025 kl 14:05 skrev Butik <help@shop.example>:",
    "man. 3. mar. 2025 kl. 14.05 skrev Butik <help@shop.example>:",
    "pon., 3 mar 2025 o 14:05 Sklep <help@shop.example> napisał(a):",
    "пн, 3 мар. 2025 г. в 14:05, Магазин <help@shop.example>:",
    "2025年3月3日(月) 14:05 店 <help@shop.example>:",
    "商店 <help@shop.example> 于2025年3月3日周一 14:05写道：",
    "Vào Th 2, 3 thg 3, 2025 vào lúc 14:05 Cửa hàng <help@shop.example> đã viết:",
    "Pada Isn, 3 Mac 2025 pada 2:05 PTG Kedai <help@shop.example> menulis:",
    "2025. márc. 3., H 14:05 dátummal Bolt <help@shop.example> ezt írta:",
    "3 Mar 2025 Pzt 14:05 tarihinde Dükkan <help@shop.example> şunu yazdı:",
    "-------- Original message --------",
    "-------- Pesan asli --------",
    "-------- ข้อความดั้งเดิม --------",
    "-------- Alkuperäinen viesti --------",
    "---------- Forwarded message ---------",
    "---------- Pesan yang diteruskan ---------",
    "Begin forwarded message:",
    "Awal pesan yang diteruskan:",
    "เริ่มต้นข้อความที่ส่งต่อ:",
    "Välitetty viesti alkaa:",
]
SENTENCES = [
    "I wrote to you on 3 March 2025 at 14:05 and your colleague Ann wrote:",
    "Saya kirim email tanggal 3 Maret 2025 dan admin menulis:",
    "ผมโทรไปวันที่ 3 มี.ค. 2568 แล้วพนักงานเขียนว่า:",
    "Soitin 3.3.2025 klo 14.05 ja asiakaspalvelija kirjoitti:",
    "Order placed 3 March 2025, contact <ann@home.example>:",
    "My address: Ann, 12 Main St 14:05",
    "Pesanan saya nomor 12345 tanggal 3/3/2025:",
    "รายการสั่งซื้อวันที่ 3/3/2568:",
    "Tilaukseni 3.3.2025:",
    "Sent from my old address in Bangkok, it took 3 weeks.",
    "From 3 March to 5 March nobody was there:",
    "Here is the original message:",
    "Pesan asli saya begini: barang rusak.",
    "Best thing: from now on, I will write to the press.",
]
PAGES = {
    "apple": (
        '<body>Masih rusak.<br><br><div dir="ltr">Dikirim dari iPhone saya</div><div dir="ltr"><br><blockquote type="cite">Pada 3 Mar 2025, pukul 14.05, Toko &lt;h@x.example&gt; menulis:<br><br></blockquote></div><blockquote type="cite"><div>Halo</div></blockquote></body>',
        "Masih rusak.",
    ),
    "outlookweb": (
        '<div>ยังไม่ได้ของ</div><div id="Signature"><p>Somchai</p></div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>จาก:</b> x<br><b>ส่ง:</b> y</div><div>เก่า</div>',
        "ยังไม่ได้ของ",
    ),
    "outlookdesktop": (
        '<div class=WordSection1><p>Ei tullut.</p><p class=MsoNormal>Terveisin, Aino</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>From:</b> Shop<br><b>Sent:</b> x</p></div><p>Vanha</p></div>',
        "Ei tullut.\n\nTerveisin, Aino",
    ),
    "outlooknomark": (
        "<p>Not here.</p><p><b>From:</b> Shop &lt;a@b.c&gt;<br><b>Sent:</b> Monday 3 March 2025 14:05<br><b>To:</b> Ann<br><b>Subject:</b> Order</p><p>Old words</p>",
        "Not here.",
    ),
    "yahoo": (
        '<div>Not here.</div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>On Monday, x wrote:</div><div>Old</div></div>',
        "Not here.",
    ),
    "thunderbird": (
        '<p>Vastaus.</p><div class="moz-cite-prefix">3.3.2025 14.05, Kauppa kirjoitti:<br></div><blockquote type="cite" cite="mid:x"><p>Vanha</p></blockquote><p>Ja lisäksi.</p><div class="moz-signature">-- <br>Aino</div>',
        "Vastaus.\n\nJa lisäksi.",
    ),
    "gmail": (
        '<div dir="ltr">ไม่พอใจมาก<div><br></div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">เมื่อ จ. 3 มี.ค. 2025 เวลา 14:05 ร้าน &lt;<a href="mailto:a@b.c">a@b.c</a>&gt; เขียนว่า:<br></div><blockquote class="gmail_quote" style="margin:0"><div>เก่า</div></blockquote></div>',
        "ไม่พอใจมาก",
    ),
    "gmailmobile": (
        '<div dir="auto">Tolong dibalas</div><br><div class="gmail_quote"><div dir="ltr">Pada Sen, 3 Mar 2025 14.05 Toko &lt;a@b.c&gt; menulis:<br></div><blockquote class="gmail_quote"><div>Lama</div></blockquote></div>',
        "Tolong dibalas",
    ),
    "samsung": (
        '<div>Where?</div><div id="composer_signature"><div>Sent from my Galaxy</div></div><div><br></div><div>-------- Original message --------</div><div>From: Shop &lt;a@b.c&gt;</div><div>Date: 03/03/2025 14:05</div><div>To: ann</div><div>Subject: x</div><div>Old</div>',
        "Where?",
    ),
    "proton": (
        '<div>Here.</div><div class="protonmail_quote">On Monday x wrote:<br><blockquote class="protonmail_quote" type="cite">Old</blockquote></div>',
        "Here.",
    ),
    "own_blockquote": (
        "<p>The site says:</p><blockquote>Delivery in 2 days</blockquote><p>It is a lie.</p>",
        "The site says:\n>\n> Delivery in 2 days\n\nIt is a lie.",
    ),
}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("history", ["\n> Dear customer, here it is.\n", "\n\nDear customer, here it is.\n"])
def test_history_begins_at_the_mark_of_a_mail_program(mark, history):
    assert split_text(f"{OWN}\n\n{mark}{history}", packs=all_packs()).new_text == OWN


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_a_person_is_no_such_mark(sentence):
    text = f"{OWN}\n\n{sentence}\n\nThe thing is still broken."
    assert split_text(text, packs=all_packs()).new_text == text


@pytest.mark.parametrize(("page", "new"), PAGES.values(), ids=PAGES)
def test_every_mail_program_marks_history_in_its_own_html(page, new):
    raw = f"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{page}"
    assert parse(raw.encode()).new_text == new
