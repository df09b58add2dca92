"""Mail that only machines wrote: apart from the people, and yet not lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amends.desk.models import Case

pytestmark = pytest.mark.django_db


def test_mail_of_machines_stands_apart_and_is_found(agents_browser: Client, desk: dict[str, Any]) -> None:
    assert "Machine mail" not in agents_browser.get(reverse("now")).content.decode()
    Case.objects.filter(pk=desk["cases"][6].pk).update(status=Case.Status.MACHINE, waiting_since=None)
    for section in ("who", "nobody", "waiting", "asleep", "resolved"):
        assert "Apinya W." not in agents_browser.get(reverse("now"), {"section": section}).content.decode()
    page = agents_browser.get(reverse("now"), {"section": "machines"}).content.decode()
    assert ("Apinya W." in page, "written by a machine; nobody waits" in page, "Not yet read" in page) == (
        True,
        True,
        False,
    )
    assert "Apinya W." in agents_browser.get(reverse("search"), {"q": "apinya"}).content.decode()
