"""What a customer tells beside their heat: what happened, what they want, what it cost them, at what they are angry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from amends.desk.access_to_reading import recaps_for
from amends.desk.models import Agent, Case, Correction, Message, Recap
from amends.desk.operations.corrections import main_feeling, what_stands
from amends.desk.operations.recaps import points, since_our_answer, telling, words_of
from amends.desk.web.reading_words import COST, FEELING, POINT, TARGET
from amends.desk.web.trade_words import cause_called, trade_of_case
from amends.desk.web.wording import INTENSITY, THREAT, word
from amends.reading.baseline import NOTABLE
from amends.vocabulary import EMOTIONS, CauseKind, ThreatKind

Choice = tuple[str, str, bool]
"""A value, what it is called, and whether it stands."""
MOST_QUOTES = 3
HARSH: Final = ("anger", "disgust")
"""Feelings that, of somebody calm towards us, are about somebody else: beside "Calm" they would gainsay it."""
GLAD: Final = "joy"
"""Of somebody upset it is irony, politeness or about something else: beside "Angry" or "Uneasy" it would gainsay it."""


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """The customer's own words; `what` says of what kind they are, `language` is that of their message."""

    what: str
    words: str
    language: str


@dataclass(frozen=True, kw_only=True)
class InShort:
    """What an answer must take in: `sentences` tell what happened and what is wanted, `points` are what to answer.

    `about` is the newest of the messages; `recap` what a person last said of its summary.
    """

    about: Message
    sentences: list[Quoted]
    points: list[Quoted]
    recap: Recap | None

    @property
    def shown(self) -> list[Quoted]:
        """Return the sentences that stand above the points: while these are open, none that is a point too."""
        listed = set() if self.recap else {point.words for point in self.points}
        return [said for said in self.sentences if said.words not in listed]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What may be said of a message instead of what was read in it."""

    about: Message
    intensities: list[Choice]
    causes: list[Choice]
    threats: list[Choice]
    feelings: list[Choice]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What stands on the card. `about`: the message whose reading may be corrected there.

    `is_unusual`: more upset than they usually are, never of who is calm. `feeling`: of what they last wrote, "" where
    it would gainsay that.
    """

    about: Message
    intensity: str
    is_unusual: bool
    feeling: str
    target: str
    costs: list[Quoted]
    deadlines: list[Quoted]
    contacts: list[Quoted]
    choices: Choices


def in_short(messages: Sequence[Message], agent: Agent) -> InShort | None:
    """Return what the customer said since our last answer, None when nothing of it tells anything."""
    said = [message for message in since_our_answer(messages) if getattr(message, "reading", None)]
    sentences, asked = telling(said), points(said)
    if not sentences and not asked:
        return None
    tongue = {message.pk: message.language for message in said}
    return InShort(
        about=said[-1],
        sentences=[Quoted(what="", words=words_of(row, said), language=tongue[row[0]]) for row in sentences],
        points=[
            Quoted(what=str(POINT[kind]), words=words_of(row, said), language=tongue[row[0]]) for kind, row in asked
        ],
        recap=recaps_for(agent).filter(message=said[-1]).select_related("by").last(),
    )


def told(case: Case, messages: Sequence[Message]) -> Told | None:
    """Return what was told on a case, its feelings by the last words that were read; None when nothing was."""
    read = [m for m in messages if m.direction == Message.Direction.IN and getattr(m, "reading", None)]
    if not read:
        return None
    last, is_calm = read[-1], not case.intensity
    aimed = next((m.reading.reading["target"] for m in reversed(read) if m.reading.reading.get("target")), None)
    feeling = main_feeling(last.reading.reading)
    return Told(
        about=last,
        intensity=word("intensity", case.intensity),
        is_unusual=not is_calm and case.above_usual >= NOTABLE,
        feeling="" if feeling is None or _gainsays(feeling, case.intensity or 0) else str(FEELING[feeling]),
        target=str(TARGET[aimed]) if aimed else "",
        costs=_costs(read),
        deadlines=_quotes(read, "deadlines"),
        contacts=_quotes(read, "contacts"),
        choices=choices_of(last),
    )


def _gainsays(feeling: str, intensity: int) -> bool:
    return feeling == GLAD if intensity else feeling in HARSH


def choices_of(message: Message) -> Choices:
    """Return what a person may say of a message that was read, and what stands."""
    kept, aspect = message.reading, Correction.Aspect
    cause, made = what_stands(kept, aspect.CAUSE), what_stands(kept, aspect.THREAT)
    trade = trade_of_case(message.conversation.case, kept.reading)
    leaf, feeling = (cause or "").rpartition(".")[2], what_stands(kept, aspect.FEELING)
    return Choices(
        about=message,
        intensities=[(str(n), str(INTENSITY[n]), n == kept.intensity) for n in range(5)],
        causes=[(kind.value, cause_called(kind, trade), kind.value == leaf) for kind in CauseKind],
        threats=[(kind.value, str(THREAT[kind.value]), kind.value in made) for kind in ThreatKind],
        feelings=[(name, str(FEELING[name]), name == feeling) for name in EMOTIONS],
    )


def _costs(read: Sequence[Message]) -> list[Quoted]:
    """Return what it cost them, each kind once by its newest words."""
    newest: dict[str, Quoted] = {}
    for message in read:
        for row in message.reading.reading.get("costs", ()):
            newest[row["kind"]] = _quoted(message, row["start"], row["end"], what=str(COST[row["kind"]]))
    return list(newest.values())


def _quotes(read: Sequence[Message], name: str) -> list[Quoted]:
    """Return the newest few stretches of that name, each wording once."""
    found = {
        (said := _quoted(message, row["start"], row["end"])).words: said
        for message in read
        for row in message.reading.reading.get(name, ())
    }
    return list(found.values())[-MOST_QUOTES:]


def _quoted(message: Message, start: int, end: int, *, what: str = "") -> Quoted:
    return Quoted(what=what, words=" ".join(message.new_text[start:end].split()), language=message.language)
