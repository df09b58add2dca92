"""The stories of the demo, as their authors wrote them (stories/*.json), read into values."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from amends.vocabulary import AmendsError, JsonObject

HERE: Final = Path(__file__).parent


class BadStory(AmendsError):
    """A story of the demo is not told right. Mend the file named."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of a story, so many hours before the demo was opened."""

    by: Literal["customer", "agent"]
    hours_ago: float
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Given:
    """A promise that message number `said` of the story makes, due so many hours after the demo was opened."""

    said: int
    quote: str
    what: str
    due_hours: float
    state: str


@dataclass(frozen=True, kw_only=True)
class Story:
    """One case: who, what they bought (None: nothing), what was said, how it stands.

    `customer` and `order` are the authors' own words, columns of their models or nearly. `status`: open, waiting,
    resolved. `nobodys`: it has no owner. `answered_by`: the log-in name of who answers, "" for whose turn it is.
    """

    language: str
    number: int
    customer: JsonObject
    order: JsonObject | None
    fault: str
    status: str
    nobodys: bool
    channel: str
    thread: tuple[Said, ...]
    promises: tuple[Given, ...]
    answered_by: str = ""


def stories() -> list[Story]:
    """Return every story of every language. Raises BadStory."""
    return [
        _story(told, language=path.stem, number=number, path=path)
        for path in sorted((HERE / "stories").glob("*.json"))
        for number, told in enumerate(json.loads(path.read_text(encoding="utf-8")))
    ]


def company() -> JsonObject:
    """Return the invented company: company.toml."""
    return tomllib.loads((HERE / "company.toml").read_text(encoding="utf-8"))


def _story(told: JsonObject, *, language: str, number: int, path: Path) -> Story:
    try:
        story = Story(
            language=language,
            number=number,
            customer=told["customer"],
            order=told["order"],
            fault=told["fault"],
            status=told["status"],
            nobodys=told["owner"] == "nobody",
            channel=told["channel"],
            thread=tuple(_said(said) for said in told["thread"]),
            promises=tuple(_given(given) for given in told["promises"]),
            answered_by=told.get("answered_by", ""),
        )
    except KeyError as missing:
        raise BadStory(f"{path.name}, story {number + 1}: {missing} is missing") from missing
    for given in story.promises:
        if given.quote not in story.thread[given.said].body:
            raise BadStory(f"{path.name}, story {number + 1}: its promise is not among its words: {given.quote}")
    return story


def _said(told: JsonObject) -> Said:
    return Said(by=told["from"], hours_ago=told["hours_ago"], subject=told["subject"], body=told["body"])


def _given(told: JsonObject) -> Given:
    return Given(
        said=told["thread_index"],
        quote=told["quote"],
        what=told["what"],
        due_hours=told["due_hours_from_now"],
        state=told["state"],
    )
