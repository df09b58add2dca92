"""Tags and filters every template may use."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from amends.desk.models import Promise
from amends.desk.web import timing, wording

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """Draw one symbol of the sprite; it never carries meaning alone."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.simple_tag
def heat(intensity: int | None) -> SafeString:
    """Say how upset somebody is: by shape, by word, by colour."""
    said = wording.word("intensity", intensity)
    if intensity is None:
        return format_html('<span class="heat">{} {}</span>', icon("clock"), said)
    return format_html(
        '<span class="heat" data-intensity="{}">{} {}</span>', intensity, icon(f"heat-{intensity}"), said
    )


@register.simple_tag(takes_context=True)
def moment(context: RequestContext, at: datetime | None) -> SafeString:
    """Write a time for the reader, the exact one on hover."""
    if at is None:
        return SafeString("")
    shown = timing.short_moment(at, now=context["now"])
    return format_html(
        '<time datetime="{}" title="{}" class="nowrap">{}</time>', at.isoformat(), timing.full_moment(at), shown
    )


@register.simple_tag
def spoken(tag: str) -> SafeString:
    """Write the `lang` and `dir` that every text of a customer carries."""
    direction = "rtl" if timing.is_right_to_left(tag) else "ltr"
    return format_html('lang="{}" dir="{}"', tag, direction) if tag and tag != "und" else SafeString('dir="auto"')


@register.simple_tag(takes_context=True)
def here(context: RequestContext, to: str) -> str:
    """Say of a link that its page is this one, or that this one belongs to it; "" of every other link."""
    now_at = context["request"].path
    if now_at == to:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"') if to != "/" and now_at.startswith(to) else ""


@register.filter
def breakable(address: str) -> SafeString:
    """Write an address so that a narrow line breaks before its @, never within a word that fits."""
    name, at, place = address.rpartition("@")
    return format_html("{}<wbr>@{}", name, place) if at else format_html("{}", address)


@register.filter
def day(at: datetime) -> str:
    """Write the date alone."""
    return timing.day(at)


@register.filter
def lasting(length: timedelta) -> str:
    """Write how long something lasts."""
    return timing.span(length)


@register.filter
def tenure(length: timedelta) -> str:
    """Write how long somebody has been with us, roughly."""
    return timing.tenure(length)


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """Write a sum as the reader writes it."""
    return timing.money(amount, currency)


@register.filter
def percent(hundredths: int) -> str:
    """Write a share with the sign as the reader writes it."""
    return timing.percent(hundredths)


@register.filter
def percent_range(bounds: tuple[int, int]) -> str:
    """Write from which share to which."""
    return timing.percent_range(*bounds)


@register.filter
def language_name(tag: str) -> str:
    """Write what a language is called."""
    return timing.language_name(tag)


@register.filter
def word(name: Any, kind: str) -> str:
    """Write what an id is called on screen."""
    return wording.word(kind, name)


@register.filter
def promised(promise: Promise) -> str:
    """Write the words of a promise; of a regulator's clock that ships with the desk, in the reader's language."""
    return wording.word("clock_says", promise.clock, otherwise=promise.quote)


@register.filter
def reason(refused: str) -> str:
    """Return in the reader's language why something was refused."""
    return gettext(refused)
