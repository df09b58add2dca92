"""The wrong thing came, and only a manager will do: heard, not passed on, and put right in four languages."""

from collections.abc import Callable

import pytest

from amends.desk.models import MessageReading, Promise
from tests.journeys.day import Day, Story, goes_out, heat_of

STORIES = [
    Story(
        tag="en", name="Desmond Achebe", subject="You sent me the wrong pan",
        angry="""I paid for a 28 cm cast iron pan and I open the box to find a plastic salad spinner, which is
not what I ordered. Order LC-41200.
This is the second time you lot have got it wrong. I am sick of this. I want to speak to your manager, not another
copy-paste answer.""",
        careless="Hello Desmond, the warehouse made a mistake there, that is not something we in customer care can help.",
        good="""Dear Desmond,
You paid for a cast iron pan and got a salad spinner, and it is the second wrong box. I would be angry too. We packed it wrongly, and I am
sorry. I have told Maya, who leads our team; she has read your letter.
We will send the right pan on Monday. Keep the spinner.
Aino""",
        promise="on Monday",
        calm="Thanks, Aino. The right pan arrived and it is a beauty. Happy with that.",
        evidence="Tracking JD0199, delivered",
    ),
    Story(
        tag="id", name="Hendra Gunawan", subject="Barang salah kirim LAGI",
        angry="""Saya pesan panci presto, yang datang malah rak sepatu! Pesanan LC-51877. Ini sudah kedua kalinya salah
kirim, keterlaluan! Saya capek dan marah. Saya mau bicara langsung dengan manajer, jangan CS yang jawabannya itu-itu
saja.""",
        careless="Halo Pak Hendra, ini kesalahan bagian gudang ya Pak, bukan dari kami di CS.",
        good="""Pak Hendra,
Bapak memesan panci presto dan menerima rak sepatu, untuk kedua kalinya. Saya paham Bapak kesal. Kami yang salah mengemas, dan saya minta maaf
atas kesalahan itu. Surat Bapak sudah dibaca Maya, pimpinan tim kami.
Kami akan mengirim panci presto yang benar hari Senin. Raknya tidak perlu dikembalikan.
Aino""",
        promise="hari Senin",
        calm="Terima kasih, panci prestonya sudah sampai dan bagus. Saya puas sekarang.",
        evidence="Resi JNE 9020, diterima",
    ),
    Story(
        tag="th", name="วิชัย ทองดี", subject="ส่งของผิดอีกแล้ว",
        angry="""สั่งเตาไมโครเวฟเลขที่ LC-61402 แต่ได้พัดลมมาแทน นี่รอบที่สองแล้วนะที่ส่งผิด ผมโมโหมาก ทำงานกันยังไง
ขอคุยกับผู้จัดการเดี๋ยวนี้เลย ไม่เอาแอดมินที่ตอบเหมือนหุ่นยนต์""",
        careless="สวัสดีค่ะคุณวิชัย เป็นความผิดของฝ่ายคลังสินค้านะคะ ไม่เกี่ยวกับทางเราค่ะ",
        good="""คุณวิชัยคะ
คุณสั่งเตาไมโครเวฟแต่ได้พัดลม และเป็นครั้งที่สองแล้ว เข้าใจค่ะว่าคุณหงุดหงิดมาก เราแพ็กผิดเองค่ะ ต้องขอโทษที่เราส่งของผิดให้คุณ คุณมายาซึ่งเป็นหัวหน้าทีมได้อ่านจดหมายของคุณแล้วค่ะ
เราจะส่งไมโครเวฟที่ถูกต้องให้ภายในวันจันทร์ค่ะ ส่วนพัดลมไม่ต้องส่งคืนนะคะ
ไอโนะ""",
        promise="ภายในวันจันทร์",
        calm="ได้รับไมโครเวฟแล้วครับ ใช้งานได้ดี ขอบคุณมากครับ",
        evidence="Flash TH0192 ส่งถึงแล้ว",
    ),
    Story(
        tag="fi", name="Jorma Lindqvist", subject="Väärä tuote, taas kerran",
        angry="""Tilasin valurautapannun ja laatikosta löytyi muovinen salaattilinko. Tilaus LC-71355. Tämä on jo toinen
kerta, kun lähetätte väärän tavaran. Olen todella vihainen. Haluan puhua esimiehen kanssa. Valmiista
vastauksista olen saanut tarpeekseni.""",
        careless="Hei Jorma, virhe on tapahtunut varastolla, emme me asiakaspalvelussa voi sille mitään.",
        good="""Hei Jorma,
tilasit valurautapannun ja sait salaattilingon, ja se oli jo toinen väärä paketti. Ymmärrän, että olet vihainen. Me pakkasimme sen väärin, ja olen
siitä pahoillani. Maya, joka johtaa tiimiämme, on lukenut kirjeesi.
Lähetämme oikean pannun maanantaina. Lingon voit pitää.
Aino""",
        promise="maanantaina",
        calm="Kiitos, oikea pannu tuli perille ja on hieno. Olen tyytyväinen.",
        evidence="Posti JJFI7003, luovutettu",
    ),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.tag)
def test_who_asks_for_the_manager_is_heard_and_gets_the_right_thing(day: Callable[[Story], Day], story: Story) -> None:
    desk = day(story)
    case = desk.arrives(story.angry)
    assert (case.language, case.cause) == (story.tag, "wrong_item")
    assert MessageReading.objects.get().reading["demands_manager"]
    assert "blame.department" in desk.refused(case, story.careless)
    reply = desk.promises_and_sends(case, story.good)
    assert desk.arrives(story.calm, answering=reply) == case
    assert heat_of(case)[0] >= 2 > heat_of(case)[-1]
    assert desk.keeps(Promise.objects.get()).state == "kept"
    assert desk.rests(case).status == "resolved"
    assert goes_out(reply)["References"] == f"<{story.tag}.1@example.org>"
