"""Laws of trust and of marks: nothing from the world breaks them, and no word is ever lost."""

from hypothesis import given
from hypothesis import strategies as st

from amends.mail.host_results import said_by_hosts
from amends.mail.letter import Address, Letter
from amends.mail.remark import blocks, fits, remark, remembered, shape_of
from amends.mail.trust import Check, Checks, Outcome, Verdict, cautions, domain_of, judge

WORDS = st.text(alphabet=st.sampled_from('abdkimspfc=;()" .@<>\n>-0:é\u0e01'), max_size=200)
OUTCOMES = st.sampled_from(Outcome)
DOMAINS = st.sampled_from(["shop.example", "mail.shop.example", "evil.example", ""])
CHECK = st.builds(Check, domain=DOMAINS, outcome=OUTCOMES)
CHECKS = st.builds(
    Checks, signatures=st.tuples(CHECK) | st.just(()), spf=CHECK | st.none(),
    policy=st.sampled_from([None, "", "none", "quarantine", "reject"]), dmarc=OUTCOMES,
)  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(["authentication-results", "received", "from"]), WORDS), max_size=6),
    WORDS,
    WORDS,
)
def test_no_header_breaks_the_verdict(headers: list[tuple[str, str]], name: str, email: str) -> None:
    letter = Letter(sender=Address(email=email, name=name), reply_to=Address(email=name), headers=tuple(headers))
    judge(said_by_hosts(letter, trusted={"*"}), sender_domain=domain_of(email))
    cautions(letter, own_addresses={email}, own_names={name})


@given(CHECKS)
def test_what_is_not_known_is_never_a_failure(checks: Checks) -> None:
    unknown = Check(domain="shop.example", outcome=Outcome.UNKNOWN)
    open_ = Checks(signatures=(unknown,), spf=checks.spf, policy=checks.policy)
    assert judge(open_, sender_domain="shop.example").verdict in {Verdict.UNCHECKED, Verdict.PASS}


@given(CHECKS, st.sampled_from(["evil.example", "other.example"]))
def test_proof_of_another_owner_never_confirms(checks: Checks, sender: str) -> None:
    others = Checks(
        signatures=tuple(Check(domain="shop.example", outcome=one.outcome) for one in checks.signatures),
        spf=Check(domain="shop.example", outcome=Outcome.PASS), policy=checks.policy,
    )  # fmt: skip
    assert judge(others, sender_domain=sender).verdict is not Verdict.PASS


@given(WORDS, st.sets(st.integers(0, 30)))
def test_marking_loses_no_word(text: str, lines: set[int]) -> None:
    found = remark(text, (), new_lines=lines)
    if found is None:
        return
    assert found.new_text.strip()
    assert all(span.end <= len(text) for span in found.folded)
    assert remark(text, found.folded, new_lines=lines) is not None
    assert "\n".join(block.text for block in blocks(text, found.folded)) == text


@given(WORDS, WORDS)
def test_what_is_remembered_never_cuts_to_empty(text: str, line: str) -> None:
    shape = shape_of(line)
    assert not shape or fits(shape, line)
    for is_history in (True, False):
        found = remembered(text, (), opening=shape, is_history=is_history)
        assert found is None or found.new_text.strip()
