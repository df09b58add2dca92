"""What a trade calls its troubles, and how a message tells its trade."""

import pytest

from amends.languages import load
from amends.reading.read import read
from amends.reading.trades import TRADES, trades
from amends.vocabulary import CauseKind

TAGS = ("en", "id", "th", "fi")
SAID = {
    "delivery": {
        "en": "The courier marked it as delivered and the tracking says doorstep.",
        "id": "Kurir bilang resi sudah diterima, padahal salah alamat.",
        "th": "ไรเดอร์ส่งพัสดุผิดบ้านค่ะ",
        "fi": "Kuljettaja jätti paketin väärään noutopisteeseen.",
    },
    "telecom": {
        "en": "Broadband keeps dropping and there is no signal on my SIM.",
        "id": "Sinyal hilang dan internet mati, kuota tetap kepotong.",
        "th": "เน็ตบ้านหลุดทั้งวัน ไม่มีสัญญาณเลย",
        "fi": "Laajakaista pätkii eikä liittymässä ole kuuluvuutta.",
    },
    "bank": {
        "en": "My debit card is blocked and the bank took an overdraft fee.",
        "id": "Rekening saya diblokir dan saldo hilang.",
        "th": "ธนาคารคิดค่าธรรมเนียมบัตรเครดิตซ้ำ",
        "fi": "Pankki veloitti tililtäni kahdesti luottokortin maksun.",
    },
    "travel": {
        "en": "The flight was delayed and our luggage never came to the hotel.",
        "id": "Pesawat delay dan bagasi saya hilang di bandara.",
        "th": "เที่ยวบินดีเลย์ กระเป๋าเดินทางหาย",
        "fi": "Lento oli tunnin myöhässä ja matkalaukku on kadonnut.",
    },
    "software": {
        "en": "Since the update the app crashes and the server is down.",
        "id": "Setelah update aplikasi force close terus, tidak bisa login.",
        "th": "แอปเด้งทุกครั้งหลังอัปเดตเวอร์ชันใหม่",
        "fi": "Sovellus kaatuu päivityksen jälkeen ja lisenssi katosi.",
    },
}


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("trade", SAID)
def test_a_message_tells_its_trade_by_its_words(trade, tag):
    assert read(SAID[trade][tag], language=tag, tier="quick").trade == trade


@pytest.mark.parametrize(
    ("tag", "text"),
    [("en", "The kettle broke."), ("id", "Cangkirnya pecah."), ("th", "แก้วแตกค่ะ"), ("fi", "Kuppi meni rikki.")],
)
def test_a_message_without_words_of_a_trade_tells_none(tag, text):
    assert read(text, language=tag, tier="quick").trade == ""


@pytest.mark.parametrize("tag", TAGS)
def test_every_trade_has_a_place_in_its_tree_for_every_cause(tag):
    found = trades(load(tag))
    assert tuple(found) == TRADES
    for trade in found.values():
        assert set(trade.paths) == set(CauseKind)
        assert all(path == f"{trade.id}.{path.split('.')[1]}.{leaf}" for leaf, path in trade.paths.items())


@pytest.mark.parametrize("tag", TAGS)
def test_a_bank_calls_a_wrong_bill_by_its_own_words(tag):
    said = {trade.words[CauseKind.BILLING] for trade in trades(load(tag)).values()}
    assert len(said) == len([trade for trade in TRADES if trade != "telecom"])


def test_a_language_without_trades_tells_none():
    assert read("Der Kurier hat das Paket verloren.", language="de", tier="quick").trade == ""
