"""The pages of snippets, and snippets beside a reply."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Case, Draft, Event, Snippet
from amends.desk.operations.snippets import take_in_starter, texts_of
from amends.desk.web.shipped_words import STARTER

pytestmark = pytest.mark.django_db
FIELDS = {"name": "Late", "kind": "snippet", "causes": ["late"], "cues": "tracking, where ,tracking"}


@pytest.fixture
def starter(desk: dict[str, Any]) -> None:
    take_in_starter(by=None, now=clock.now())


def test_a_lead_writes_a_snippet_in_four_languages(browser_of: Any) -> None:
    texts = {"text-en": "Order {order.number} is late.", "text-th": "คำสั่งซื้อ {order.number} ล่าช้า"}
    answer = browser_of("lead").post(reverse("snippet-add"), FIELDS | texts)
    row = Snippet.objects.get()
    assert (answer.status_code, row.cues, row.causes, set(texts_of(row))) == (
        302,
        ["tracking", "where"],
        ["late"],
        {"en", "th"},
    )


def test_the_preview_shows_an_example_in_every_language_and_keeps_nothing(browser_of: Any) -> None:
    texts = {"text-en": "Order {order.number}.", "text-fi": "Tilaus {order.number}.", "text-id": "Pesanan {order.number}.",
             "text-th": "คำสั่งซื้อ {order.number}"}  # fmt: skip
    page = browser_of("lead").post(reverse("snippet-add"), FIELDS | texts | {"preview": "1"}).content.decode()
    assert all(said in page for said in ("Order EN-5120.", "Tilaus FI-7741.", "Pesanan ID-20417.", "คำสั่งซื้อ TH-88213"))
    assert not Snippet.objects.exists()


def test_a_feeling_inside_is_warned_of_and_still_kept(browser_of: Any) -> None:
    told = FIELDS | {"text-en": "I am so sorry that it is late."}
    page = browser_of("lead").post(reverse("snippet-add"), told, follow=True).content.decode()
    assert "An apology in prepared words sounds prepared." in page
    assert Snippet.objects.get().name == "Late"


def test_an_unknown_variable_is_refused_in_plain_words(browser_of: Any) -> None:
    answer = browser_of("lead").post(reverse("snippet-add"), FIELDS | {"text-en": "Your {order.colour} one."})
    page = answer.content.decode()
    assert (answer.status_code, Snippet.objects.count()) == (422, 0)
    assert "Nobody could fill one of the variables." in page
    assert '<q lang="en" dir="ltr">{order.colour}</q>' in page


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "Two photos"), ("id", "Dua foto"), ("th", "ขอรูปสองรูป"), ("fi", "Kaksi kuvaa")]
)
def test_the_starter_set_is_called_in_the_readers_language(browser_of: Any, starter: None, tag: str, said: str) -> None:
    Snippet.objects.filter(name="Which address").update(name="Our own name")
    page = browser_of("lead").get(reverse("snippets"), {"lang": tag}).content.decode()
    assert f">{said}</a>" in page
    assert ">Our own name</a>" in page


def test_every_starter_snippet_has_a_name_for_the_screens(starter: None) -> None:
    assert set(STARTER) == set(Snippet.objects.values_list("name", flat=True))


def test_the_starter_set_is_one_press(browser_of: Any) -> None:
    page = browser_of("admin").post(reverse("snippets-take-in"), {"starter": "1"}, follow=True).content.decode()
    assert "Added: 20." in page


def test_a_file_goes_out_and_comes_in(browser_of: Any, starter: None) -> None:
    lead = browser_of("lead")
    given = lead.get(reverse("snippets-file"))
    assert "attachment" in given["Content-Disposition"]
    file = SimpleUploadedFile("snippets.toml", given.content.replace(b"Two photos", b"Three photos"))
    page = lead.post(reverse("snippets-take-in"), {"file": file}, follow=True).content.decode()
    assert "Added: 1. Changed: 0. As before: 19." in page


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[[snippet]]\nname = 1", b""])
def test_a_file_that_is_not_right_is_refused_with_its_place(browser_of: Any, content: bytes) -> None:
    file = SimpleUploadedFile("snippets.toml", content)
    page = browser_of("lead").post(reverse("snippets-take-in"), {"file": file}, follow=True).content.decode()
    assert "nothing was taken from it" in page or not content
    assert not Snippet.objects.exists()


def test_it_is_put_away_and_brought_back(browser_of: Any, starter: None) -> None:
    lead, row = browser_of("lead"), Snippet.objects.get(name="Two photos")
    for is_away in (True, False):
        lead.post(reverse("snippet-retire", args=[row.pk]))
        row.refresh_from_db()
        assert (row.retired_at is not None) == is_away


def test_an_agent_sees_what_fits_the_case_first(agents_browser: Client, english_case: Case, starter: None) -> None:
    page = agents_browser.get(reverse("draft-offers", args=[english_case.pk]), headers={"HX-Request": "true"})
    first = page.context["offers"].offers[0]
    assert first.is_called_for
    assert "EN-5120" in first.text


def test_a_snippet_is_added_to_the_draft_without_a_script(
    agents_browser: Client, english_case: Case, starter: None
) -> None:
    before = Draft.objects.get(case=english_case).text
    row = Snippet.objects.get(name="Search for the parcel")
    answer = agents_browser.post(reverse("draft-insert", args=[english_case.pk]), {"key": row.pk})
    after = Draft.objects.get(case=english_case).text
    assert answer.status_code == 302
    assert after.startswith(before)
    assert after.endswith("Their search takes three working days at most.")
    assert Event.objects.get(kind="snippet.inserted").facts == {"snippet": row.pk, "language": "en"}


def test_a_snippet_put_in_by_a_key_is_written_down_with_the_next_text(
    agents_browser: Client, english_case: Case, starter: None
) -> None:
    row = Snippet.objects.get(name="Two photos")
    told = {"text": "x", "seen_version": "1", "inserted": str(row.pk)}
    agents_browser.post(reverse("draft", args=[english_case.pk]), told, headers={"HX-Request": "true"})
    assert Event.objects.get(kind="snippet.inserted").facts["snippet"] == row.pk
