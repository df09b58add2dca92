"""What the agents of the demo write to show that a promise was kept: each in the language they answer in."""

from typing import Final

_SCANNED: Final = {
    "en": "The carrier's scan says delivered.",
    "id": "Menurut pindaian kurir, paket sudah diterima.",
    "th": "ขนส่งสแกนแล้วว่าส่งถึงมือ",
    "fi": "Kuljetusyhtiön seurannan mukaan toimitettu.",
}
_SAID: Final = {
    "refund": {
        "en": "Receipt of the payment is on the order.",
        "id": "Bukti transfernya ada di pesanan.",
        "th": "แนบสลิปโอนเงินไว้ในคำสั่งซื้อแล้ว",
        "fi": "Maksukuitti on tilauksen tiedoissa.",
    },
    "replacement": _SCANNED,
    "delivery": _SCANNED,
    "call": {
        "en": "We spoke on the phone.",
        "id": "Sudah bicara lewat telepon.",
        "th": "โทรคุยกับลูกค้าแล้ว",
        "fi": "Puhuimme puhelimessa.",
    },
    "other": {
        "en": "Done, and told to the customer.",
        "id": "Sudah dikerjakan dan pelanggan sudah diberi tahu.",
        "th": "ทำแล้วและแจ้งลูกค้าแล้ว",
        "fi": "Tehty, ja asiakkaalle on kerrottu.",
    },
}


def evidence(what: str, language: str) -> str:
    """Return what shows that a promise of this kind was kept; in English where we have no words in the language."""
    said = _SAID.get(what, _SAID["other"])
    return said.get(language, said["en"])
