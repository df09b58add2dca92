"""The search page, what is done with all of it, and how colleagues sort what comes in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent, Batch, Block, Case, SavedView, Tag, Tagging


@pytest.fixture
def leads_browser(browser_of: Callable[[str], Client]) -> Client:
    """A lead's browser."""
    return browser_of("lead")


def searched(browser: Client, words: str) -> str:
    return browser.get(reverse("search"), {"q": words}).content.decode()


def test_a_find_shows_the_words_it_was_found_by(agents_browser: Client) -> None:
    assert "<mark>delivered</mark>" in searched(agents_browser, "delivery")
    assert "<mark>juristiin</mark>" in searched(agents_browser, "juristi")


def test_a_mistyped_word_is_told(agents_browser: Client) -> None:
    assert "Shown instead: “birthday”" in searched(agents_browser, "brithday")


def test_a_filter_that_cannot_be_read_is_told(agents_browser: Client) -> None:
    assert "“before:whenever” could not be read" in searched(agents_browser, "priya before:whenever")


def test_what_is_found_can_be_done_at_once_and_undone(agents_browser: Client, english_case: Case) -> None:
    url = reverse("search-act")
    told = agents_browser.post(url, {"q": "priya", "all": "1", "act": "tag", "tag": "birthday"}, follow=True)
    assert "1 case done." in told.content.decode()
    assert Tagging.objects.get().case == english_case
    agents_browser.post(reverse("batch-undo", args=[Batch.objects.get().pk]))
    assert not Tagging.objects.exists()


def test_what_was_done_whole_is_told_on_the_search_with_its_undo(agents_browser: Client, english_case: Case) -> None:
    form = {"q": "priya", "all": "1", "act": "tag", "tag": "birthday"}
    told = agents_browser.post(reverse("search-act"), form, follow=True)
    undo = reverse("batch-undo", args=[Batch.objects.get().pk])
    assert told.redirect_chain[-1][0].startswith(reverse("search") + "?q=priya")
    assert undo in told.content.decode()
    back = agents_browser.post(undo, {"q": "priya"}, follow=True)
    assert back.redirect_chain[-1][0] == reverse("search") + "?q=priya"
    assert undo not in back.content.decode()


@pytest.mark.parametrize("section", ["who", "mine", "nobody", "hot", "waiting", "asleep", "resolved"])
def test_what_a_section_shows_can_be_chosen_and_done_at_once(agents_browser: Client, section: str) -> None:
    shown = agents_browser.get(reverse("now"), {"section": section})
    found = agents_browser.get(reverse("search"), {"q": shown.context["as_search"]})
    keys = {row.case.pk for row in shown.context["queue"]}
    assert {one["row"].case.pk for one in found.context["results"]} == keys
    assert not keys or "Choose several" in shown.content.decode()


def test_an_act_on_nothing_asks_what_it_is_for(agents_browser: Client) -> None:
    told = agents_browser.post(reverse("search-act"), {"q": "priya", "act": "spam"}, follow=True)
    assert "Tick the cases it is for" in told.content.decode()
    assert not Batch.objects.exists()


def test_a_search_is_kept_where_it_was_made_and_by_one_name_once(agents_browser: Client) -> None:
    form = {"q": "priya", "name": "Hers", "audience": "everyone", "back": "/search/?q=priya"}
    kept = agents_browser.post(reverse("view-keep"), form, follow=True)
    assert kept.redirect_chain[-1][0] == "/search/?q=priya"
    assert "It stands beside the queue" in kept.content.decode()
    again = agents_browser.post(reverse("view-keep"), form | {"name": "hers", "q": "sofa"}, follow=True)
    assert "A view of that name is kept already" in again.content.decode()
    assert SavedView.objects.count() == 1


