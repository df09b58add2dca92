"""What the customer's own page can do."""

import io
from datetime import datetime, timedelta

import pytest
from PIL import Image

from amends.desk import blobs
from amends.desk.models import Case, Customer, Promise, Reply, Todo
from amends.desk.operations import customer_page
from amends.mail.letter import Part

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def photo(size: tuple[int, int] = (2000, 1000)) -> Part:
    drawn = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", size, "teal").save(drawn, "JPEG", exif=exif)
    return Part(name="crack.jpg", media_type="image/jpeg", content=drawn.getvalue())


def sent_reply(case: Case, now: datetime) -> None:
    Reply.objects.create(
        conversation=case.conversations.get(), recipient="somchai@example.org", text="…", state="sent", sent_at=now,
        internet_message_id="<1@x>", queued_at=now, undo_until=now, due_at=now,
    )  # fmt: skip


def test_a_link_opens_its_case_for_120_days(case: Case, now: datetime):
    link = customer_page.token(case, now=now)
    assert customer_page.case_of(link, now=now + 119 * DAY) == case
    assert customer_page.case_of(link, now=now + 121 * DAY) is None


@pytest.mark.parametrize(
    "spoil", [lambda t: "9" + t, lambda t: t[:-1], lambda t: "", lambda t: "ä.ö.ü", lambda t: t + "A"]
)
def test_an_altered_link_opens_nothing(case: Case, now: datetime, spoil):
    assert customer_page.case_of(spoil(customer_page.token(case, now=now)), now=now) is None


def test_their_words_are_on_the_case_at_once_and_it_is_our_turn(case: Case, now: datetime):
    message = customer_page.add_words(case, text="It still has not come.", now=now)
    case.refresh_from_db()
    assert message.conversation.case == case
    assert (message.new_text, case.waiting_since) == ("It still has not come.", now)


def test_a_photo_is_shown_only_as_a_picture_we_drew_ourselves(case: Case, now: datetime):
    message = customer_page.add_words(case, text="Look", files=[photo()], now=now)
    file = message.attachments.get()
    drawn = Image.open(io.BytesIO(blobs.read(file.thumbnail_sha256)))
    assert (drawn.size, dict(drawn.getexif())) == ((720, 360), {})
    assert blobs.read(file.sha256) == photo().content


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"\xff\xd8\xff broken", b""])
def test_what_only_claims_to_be_a_picture_is_never_drawn(case: Case, now: datetime, content: bytes):
    part = Part(name="x.svg", media_type="image/svg+xml", content=content)
    message = customer_page.add_words(case, text="Look", files=[part], now=now)
    assert message.attachments.get().thumbnail_sha256 == ""


def test_solved_by_their_word(case: Case, now: datetime):
    sent_reply(case, now)
    assert customer_page.says_solved(case, now=now + DAY)
    assert (case.status, case.ending) == (Case.Status.RESOLVED, Case.Ending.CUSTOMER_SAID)


def test_once_it_is_solved_nobody_has_to_find_out_what_they_denied(case: Case, now: datetime):
    sent_reply(case, now)
    promise = Promise.objects.create(case=case, quote="today", made_at=now, due_at=now + DAY)
    customer_page.says_not_kept(promise, now=now)
    customer_page.says_solved(case, now=now + DAY)
    assert not Todo.objects.filter(case=case, kind=Todo.Kind.DISPUTED, done_at=None).exists()


def test_even_their_word_does_not_close_what_nobody_answered(case: Case, now: datetime):
    assert not customer_page.says_solved(case, now=now)
    assert case.status == Case.Status.OPEN


@pytest.mark.parametrize(("due", "state"), [(-DAY, "broken"), (DAY, "made")])
def test_a_promise_they_call_not_kept_brings_the_case_back(case: Case, now: datetime, due: timedelta, state: str):
    sent_reply(case, now)
    customer_page.says_solved(case, now=now)
    promise = Promise.objects.create(case=case, quote="by Friday", due_at=now + due, made_at=now - 2 * DAY)
    customer_page.says_not_kept(promise, now=now)
    case.refresh_from_db()
    assert (promise.state, case.status, case.waiting_since) == (state, Case.Status.OPEN, now)


def test_their_own_word_of_how_they_feel_counts(case: Case, now: datetime):
    customer_page.feels(case, intensity=1, now=now)
    assert case.intensity == 1
    with pytest.raises(ValueError, match="9"):
        customer_page.feels(case, intensity=9, now=now)


def test_what_would_put_it_right_reads_as_their_words(case: Case, now: datetime):
    assert customer_page.wish(case, text="A new lamp, please.", now=now).new_text == "A new lamp, please."
    assert Customer.objects.count() == 1
