"""Every rule has a short title in plain words; its id stands small beside it."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from amends.coach.catalogue import catalogue
from amends.coach.house import BRAND_RULE
from amends.desk.web.rule_words import RULE
from amends.desk.web.wording import word


def test_every_rule_of_the_catalogue_has_a_short_title() -> None:
    assert set(RULE) == {*catalogue(), BRAND_RULE}
    assert all(3 < len(word("rule", rule)) <= 40 for rule in RULE)


def test_no_two_rules_share_a_title() -> None:
    assert len({word("rule", rule) for rule in RULE}) == len(RULE)


def test_the_playbook_names_a_rule_in_plain_words(agents_browser: Client) -> None:
    page = agents_browser.get(reverse("playbook")).content.decode()
    assert "An apology for their feeling" in page
    assert "apology.non" in page


def test_a_rule_of_somebodys_own_keeps_its_id() -> None:
    assert word("rule", "own.dear") == "own.dear"


SIMPLE = {
    "name": "Simple", "language": "en", "text": "", "simple": "1", "simple-own": "Dear all", "simple-why": "We say who.",
    "simple-phrases": "dear all", "simple-bad": "Dear all, hello.", "simple-good": "Dear Anna, hello.",
}  # fmt: skip


def test_a_rule_of_our_own_needs_no_prefix(browser_of: Callable[[str], Client]) -> None:
    page = browser_of("admin").post(reverse("pack-add"), SIMPLE).content.decode()
    assert "rule: own.dear_all" in page


def test_what_a_simple_rule_lacks_is_said_in_plain_words_and_nothing_is_lost(
    browser_of: Callable[[str], Client],
) -> None:
    answer = browser_of("admin").post(reverse("pack-add"), SIMPLE | {"simple-why": ""})
    assert answer.status_code == 422
    assert "A simple rule needs words to find" in answer.content.decode()
    assert "Dear all, hello." in answer.content.decode()
