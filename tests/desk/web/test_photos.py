"""A photo of what broke is looked at with one press, as large as needed; the file itself is only ever saved."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from amends.desk import blobs
from amends.desk.models import Attachment, Case, Message
from amends.desk.operations.pictures import thumbnail

ORIENTATION = 0x0112


Send = Callable[..., Attachment]


@pytest.fixture
def send(english_case: Case) -> Send:
    """Send a photo with the first message of a case: `send((2400, 1800), orientation=6)`."""
    return lambda size, **more: _sent(english_case, size, **more)


@pytest.fixture
def photo(send: Send) -> Attachment:
    """A large photo."""
    return send((2400, 1800))


def _sent(english_case: Case, size: tuple[int, int], *, orientation: int = 1) -> Attachment:
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[ORIENTATION] = orientation
    Image.new("RGB", size, "teal").save(drawn, "JPEG", exif=exif)
    message = Message.objects.filter(conversation__case=english_case, direction="in")[0]
    return Attachment.objects.create(
        message=message, name="crack.jpg", media_type="image/jpeg", size=len(drawn.getvalue()),
        sha256=blobs.keep(drawn.getvalue()), thumbnail_sha256=thumbnail(drawn.getvalue(), media_type="image/jpeg"),
    )  # fmt: skip


def test_a_photo_opens_large_beside_the_case(agents_browser: Client, english_case: Case, photo: Attachment) -> None:
    page = agents_browser.get(reverse("case", args=[english_case.pk])).content.decode()
    large = reverse("attachment-picture", args=[photo.pk])
    assert f'<a href="{large}" target="_blank" rel="noopener"><img' in page
    assert 'alt="Look at crack.jpg"' in page
    shown = agents_browser.get(large)
    assert "Content-Disposition" not in shown.headers
    assert max(Image.open(io.BytesIO(shown.content)).size) == 1600


def test_what_is_no_picture_is_not_shown(agents_browser: Client, photo: Attachment) -> None:
    Attachment.objects.filter(pk=photo.pk).update(thumbnail_sha256="")
    assert agents_browser.get(reverse("attachment-picture", args=[photo.pk])).status_code == 404


def test_a_photo_is_drawn_once_and_kept(agents_browser: Client, photo: Attachment) -> None:
    large = reverse("attachment-picture", args=[photo.pk])
    first = agents_browser.get(large).content
    blobs.path(photo.sha256).unlink()  # nothing is left to draw it from
    assert agents_browser.get(large).content == first


def test_the_same_photo_sent_again_takes_the_one_that_was_drawn(
    agents_browser: Client, photo: Attachment, send: Send
) -> None:
    agents_browser.get(reverse("attachment-picture", args=[photo.pk]))
    again = send((2400, 1800))
    blobs.path(photo.sha256).unlink()
    assert agents_browser.get(reverse("attachment-picture", args=[again.pk])).status_code == 200


def test_a_photo_taken_upright_stands_upright(agents_browser: Client, send: Send) -> None:
    photo = send((2400, 1200), orientation=6)
    for name in ("attachment-thumbnail", "attachment-picture"):
        shown = Image.open(io.BytesIO(agents_browser.get(reverse(name, args=[photo.pk])).content))
        assert shown.height == 2 * shown.width
        assert not shown.getexif()


def test_the_photo_of_a_new_phone_is_shown_large_too(agents_browser: Client, send: Send) -> None:
    shown = agents_browser.get(reverse("attachment-picture", args=[send((8000, 6000)).pk]))
    assert max(Image.open(io.BytesIO(shown.content)).size) == 1600


def test_a_photo_that_is_lost_is_no_error_of_ours(agents_browser: Client, photo: Attachment) -> None:
    blobs.path(photo.sha256).unlink()
    assert agents_browser.get(reverse("attachment-picture", args=[photo.pk])).status_code == 404
