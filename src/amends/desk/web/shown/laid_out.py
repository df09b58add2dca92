"""A message as its writer laid it out, made safe, its pictures under addresses of ours."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from amends.desk.access import attachments_for
from amends.desk.models import Agent, Layout, Message
from amends.desk.operations.layouts import html_of
from amends.desk.operations.pictures import drawn_again
from amends.desk.web.sealed import sealed
from amends.mail.html_view import Picture, SafeHtml, safe_html

LETTER: Final = "letter"
PICTURE: Final = "letter-picture"
FAR_PICTURE: Final = "letter-far-picture"


@dataclass(frozen=True, kw_only=True)
class LaidOut:
    """A letter in its frame. `others_address` opens it with remote pictures shown, or hidden again."""

    message: Message
    safe: SafeHtml
    shows_pictures: bool
    others_address: str

    @property
    def html(self) -> SafeString:
        """Return the letter for the template: made safe by `safe_html`, which is why it may stand there as it is."""
        return mark_safe(self.safe.html)  # noqa: S308

    @property
    def shown(self) -> int:
        """Return how many remote pictures are shown, those that look like trackers aside."""
        return self.safe.remote - self.safe.trackers if self.shows_pictures else 0


def frame_address(message: Message, agent: Agent, *, now: datetime, shows_pictures: bool = False) -> str:
    """Return the address of a message's frame, for that person."""
    facts = {"message": message.pk, "agent": agent.pk, "pictures": shows_pictures}
    # The frame knows no cookies and so no person: it is told which language its reader reads.
    return f"{reverse(LETTER, args=[sealed(LETTER, facts, now=now)])}?lang={get_language()}"


def laid_out(layout: Layout, agent: Agent, *, shows_pictures: bool, now: datetime) -> LaidOut:
    """Return a message in its layout; remote pictures only where this person asked for them."""
    message = layout.message
    files = attachments_for(agent).filter(message=message).exclude(thumbnail_sha256="").exclude(content_id="")
    inside = {f"cid:{name}": number for number, name in files.values_list("pk", "content_id")}
    address_of = partial(_address_of, agent=agent, inside=inside, shows_pictures=shows_pictures, now=now)
    return LaidOut(
        message=message,
        safe=safe_html(html_of(layout), address_of=address_of),
        shows_pictures=shows_pictures,
        others_address=frame_address(message, agent, now=now, shows_pictures=not shows_pictures),
    )


def _address_of(picture: Picture, *, agent: Agent, inside: dict[str, int], shows_pictures: bool, now: datetime) -> str:
    if picture.is_remote:
        facts = {"agent": agent.pk, "at": picture.source}
        return reverse(FAR_PICTURE, args=[sealed(FAR_PICTURE, facts, now=now)]) if shows_pictures else ""
    if picture.source in inside:
        facts = {"agent": agent.pk, "file": inside[picture.source]}
        return reverse(PICTURE, args=[sealed(PICTURE, facts, now=now)])
    return _written_again(picture.source) if picture.source.startswith("data:") else ""


def _written_again(source: str) -> str:
    """Return a picture that was written into the letter, drawn by us and written again; "" when we cannot draw it."""
    try:
        content = base64.b64decode(source.partition(",")[2])
    except binascii.Error:
        return ""
    drawn = drawn_again(content)
    return f"data:{drawn.media_type};base64,{base64.b64encode(drawn.content).decode()}" if drawn else ""
