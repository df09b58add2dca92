"""The screens speak every language whole: no string is missing, left over, doubtful, or has lost a placeholder."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tools.messages import LOCALE, extract

TAGS = ("id", "th", "fi")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every string of the code and the templates."""
    pot: Path = tmp_path_factory.mktemp("messages") / "django.pot"
    extract(pot)
    with pot.open("rb") as file:
        return read_po(file)


def catalogue(tag: str) -> Catalog:
    """Return the catalogue of a language."""
    with (LOCALE / tag / "LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=tag)


def names(catalog: Catalog) -> dict[tuple[str, str], Message]:
    """Return each message by context and first id."""
    return {((m.context or ""), m.id if isinstance(m.id, str) else m.id[0]): m for m in catalog if m.id}


@pytest.mark.parametrize("tag", TAGS)
def test_every_string_is_translated_and_none_is_left_over(tag: str, template: Catalog) -> None:
    wanted, found = set(names(template)), names(catalogue(tag))
    assert wanted - set(found) == set(), "python -m tools.messages gathers new strings"
    assert set(found) - wanted == set()


@pytest.mark.parametrize("tag", TAGS)
def test_no_translation_is_empty_or_doubtful(tag: str) -> None:
    for message in names(catalogue(tag)).values():
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(text.strip() for text in said), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("tag", TAGS)
def test_every_placeholder_survives(tag: str) -> None:
    for message in names(catalogue(tag)).values():
        first = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in said:
            assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(re.findall(r"%\(\w+\)s", first)), first


@pytest.mark.parametrize(("tag", "forms"), [("id", 1), ("th", 1), ("fi", 2)])
def test_a_language_has_its_own_number_of_plurals(tag: str, forms: int) -> None:
    catalog = catalogue(tag)
    assert catalog.num_plurals == forms
    assert all(len(m.string) == forms for m in catalog if isinstance(m.id, tuple) and m.id)
