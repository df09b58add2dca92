"""Whether a sender is who they say: a failure takes trust, missing proof takes none, nobody below our host is heard."""

import pytest

from amends.mail.host_results import said_by_hosts
from amends.mail.letter import Address, Letter
from amends.mail.trust import (
    Because,
    Check,
    Checks,
    Outcome,
    Reason,
    Trust,
    Verdict,
    aligned,
    cautions,
    domain_of,
    judge,
    organisation,
    with_cautions,
)  # fmt: skip

SHOP = "shop.example"
OURS = {"care@lumi.example", "aino@lumi.example"}
NAMES = {"lumi & co", "aino virtanen"}


def letter(*headers: tuple[str, str], sender: str = "ann@mail.shop.example", name: str = "Ann", reply_to: str = ""):
    instead = Address(email=reply_to) if reply_to else None
    return Letter(sender=Address(email=sender, name=name), reply_to=instead, headers=headers)


def by_host(*values: str, trusted: tuple[str, ...] = ("mx.lumi.example",), sender: str = "ann@shop.example") -> Trust:
    said = letter(*(("authentication-results", value) for value in values), sender=sender)
    return judge(said_by_hosts(said, trusted=trusted), sender_domain=domain_of(sender))


def own(*signatures: tuple[str, Outcome], spf: tuple[str, Outcome] = ("", Outcome.NONE), policy: str | None = ""):
    checks = Checks(
        signatures=tuple(Check(domain=domain, outcome=outcome) for domain, outcome in signatures),
        spf=Check(domain=spf[0], outcome=spf[1]), policy=policy,
    )  # fmt: skip
    return judge(checks, sender_domain=SHOP)


@pytest.mark.parametrize(
    "said, verdict",
    [
        ("mx.lumi.example; dkim=pass header.d=shop.example; spf=none; dmarc=pass header.from=shop.example", "pass"),
        ("mx.lumi.example 1; dkim=pass (2048-bit key; secure) header.i=@mail.shop.example; dmarc=none", "pass"),
        ('"mx.lumi.example"; spf=pass smtp.mailfrom="bounce@m.shop.example"; dmarc=none', "pass"),
        ("mx.lumi.example; dkim=none; spf=fail smtp.mailfrom=shop.example; dmarc=fail (p=REJECT sp=NONE dis=NONE)"
         " header.from=shop.example", "fail"),
        ("mx.lumi.example; spf=none; dmarc=fail action=oreject header.from=shop.example", "fail"),
        ("mx.lumi.example; dkim=pass header.d=letters.example; spf=pass smtp.mailfrom=letters.example;"
         " dmarc=fail (p=NONE) header.from=shop.example", "none"),
        ("mx.lumi.example; dkim=none; spf=fail smtp.mailfrom=shop.example; dmarc=fail (p=none)"
         " header.from=shop.example", "fail"),
        ("mx.lumi.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example; dmarc=none", "none"),
        ("mx.lumi.example; dkim=fail header.d=shop.example; spf=softfail smtp.mailfrom=shop.example", "none"),
        ("mx.lumi.example; dkim=temperror header.d=shop.example; spf=none; dmarc=temperror", "unchecked"),
        ("mx.lumi.example; none", "unchecked"),
    ],
)  # fmt: skip
def test_a_trusted_host_is_believed(said: str, verdict: str) -> None:
    assert by_host(said).verdict == verdict


@pytest.mark.parametrize("host", ["mx.evil.example", "mx.lumi.example.evil.example", ""])
def test_a_host_we_do_not_trust_is_not_heard(host: str) -> None:
    assert by_host(f"{host}; dmarc=pass header.from=shop.example").verdict is Verdict.UNCHECKED


def test_what_stands_below_our_host_was_written_by_somebody_else() -> None:
    said = letter(
        ("authentication-results", "mx.lumi.example; spf=fail smtp.mailfrom=shop.example"),
        ("received", "from evil.example by mx.lumi.example"),
        ("authentication-results", "mx.lumi.example; dmarc=pass header.from=mail.shop.example"),
    )
    checks = said_by_hosts(said, trusted={"mx.lumi.example"})
    assert judge(checks, sender_domain="mail.shop.example").verdict is Verdict.FAIL


