"""Let the reader learn from what people corrected here: tried at night, used where it is better, taken back at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from itertools import islice
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from amends.desk.enqueue import enqueue_unless_under_way
from amends.desk.events import record
from amends.desk.models import Agent, Correction, Event, Message, Refit, RefitChoice
from amends.desk.operations.corrections import labels
from amends.desk.operations.errors import CannotUseRefit
from amends.desk.operations.rows import VOICES
from amends.engines.choose import embedder
from amends.languages.load import UNDETERMINED
from amends.reading.read import READER, read
from amends.reading.refit import AS_RELEASED, STANDING_A_CORRECTION, Adjustment, Label, Outcome, refit
from amends.reading.refit import Refit as Tried
from amends.reading.values import Reading
from amends.vocabulary import Intensity, JsonObject, LanguageTag, Moment

TASK: Final = "refit_readings"
DONE: Final = "readings.refitted"
EVERY: Final = timedelta(hours=24)
MOST_CORRECTED: Final = 500
"""The newest so many of a language are learnt from: reading them and their share of others again takes two minutes."""
INTENSITY: Final = Correction.Aspect.INTENSITY


def see_to_refits(now: Moment) -> None:
    """Ask for a refit when somebody corrected something since the last one, at most once a day."""
    last = Event.objects.filter(kind=DONE).order_by("-pk").first()
    if last is not None and last.at > now - EVERY:
        return
    if _newest_correction() > (last.facts["upto"] if last is not None else 0):
        enqueue_unless_under_way(TASK, now=now, lock=TASK)


def refit_readings(*, now: Moment) -> list[Refit]:
    """Try to learn in each language with corrections nobody learnt from; return the model cards.

    Messages are read again outside any transaction. A language that a person sent back to the reader as released is
    tried all the same, but nothing of it is used until a person says so.
    """
    upto = _newest_correction()
    cards = [card for tag, told in _corrected(upto).items() if (card := _tried(tag, told, upto=upto, now=now))]
    record(DONE, at=now, upto=upto, languages=[card.language for card in cards])
    return cards


def use_refit(card: Refit, *, by: Agent | None, now: Moment) -> RefitChoice:
    """Read a language by a refit from now on. Raises CannotUseRefit for one that is not better, or of another reader.

    `by` is None when the desk chooses by itself.
    """
    if card.outcome != Refit.Outcome.BETTER or card.reader != READER:
        raise CannotUseRefit
    return _choose(card.language, card, by=by, now=now)


def read_as_released(language: LanguageTag, *, by: Agent, now: Moment) -> RefitChoice | None:
    """Take back what a language's reader learnt here; None where nothing of it was in use.

    What was read meanwhile stays as it was read. The desk uses no later refit of this language by itself.
    """
    return _choose(language, None, by=by, now=now) if language in in_use() else None


def in_use() -> dict[LanguageTag, Refit]:
    """Return by language the refit that is used; of another release's reader none is."""
    return {tag: card for tag, card in _chosen().items() if card is not None and card.reader == READER}


def as_learnt(found: Reading) -> Reading:
    """Return a reading under what its language's reader learnt here; `engine` names the model card."""
    card = in_use().get(found.language)
    if card is None or not found.at_least:
        return found
    return replace(_adjustment(card).applied(found), engine=f"{found.engine}+desk-{card.pk}")


def _tried(tag: LanguageTag, told: list[JsonObject], *, upto: int, now: Moment) -> Refit | None:
    """Return the model card of one attempt; None when this reader has seen these corrections before."""
    before = Refit.objects.filter(language=tag, reader=READER).first()
    if before is not None and before.upto >= max(each["correction"] for each in told):
        return None
    corrected = [_label(each["id"], each["text"], tag, each["after"]) for each in told]
    standing = list(_standing(tag, STANDING_A_CORRECTION * len(told)))
    now_used = in_use().get(tag)
    tried = refit(corrected, standing, now_used=_adjustment(now_used) if now_used else AS_RELEASED)
    with transaction.atomic():
        card = _card(tag, tried, corrected=len(corrected), standing=len(standing), upto=upto, now=now)
        if tried.outcome is Outcome.BETTER and not _held_back_by_a_person(tag):
            use_refit(card, by=None, now=now)
    return card


