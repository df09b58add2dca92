"""Which conversation a letter continues, and whom we believe."""

import pytest

from amends.mail.letter import Address, Letter
from amends.mail.threads import BadToken, Why, evidence, message_id, place, reply_address, verify

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
DOMAIN = "shop.example"
OURS = "<sent-1@shop.example>"
ADDRESS = reply_address("c7", mailbox="Help@Shop.Example", key=KEY)
SEALED_ID = message_id("c7", nonce="12", domain=DOMAIN, key=KEY)


def letter(sender="ann@home.example", to=(), answers=()):
    return Letter(
        sender=Address(email=sender), to=tuple(Address(email=email) for email in to), in_reply_to=tuple(answers)
    )


def placed(written, is_unproved=False, lies_in=(("c7", OURS),)):
    found = evidence(written, key=KEY, domain=DOMAIN)
    return place(
        found,
        known_participants={"c7": {"ann@home.example"}},
        conversations_by_message_id={name: token for token, name in lies_in},
        is_unproved=is_unproved,
    )


def test_an_answer_to_our_signed_address_joins():
    assert placed(letter(to=[ADDRESS])).join == "c7"


def test_an_answer_to_our_signed_message_joins():
    assert placed(letter(sender="new@work.example", answers=[SEALED_ID])).join == "c7"


@pytest.mark.parametrize("change", [str.upper, str.title])
def test_letter_case_is_forgiven(change):
    assert verify(change(ADDRESS), key=KEY) == verify(change(SEALED_ID), key=KEY, domain=DOMAIN) == "c7"


@pytest.mark.parametrize("mark", [ADDRESS, SEALED_ID])
def test_a_seal_of_another_key_is_none_of_ours(mark):
    assert verify(mark, key=OTHER_KEY) is None


def test_a_seal_moved_to_another_conversation_never_joins():
    forged = letter(sender="ann@home.example", to=[ADDRESS.replace("+c7.", "+c8.")])
    assert placed(forged).is_new
    assert placed(forged).why is Why.WRONG_SEAL


def test_a_seal_of_an_address_does_not_fit_a_message():
    seal = ADDRESS.partition(".")[2].partition("@")[0]
    assert verify(f"<amends.c7.12.{seal}@{DOMAIN}>", key=KEY, domain=DOMAIN) is None


def test_a_message_id_of_another_domain_is_none_of_ours():
    assert verify(message_id("c7", nonce="1", domain="evil.example", key=KEY), key=KEY, domain=DOMAIN) is None


def test_a_participant_joins_by_the_message_they_answer():
    assert placed(letter(answers=[OURS])).join == "c7"


def test_a_stranger_who_names_our_message_gets_a_linked_case():
    placement = placed(letter(sender="eve@evil.example", answers=[OURS]))
    assert (placement.join, placement.linked_to) == (None, "c7")
    assert placement.why is Why.STRANGER_NAMES_IT


def test_a_participant_whose_name_is_disproved_does_not_join_by_headers():
    placement = placed(letter(answers=[OURS]), is_unproved=True)
    assert (placement.join, placement.linked_to, placement.why) == (None, "c7", Why.UNPROVED_NAMES_IT)


@pytest.mark.parametrize("sender, is_stranger", [("ann@home.example", False), ("eve@evil.example", True)])
def test_a_stranger_with_a_right_seal_is_heard_but_known_as_one(sender, is_stranger):
    placement = placed(letter(sender=sender, to=[ADDRESS]))
    assert (placement.join, placement.is_stranger) == ("c7", is_stranger)


def test_an_answer_follows_the_message_that_a_person_moved():
    moved = placed(letter(to=[ADDRESS], answers=[SEALED_ID]), lies_in=[("c9", SEALED_ID)])
    assert moved.join == "c9"


def test_an_unsealed_id_never_leads_a_sealed_answer_elsewhere():
    assert placed(letter(to=[ADDRESS], answers=["<x@y>"]), lies_in=[("c9", "<x@y>")]).join == "c7"


def test_a_letter_that_answers_nothing_is_new():
    assert placed(letter()).is_new


def test_a_bounce_finds_the_reply_it_returns():
    bounced = Letter(sender=Address(email="mailer-daemon@host.example"), returned=(SEALED_ID,))
    assert placed(bounced).join == "c7"


@pytest.mark.parametrize("token", ["", "A", "a.b", "a+b", "é", "x" * 25, "a\r\nBcc: b"])
def test_a_token_that_cannot_stand_in_an_address_is_refused(token):
    with pytest.raises(BadToken):
        reply_address(token, mailbox="help@shop.example", key=KEY)