def test_results_of_one_host_in_two_headers_count_together() -> None:
    trust = by_host(
        "mx.lumi.example; dmarc=fail (p=reject) header.from=shop.example",
        "mx.lumi.example; dkim=pass header.d=a.example",
    )
    assert trust.because == (Because(reason=Reason.POLICY_BROKEN, about="shop.example"),)


def test_a_pass_for_another_domain_than_the_senders_proves_nothing() -> None:
    assert by_host("mx.lumi.example; dmarc=pass header.from=evil.example").verdict is not Verdict.PASS


def test_a_service_that_gives_no_name_is_believed_only_when_asked() -> None:
    said = "spf=pass smtp.mailfrom=shop.example; dkim=none; dmarc=pass action=none header.from=shop.example"
    assert by_host(said).verdict is Verdict.UNCHECKED
    assert by_host(said, trusted=("*",)).verdict is Verdict.PASS


def test_of_unnamed_hosts_only_the_topmost_is_believed() -> None:
    top, below = "spf=fail smtp.mailfrom=shop.example", "evil.example; dmarc=pass header.from=shop.example"
    assert by_host(top, below, trusted=("*",)).verdict is Verdict.FAIL


def test_a_domain_that_asks_for_refusal_fails_without_proof() -> None:
    assert own(("evil.example", Outcome.PASS), policy="reject").failed
    assert not own(("evil.example", Outcome.PASS), spf=(SHOP, Outcome.REFUSED), policy="none").failed


@pytest.mark.parametrize(
    "trust",
    [own((SHOP, Outcome.UNKNOWN), policy="reject"), own(spf=("", Outcome.UNKNOWN), policy="reject"),
     own(policy=None), judge(None, sender_domain=SHOP)],
)  # fmt: skip
def test_what_could_not_be_looked_up_is_never_a_failure(trust: Trust) -> None:
    assert trust.verdict is Verdict.UNCHECKED


def test_a_letter_without_a_sender_has_nothing_to_prove() -> None:
    assert judge(own_nothing(), sender_domain="").verdict is Verdict.NONE


def own_nothing() -> Checks:
    return Checks(spf=Check(domain="", outcome=Outcome.NONE), policy="")


@pytest.mark.parametrize(
    "one, other, same",
    [("a.shop.co.th", "b.shop.co.th", True), ("one.co.th", "two.co.th", False), ("shop.fi", "www.shop.fi", True),
     ("a.github.io", "b.github.io", False), ("", "", False)],
)  # fmt: skip
def test_domains_of_one_owner_count_as_one(one: str, other: str, same: bool) -> None:
    assert aligned(one, other) is same
    assert not aligned(one, other, strict=True)


def test_the_owner_of_a_bare_suffix_is_itself() -> None:
    assert organisation("localhost") == "localhost"


@pytest.mark.parametrize(
    "said, reason",
    [
        (letter(sender="Care@Lumi.example"), Reason.OUR_ADDRESS),
        (letter(sender="eve@evil.example", name="Aino  Virtanen"), Reason.NAME_LIKE_OURS),
        (letter(sender="eve@evil.example", name="Lumi (care@lumi.example)"), Reason.NAME_HIDES_ADDRESS),
        (letter(reply_to="eve@evil.example"), Reason.ANSWERS_ELSEWHERE),
        (letter(("from", "a@shop.example"), ("from", "b@shop.example")), Reason.SEVERAL_SENDERS),
    ],
)
def test_a_sender_who_shows_themselves_oddly_is_named(said: Letter, reason: Reason) -> None:
    assert [one.reason for one in cautions(said, own_addresses=OURS, own_names=NAMES)] == [reason]


def test_an_ordinary_sender_is_not_odd() -> None:
    said = letter(("from", "x"), name="ann@mail.shop.example", reply_to="ann@shop.example")
    assert cautions(said, own_addresses=OURS, own_names=NAMES) == ()


def test_a_letter_with_two_senders_is_never_confirmed() -> None:
    several = (Because(reason=Reason.SEVERAL_SENDERS),)
    assert with_cautions(own((SHOP, Outcome.PASS)), several).verdict is Verdict.NONE
    assert with_cautions(own((SHOP, Outcome.PASS)), ()).verdict is Verdict.PASS
