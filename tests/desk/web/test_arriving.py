"""What just came in is seen at once on Now, long before it is filed."""

from datetime import datetime

import pytest
from django.urls import reverse

from amends.desk.models import RawMessage, Role
from amends.desk.operations.blocking import block
from amends.desk.operations.receive import receive
from amends.desk.operations.triage import file_message
from amends.desk.web.shown.arriving import arriving

pytestmark = pytest.mark.django_db


def mail(number: int = 1) -> bytes:
    return f"From: Mali <m{number}@x.example>\r\nSubject: Parcel {number}\r\n\r\nWhere?".encode()


def test_who_wrote_stands_on_now_before_the_mail_is_read(client_of, person, brand, now: datetime):
    receive(mail(), channel="smtp", now=now)
    page = client_of(person(Role.AGENT, "aino")).get(reverse("now")).content.decode()
    assert ("1 letter just came in" in page, "Mali" in page, "Parcel 1" in page) == (True, True, True)


def test_it_is_gone_once_it_is_on_its_case(client_of, person, brand, now: datetime):
    file_message(receive(mail(), channel="smtp", now=now).raw_id, now=now)
    page = client_of(person(Role.AGENT, "aino")).get(reverse("now")).content.decode()
    assert "just came in" not in page


def test_who_sees_no_case_sees_no_newcomer(person, brand, now: datetime):
    receive(mail(), channel="smtp", now=now)
    assert arriving(person(Role.ANALYST, "irma")).count == 0


def test_of_a_rush_all_are_counted_and_the_newest_shown(person, brand, now: datetime):
    for number in range(30):
        receive(mail(number), channel="smtp", now=now)
    seen = arriving(person(Role.AGENT, "aino"))
    assert (seen.count, [one.subject for one in seen.newest]) == (30, [f"Parcel {n}" for n in range(29, 24, -1)])


def test_a_blocked_sender_is_not_shown(person, brand, aino, now: datetime):
    block("m1@x.example", by=aino, now=now)
    receive(mail(), channel="smtp", now=now)
    assert arriving(person(Role.AGENT, "ville")).newest == ()


def test_a_mail_kept_by_an_older_release_is_counted(person, brand, now: datetime):
    receive(mail(), channel="smtp", now=now)
    RawMessage.objects.update(envelope={})
    assert arriving(person(Role.AGENT, "aino")).newest[0].who == ""


def test_hostile_words_stay_words(client_of, person, brand, now: datetime):
    receive(b"From: <script>@x\r\nSubject: <img src=x onerror=alert(1)>\r\n\r\nx", channel="smtp", now=now)
    page = client_of(person(Role.AGENT, "aino")).get(reverse("now")).content.decode()
    assert ("<img src=x" in page, "&lt;img src=x" in page) == (False, True)
