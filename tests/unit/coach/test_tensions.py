"""Where two good rules pull apart, each side has words it must leave alone: rules.md, in four languages."""

import pytest

from amends.coach.review import review
from amends.languages import load
from amends.vocabulary import CaseView

LONG = {
    "en": "The label was wrong because the printer broke. ",
    "id": "Labelnya keliru karena printernya diganti. ",
    "th": "ฉลากซ้อนกันเพราะเปลี่ยนเครื่องพิมพ์ค่ะ ",
    "fi": "Tarra tulostui kahdesti, koska tulostin vaihtui. ",
}
# (rule of one side, words it finds, words of the other side that it leaves alone)
TENSIONS = {
    "R67-R128": ("staff.shamed", {
        "en": ("The employee has been disciplined.", "You should not have been spoken to like that."),
        "id": ("Karyawan tersebut sudah kami beri sanksi.", "Ibu tidak pantas dibentak seperti itu."),
        "th": ("เราได้ลงโทษพนักงานคนนั้นแล้วค่ะ", "คุณแม่ไม่ควรถูกตะคอกแบบนั้นค่ะ"),
        "fi": ("Työntekijälle on annettu varoitus.", "Äidillesi ei olisi saanut huutaa."),
    }),
    "R64-R162-R191": ("excuse", {
        "en": ("Due to high demand, your order is late.", "We were not ready for the rush. That is our fault."),
        "id": ("Karena tingginya permintaan, pesanan Ibu terlambat.", "Permintaan naik dan kami tidak siap. Ini kesalahan kami."),
        "th": ("เนื่องจากมีออเดอร์จำนวนมาก ของจึงช้าค่ะ", "ออเดอร์เข้ามากแต่เราไม่พร้อม เป็นความผิดของเราเองค่ะ"),
        "fi": ("Ruuhkan vuoksi tilauksesi on myöhässä.", "Tilauksia tuli paljon, emmekä olleet valmiita. Tämä oli meidän virheemme."),
    }),
    "R154-R164": ("explain.long", {tag: (3 * said, said) for tag, said in LONG.items()}),
    "R177-R182": ("name.overuse", {
        "en": ("Anna, thank you. Anna, it left. Anna, bye.", "Thank you, Anna. It left today."),
        "id": ("Bu Anna, terima kasih. Bu Anna, sudah dikirim. Bu Anna, salam.", "Terima kasih, Bu Anna. Sudah dikirim."),
        "th": ("คุณ anna ขอบคุณค่ะ คุณ anna ส่งแล้วค่ะ คุณ anna สวัสดีค่ะ", "คุณ anna ส่งแล้วค่ะ"),
        "fi": ("Anna, kiitos. Anna, se lähti. Anna, hei.", "Kiitos, Anna. Se lähti tänään."),
    }),
    "R206-R208-R35": ("promise.never_again", {
        "en": ("This will never happen again.", "Absolutely, I will call you on Friday at ten."),
        "id": ("Kejadian ini tidak akan terulang lagi.", "Tentu, saya telepon hari Jumat pukul sepuluh."),
        "th": ("เหตุการณ์แบบนี้จะไม่เกิดขึ้นอีกค่ะ", "แน่นอนค่ะ วันศุกร์สิบโมงดิฉันจะโทรหาค่ะ"),
        "fi": ("Tämä ei tule toistumaan.", "Ehdottomasti, soitan sinulle perjantaina kello kymmenen."),
    }),
    "R61-R195": ("blame.department", {
        "en": ("The warehouse lost your parcel.", "I need to check this with my colleague and tell you by noon."),
        "id": ("Bagian gudang menghilangkan paket Ibu.", "Saya perlu menanyakan ini kepada rekan saya dan mengabari sebelum siang."),
        "th": ("แผนกคลังทำของหายค่ะ", "ดิฉันขอสอบถามเพื่อนร่วมงานแล้วแจ้งก่อนเที่ยงค่ะ"),
        "fi": ("Varasto hukkasi pakettisi.", "Tarkistan tämän kollegalta ja kerron ennen puoltapäivää."),
    }),
}  # fmt: skip
STOCK = {
    "en": ("Our shop is open from nine to five. ", "Your blender should never have exploded."),
    "id": ("Toko buka dari pukul sembilan sampai lima sore. ", "Blender itu tidak seharusnya meledak."),
    "th": ("ร้านเปิดเก้าโมงถึงห้าโมงเย็นทุกวันไม่เว้นวันหยุดนะคะ ", "เครื่องปั่นไม่ควรระเบิดเลยค่ะ"),
    "fi": ("Myymälämme on avoinna yhdeksästä viiteen joka päivä. ", "Tehosekoittimen ei olisi pitänyt räjähtää."),
}
BURST = {
    "en": "My blender exploded and cut my hand.",
    "id": "Blender saya meledak dan melukai tangan saya.",
    "th": "เครื่องปั่นระเบิดแล้วบาดมือฉัน",
    "fi": "Tehosekoitin räjähti ja viilsi käteni.",
}


def rules(reply: str, tag: str, message: str | None = None) -> set[str]:
    case = CaseView(customer_name="Anna")
    return {found.rule for found in review(reply, case=case, message=message, pack=load(tag)).findings}


@pytest.mark.parametrize("tension", TENSIONS)
def test_each_side_of_a_tension_has_words_of_its_own(language, tension):
    rule, said = TENSIONS[tension]
    wrong, right = said[language]
    assert rule in rules(wrong, language)
    assert rule not in rules(right, language)


def test_a_snippet_of_facts_is_no_script_once_it_touches_the_matter(language):
    """R1, R106 ↔ R183: prepared words carry facts; what the case needs stands beside them."""
    snippet, own = STOCK[language]
    assert "script.rigid" in rules(snippet * 3, language, BURST[language])
    assert "script.rigid" not in rules(snippet * 3 + own, language, BURST[language])