def test_the_words_of_the_search_are_told_in_the_readers_language(agents_browser: Client) -> None:
    Agent.objects.update(interface_language="fi")
    told = searched(agents_browser, "is:foo")
    assert "<code>is:asleep</code> torkulla" in told
    SavedView.objects.create(
        name="Safety first", words="tag:safety", audience="everyone", owner=Agent.objects.all()[0], made_at=clock.now()
    )
    assert "Turvallisuus ensin" in agents_browser.get(reverse("now")).content.decode()


def test_enter_in_the_tag_hangs_the_tag(agents_browser: Client, english_case: Case) -> None:
    first = searched(agents_browser, "priya").partition('id="bulk"')[2].partition("<button ")[2]
    assert first.startswith('name="act" value="typed" hidden')
    form = {"q": "priya", "case": [english_case.pk], "act": "typed", "tag": "vip", "to": ""}
    agents_browser.post(reverse("search-act"), form)
    assert [(batch.act, batch.wanted["name"]) for batch in Batch.objects.all()] == [("tag", "vip")]


def test_what_is_may_be_is_told_to_whoever_asks_for_something_else(agents_browser: Client) -> None:
    assert "<code>is:open</code> it is our turn" in searched(agents_browser, "is:foo").partition("</main>")[0]


def test_only_ticked_cases_are_done_and_refusals_told(agents_browser: Client, desk: dict[str, Any]) -> None:
    chosen = [desk["cases"][3].pk, desk["cases"][4].pk]
    form = {"q": "x", "act": "resolve", "ending": "quiet", "case": chosen}
    told = agents_browser.post(reverse("search-act"), form, follow=True).content.decode()
    assert "2 were left as they are:" in told


@pytest.mark.parametrize(
    "form", [{"act": "nonsense"}, {"act": "typed", "tag": " "}, {"act": "snooze"}, {"act": "resolve"}, {}]
)
def test_an_act_without_its_details_is_asked_for(form: dict[str, str], agents_browser: Client) -> None:
    told = agents_browser.post(reverse("search-act"), form | {"q": "priya", "all": "1"}, follow=True)
    assert "Choose what is to be done." in told.content.decode()


def test_an_undo_is_for_whoever_did_it_and_for_leads(
    agents_browser: Client, leads_browser: Client, english_case: Case
) -> None:
    leads_browser.post(reverse("search-act"), {"q": "priya", "case": [english_case.pk], "act": "spam"})
    undo = reverse("batch-undo", args=[Batch.objects.get().pk])
    assert [browser.post(undo).status_code for browser in (agents_browser, leads_browser)] == [404, 302]


def test_a_kept_search_stands_beside_the_queue_with_its_count(agents_browser: Client, leads_browser: Client) -> None:
    agents_browser.post(reverse("view-keep"), {"q": "priya", "name": "Priya’s", "audience": "everyone"})
    assert "Priya’s" in leads_browser.get(reverse("now")).content.decode()
    part = leads_browser.get(reverse("sorting"), headers={"HX-Request": "true"}).content.decode()
    assert 'Priya’s <span class="count">1</span>' in part


def test_a_view_of_ones_own_is_nobody_elses(agents_browser: Client, leads_browser: Client) -> None:
    agents_browser.post(reverse("view-keep"), {"q": "priya", "name": "Secretly", "audience": "mine"})
    assert "Secretly" not in leads_browser.get(reverse("sorting")).content.decode()
    remove = reverse("view-remove", args=[SavedView.objects.get().pk])
    assert [browser.post(remove).status_code for browser in (leads_browser, agents_browser)] == [404, 302]


def keep(browser: Client, *names: str, audience: str = "mine") -> None:
    """Keep a search by each of these names."""
    for name in names:
        browser.post(reverse("view-keep"), {"q": "priya", "name": name, "audience": audience})


def change(browser: Client, name: str, told: dict[str, str]) -> int:
    """Change the view of that name, and return how that was answered."""
    return browser.post(reverse("view-change", args=[SavedView.objects.get(name=name).pk]), told).status_code