def _card(tag: LanguageTag, tried: Tried, *, corrected: int, standing: int, upto: int, now: Moment) -> Refit:
    was_tried = tried.outcome is not Outcome.NOT_ENOUGH
    return Refit.objects.create(
        language=tag, reader=READER, outcome=tried.outcome.value, corrected=corrected, standing=standing,
        learnt=tried.learnt, held=tried.held, upto=upto, adjustment=asdict(tried.adjustment) if was_tried else {},
        before=asdict(tried.before) if tried.before else {}, after=asdict(tried.after) if tried.after else {}, at=now,
    )  # fmt: skip


def _corrected(upto: int) -> Mapping[LanguageTag, list[JsonObject]]:
    """Return the newest corrections of intensity by language, each with the key of its row."""
    rows = Correction.objects.filter(aspect=INTENSITY, pk__lte=upto).values_list("message", "pk").order_by("pk")
    keys = {str(message): key for message, key in rows}
    told: dict[LanguageTag, list[JsonObject]] = defaultdict(list)
    for label in labels():
        if label["aspect"] == INTENSITY and label["id"] in keys and label["language"] not in ("", UNDETERMINED):
            told[label["language"]].append(label | {"correction": keys[label["id"]]})
    return {tag: sorted(each, key=_by_row)[-MOST_CORRECTED:] for tag, each in told.items()}


def _by_row(label: JsonObject) -> int:
    return int(label["correction"])


def _standing(tag: LanguageTag, most: int) -> Iterator[Label]:
    """Yield messages that somebody answered and left as read, newest first."""
    answered = Message.objects.filter(
        language=tag, direction=Message.Direction.IN, kind__in=VOICES, reading__isnull=False,
        conversation__case__last_reply_at__gt=F("at"),
    )  # fmt: skip
    left = answered.exclude(corrections__aspect=INTENSITY).select_related("reading").order_by("-at", "-pk")
    for message in islice(left.iterator(), most):
        yield _label(str(message.pk), message.new_text, tag, message.reading.intensity)


def _label(key: str, text: str, tag: LanguageTag, intensity: int) -> Label:
    released = read(text, language=tag, embed=embedder(settings.ENCODER)).at_least
    return Label(key=key, released=released, intensity=Intensity(intensity))


def _choose(language: LanguageTag, card: Refit | None, *, by: Agent | None, now: Moment) -> RefitChoice:
    with transaction.atomic():
        choice = RefitChoice.objects.create(
            language=language, refit=card, by=by, by_a_person=by is not None, at=now
        )  # fmt: skip
        kind = "reading.refit_used" if card else "reading.refit_taken_back"
        record(kind, at=now, actor=by, language=language, refit=card.pk if card else None)
    return choice


def _chosen() -> dict[LanguageTag, Refit | None]:
    newest = RefitChoice.objects.order_by().values("language").annotate(newest=Max("pk")).values_list("newest")
    return {
        choice.language: choice.refit for choice in RefitChoice.objects.filter(pk__in=newest).select_related("refit")
    }


def _held_back_by_a_person(tag: LanguageTag) -> bool:
    newest = RefitChoice.objects.filter(language=tag).first()
    return newest is not None and newest.refit_id is None and newest.by_a_person


def _adjustment(card: Refit) -> Adjustment:
    return Adjustment(slope=card.adjustment["slope"], shifts=tuple(card.adjustment["shifts"]))


def _newest_correction() -> int:
    return Correction.objects.filter(aspect=INTENSITY).aggregate(newest=Max("pk"))["newest"] or 0
