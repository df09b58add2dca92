"""A message as it was laid out: whom its frame opens for, what it may do, whose pictures it shows."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from amends.desk import blobs, clock
from amends.desk.access import PUBLIC
from amends.desk.models import Agent, Attachment, Case, Layout, Message
from amends.desk.operations.layouts import html_of, keep_layout
from amends.desk.web.sealed import opened, sealed
from amends.desk.web.shown.laid_out import FAR_PICTURE, LETTER, PICTURE, frame_address

pytestmark = pytest.mark.django_db
HTML = """<body bgcolor="#000"><p onclick="x()">Dear <b>shop</b></p><script>alert(1)</script><img src="cid:lamp@x" alt="lamp">
<img src="https://cdn.lumi.shop/a.png"><img src="https://cdn.lumi.shop/o.gif" width=1></body>"""


@pytest.fixture
def letter(desk: dict[str, Any]) -> Message:
    """A message with HTML, a picture inside and two from elsewhere, one of them a tracker."""
    said = Message.objects.filter(direction="in").latest("pk")
    keep_layout(said, HTML)
    made = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(made, "JPEG")
    Attachment.objects.create(
        message=said, name="lamp.jpg", media_type="image/jpeg", size=9, sha256="0" * 64, content_id="lamp@x",
        thumbnail_sha256=blobs.keep(made.getvalue()),
    )  # fmt: skip
    return said


@pytest.fixture
def agent(desk: dict[str, Any]) -> Agent:
    found: Agent = desk["people"]["agent"]
    return found


def page_of(letter: Message, agent: Agent, client: Client, *, pictures: bool = False) -> str:
    address = frame_address(letter, agent, now=clock.now(), shows_pictures=pictures)
    return client.get(address).content.decode()


def test_a_case_offers_its_messages_in_their_layout(letter: Message, agents_browser: Client) -> None:
    case = letter.conversation.case
    page = agents_browser.get(reverse("case", args=[case.pk])).content.decode()
    assert page.count("<iframe") == 1
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page


def test_what_ran_is_gone_and_what_was_said_stays(letter: Message, agent: Agent, client: Client) -> None:
    page = page_of(letter, agent, client)
    assert "<p>Dear <b>shop</b></p>" in page
    assert "script" not in page
    assert "onclick" not in page


def test_remote_pictures_wait_to_be_asked_for(letter: Message, agent: Agent, client: Client) -> None:
    page = page_of(letter, agent, client)
    assert "2 remote pictures are not shown." in page
    assert "1 looks like a tracker" in page
    assert "cdn.lumi.shop" not in page
    assert page.count("/letters/far-pictures/") == 0


def test_asked_for_they_come_through_us_and_trackers_never(letter: Message, agent: Agent, client: Client) -> None:
    page = page_of(letter, agent, client, pictures=True)
    assert page.count('src="/letters/far-pictures/') == 1
    assert "1 picture comes through this desk" in page


def test_a_picture_of_the_letter_is_shown_as_we_drew_it(letter: Message, agent: Agent, client: Client) -> None:
    address = page_of(letter, agent, client).partition('<img src="/letters/pictures/')[2].partition('"')[0]
    answer = client.get(f"/letters/pictures/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_the_frame_may_do_nothing(letter: Message, agent: Agent, client: Client) -> None:
    answer = client.get(frame_address(letter, agent, now=clock.now()))
    policy = answer["Content-Security-Policy"]
    assert policy.startswith(
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data:;"
    )
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert (answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("SAMEORIGIN", "no-referrer")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("route", [LETTER, PICTURE, FAR_PICTURE])
def test_an_altered_or_borrowed_seal_opens_nothing(route: str, letter: Message, agent: Agent, client: Client) -> None:
    good = sealed(route, {"message": letter.pk, "agent": agent.pk, "pictures": False}, now=clock.now())
    borrowed = sealed("something-else", {"message": letter.pk, "agent": agent.pk, "pictures": False}, now=clock.now())
    for word in (good[:-1] + ("A" if good[-1] != "A" else "B"), borrowed, "0" * 64, "x"):
        assert client.get(reverse(route, args=[word])).status_code in {404, 410}
    assert route in PUBLIC


def test_a_seal_ends_within_a_day_and_is_the_same_word_for_half_of_one(now: datetime) -> None:
    word = sealed("x", {"a": 1}, now=now)
    assert opened("x", word, now=now + timedelta(hours=12)) is not None
    assert opened("x", word, now=now + timedelta(hours=25)) is None
    assert sealed("x", {"a": 1}, now=now + timedelta(minutes=1)) == word


def test_whoever_left_or_lost_their_role_sees_nothing_more(
    letter: Message, desk: dict[str, Any], client: Client
) -> None:
    gone, other = desk["people"]["agent"], desk["people"]["lead"]
    addresses = [frame_address(letter, one, now=clock.now()) for one in (gone, other)]
    Agent.objects.filter(pk=gone.pk).update(is_active=False)
    other.memberships.all().delete()
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_nothing_is_fetched_for_an_address_inside(letter: Message, agent: Agent, client: Client) -> None:
    word = sealed(FAR_PICTURE, {"agent": agent.pk, "at": "http://127.0.0.1:1/a.png"}, now=clock.now())
    assert client.get(reverse(FAR_PICTURE, args=[word])).status_code == 204


def test_html_is_kept_as_it_came_and_no_empty_one(english_case: Case, now: datetime) -> None:
    talk = english_case.conversations.get()
    said = Message.objects.create(conversation=talk, direction="in", at=now, dedupe_key="x")
    keep_layout(said, "  \n")
    assert not hasattr(said, "layout")
    keep_layout(said, HTML + "\ud800")
    assert html_of(Layout.objects.get(message=said)) == HTML + "?"


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x.html", 'q"uo;te.svg', "ไฟล์.html", "../../x.svg", ""])
def test_a_file_is_always_a_download(name: str, letter: Message, agents_browser: Client) -> None:
    file = Attachment.objects.create(
        message=letter, name=name, media_type="image/svg+xml", size=9, sha256=blobs.keep(b"<svg onload=alert(1)>")
    )
    answer = agents_browser.get(reverse("attachment", args=[file.pk]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert (answer["X-Content-Type-Options"], "set-cookie" in answer) == ("nosniff", False)
