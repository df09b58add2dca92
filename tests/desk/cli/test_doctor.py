"""What `amends doctor` says of an installation and of a desk."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from amends.cli.main import main
from amends.desk.enqueue import enqueue
from amends.desk.home import key
from amends.desk.models import Brand, Halt, Mailbox, MailFolder
from amends.desk.state import signs


def report(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    status = main(["doctor", *words])
    return status, json.loads(capsys.readouterr().out)


def test_a_pipe_gets_json_of_what_is_installed_and_what_it_costs(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = report(capsys, "--no-desk")
    django = next(part for part in said["installed"] if part["what"] == "django")
    assert (status, said["ok"], django["part"], django["state"]) == (0, True, "desk", "ok")
    assert django["megabytes"] > 1


@pytest.mark.skipif(connection.vendor == "postgresql", reason="with a database elsewhere there is a desk")
def test_the_doctor_makes_no_desk_where_there_is_none(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(capsys)[1]["desk"] == []
    assert not own_home.exists()


@pytest.mark.django_db
def test_a_desk_in_good_health_shows_no_sign_of_trouble(now: datetime) -> None:
    key("django")
    assert {sign.what for sign in signs(now) if sign.state == "broken"} == set()


@pytest.mark.django_db
def test_a_desk_without_keys_is_warned_of(now: datetime, own_home: Path) -> None:
    sign = next(sign for sign in signs(now) if sign.what == "keys")
    assert (sign.state, str(own_home / "keys") in sign.detail) == ("warning", True)


@pytest.mark.django_db
def test_keys_that_others_can_read_are_broken(now: datetime, own_home: Path) -> None:
    key("django")
    (own_home / "keys" / "django").chmod(0o644)
    assert "keys" in {sign.what for sign in signs(now) if sign.state == "broken"}


def test_a_mailbox_that_cannot_be_read_is_broken_and_says_why(brand: Brand, now: datetime) -> None:
    key("django")
    Mailbox.objects.create(brand=brand, address="a@lumi.example", last_error="the password was refused")
    sign = next(sign for sign in signs(now) if sign.what == "mailbox a@lumi.example")
    assert (sign.state, sign.detail) == ("broken", "the password was refused")


@pytest.mark.django_db
def test_work_that_nobody_does_is_a_warning(now: datetime) -> None:
    key("django")
    enqueue("read_message", now=now - timedelta(hours=1), message_id=1)
    sign = next(sign for sign in signs(now) if sign.what == "work")
    assert (sign.state, "no worker runs" in sign.detail) == ("warning", True)


@pytest.mark.django_db
def test_the_kill_switch_is_a_warning(now: datetime) -> None:
    key("django")
    Halt.objects.create(began_at=now, reason="wrong template")
    assert next(sign.detail for sign in signs(now) if sign.what == "sending") == "stopped: wrong template"


def test_a_folder_a_grant_and_a_key_that_are_missing_are_named(brand: Brand, now: datetime) -> None:
    key("django")
    box = Mailbox.objects.create(brand=brand, address="a@lumi.example", sign_in="google", service="postmark")
    MailFolder.objects.create(mailbox=box, name="Care", problem="folder", last_error="No such mailbox")
    told = {sign.what: (sign.state, sign.detail) for sign in signs(now)}
    assert told["mailbox a@lumi.example, Care"] == ("broken", "folder: No such mailbox")
    assert told["grant a@lumi.example"][0] == told["service a@lumi.example"][0] == "broken"
