"""What was written now, and what was written before."""

import pytest

from amends.mail.parse import all_packs
from amends.mail.quotes import split_text

PACKS = all_packs()

GMAIL = [
    ("en", "On Mon, 3 Mar 2025 at 14:05, Good Shop <help@shop.example> wrote:"),
    ("id", "Pada Sen, 3 Mar 2025 pukul 14.05 Toko Baik <help@shop.example> menulis:"),
    ("th", "ในวันที่ จ. 3 มี.ค. 2025 เวลา 14:05 ร้านดี <help@shop.example> เขียนว่า:"),
    ("fi", "ma 3. maalisk. 2025 klo 14.05 Hyvä Kauppa (help@shop.example) kirjoitti:"),
]
OUTLOOK = [
    ("en", "From: Good Shop <help@shop.example>\nSent: Monday, 3 March 2025 14:05\nTo: Ann\nSubject: Your order"),
    ("id", "Dari: Toko Baik <help@shop.example>\nDikirim: Senin, 03 Maret 2025 14.05\nKepada: Budi\nSubjek: Pesanan"),
    ("th", "จาก: ร้านดี <help@shop.example>\nส่ง: 3 มีนาคม 2568 14:05\nถึง: สมชาย\nเรื่อง: คำสั่งซื้อ"),
    (
        "fi",
        "Lähettäjä: Hyvä Kauppa <help@shop.example>\nLähetetty: maanantai 3. maaliskuuta 2025 14.05\nVastaanottaja: Aino\nAihe: Tilaus",
    ),
]
PHONES = [
    ("en", "Sent from my iPhone"),
    ("id", "Dikirim dari iPhone saya"),
    ("th", "ส่งจาก iPhone ของฉัน"),
    ("fi", "Lähetetty iPhonesta"),
]
WORDS = {
    "en": "Where is my parcel?",
    "id": "Paket saya di mana?",
    "th": "พัสดุของฉันอยู่ไหนคะ",
    "fi": "Missä pakettini on?",
}


def new(text: str, **known: bool) -> str:
    return split_text(text, packs=PACKS, **known).new_text


@pytest.mark.parametrize(("tag", "attribution"), GMAIL)
def test_what_stands_under_an_attribution_line_is_history(tag, attribution):
    assert new(f"{WORDS[tag]}\n\n{attribution}\n\n> Dear customer,\n> it is on its way.\n") == WORDS[tag]


@pytest.mark.parametrize(("tag", "attribution"), GMAIL)
def test_history_needs_no_quote_signs_under_an_attribution_line(tag, attribution):
    assert new(f"{WORDS[tag]}\n\n{attribution}\n\nDear customer,\nit is on its way.\n") == WORDS[tag]


@pytest.mark.parametrize(("tag", "attribution"), GMAIL)
def test_an_attribution_line_may_be_wrapped(tag, attribution):
    head, _, tail = attribution.rpartition(" <") if "<" in attribution else attribution.rpartition(" (")
    bracket = attribution[len(head) + 1]
    assert new(f"{WORDS[tag]}\n\n{head}\n{bracket}{tail}\n> old\n") == WORDS[tag]


@pytest.mark.parametrize(("tag", "attribution"), GMAIL)
def test_words_below_the_quote_are_new(tag, attribution):
    assert new(f"{attribution}\n> It is on its way.\n\n{WORDS[tag]}\n") == WORDS[tag]


@pytest.mark.parametrize(("tag", "attribution"), GMAIL)
def test_answers_between_quotes_are_kept(tag, attribution):
    text = f"{attribution}\n> Your order number?\n\nA-1.\n\n> Your address?\n\n{WORDS[tag]}\n"
    assert new(text) == f"A-1.\n\n{WORDS[tag]}"


@pytest.mark.parametrize(("tag", "block"), OUTLOOK)
@pytest.mark.parametrize("rule", ["", "________________________________\n", "-----Original Message-----\n"])
def test_a_header_block_begins_history(tag, block, rule):
    assert new(f"{WORDS[tag]}\n\n{rule}{block}\n\nDear customer, it is on its way.") == WORDS[tag]


@pytest.mark.parametrize(("tag", "line"), PHONES)
def test_the_name_of_the_phone_is_a_signature(tag, line):
    assert new(f"{WORDS[tag]}\n\n{line}\n") == WORDS[tag]


@pytest.mark.parametrize("tag", WORDS)
def test_what_follows_the_signature_mark_is_a_signature(tag):
    assert new(f"{WORDS[tag]}\n\n-- \nAnn Lee\n+66 2 123 4567\n") == WORDS[tag]


@pytest.mark.parametrize(("tag", "attribution"), GMAIL)
def test_a_letter_is_never_cut_to_empty(tag, attribution):
    text = f"{attribution}\n> {WORDS[tag]}"
    assert new(text) == text


@pytest.mark.parametrize(
    "form",
    [
        "Name: Ann\nE-mail: ann@x.example\nPhone: 12345\nMessage:\nFrom: the shop I got\nnothing.",
        "Nama: Budi\nEmail: b@x.example\nNo HP: 0812\nPesan:\nBarang rusak!",
        "ชื่อ: สมชาย\nเบอร์โทร: 081\nอีเมล: s@x.example\nข้อความ: ของยังไม่มา",
        "Nimi: Aino\nPuhelin: 040\nSähköposti: a@x.example\nViesti: Paketti puuttuu.",
        "You have a new message:\n\nFrom: Ann <a@x.example>\nSubject: Late\nDate: 3 May\nName: Ann\nPhone: 1\nMessage: Late again",
    ],
)
def test_a_filled_in_form_is_never_cut(form):
    assert new(form) == form


@pytest.mark.parametrize(
    "said",
    [
        "On 3 March at 14:05 you wrote:\nyour parcel is on its way. It was not.",
        "Here is what I need:\n- a refund\n- an answer by 5 March 2025",
        "I was sent from my desk to the post office and back.",
        "My order -- the second one -- is late.",
        "Pada tanggal 3 Maret 2025 Anda menulis:\nbarang akan sampai besok.",
        "Total: 20 EUR\nDate: 3 March\nItem: one lamp",
        "Tilasin 3.3.2025 lampun ja asiakaspalvelija kirjoitti:\nse tulee huomenna.",
        "> This is a quote of my own.\n\nAnd this is what I say.",
    ],
)
def test_words_of_a_person_that_only_look_like_history_stay(said):
    assert new(said) == said


def test_quoted_lines_of_an_answer_are_history_even_without_attribution():
    assert new("> When did you order?\n\nOn Monday.", is_reply=True) == "On Monday."


def test_a_disclaimer_is_folded():
    assert new("Please call me.\n\nThis email and any attachments are confidential.\nDo not copy.") == "Please call me."


def test_the_end_of_a_long_quoted_line_that_lost_its_sign_is_history():
    quote = "> " + "a very long line of our own answer to you " * 2 + "\nwraps here.\n> and goes on"
    assert new(f"Still nothing.\n\nOn 3 May 2025 at 10:00, Shop <s@x.example> wrote:\n{quote}") == "Still nothing."


def test_an_answer_of_one_emoji_is_an_answer():
    assert new("👍\n\nOn 3 May 2025 at 10:00, Shop <s@x.example> wrote:\n> All well?") == "👍"


def test_folded_stretches_and_new_words_make_up_the_whole_text():
    split = split_text("Hello\n\n-- \nAnn", packs=PACKS)
    assert [span.of(split.text) for span in split.folded] == ["-- \nAnn"]
