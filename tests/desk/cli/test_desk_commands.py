"""The commands that act on a desk from a terminal."""

import os
import re
from pathlib import Path

import pytest
from django.core import signing
from django.core.management import call_command

from amends.cli.main import main
from amends.cli.up import tell_settings_where
from amends.desk.models import Agent, Brand, Message, RawMessage, Role, Team
from amends.desk.one_time import SALT

LINK = re.compile(r"http://\S+/log-in/once/([^/\s]+)/")
MAIL = (
    "From: Somchai <somchai@example.org>\r\nTo: care@lumi.example\r\nSubject: =?utf-8?b?4Lie4Lix4Liq4LiU4Li4?=\r\n"
    "Message-ID: <1@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nพัสดุอยู่ที่ไหน\r\n"
)


@pytest.mark.django_db
def test_the_first_administrator_is_made_and_let_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["admin", "create", "aino", "--name", "Aino", "--language", "fi"]) == 0
    aino = Agent.objects.get(username="aino")
    link = LINK.search(capsys.readouterr().out)
    assert link
    assert signing.Signer(salt=SALT).unsign_object(link[1])["agent"] == aino.pk
    assert set(aino.memberships.values_list("role", flat=True)) == {Role.ADMIN, Role.LEAD}


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "name"), [([], "Our shop"), (["--brand", "Lumi & Co"], "Lumi & Co")])
def test_the_first_administrator_finds_a_brand_and_a_team(words: list[str], name: str) -> None:
    main(["admin", "create", "aino", *words])
    main(["admin", "create", "ville", "--brand", "Another"])
    assert [brand.name for brand in Brand.objects.all()] == [name]
    assert Team.objects.get().memberships.values("agent").distinct().count() == 2


@pytest.mark.django_db
def test_a_desk_that_opens_for_the_first_time_can_take_a_mailbox(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("first_admin")
    assert LINK.search(capsys.readouterr().out)
    assert (Brand.objects.count(), Team.objects.count(), Agent.objects.count()) == (1, 1, 1)
    call_command("first_admin")
    assert (Brand.objects.count(), Agent.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_name_is_not_given_twice(capsys: pytest.CaptureFixture[str]) -> None:
    main(["admin", "create", "aino"])
    assert main(["admin", "create", "aino"]) == 1
    assert "amends admin link aino" in capsys.readouterr().err


@pytest.mark.django_db
def test_who_is_not_here_gets_no_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["admin", "link", "nobody"]) == 1
    assert "nobody here is called nobody" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_folder_of_mails_is_filed_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "late.eml").write_text(MAIL, encoding="utf-8")
    assert main(["mail", "import", str(tmp_path)]) == 0
    assert "1 mails: 1 filed, 0 here already, 0 in quarantine, 0 lost." in capsys.readouterr().out
    assert main(["import", str(tmp_path)]) == 0
    assert "0 filed, 1 here already" in capsys.readouterr().out
    assert Message.objects.get().new_text.strip() == "พัสดุอยู่ที่ไหน"


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_said_and_the_others_are_filed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "late.eml").write_text(MAIL, encoding="utf-8")
    assert main(["import", str(tmp_path / "gone.eml"), str(tmp_path / "late.eml")]) == 1
    assert "gone.eml" in capsys.readouterr().err
    assert RawMessage.objects.get().state == "filed"


@pytest.mark.parametrize(
    ("host", "address", "names"),
    [
        ("127.0.0.1", "http://127.0.0.1:8001", "127.0.0.1,[::1],localhost"),
        ("0.0.0.0", "http://127.0.0.1:8001", "127.0.0.1,[::1],localhost"),
        ("::1", "http://[::1]:8001", "127.0.0.1,::1,[::1],localhost"),
    ],
)
def test_links_lead_to_where_the_desk_is_served(
    host: str, address: str, names: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMENDS_PUBLIC_URL", "")
    monkeypatch.setenv("AMENDS_HOSTS", "")
    assert tell_settings_where(host, 8001) == address
    assert names.split(",") == os.environ["AMENDS_HOSTS"].split(",")


def test_an_address_that_somebody_chose_is_kept(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMENDS_PUBLIC_URL", "")
    monkeypatch.setenv("AMENDS_HOSTS", "")
    own_home.mkdir()
    (own_home / "amends.toml").write_text('public_url = "https://care.example"')
    assert tell_settings_where("127.0.0.1", 8001) == "https://care.example"
