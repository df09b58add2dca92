"""A photo of what broke is looked at with one press, as large as needed; the file itself is only ever saved."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from amends.desk import blobs
from amends.desk.models import Attachment, Case, Message
from amends.desk.operations.pictures import thumbnail


@pytest.fixture
def photo(english_case: Case) -> Attachment:
    """A large photo on the first message of a case."""
    drawn = io.BytesIO()
    Image.new("RGB", (2400, 1800), "teal").save(drawn, "JPEG")
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
