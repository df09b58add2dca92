"""The reader learns at night from what people corrected, is used only when better, and is taken back in one act."""

from datetime import datetime, timedelta

import pytest

from amends.desk.models import Agent, Case, Correction, Event, Job, Message, MessageReading, Refit, RefitChoice
from amends.desk.operations.errors import CannotUseRefit
from amends.desk.operations.read import read_message
from amends.desk.operations.refit import (
    as_learnt,
    in_use,
    read_as_released,
    refit_readings,
    see_to_refits,
    use_refit,
)
from amends.reading.read import read

pytestmark = pytest.mark.django_db
# One person's desk: whoever only asks where the parcel is, is not angry there, however often they ask.
WORDS = (
    "Third time I ask about order {n}: where is it? Nobody answers me.",
    "Still waiting for parcel {n}, this is annoying. When does it come?",
    "You promised order {n} for Monday and it is not here. Unacceptable.",
)


@pytest.fixture(autouse=True)
def words_alone(settings) -> None:
    """Without the encoder: the tests are of the learning, and it would take a minute."""
    settings.ENCODER = "none"


def said(case: Case, number: int, at: datetime) -> Message:
    text = WORDS[number % len(WORDS)].format(n=1000 + number)
    return Message.objects.create(
        conversation=case.conversations.get(), direction="in", new_text=text, at=at, language="en",
        dedupe_key=f"said-{number}",
    )  # fmt: skip


def corrected(case: Case, aino: Agent, now: datetime, *, n: int, first: int = 0, to: int = 1) -> None:
    for number in range(first, first + n):
        Correction.objects.create(
            message=said(case, number, now), aspect="intensity", before=2, after=to, engine="x", by=aino, at=now
        )


def test_a_desk_that_corrects_downwards_is_read_cooler(case: Case, aino: Agent, now: datetime):
    corrected(case, aino, now, n=120)
    card = refit_readings(now=now)[0]
    assert (card.outcome, card.corrected, in_use()) == ("better", 120, {"en": card})
    released = read(WORDS[0].format(n=1), language="en")
    learnt = as_learnt(released)
    assert learnt.anger < released.anger
    assert learnt.engine.endswith(f"+desk-{card.pk}")
    assert card.after["loss"] < card.before["loss"]


def test_new_messages_are_read_by_what_was_learnt(case: Case, aino: Agent, now: datetime):
    corrected(case, aino, now, n=120)
    card = refit_readings(now=now)[0]
    read_message(said(case, 999, now).pk, now=now)
    assert MessageReading.objects.get(message__dedupe_key="said-999").engine.endswith(f"+desk-{card.pk}")


def test_few_corrections_are_called_not_enough(case: Case, aino: Agent, now: datetime):
    corrected(case, aino, now, n=5)
    card = refit_readings(now=now)[0]
    assert (card.outcome, card.adjustment, in_use()) == ("not_enough", {}, {})
    with pytest.raises(CannotUseRefit):
        use_refit(card, by=aino, now=now)


def test_going_back_is_one_act_and_stays_until_a_person_says_otherwise(case: Case, aino: Agent, now: datetime):
    corrected(case, aino, now, n=120)
    refit_readings(now=now)
    read_as_released("en", by=aino, now=now)
    assert in_use() == {}
    corrected(case, aino, now, n=30, first=200)
    later = refit_readings(now=now)[0]
    assert (later.outcome, in_use()) == ("better", {})
    use_refit(later, by=aino, now=now)
    assert in_use() == {"en": later}


def test_going_back_from_nothing_writes_nothing(aino: Agent, now: datetime):
    assert read_as_released("fi", by=aino, now=now) is None
    assert not RefitChoice.objects.exists()


def test_what_was_learnt_for_another_reader_is_not_used(case: Case, aino: Agent, now: datetime):
    corrected(case, aino, now, n=120)
    card = refit_readings(now=now)[0]
    Refit.objects.update(reader="the one before")
    assert in_use() == {}
    card.refresh_from_db()
    with pytest.raises(CannotUseRefit):
        use_refit(card, by=aino, now=now)


def test_the_same_corrections_are_learnt_from_once(case: Case, aino: Agent, now: datetime):
    corrected(case, aino, now, n=70)
    assert len(refit_readings(now=now)) == 1
    assert refit_readings(now=now + timedelta(days=1)) == []


def test_answered_words_that_nobody_corrected_count_as_read_rightly(case: Case, aino: Agent, now: datetime):
    corrected(case, aino, now, n=70)
    for number in range(500, 520):
        read_message(said(case, number, now).pk, now=now)
    Case.objects.update(last_reply_at=now + timedelta(hours=1))
    assert refit_readings(now=now)[0].standing == 20


def test_a_night_without_a_new_correction_asks_for_nothing(case: Case, aino: Agent, now: datetime):
    see_to_refits(now)
    assert not Job.objects.filter(task="refit_readings").exists()
    corrected(case, aino, now, n=1)
    see_to_refits(now)
    assert Job.objects.filter(task="refit_readings").count() == 1
    refit_readings(now=now)
    Job.objects.all().delete()
    corrected(case, aino, now, n=1, first=5)
    see_to_refits(now + timedelta(hours=23))
    assert not Job.objects.exists()
    see_to_refits(now + timedelta(hours=25))
    assert Job.objects.count() == 1


def test_each_choice_is_told_with_its_author(case: Case, aino: Agent, now: datetime):
    corrected(case, aino, now, n=120)
    refit_readings(now=now)
    read_as_released("en", by=aino, now=now)
    told = Event.objects.filter(kind__startswith="reading.refit_").order_by("pk").values_list("kind", "actor__username")
    assert list(told) == [("reading.refit_used", None), ("reading.refit_taken_back", "aino")]
