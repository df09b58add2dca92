"""A sanity check of packs that nobody has measured on customers: a hot message a language outranks a calm one.

Written by the packs' author: it proves that a pack loads and is wired in, not how well it reads.
"""

from pathlib import Path

import pytest

from amends.languages import load
from amends.reading.heads import heads
from amends.reading.read import read

HOT_AND_CALM = {
    "da": (
        "Uacceptabelt! Tredje gang jeg skriver, ingen svarer. Min advokat kontakter jer.",
        "Hvornår åbner I i morgen?",
    ),
    "no": ("Helt uakseptabelt! Tredje gang jeg skriver. Advokaten min tar kontakt.", "Når åpner dere i morgen?"),
    "uk": ("Третій раз пишу, ніхто не відповідає, подам до суду!", "Доброго дня, чи можна змінити адресу?"),
    "tr": ("Rezalet! Üçüncü kez yazıyorum, avukatım sizi arayacak.", "Mağaza saat kaçta açılıyor?"),
    "ar": ("هذه المرة الثالثة! نصابين، سأرفع قضية في المحكمة", "هل يمكنني تغيير عنوان التوصيل؟ شكرا"),
    "hi": ("तीसरी बार लिख रहा हूँ, घटिया सेवा! अब कोर्ट जाऊंगा", "क्या मैं पता बदल सकता हूँ? धन्यवाद"),
    "ms": (
        "Kali ketiga saya tulis, teruk betul! Saya akan jumpa peguam.",
        "Boleh saya tukar alamat penghantaran? Terima kasih",
    ),
    "zh": ("第三次了，太差了！我要起诉你们！", "请问可以修改地址吗？谢谢"),
    "ja": ("三回目です。最悪の対応ですね。弁護士に相談します。", "営業時間は何時までですか？"),
    "ko": ("세 번째 문의인데 답변도 없고 정말 최악이네요. 고소하겠습니다.", "주소 변경 가능한가요? 감사합니다."),
}


@pytest.mark.parametrize("tag", sorted(HOT_AND_CALM))
def test_a_furious_message_outranks_a_calm_one(tag):
    hot, calm = (read(text, language=tag) for text in HOT_AND_CALM[tag])
    assert hot.anger > 0.5 > calm.anger
    assert {str(threat.kind) for threat in hot.threats} == {"legal"}


# A short Malay text may be told as Indonesian, its nearest kin.
@pytest.mark.parametrize("tag", sorted(HOT_AND_CALM.keys() - {"ms"}))
def test_a_message_is_known_by_its_own_language(tag):
    assert all(read(text).language == tag for text in HOT_AND_CALM[tag])


@pytest.mark.parametrize("tag", sorted(HOT_AND_CALM))
def test_the_engine_says_whether_a_head_has_heard(tag):
    assert ("chars-1" in read(HOT_AND_CALM[tag][0], language=tag).engine) == (heads(tag) is not None)
    assert load(tag).has("reading.toml")


@pytest.mark.parametrize("tag", sorted(HOT_AND_CALM))
def test_the_page_of_languages_has_a_row(tag):
    assert f"(`{tag}`) |" in (Path(__file__).parents[2] / "docs/languages.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("tag", "text"),
    [("ar", "سأكلم المحامي"), ("ar", "الطلب تأخر كثيرا، سأكلم المحامي غدا"), ("uk", "Звернусь до адвоката, якщо не повернете гроші")],
)  # fmt: skip
def test_the_end_of_a_word_denies_no_threat(tag, text):
    assert {str(threat.kind) for threat in read(text, language=tag).threats} == {"legal"}


def test_a_denied_threat_is_none_in_any_script():
    assert not read("الطلب متأخر، لا أريد المحامي", language="ar").threats
    assert not read("Посылка опоздала, но в суд подавать не буду", language="ru").threats


@pytest.mark.parametrize(
    "text",
    [
        "请问什么时候发货？",
        "你们周末上班吗？",
        "这个电饭煲多少升？",
        "请问退货的流程是怎样的？",
        "请问可以修改地址吗？谢谢",
    ],
)
def test_a_plain_question_in_chinese_sounds_angry_to_nobody(text):
    heard = read(text, language="zh")
    assert heard.emotions["anger"] < 0.5 > heard.anger
