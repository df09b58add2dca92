"""A reply put in other words by a model: names hidden before it leaves, facts held fast, and never sent by itself."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amends.coach.finding import Finding
from amends.flow.reply import Preview
from amends.languages import guess, load
from amends.languages.pack import LanguagePack
from amends.promises.calendar import WorkCalendar
from amends.promises.find import find_promises
from amends.text.spans import Span
from amends.vocabulary import AmendsError, LanguageTag, Moment

HIDDEN: Final = re.compile(r"[^\s<>()@]{1,64}@[^\s<>()@]{1,255}|https?://[^\s<>]{1,500}|\+?\d[\d ()\-]{7,18}\d")
FACT: Final = re.compile(r"[^\s,;:!?()\"“”]{0,12}\d[^\s;!?()\"“”]{0,24}")
PLACE: Final = re.compile(r"\[\[(\d{1,3})\]\]")
MARKS: Final = ".,:'’"
LONGEST_GROWTH: Final = 3
Ask = Callable[[Sequence[Mapping[str, str]]], str]
Look = Callable[[str], Preview]

TASK: Final = (
    "You improve a reply to an upset customer. Keep its language ({language}), its meaning, every promise, and every"
    " number, date, sum and time exactly as written. Keep every placeholder such as [[1]] exactly once as it stands."
    " Add no fact, no promise and no remedy. Avoid these faults that were found in it:\n{faults}\n"
    "Answer with the reply alone."
)


class RewriteRefused(AmendsError):
    """The model changed something that it must not, so its words are not offered. Yours are untouched."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What is sent to the model, to be shown before: `messages`, and what stands for each placeholder, which stays."""

    messages: tuple[Mapping[str, str], ...]
    hidden: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return all that leaves, as it leaves."""
        return "\n\n".join(message["content"] for message in self.messages)


@dataclass(frozen=True, kw_only=True)
class Rewritten:
    """Other words for a reply, with the coach's verdict on them as on any draft. A person decides."""

    text: str
    preview: Preview


def outgoing(text: str, *, names: Sequence[str], language: LanguageTag, findings: Sequence[Finding]) -> Outgoing:
    """Return what would be sent: the reply with names, addresses, links and telephone numbers behind placeholders."""
    shown, hidden = masked(text, names)
    faults = sorted({f"- {finding.rule}: {finding.why}" for finding in findings if len(finding.span)})
    told, _ = masked("\n".join(faults), names)
    task = TASK.format(language=language, faults=told or "- none")
    return Outgoing(
        messages=({"role": "system", "content": task}, {"role": "user", "content": shown}), hidden=tuple(hidden)
    )  # fmt: skip


def rewritten(text: str, sent: Outgoing, *, ask: Ask, look: Look, at: Moment) -> Rewritten:
    """Return other words for a reply, read by the same coach. Raises RewriteRefused where a fact is not the same."""
    given = ask(sent.messages)
    if Counter(PLACE.findall(given)) != Counter(PLACE.findall(sent.messages[-1]["content"])):
        raise RewriteRefused("A name or an address went missing, or was said twice.")
    made = PLACE.sub(lambda place: sent.hidden[int(place.group(1)) - 1], given)
    if wrong := changed(text, made, at=at):
        raise RewriteRefused(wrong)
    return Rewritten(text=made, preview=look(made))


def masked(text: str, names: Sequence[str]) -> tuple[str, list[str]]:
    """Return a text with placeholders [[1]] …, and what each stands for, longest names first."""
    parts = {part for name in names for part in (name.strip(), *name.split()) if len(part) > 1}
    # Thai is written without spaces, so a name in other letters is hidden wherever it stands.
    known = sorted(parts, key=len, reverse=True)
    wanted = "|".join(("(?<![A-Za-z])" if part.isascii() else "") + re.escape(part) for part in known)
    said = re.compile(f"{PLACE.pattern}|{HIDDEN.pattern}" + (f"|(?:{wanted})" if wanted else ""), re.IGNORECASE)
    hidden: list[str] = []

    def hide(found: re.Match[str]) -> str:
        hidden.append(found.group())
        return f"[[{len(hidden)}]]"

    return said.sub(hide, text), hidden


def changed(before: str, after: str, *, at: Moment) -> str:
    """Return in words which fact differs between two texts, "" where all are the same."""
    if len(after) > LONGEST_GROWTH * len(before) + 400:
        return "It is far longer than what you wrote."
    was, now = _facts(before), _facts(after)
    if was != now:
        return f"Numbers, dates or sums differ: {', '.join(sorted((was - now) + (now - was)))}."
    tag = guess.language(before)[0]
    if guess.nearest(guess.language(after, prefer=tag)[0]) != guess.nearest(tag):
        return "It is in another language."
    if _promised(before, at=at, pack=load(tag)) != _promised(after, at=at, pack=load(tag)):
        return "It promises something else, or for another time."
    return ""


def _facts(text: str) -> Counter[str]:
    return Counter(Span(*found.span()).of(text).strip(MARKS) for found in FACT.finditer(text))


def _promised(text: str, *, at: Moment, pack: LanguagePack) -> list[tuple[str, str]]:
    found = find_promises(text, at=at, pack=pack, calendar=WorkCalendar())
    return sorted({(promise.what.value, str(promise.due_end)) for promise in found})
