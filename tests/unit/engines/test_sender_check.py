"""Our own look at who sent a letter, with a name server that knows only what the test says."""

from collections.abc import Mapping

import pytest

from amends.engines.resolver import resolver
from amends.engines.sender_check import check_sender
from amends.mail.trust import Trust, Verdict, judge
from amends.ports import CannotResolve
from amends.testing import FakeResolver
from amends.vocabulary import AmendsError
from tests.signing import key_record, signed

SHOP = "shop.example"
WORLD, OTHER, INSIDE = "8.8.8.8", "9.9.9.9", "10.0.0.7"
LETTER = b"From: Ann <ann@shop.example>\r\nSubject: My lamp\r\nTo: care@lumi.example\r\n\r\nIt is broken.\r\n"
KEY = key_record(SHOP)
REFUSE = {(f"_dmarc.{SHOP}", "TXT"): ("v=DMARC1; p=reject",)}
HOSTS = {(SHOP, "TXT"): ("unrelated", f"v=spf1 ip4:{WORLD} -all")}
Records = Mapping[tuple[str, str], tuple[str, ...]]


def trust(raw: bytes = LETTER, *, records: Records, peer: str = "", mail_from: str = "", **how: object) -> Trust:
    asked = FakeResolver(records, **how)  # type: ignore[arg-type]
    checks = check_sender(raw, sender_domain=SHOP, mail_from=mail_from, peer=peer, resolver=asked)
    return judge(checks, sender_domain=SHOP)


def test_a_signature_of_their_own_domain_proves_them() -> None:
    assert trust(signed(LETTER, domain=SHOP), records=KEY | REFUSE).verdict is Verdict.PASS


@pytest.mark.parametrize("change", [(b"broken", b"fine"), (b"Ann <ann@", b"Eve <ann@")])
def test_a_letter_changed_on_its_way_is_not_proved(change: tuple[bytes, bytes]) -> None:
    raw = signed(LETTER, domain=SHOP).replace(*change)
    assert trust(raw, records=KEY | REFUSE, peer=OTHER, mail_from="x@shop.example").verdict is Verdict.FAIL


def test_a_signature_over_only_the_beginning_proves_nothing() -> None:
    raw = signed(LETTER, domain=SHOP, length=True) + b"Pay to my account instead.\r\n"
    assert trust(raw, records=KEY).verdict is not Verdict.PASS


def test_a_good_signature_of_another_domain_proves_nobody() -> None:
    raw = signed(LETTER, domain="evil.example")
    assert trust(raw, records=key_record("evil.example") | REFUSE, peer=OTHER).verdict is Verdict.FAIL


def test_a_host_of_theirs_proves_them_without_a_signature() -> None:
    assert trust(records=HOSTS, peer=WORLD, mail_from="bounce@shop.example").verdict is Verdict.PASS


def test_a_host_their_domain_refuses_takes_trust() -> None:
    assert trust(records=HOSTS, peer=OTHER, mail_from="ann@shop.example").verdict is Verdict.FAIL


def test_the_envelope_of_another_domain_says_nothing_about_the_sender() -> None:
    evil = {("evil.example", "TXT"): (f"v=spf1 ip4:{OTHER} -all",)}
    assert trust(records=evil | REFUSE, peer=OTHER, mail_from="eve@evil.example").verdict is Verdict.FAIL
    assert trust(records=evil, peer=OTHER, mail_from="eve@evil.example").verdict is Verdict.NONE


@pytest.mark.parametrize("peer", ["", INSIDE, "127.0.0.1", "::1", "nonsense"])
def test_behind_a_server_of_ours_nobody_is_refused_by_its_address(peer: str) -> None:
    assert trust(records=HOSTS | REFUSE, peer=peer, mail_from="ann@shop.example").verdict is Verdict.UNCHECKED


@pytest.mark.parametrize("silent", ["*", f"_dmarc.{SHOP}", f"s1._domainkey.{SHOP}"])
def test_what_no_name_server_answers_is_not_checked(silent: str) -> None:
    raw = signed(LETTER, domain=SHOP)
    raw = raw.replace(b"broken", b"fine") if silent.startswith("_dmarc") else raw
    assert trust(raw, records=KEY | REFUSE, peer=OTHER, silent={silent}).verdict is Verdict.UNCHECKED


def test_the_owners_policy_covers_the_names_below_it() -> None:
    raw = LETTER.replace(b"ann@shop", b"ann@mail.shop")
    above = {(f"_dmarc.{SHOP}", "TXT"): ("v=DMARC1; p=none; sp=reject",)}
    checks = check_sender(raw, sender_domain=f"mail.{SHOP}", mail_from="", peer="", resolver=FakeResolver(above))
    assert checks.policy == "reject"


def test_a_domain_that_leads_in_circles_is_left_after_some_lookups() -> None:
    circle = {(SHOP, "TXT"): (f"v=spf1 include:{SHOP} -all",)}
    asked = FakeResolver(circle)
    check_sender(LETTER, sender_domain=SHOP, mail_from="a@shop.example", peer=WORLD, resolver=asked)
    assert asked.asked <= 31


@pytest.mark.parametrize(
    "raw", [b"", b"\x00" * 99, b"DKIM-Signature: d=;;;\r\n\r\n", b"DKIM-Signature: v=1; d=\xff\r\n\r\n"]
)
def test_what_is_no_letter_is_only_unproved(raw: bytes) -> None:
    assert trust(raw, records={}).verdict in {Verdict.NONE, Verdict.UNCHECKED}


def test_a_resolver_that_is_off_asks_nobody() -> None:
    with pytest.raises(CannotResolve):
        resolver("off").lookup(SHOP, "TXT")


def test_a_name_server_that_is_none_is_refused() -> None:
    with pytest.raises(AmendsError):
        resolver("somewhere")
