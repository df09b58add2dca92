"""Headers as they are really written."""

import pytest

from amends.mail.addresses import addresses
from amends.mail.dates import moment
from amends.mail.headers import Words, identifiers, parameters


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (b"=?utf-8?B?4Lie4Lix4Liq4LiU4Li4?=", "พัสดุ"),
        (b"=?UTF-8?Q?H=C3=A4pe=C3=A4k?= =?UTF-8?Q?=C3=A4=C3=A4?=", "Häpeäkää"),
        (b"=?utf-8?B?4Lie4Lix4LiX?= =?utf-8?B?4Li4?=", "พัทุ"),
        (b"=?utf-8?Q?=E0=B8?= =?utf-8?Q?=9E?=", "พ"),
        (b"=?iso-8859-1?q?caf=E9?= plain", "café plain"),
        (b"=?tis-620?B?vtHKtNg=?=", "พัสดุ"),
        (b"=?utf-8?B?cGFj!a2V0?=", "packet"),
        (b"=?utf-8*en?Q?hello?=", "hello"),
        (b"=?utf-8?Q?two words?=", "two words"),
        ("Häpeä".encode(), "Häpeä"),
        (b"a\r\n b", "a b"),
        (b"=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        (b"=?=?=?", "=?=?=?"),
    ],
)
def test_a_header_is_read_as_it_was_meant(raw, read):
    assert Words().of(raw) == read


def test_an_unknown_charset_leaves_a_doubt():
    words = Words()
    words.of(b"=?x-klingon?Q?=FFa?=")
    assert any("x-klingon" in doubt for doubt in words.doubts)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (b"Ann Lee <Ann@Shop.Example>", ["Ann Lee <Ann@shop.example>"]),
        (b'"Lee, Ann" <a@x.example>, b@y.example', ["Lee, Ann <a@x.example>", "b@y.example"]),
        (
            b"=?utf-8?q?Shop=2C_Inc_=3Cboss=40evil=2Eexample=3E?= <a@x.example>",
            ["Shop, Inc <boss@evil.example> <a@x.example>"],
        ),
        (b"Team: a@x.example, b@x.example;", ["a@x.example", "b@x.example"]),
        (b"undisclosed-recipients:;", []),
        (b"a@x.example (Ann)", ["Ann <a@x.example>"]),
        (b"'Ann' <a@x.example>", ["Ann <a@x.example>"]),
        (b'"unclosed <a@x.example>, b@y.example', ["unclosed <a@x.example>", "b@y.example"]),
        ("Äiti <a@x.example>".encode(), ["Äiti <a@x.example>"]),
    ],
)
def test_mailboxes_are_found(raw, read):
    assert [str(address) for address in addresses(raw, Words())] == read


@pytest.mark.parametrize(
    ("value", "name", "read"),
    [
        ('text/plain; name="a b.txt"', "name", "a b.txt"),
        ("x; filename*=utf-8''%E0%B8%9E%E0%B8%B1.pdf", "filename", "พั.pdf"),
        ("x; filename*0*=utf-8''%E0%B8; filename*1*=%9E; filename*2=.pdf", "filename", "พ.pdf"),
        ("x; filename=\"plain.pdf\"; filename*=utf-8''%C3%A4.pdf", "filename", "ä.pdf"),
        ("x; name=a;b.txt", "name", "a"),
        ('x; name="a\\"b"', "name", 'a"b'),
    ],
)
def test_parameters_are_joined_and_decoded(value, name, read):
    assert parameters(value)[name] == read


def test_identifiers_come_once_in_order():
    assert identifiers("<a@x> junk <b@x>\n <a@x>") == ("<a@x>", "<b@x>")


@pytest.mark.parametrize("broken", ["", "yesterday", "Mon, 99 Foo 2025", "Mon, 1 Jan 99999999999 00:00:00 +0000"])
def test_a_broken_date_is_no_date(broken):
    assert moment(broken) is None


def test_a_date_knows_its_offset():
    assert moment("Wed, 18 Nov 2026 16:00:00 +0700").isoformat() == "2026-11-18T16:00:00+07:00"
