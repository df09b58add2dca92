"""What customers see of the company: there is always one brand, and administrators name it."""

from typing import Any, Final

from django.conf import settings
from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Brand
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

UNNAMED: Final = "Our shop"
"""What a brand is called until an administrator names it."""


def first_brand(*, now: Moment, name: str = "") -> Brand:
    """Return the desk's oldest brand, made now if it has none: a desk may take in mail before anybody set it up."""
    found = Brand.objects.order_by("pk").first()
    if found is not None:
        return found
    with transaction.atomic():
        made, is_new = Brand.objects.get_or_create(
            name=name or UNNAMED, defaults={"address": f"care@{settings.MAIL_DOMAIN}"}
        )
        if is_new:
            record("brand.added", at=now, brand=made.pk, name=made.name)
    return made


def add_brand(*, by: Agent, now: Moment, **columns: Any) -> Brand:
    """Add a brand; `columns` are those of Brand."""
    with transaction.atomic():
        brand = Brand.objects.create(**columns)
        record("brand.added", at=now, actor=by, brand=brand.pk, name=brand.name)
    return brand


def change_brand(brand: Brand, *, by: Agent, now: Moment, **columns: Any) -> Brand:
    """Change a brand. What was sent already stays as it was written."""
    with transaction.atomic():
        hold(brand)
        for name, value in columns.items():
            setattr(brand, name, value)
        write(brand, *columns)
        record("brand.changed", at=now, actor=by, brand=brand.pk, columns=sorted(columns))
    return brand
