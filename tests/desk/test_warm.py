"""What the first reply would wait for is loaded beside the work."""

from collections.abc import Callable
from datetime import datetime

import pytest

from amends.coach.pack import rules_of
from amends.coach.review import review
from amends.desk import warm
from amends.desk.models import Agent, Brand, Role
from amends.flow import warm as flow_warm
from amends.languages import load
from amends.promises.find import find_promises
from amends.promises.grammar import grammar
from amends.vocabulary import CaseView


@pytest.fixture
def colleagues(db: None, person: Callable[..., Agent]) -> None:
    """Two who answer in Thai, one of them in Finnish too, and somebody who has left."""
    for name, languages, here in (("nok", ["th"], True), ("ville", ["fi", "th"], True), ("gone", ["pt"], False)):
        agent = person(Role.AGENT, name)
        agent.languages, agent.is_active = languages, here
        agent.save()


@pytest.mark.usefixtures("colleagues")
def test_the_languages_most_colleagues_answer_in_come_first() -> None:
    assert warm.languages_spoken() == ["th", "fi"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("colleagues")
def test_every_language_is_loaded_with_the_brands_holidays(brand: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    Brand.objects.update(country="FI")
    loaded: list[tuple[str, object]] = []
    monkeypatch.setattr(warm, "AFTER_S", 0)
    monkeypatch.setattr(flow_warm, "warm_coach", lambda tag, *, country, now: loaded.append((tag, country)))
    warm.warm_coach().join()
    assert loaded == [("th", "FI"), ("fi", "FI")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("colleagues")
def test_a_pack_that_cannot_be_loaded_is_logged_and_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(warm, "AFTER_S", 0)
    monkeypatch.setattr(flow_warm, "warm_reading", lambda tag, *, now: 1 / 0)
    warm.warm_reading().join()
    assert "could not be loaded ahead" in caplog.text


def test_after_words_of_no_language_a_reply_finds_its_pack_loaded(language: str, now: datetime) -> None:
    flow_warm.warm_coach(language, country="FI", now=now)
    loads = [cached.cache_info().misses for cached in (rules_of, grammar)]
    find_promises("Friday, besok, พรุ่งนี้, huomenna", at=now, pack=load(language), country="FI")
    review("sorry, maaf, ขอโทษ, anteeksi", case=CaseView(), message=None, pack=load(language), interface="en", now=now)
    assert [cached.cache_info().misses for cached in (rules_of, grammar)] == loads
