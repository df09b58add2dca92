"""A reply of ours on the wire."""

from email import message_from_bytes, policy

import pytest

from amends.mail.compose import NobodyToAnswer, OutgoingLetter, compose, html_of
from amends.mail.letter import Address, Part
from amends.mail.parse import parse
from amends.mail.wire import BadAddress

NAMES = {"en": "Ann O'Lee, Care", "id": "Tim Budi & Siti", "th": "ทีมดูแลลูกค้า", "fi": "Äijä Öhman"}
TEXTS = {
    "en": "We are sorry.",
    "id": "Kami menyesal.",
    "th": "เราเสียใจมากค่ะ",
    "fi": "Olemme pahoillamme – syy on meidän.",
}


@pytest.fixture
def outgoing(now):
    def build(**given):
        usual = dict(
            sender=Address(email="help@shop.example", name="Good Shop"), to=(Address(email="ann@home.example"),),
            subject="Your parcel", text="We are sorry.", at=now, message_id="<m1@shop.example>",
        )  # fmt: skip
        return OutgoingLetter(**(usual | given))

    return build


@pytest.mark.parametrize("tag", NAMES)
def test_names_and_words_of_every_language_arrive(tag, outgoing):
    part = Part(name=f"{NAMES[tag]}.pdf", media_type="application/pdf", content=b"%PDF\x00\xff")
    raw = compose(
        outgoing(
            sender=Address(email="help@shop.example", name=NAMES[tag]),
            subject=TEXTS[tag],
            text=TEXTS[tag],
            attachments=(part,),
        )
    )
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["From"].addresses[0].display_name == NAMES[tag]
    assert mail["Subject"] == TEXTS[tag]
    assert mail.get_body(("plain",)).get_content().strip().replace("\r", "") == TEXTS[tag]
    assert [(a.get_filename(), a.get_content()) for a in mail.iter_attachments()] == [(part.name, part.content)]


@pytest.mark.parametrize("tag", NAMES)
def test_our_own_reader_reads_what_we_write(tag, outgoing):
    letter = parse(
        compose(outgoing(sender=Address(email="h@x.example", name=NAMES[tag]), text=TEXTS[tag], signature=NAMES[tag]))
    )
    assert (letter.sender.name, letter.new_text, letter.doubts) == (NAMES[tag], TEXTS[tag], ())


def test_it_stands_in_its_thread(outgoing):
    mail = message_from_bytes(compose(outgoing(in_reply_to="<b@x>", references=("<a@x>",))), policy=policy.default)
    assert (mail["Message-ID"], mail["In-Reply-To"], mail["References"]) == (
        "<m1@shop.example>",
        "<b@x>",
        "<a@x> <b@x>",
    )


@pytest.mark.parametrize(
    "evil",
    ["x\r\nBcc: eve@evil.example", "x\nBcc: eve@evil.example", "x\u2028Bcc: eve@evil.example", "x\x00\rBcc: e@e"],
)
def test_no_header_can_be_smuggled_in(evil, outgoing):
    part = Part(name=evil, media_type=f"text/plain\r\nBcc: {evil}", content=b"")
    raw = compose(
        outgoing(
            subject=evil,
            sender=Address(email="h@x.example", name=evil),
            in_reply_to=f"<{evil}>",
            references=(evil,),
            language=evil,
            desk=evil,
            attachments=(part,),
        )
    )
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["Bcc"] is None
    assert b"\nBcc:" not in raw.replace(b"\r", b"\n")


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ann",
        "ann@",
        "@home.example",
        "a b@home.example",
        "a@b.example\r\nBcc: x@y.example",
        "a@b.example>, <c@d.example",
    ],
)
def test_an_address_that_cannot_be_written_is_refused(email, outgoing):
    with pytest.raises(BadAddress):
        compose(outgoing(to=(Address(email=email),)))


def test_a_reply_to_nobody_is_refused(outgoing):
    with pytest.raises(NobodyToAnswer):
        compose(outgoing(to=()))


def test_automatic_mail_says_so(outgoing):
    mail = message_from_bytes(compose(outgoing(automatic=True)))
    assert mail["Auto-Submitted"] == "auto-replied"


def test_a_persons_mail_does_not_claim_to_be_automatic(outgoing):
    assert message_from_bytes(compose(outgoing()))["Auto-Submitted"] is None


def test_every_line_fits_the_wire(outgoing):
    raw = compose(
        outgoing(subject="ขอโทษ " * 60, sender=Address(email="h@x.example", name="ร้าน" * 30), text="ยาว" * 5_000)
    )
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")
    raw.decode("ascii")


def test_html_says_the_same_and_runs_nothing():
    html = html_of("<script>alert(1)</script>\njavascript:alert(1) https://x.example/a?b=1&c='\"><b>")
    assert "<script" not in html
    assert 'href="https://x.example/a?b=1&amp;c="' in html
    assert 'href="javascript' not in html
