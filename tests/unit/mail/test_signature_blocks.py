"""Signatures, programs' lines and small print that nothing announces; and what a person typed, which stays."""

import pytest

from amends.mail.parse import parse

WORDS = "It still leaks.\n\nPlease send the new one."


def new_text(text: str, writer: str = "Ann Lee <ann.lee@mail.example>") -> str:
    return parse(f"From: {writer}\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode()).new_text


BLOCKS = [
    "Ann Lee\nHead of Finance\nNorth & Sons Ltd, 7 Harbour Street\nPhone +44 20 5550 1230",
    "Dr Ann Lee\nReader in Soil Science\nUniversity of Fern\nRoom 2.14, Geology Building\n(I work Monday to Thursday)",
    "Ann Lee\n12 Signal Cottages\nFellmouth FM2 4QT\nTel. 01632 960 441",
    "Ann\nsworn translator EN / UA / PL\n+44 20 7946 0311",
    "Ann Lee | Studio Manager\nLarkfield Studio Ltd\nwww.larkfield.example",
    "Ann Lee | Larkfield Studio Ltd | +44 20 7946 0311",
    "A. Lee (she/her)",
    "Ann Lee\nDirektur Keuangan\nPT Melati Jaya\nTelp. (021) 555-1230",
    "Ann Lee\nหัวหน้าฝ่ายการเงิน\nบริษัท ใบเงิน จำกัด กรุงเทพฯ 10110\nโทร. 02-555-1230",
    "Ann Lee\nTalouspäällikkö\nPalo & Pojat Oy, Satamakatu 7, 20100 Turku\nPuhelin +358 2 555 1230",
    "Ann Lee\nGeschäftsführerin\nBrandt & Söhne GmbH\nTel. 040 5550 1230",
    "Ann Lee\nResponsable achats\nMaison Blanc SARL\nTél. 01 55 50 12 30",
    "Ann Lee\nDirectora comercial\nCasa Blanca S.L.\n+34 91 555 12 30",
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_below_the_words_is_a_signature(block):
    assert new_text(f"{WORDS}\n\n{block}\n") == WORDS


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_above_the_quote_is_a_signature(block):
    history = "On Mon, 3 Mar 2025 at 14:05, Shop <help@shop.example> wrote:\n> Does it work?"
    assert new_text(f"{WORDS}\n\n{block}\n\n{history}\n") == WORDS


def test_a_typed_sign_off_and_name_stay_above_the_block():
    assert new_text(f"{WORDS}\n\nAnn Lee\n\n{BLOCKS[2]}\n") == f"{WORDS}\n\nAnn Lee"


def test_of_a_sign_off_that_runs_into_a_block_the_name_stays():
    assert new_text(f"{WORDS}\n\nKind regards,\n{BLOCKS[0]}\n") == f"{WORDS}\n\nKind regards,\nAnn Lee"


def test_a_block_set_in_paragraphs_is_a_signature():
    block = BLOCKS[0].replace("\n", "\n\n")
    assert new_text(f"{WORDS}\n\n{block}\n") == WORDS


@pytest.mark.parametrize(
    "end",
    [
        "Ann Lee",
        "Ann",
        "Best,\nAnn",
        "Ann Lee\nFinance",
        "Mx A. Lee",
        "My new address is:\n\nAnn Lee\n12 Signal Cottages\nFellmouth FM2 4QT\nTel. 01632 960 441",
        "Booking reference: CR7-LLQ-229\nPhone: +44 7700 900 862",
        "Ann Lee\n12 Signal Cottages\nFellmouth FM2 4QT",
        "Ann Lee bought it.\nI called the Head of Sales at +44 20 5550 1230 and nobody came.",
        "I have tried:\n- Ann Lee\n- your office\n- +44 20 5550 1230",
        "Tolong telepon saya\n0812-5550-1417",
        "Thanks,\nAnn\n\nPS: call me on +66 2 123 4567.",
    ],
)
def test_what_a_person_typed_stays(end):
    assert new_text(f"{WORDS}\n\n{end}\n") == f"{WORDS}\n\n{end}"


def test_an_answer_between_quotes_that_is_all_name_and_number_stays():
    asked = "> Who will be at home?\n\nAnn Lee\nHead of Finance\n+44 20 5550 1230\n\n> Thank you."
    assert "Ann Lee\nHead of Finance\n+44 20 5550 1230" in new_text(asked)


def test_a_letter_that_is_only_a_block_is_never_cut_to_empty():
    assert new_text(BLOCKS[0]) == BLOCKS[0]


@pytest.mark.parametrize(
    "line",
    [
        "Virus-free. www.avast.com",
        "Bebas virus. www.avast.com",
        "ปลอดไวรัส www.avast.com",
        "Viruksia ei löytynyt. www.avast.com",
        "Virenfrei. www.avast.com",
        "Garanti sans virus. www.avast.com",
        "Wolny od wirusów. www.avast.com",
        "Sent with Proton Mail secure email.",
        "Sent from Mail <https://go.example/fwlink/?LinkId=550986> for Windows",
        "Dikirim dari perangkat Android saya dengan K-9 Mail. Mohon maaf atas singkatnya pesan ini.",
        "Lähetetty Android-laitteestani K-9 Maililla. Pahoittelen vähäsanaisuuttani.",
        "ส่งจากอุปกรณ์ Android ของฉันด้วย K-9 Mail โปรดอภัยในความสั้นกระชับ",
        "Enviado desde mi dispositivo Android con K-9 Mail. Por favor, disculpa mi brevedad.",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Android端末のK-9 Mailから送信しました。簡潔さをお許しください。",
    ],
)
def test_a_programs_own_line_is_no_word_of_the_writer(line):
    assert new_text(f"{WORDS}\n\n{line}\n") == WORDS


SMALL_PRINT = [
    "The contents of this mail may be privileged. If you are not the intended recipient, any disclosure or copying of it"
    " is prohibited. If you received it in error, please notify the sender.",
    "Surel ini rahasia dan hanya ditujukan kepada penerima yang dimaksud. Dilarang menyalin isinya tanpa izin pengirim.",
    "เนื้อหาเป็นความลับ และมีไว้สำหรับผู้รับที่ระบุเท่านั้น หากได้รับโดยผิดพลาด โปรดแจ้งผู้ส่ง ห้ามทำสำเนาหรือเผยแพร่",
    "Viestin sisältö on luottamuksellinen ja tarkoitettu vain sen vastaanottajalle. Jos sait sen erehdyksessä, ilmoita"
    " lähettäjälle. Luvaton kopioiminen on kielletty.",
    "Die Nachricht ist vertraulich und nur für den Adressaten bestimmt. Wer sie irrtümlich erhält, möge den Absender"
    " unterrichten; eine Weitergabe ist nicht gestattet.",
    "Le contenu est confidentiel et réservé à son destinataire. Si vous l'avez reçu par erreur, prévenez l'expéditeur."
    " Toute divulgation est interdite.",
]


@pytest.mark.parametrize("small_print", SMALL_PRINT)
def test_the_words_of_lawyers_are_no_words_of_the_writer(small_print):
    assert new_text(f"{WORDS}\n\n{small_print}\n") == WORDS


@pytest.mark.parametrize(
    "complaint",
    [
        "You sent my confidential file to another recipient by mistake, and I want you to delete it and tell me who read it.",
        "Le colis a été envoyé par erreur : l'expéditeur et le destinataire sont inversés, et personne ne répond chez vous.",
        "Please delete my data. I received this invoice in error, and your office did not notify the sender of anything.",
        "Sent the lamp back with Yahoo Mail confirmation on Monday! No refund.",
    ],
)
def test_a_complaint_that_sounds_like_small_print_stays(complaint):
    assert new_text(f"Hello,\n\n{complaint}\n") == f"Hello,\n\n{complaint}"
