"""The house's own rules: written in the browser, refused with lines, tried on former replies, switched on, spoken."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Case, CoachPack, CoachPackText, Event, HouseWord, Message
from amends.desk.operations.packs import own_files
from amends.languages import load

pytestmark = pytest.mark.django_db
OWN = """rules:
  - rule: own.ticket
    kind: phrase
    level: warning
    why: {en: They wrote to us about a lamp.}
    phrases: [your ticket]
    suggestions: [your case]
    examples:
      bad: [Your ticket is open.]
      good: [Your case is open.]
"""
FIELDS = {"name": "Ours", "language": "en", "text": OWN}


@pytest.fixture
def admin(browser_of: Any) -> Client:
    return browser_of("admin")


@pytest.fixture
def ours(admin: Client) -> CoachPack:
    """A pack that is on."""
    admin.post(reverse("pack-add"), FIELDS)
    row = CoachPack.objects.get()
    admin.post(reverse("pack-switch", args=[row.pk]))
    return CoachPack.objects.get()


def say_to(case: Case, words: str, *, by: Any) -> None:
    conversation = case.conversations.first()
    Message.objects.create(
        conversation=conversation,
        direction="out",
        author=by,
        new_text=words,
        text=words,
        at=clock.now(),
        language="en",
        dedupe_key=words,
    )


def test_a_pack_is_kept_off_and_then_speaks_beside_a_draft(
    ours: CoachPack, agents_browser: Client, english_case: Case
) -> None:
    told = {"text": "Your ticket is with us.", "seen_version": "1"}
    answer = agents_browser.post(reverse("draft", args=[english_case.pk]), told, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "They wrote to us about a lamp." in page
    assert "Your case" in page
    assert reverse("rule", args=["own.ticket"]) in page


def test_a_pack_that_is_off_says_nothing(admin: Client, ours: CoachPack) -> None:
    admin.post(reverse("pack-switch", args=[ours.pk]))
    assert own_files(load("en")).keys() == {"words of the house"}
    kinds = list(Event.objects.filter(kind__startswith="coach_pack").values_list("kind", flat=True))
    assert kinds == ["coach_pack.made", "coach_pack.switched_on", "coach_pack.switched_off"]


def test_a_pack_whose_example_fails_is_refused_with_its_line(admin: Client) -> None:
    wrong = OWN.replace("Your case is open.", "Your ticket was read.")
    answer = admin.post(reverse("pack-add"), FIELDS | {"text": wrong})
    assert (answer.status_code, CoachPack.objects.count()) == (422, 0)
    assert "Ours, line 10: own.ticket: wrongly found in the example" in answer.content.decode()


def test_a_text_that_is_replaced_stays_with_its_author(admin: Client, ours: CoachPack) -> None:
    admin.post(reverse("pack", args=[ours.pk]), FIELDS | {"text": OWN.replace("warning", "error")})
    assert [row.replaced_at is None for row in CoachPackText.objects.all()] == [True, False]
    assert "level: warning" in admin.get(reverse("pack", args=[ours.pk])).content.decode()


def test_a_simple_rule_needs_no_yaml(admin: Client) -> None:
    told = {
        "name": "Simple", "language": "fi", "text": "# ours\n" + OWN, "simple": "1", "simple-own": "own.dear",
        "simple-why": "Nobody here says so.", "simple-phrases": "arvoisa asiakas", "simple-bad": "Arvoisa asiakas, hei.",
        "simple-good": "Hei Liisa.", "simple-level": "hint",
    }  # fmt: skip
    shown = admin.post(reverse("pack-add"), told)
    text = shown.context["written"]["text"]
    assert text.startswith("# ours\n" + OWN)
    kept = admin.post(reverse("pack-add"), told | {"text": text, "simple": ""})
    assert CoachPack.objects.count() == 0
    told.pop("simple")
    kept = admin.post(reverse("pack-add"), told | {"text": text})
    assert (kept.status_code, CoachPack.objects.get().language) == (302, "fi")


def test_a_pack_goes_out_as_a_file_and_comes_in(admin: Client, ours: CoachPack) -> None:
    given = admin.get(reverse("pack-file", args=[ours.pk]))
    file = SimpleUploadedFile("Theirs.yaml", given.content)
    admin.post(reverse("packs-take-in"), {"file": file, "language": "en"})
    assert CoachPack.objects.get(name="Theirs").on_since is None
    assert CoachPackText.objects.filter(pack__name="Theirs").get().text == OWN


@pytest.mark.parametrize("copy", ["", " (1)"])
def test_a_file_brings_its_name_and_language_back(admin: Client, ours: CoachPack, copy: str) -> None:
    CoachPack.objects.filter(pk=ours.pk).update(name="Talon säännöt", language="fi")
    given = admin.get(reverse("pack-file", args=[ours.pk]))["Content-Disposition"]
    assert "Talon%20s%C3%A4%C3%A4nn%C3%B6t.fi.yaml" in given
    ours.delete()
    file = SimpleUploadedFile(f"Talon säännöt.fi{copy}.yaml", OWN.encode())
    admin.post(reverse("packs-take-in"), {"file": file, "language": "en"})
    assert CoachPack.objects.values_list("name", "language").get() == ("Talon säännöt", "fi")


@pytest.mark.parametrize("more", [{}, {"try": "1"}])
def test_a_pack_in_a_language_the_coach_does_not_know_is_refused(admin: Client, more: dict[str, str]) -> None:
    answer = admin.post(reverse("pack-add"), {**FIELDS, "language": "xx", **more})
    assert (answer.status_code, CoachPack.objects.count()) == (422, 0)
    assert "does not know this language" in answer.content.decode()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"rules: 5", b"", b"- - -"])
def test_a_file_that_is_not_right_is_refused(admin: Client, content: bytes) -> None:
    answer = admin.post(reverse("packs-take-in"), {"file": SimpleUploadedFile("x.yaml", content), "language": "en"})
    assert (answer.status_code, CoachPack.objects.count()) == (422, 0)


def test_the_playbook_shows_our_rules_and_a_page_for_each(browser_of: Any, ours: CoachPack) -> None:
    agent = browser_of("agent")
    assert "own.ticket" in agent.get(reverse("playbook")).content.decode()
    page = agent.get(reverse("rule", args=["own.ticket"])).content.decode()
    assert "Your ticket is open." in page
    assert agent.get(reverse("rule", args=["own.unheard"])).status_code == 404


def test_the_box_to_try_a_reply_knows_our_rules(browser_of: Any, ours: CoachPack) -> None:
    page = browser_of("agent").post(reverse("playbook"), {"text": "Your ticket is with us."}).content.decode()
    assert "They wrote to us about a lamp." in page


def test_words_of_the_house_are_added_spoken_of_and_removed(
    admin: Client, agents_browser: Client, english_case: Case
) -> None:
    admin.post(reverse("house-word-add"), {"kind": "internal", "word": "Fulfilment Ops", "instead": "we"})
    told = {"text": "Fulfilment Ops has it.", "seen_version": "1"}
    draft = reverse("draft", args=[english_case.pk])
    assert "org.internal" in agents_browser.post(draft, told, headers={"HX-Request": "true"}).content.decode()
    admin.post(reverse("house-word-remove", args=[HouseWord.objects.get().pk]))
    assert "org.internal" not in agents_browser.post(draft, told, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize("word", ["", "x", "(a|b)", "voucher", "Sold"])
def test_a_word_that_could_not_be_used_is_refused(admin: Client, word: str) -> None:
    admin.post(reverse("house-word-add"), {"kind": "brand", "word": "Sold", "instead": "bought"})
    admin.post(reverse("house-word-add"), {"kind": "brand", "word": word, "instead": "a voucher"})
    assert HouseWord.objects.count() == 1


def test_who_works_here_is_a_colleague_without_being_written_down(
    agents_browser: Client, desk: dict[str, Any], english_case: Case
) -> None:
    name = desk["people"]["lead"].display_name.split()[0]
    told = {"text": f"{name} was careless.", "seen_version": "1"}
    page = agents_browser.post(reverse("draft", args=[english_case.pk]), told, headers={"HX-Request": "true"})
    assert "staff.shamed" in page.content.decode()


def test_a_pack_that_cannot_be_read_any_more_costs_advice_and_no_reply(
    ours: CoachPack, agents_browser: Client, english_case: Case
) -> None:
    CoachPackText.objects.update(text="rules: [{rule: gone.since, kind: phrase}]")
    told = {"text": "We apologise for the inconvenience.", "seen_version": "1"}
    page = agents_browser.post(reverse("draft", args=[english_case.pk]), told, headers={"HX-Request": "true"})
    assert "apology.inconvenience" in page.content.decode()
    assert "Ours, line 1" in page.content.decode()
    assert agents_browser.get(reverse("playbook")).status_code == 200


def test_amends_rules_lists_what_this_desk_wrote(ours: CoachPack, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("own_rules")
    call_command("own_rules", as_json=True)
    said = capsys.readouterr().out
    assert "own.ticket  warning  en  phrase" in said
    assert '"from": "Ours, line 2: rule 1 (own.ticket)"' in said
