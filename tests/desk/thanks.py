"""What a customer writes when all is well again."""

THANKS = {
    "en": "Thank you, it has arrived!",
    "id": "Terima kasih, sudah sampai!",
    "th": "ขอบคุณมากค่ะ ได้รับแล้ว",
    "fi": "Kiitos, se tuli perille!",
}
