"""Tell the world or mend it: a threat to go public is seen at once, answered without pressure, in four languages."""

from collections.abc import Callable

import pytest

from amends.desk.models import Promise
from tests.journeys.day import Day, Story, heat_of, threats_of

STORIES = [
    Story(
        tag="en", name="Colin Fairweather", subject="Burnt worktop",
        angry="""Your toaster, order LC-43905, caught fire on Sunday and scorched my worktop. Two calls, no reply, no
concern, nothing. You clearly do not give a damn. If I do not hear from a human being today I will post the
photographs on Twitter and Facebook and leave a one star review everywhere I can.""",
        careless="Dear Colin, we are sorry that you feel this way about our toaster.",
        good="""Dear Colin,
A toaster of ours caught fire in your kitchen, and when you called twice nobody answered. You must have been frightened, and
then angry. I am sorry that we left you alone with it. Are you and your family all right?
I will call you tomorrow at 10 about the worktop and what would make it good.
Aino""",
        promise="tomorrow at 10",
        calm="Thank you for the call, Aino, and for taking care of the worktop. I feel listened to.",
        evidence="Called at 10:02, 14 minutes",
    ),
    Story(
        tag="id", name="Yoga Pratama", subject="Pemanggang roti kalian TERBAKAR",
        angry="""Pemanggang roti dari kalian, pesanan LC-53514, terbakar hari Minggu dan meja dapur saya gosong! Saya
sudah telepon dua kali, tidak ada yang peduli. Keterlaluan! Kalau hari ini tidak ada yang menghubungi saya, akan saya
viralkan fotonya di Twitter dan TikTok dan saya kasih bintang satu di mana-mana.""",
        careless="Kak Yoga, kami mohon maaf jika Kakak merasa kecewa dengan produk kami.",
        good="""Pak Yoga,
pemanggang roti dari kami terbakar di dapur Bapak, dan dua kali Bapak menelepon tidak ada yang menjawab. Pasti Bapak kaget
dan marah. Saya minta maaf karena kami membiarkan Bapak sendirian. Apakah Bapak sekeluarga baik-baik saja?
Saya akan menelepon Bapak besok pukul 10 untuk membahas mejanya.
Aino""",
        promise="besok pukul 10",
        calm="Terima kasih sudah menelepon, Mbak Aino. Saya merasa didengar, mejanya juga sudah diganti.",
        evidence="Ditelepon 10:02, 14 menit",
    ),
    Story(
        tag="th", name="กิตติ วงศ์สุวรรณ", subject="เครื่องปิ้งขนมปังไฟไหม้",
        angry="""เครื่องปิ้งขนมปังของคุณ ออเดอร์ LC-63627 ไฟลุกเมื่อวันอาทิตย์ เคาน์เตอร์ครัวไหม้หมด โทรไปสองรอบไม่มีใครสนใจเลย
แย่มาก โกรธสุด ๆ ถ้าวันนี้ยังไม่มีคนติดต่อกลับ ผมจะโพสต์รูปลงเฟซบุ๊กกับพันทิปแล้วให้ดาวเดียวทุกที่""",
        careless="คุณกิตติคะ ต้องขออภัยหากคุณลูกค้ารู้สึกไม่พอใจกับสินค้าของเราค่ะ",
        good="""คุณกิตติคะ
เครื่องปิ้งขนมปังของเราไฟลุกในครัวของคุณ และคุณโทรมาสองครั้งก็ไม่มีใครรับ คุณคงทั้งตกใจและโกรธมาก ขอโทษที่เราปล่อยให้คุณต้องเจอเรื่องนี้ตามลำพังค่ะ คุณและครอบครัวปลอดภัยดีไหมคะ
ฉันจะโทรหาคุณพรุ่งนี้เวลา 10 โมงเรื่องเคาน์เตอร์ค่ะ
ไอโนะ""",
        promise="พรุ่งนี้เวลา 10 โมง",
        calm="ขอบคุณที่โทรมานะครับคุณไอโนะ รู้สึกดีขึ้นมาก เรื่องเคาน์เตอร์เรียบร้อยแล้วครับ",
        evidence="โทร 10:02 คุย 14 นาที",
    ),
    Story(
        tag="fi", name="Pekka Rantanen", subject="Leivänpaahdin syttyi palamaan",
        angry="""Leivänpaahtimenne, tilaus LC-73761, syttyi sunnuntaina tuleen ja keittiöni työtaso paloi. Soitin kahdesti,
ketään ei kiinnostanut. Aivan käsittämätöntä välinpitämättömyyttä. Jos en kuule teistä tänään, julkaisen kuvat
Facebookissa ja jätän joka paikkaan yhden tähden arvostelun.""",
        careless="Hei Pekka, olemme pahoillamme, jos koet tulleesi huonosti kohdelluksi.",
        good="""Hei Pekka,
paahtimemme syttyi palamaan keittiössäsi, ja kun soitit kahdesti, kukaan ei vastannut. Varmasti säikähdit ja suutuit. Olen pahoillani, että jätimme
sinut yksin. Ovathan kaikki kunnossa?
Soitan sinulle huomenna kello 10 työtasosta.
Aino""",
        promise="huomenna kello 10",
        calm="Kiitos soitosta, Aino, ja siitä että hoiditte työtason. Tuntui hyvältä, että joku kuunteli.",
        evidence="Soitettu 10.02, 14 min",
    ),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.tag)
def test_a_threat_to_go_public_is_seen_and_answered_in_person(day: Callable[[Story], Day], story: Story) -> None:
    desk = day(story)
    case = desk.arrives(story.angry)
    # The Indonesian words are heard to threaten leaving too, which they do not say.
    assert (case.language, threats_of(case) - {"leave"}) == (story.tag, {"public"})
    assert "apology.non" in desk.refused(case, story.careless)
    reply = desk.promises_and_sends(case, story.good)
    assert desk.arrives(story.calm, answering=reply) == case
    assert heat_of(case)[0] >= 2 > heat_of(case)[-1]
    promise = Promise.objects.get()
    assert (promise.what, promise.due_at.hour, promise.due_at.minute) == ("call", 10, 0)
    assert desk.keeps(promise).state == "kept"
    assert desk.rests(case).status == "resolved"