def kept(browser: Client) -> list[str]:
    """Return the names of the views beside the queue, in order."""
    return [view.name for view, *_ in browser.get(reverse("now")).context["views"]]


def test_a_view_gets_another_name_and_never_one_that_is_taken(agents_browser: Client) -> None:
    keep(agents_browser, "Parcels", "Lamps")
    change(agents_browser, "Parcels", {"name": "Lost parcels"})
    change(agents_browser, "Lamps", {"name": "lost PARCELS"})
    change(agents_browser, "Lamps", {"name": " "})
    assert kept(agents_browser) == ["Lamps", "Lost parcels"]


def test_views_stand_as_they_are_ordered(agents_browser: Client) -> None:
    keep(agents_browser, "A", "B", "C")
    change(agents_browser, "C", {"move": "up"})
    change(agents_browser, "A", {"move": "down"})
    change(agents_browser, "C", {"move": "up"})  # it is the first already
    assert kept(agents_browser) == ["C", "A", "B"]
    keep(agents_browser, "AA")
    assert kept(agents_browser) == ["C", "A", "B", "AA"]


def test_shared_views_are_changed_by_leads_and_by_who_made_them(agents_browser: Client, leads_browser: Client) -> None:
    keep(leads_browser, "Ours", "Zeal", audience="everyone")
    keep(agents_browser, "Mine")
    assert change(agents_browser, "Zeal", {"move": "up"}) == 404
    assert change(agents_browser, "Zeal", {"name": "Zest"}) == 404
    assert change(leads_browser, "Mine", {"name": "Yours"}) == 404
    change(leads_browser, "Zeal", {"move": "up"})
    change(agents_browser, "Mine", {"move": "up"})
    assert kept(agents_browser) == ["Zeal", "Ours", "Mine"]


def test_a_case_is_tagged_found_by_it_and_untagged(agents_browser: Client, english_case: Case) -> None:
    agents_browser.post(reverse("case-tag", args=[english_case.pk]), {"tag": "gift card"})
    assert "Priya" in searched(agents_browser, 'tag:"gift card"')
    assert "gift card" in agents_browser.get(reverse("case", args=[english_case.pk])).content.decode()
    agents_browser.post(reverse("case-untag", args=[english_case.pk]), {"tag": Tag.objects.get().pk})
    assert not Tagging.objects.exists()


def test_only_leads_change_tags(agents_browser: Client, leads_browser: Client, english_case: Case) -> None:
    agents_browser.post(reverse("case-tag", args=[english_case.pk]), {"tag": "gift"})
    change = reverse("tag-change", args=[Tag.objects.get().pk])
    form = {"name": "present", "mark": "star"}
    assert [browser.post(change, form).status_code for browser in (agents_browser, leads_browser)] == [403, 302]
    assert "★" in leads_browser.get(reverse("sorting")).content.decode()


def test_spam_leaves_the_queue_with_its_sender_and_both_come_back(agents_browser: Client, english_case: Case) -> None:
    spam = reverse("case-spam", args=[english_case.pk])
    told = agents_browser.post(spam, {"block": "priya@example.com"}, follow=True).content.decode()
    assert "out of every queue, as spam" in told
    assert "Priya" not in agents_browser.get(reverse("now")).content.decode()
    assert "priya@example.com" in agents_browser.get(reverse("sorting")).content.decode()
    agents_browser.post(reverse("block-lift", args=[Block.objects.get().pk]))
    agents_browser.post(spam, {"not": "1"})
    assert "Priya" in agents_browser.get(reverse("now")).content.decode()
    assert "Nobody is blocked." in agents_browser.get(reverse("sorting")).content.decode()


def test_what_is_no_address_is_not_blocked(agents_browser: Client) -> None:
    told = agents_browser.post(reverse("block"), {"sender": "everybody"}, follow=True).content.decode()
    assert "Only an address or a whole domain can be blocked" in told
