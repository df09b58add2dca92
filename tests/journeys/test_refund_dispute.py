"""Money that was promised back and did not come: nobody argues, the sum returns, in four languages."""

from collections.abc import Callable

import pytest

from amends.desk.models import MessageReading, Promise
from tests.journeys.day import Day, Story, heat_of

STORIES = [
    Story(
        tag="en", name="Priya Raman", subject="Where is my refund of $129?",
        angry="""On the 1st you told me my refund of $129.00 for order LC-42611 was on its way. It is not. My bank has
nothing. You have had your mixer back for a month and you are sitting on my money. That is outrageous and frankly it
feels like theft. I want my money back now.""",
        careless="Hi Priya, you should have checked with your bank first. You did not read our refund terms.",
        good="""Dear Priya,
You sent the mixer back a month ago, we told you that $129.00 was on its way, and it was not. Of course you are angry. I am sorry: we never
released the payment. It was our mistake, and you were right to write.
We will refund the full $129.00 by Wednesday. Is there anything else we owe you for this?
Aino""",
        promise="by Wednesday",
        calm="The refund is in my account, thank you for sorting it out, Aino.",
        evidence="Bank reference 5521-77",
    ),
    Story(
        tag="id", name="Siti Rahmawati", subject="Refund Rp850.000 mana?",
        angry="""Katanya refund Rp850.000 untuk pesanan LC-52390 sudah diproses dari tanggal 1. Mana? Sampai sekarang
tidak masuk-masuk ke rekening saya. Barang sudah kalian terima sebulan lalu. Saya kesal sekali, ini namanya penipuan!
Kembalikan uang saya sekarang!""",
        careless="Kak Siti, seharusnya Kakak cek dulu ke bank. Kakak sendiri yang salah tidak membaca ketentuan refund kami.",
        good="""Bu Siti,
barang sudah kami terima sebulan lalu, kami bilang Rp850.000 sudah diproses, padahal belum. Ibu berhak marah. Saya minta maaf, ini
kesalahan kami: pembayarannya belum kami lepaskan. Ibu benar.
Kami akan mengembalikan dana Rp850.000 paling lambat hari Rabu. Adakah yang lain yang perlu kami bereskan?
Aino""",
        promise="paling lambat hari Rabu",
        calm="Dananya sudah masuk, terima kasih banyak Mbak Aino.",
        evidence="Referensi bank 5521-88",
    ),
    Story(
        tag="th", name="พรทิพย์ แสงทอง", subject="เงินคืน 2,490 บาทอยู่ไหน",
        angry="""แจ้งว่าคืนเงิน 2,490 บาท ออเดอร์ LC-62718 ให้แล้วตั้งแต่วันที่ 1 แต่เงินไม่เข้าเลย ส่งของคืนไปเป็นเดือนแล้ว
แบบนี้มันโกงกันชัด ๆ โมโหมากค่ะ ขอเงินคืนเดี๋ยวนี้""",
        careless="คุณพรทิพย์คะ คุณควรเช็กกับธนาคารก่อนนะคะ เป็นความผิดของคุณลูกค้าเองที่ไม่อ่านเงื่อนไขการคืนเงินค่ะ",
        good="""คุณพรทิพย์คะ
คุณส่งของคืนมาหนึ่งเดือนแล้ว เราแจ้งว่าคืนเงิน 2,490 บาทแล้ว แต่ความจริงยังไม่ได้โอน เข้าใจเลยค่ะว่าคุณโกรธ ต้องขอโทษค่ะ เป็นความผิดพลาดของเราเอง คุณพูดถูกแล้วค่ะ
เราจะโอนเงินคืน 2,490 บาทภายในวันพุธค่ะ มีอะไรที่เรายังติดค้างคุณอีกไหมคะ
ไอโนะ""",
        promise="ภายในวันพุธ",
        calm="เงินเข้าแล้วค่ะ ขอบคุณมากนะคะ",
        evidence="เลขที่โอน 5521-99",
    ),
    Story(
        tag="fi", name="Tuula Heikkinen", subject="Missä 129 euron hyvitykseni on?",
        angry="""Ilmoititte, että 129,00 euron hyvitys tilauksesta LC-72840 on maksettu. Ei ole. Tilille ei ole tullut
senttiäkään, ja yleiskone on ollut teillä jo kuukauden. Törkeää! Tämä tuntuu huijaukselta ja olen raivoissani. Vaadin
rahani takaisin heti.""",
        careless="Hei Tuula, sinun olisi pitänyt tarkistaa asia ensin pankista. Oma vikasi, jos et lukenut palautusehtoja.",
        good="""Hei Tuula,
palautit yleiskoneen kuukausi sitten, sanoimme hyvittäneemme 129,00 euroa, eikä se pitänyt paikkaansa. Ymmärrän, että olet raivoissasi. Olen pahoillani:
maksu jäi meiltä tekemättä. Se oli meidän virheemme, ja olit oikeassa.
Palautamme 129,00 euroa tilillesi keskiviikkoon mennessä. Onko vielä jotain, mitä meidän pitäisi hyvittää?
Aino""",
        promise="keskiviikkoon mennessä",
        calm="Rahat tulivat tilille, kiitos Aino asian hoitamisesta.",
        evidence="Arkistointitunnus 5521-00",
    ),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.tag)
def test_a_refund_in_dispute_comes_back_without_an_argument(day: Callable[[Story], Day], story: Story) -> None:
    desk = day(story)
    case = desk.arrives(story.angry)
    read = MessageReading.objects.get().reading
    assert (case.language, case.cause) == (story.tag, "refund")
    assert {"order", "amount"} <= {fact["kind"] for fact in read["facts"]}
    assert "refund" in {wish["kind"] for wish in read["wishes"]}
    assert "blame.customer" in desk.refused(case, story.careless)
    reply = desk.promises_and_sends(case, story.good)
    assert desk.arrives(story.calm, answering=reply) == case
    assert heat_of(case)[0] >= 2 > heat_of(case)[-1]
    assert desk.keeps(Promise.objects.get()).what == "refund"
    assert desk.rests(case).status == "resolved"
