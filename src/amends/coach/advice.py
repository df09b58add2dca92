"""What a finding offers instead, and what of the reply it takes the place of: a sentence takes that of a sentence.

docs/reference/coach-packs.md tells how; the forms of a meaning, near and formal, are `suggestions.toml` of a language.
"""

import re
from dataclasses import dataclass
from typing import Final

from amends.coach.culture import culture, opens
from amends.coach.entry import Entry
from amends.coach.meanings import form_for, name_of
from amends.coach.page import Page
from amends.coach.scene import Hit, Scene
from amends.coach.suggest import filled, fitted
from amends.text.spans import Span

IN_PLACE: Final = frozenset({
    "stop", "dear_name", "hello", "by_date", "in_this_case", "it_may", "i_see_this", "i_will_check_tell",
    "i_will_check_whether", "the_reason", "what_i_found",
})  # fmt: skip
"""Meanings that are no sentence: they take the place of the words at fault alone."""
GREETINGS: Final = frozenset({"hello"})
STOP: Final = "stop"
OPENERS: Final = frozenset({"in_short", "how_it_works"})
"""Words that open a sentence, of which the rest stays where it says something."""
LEADS: Final = OPENERS | {"what_i_can_do", "what_i_can_do_instead", "what_i_have_done", "what_we_change"}
"""Sentences that lead to what the writer tells next."""
READ_AS: Final = {"sorry_let_down_i": "sorry_let_down"}
ADDED: Final = {"i": "my_care"}
"""Meanings that mend a sentence by one beside it."""
WEIGHTY: Final = frozenset({"act", "promise", "offer", "ask"})
"""A sentence with such a label says more than what is at fault: only that clause gives way."""
PARTS: Final = re.compile(r"[,;:](?=\s)")
STOPS: Final = re.compile(r"[.!?…]+$")
STANDS_APART: Final = re.compile(r"[A-Za-z0-9ๆ]$")
LEAST_LEFT: Final = 2
"""Words that a sentence needs to say something."""


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Words to choose from, each ready to stand in place of `stretch` of the reply, which may be empty: then they
    are added there."""

    stretch: Span
    words: tuple[str, ...] = ()


def advice(entry: Entry, hit: Hit, scene: Scene, span: Span) -> Advice:
    """Return what a finding offers; `span` is the words at fault in the reply."""
    templates = hit.suggestions or entry.suggestions
    if hit.suggestions or entry.is_own or not templates:
        return _in_place(templates, scene, span, as_it_was=True)
    names = [name_of(template, scene.pack) for template in templates]
    if all(name in ADDED for name in names):
        told = [form_for(ADDED[name], scene.pack, register=_register(scene)) for name in names]
        return _added(told, scene, _after(scene, span) if len(span) else None)
    if not all(names) or set(names) & IN_PLACE or (set(names) & OPENERS and _goes_on(scene, span)):
        return _in_place(templates, scene, span, as_it_was=not all(names))
    told = [_form(template, name, scene) for template, name in zip(templates, names, strict=True)]
    return _whole(told, scene, span, leads=bool(set(names) & LEADS)) if len(span) else _added(told, scene, None)


def _in_place(templates: tuple[str, ...], scene: Scene, span: Span, *, as_it_was: bool) -> Advice:
    reply, names = scene.page.reply, [name_of(template, scene.pack) for template in templates]
    if STOP in names and not _has_stops(scene):
        return _unmarked(scene, span)
    stretch, tail = _bare(span, reply), ""
    if set(names) & OPENERS and _has_stops(scene):
        rest = reply[stretch.end :]
        stretch, tail = Span(stretch.start, stretch.end + len(rest) - len(rest.lstrip(",:"))), ":"
    told = [
        _ended(form, scene, leads=False) if name in GREETINGS else form
        for template, name in zip(templates, names, strict=True)
        for form in [_form(template, name, scene)]
    ]
    words = [fitted(text, reply, stretch, as_it_was=as_it_was) + tail for text in filled(told, _known(scene))]
    return Advice(stretch=stretch, words=tuple(words))


def _unmarked(scene: Scene, span: Span) -> Advice:
    """Return the words before a mark without it, in a language whose sentences end without one."""
    reply = scene.page.reply
    begun = reply[: span.start].rstrip()
    last = reply[_sentence(scene, span).start : len(begun)].split()[-1:] or [""]
    stretch = Span(len(begun) - len(last[0]), span.end)
    return Advice(stretch=stretch, words=tuple(filter(None, last)))


def _bare(span: Span, reply: str) -> Span:
    """Return the words at fault without the comma after them, where more follows it."""
    words = span.of(reply)
    return Span(span.start, span.start + len(words.rstrip(",;: "))) if words.rstrip(",;: ") else span


def _goes_on(scene: Scene, span: Span) -> bool:
    """Return whether the words open their sentence, and what follows says something by itself."""
    whole, reply = _sentence(scene, span), scene.page.reply
    return span.start == whole.start and len(reply[span.end : whole.end].split()) >= LEAST_LEFT


def _whole(told: list[str], scene: Scene, span: Span, *, leads: bool) -> Advice:
    """Return sentences in place of the sentence in which the words stand, or of their clause where it says more."""
    reply = scene.page.reply
    stretch, is_open = _stretch(scene, span, keeps=not leads)
    said = STOPS.search(stretch.of(reply))
    tail = ":" if leads and _has_stops(scene) and not is_open else ""
    if said and not tail:
        tail = "." if set(said.group()) & set("!?") else ""
        stretch = stretch if tail else Span(stretch.start, stretch.end - len(said.group()))
    words = [_ended(fitted(text, reply, stretch), scene, leads=leads) + tail for text in filled(told, _known(scene))]
    return Advice(stretch=stretch, words=tuple(words))


def _added(told: list[str], scene: Scene, place: int | None) -> Advice:
    """Return sentences to add at a place, None for where the letter begins after its greeting."""
    page, stop = scene.page, "." if _has_stops(scene) else ""
    ready = [_ended(text[:1].upper() + text[1:], scene, leads=False) + stop for text in filled(told, _known(scene))]
    if place is None:
        first = 1 if page.sentences and _greets(scene, 0) else 0
        if first < len(page.sentences):
            start = page.stretch(page.sentences[first]).start
            return Advice(stretch=Span(start, start), words=tuple(f"{text} " for text in ready))
        place = len(page.reply.rstrip())
    joint = " " if page.reply[:place].strip() else ""
    return Advice(stretch=Span(place, place), words=tuple(joint + text for text in ready))


def _stretch(scene: Scene, span: Span, *, keeps: bool) -> tuple[Span, bool]:
    """Return what gives way to a sentence, and whether the old sentence goes on after it.

    `keeps`: a clause of the sentence that says something else stays.
    """
    number = _number(scene.page, span)
    whole = _sentence(scene, span)
    reply, start, end = scene.page.reply, whole.start, max(whole.end, span.end)
    before = [mark.end() for mark in PARTS.finditer(reply, start, span.start)]
    after = PARTS.search(reply, span.end, end)
    weighty = keeps and bool(scene.labels[number] & WEIGHTY)
    if before and weighty:
        start = span.start
    elif before and _greets(scene, number):
        start = before[0] + len(reply[before[0] : span.start]) - len(reply[before[0] : span.start].lstrip())
    return Span(start, after.start() if after and weighty else end), bool(after and weighty)


def _after(scene: Scene, span: Span) -> int:
    return max(_sentence(scene, span).end, span.end)


def _sentence(scene: Scene, span: Span) -> Span:
    return scene.page.stretch(scene.page.sentences[_number(scene.page, span)])


def _number(page: Page, span: Span) -> int:
    """Return the number of the sentence in which a stretch of the reply begins."""
    begun = [number for number, one in enumerate(page.sentences) if page.stretch(one).start <= span.start]
    return begun[-1] if begun else 0


def _greets(scene: Scene, number: int) -> bool:
    return number == 0 and opens(scene.page.said(0), culture(scene.pack, scene.case.market).get("greetings", []))


def _ended(text: str, scene: Scene, *, leads: bool) -> str:
    """Return a sentence with the writer's ending, in a language that has such."""
    ending = "" if leads else scene.manner.slots.get("end", "")
    return text + (" " if ending and STANDS_APART.search(text) else "") + ending


def _has_stops(scene: Scene) -> bool:
    return scene.pack.sentence_rules.split_words is None


def _form(template: str, name: str, scene: Scene) -> str:
    """Return a suggestion in the form of the letter, near or formal."""
    chosen = READ_AS.get(name, name)
    told = form_for(chosen, scene.pack, register=_register(scene)) if chosen else ""
    return told if told and (chosen != name or told != form_for(chosen, scene.pack, register="")) else template


def _register(scene: Scene) -> str:
    return scene.manner.forms[0]


def _known(scene: Scene) -> dict[str, str]:
    name = {"name": scene.manner.slots.get("name", scene.case.customer_name)} if scene.case.customer_name else {}
    return {fact.kind: fact.value for fact in scene.case.facts} | name
