"""The house's own rules: written with examples, tried on former replies, switched on; and the words of the house."""

import re
from pathlib import PurePath
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.coach.catalogue import catalogue
from amends.coach.finding import Severity
from amends.coach.house import WordKind
from amends.coach.shape import MOST_LETTERS
from amends.coach.simple import SimpleRule, own_id, with_rule
from amends.desk import clock
from amends.desk.access import agent_of
from amends.desk.access_to_coach import house_words_to_change, pack_history_for, packs_to_change, trials_for
from amends.desk.models import CoachPack, PackTrial
from amends.desk.operations import packs as keeping
from amends.desk.operations.pack_trial import ask_for_trial
from amends.desk.web.asking import say, say_refusal, whole, words
from amends.desk.web.shown.pack_trial import ShownTrial, shown_trial, trial_of
from amends.desk.web.timing import language_name
from amends.desk.web.wording import refusal
from amends.vocabulary import FIRST_CLASS, AmendsError

YAML: Final = "application/yaml; charset=utf-8"
NAMELESS: Final = "?"
COPY: Final = re.compile(r" ?\(\d{1,3}\)$")
"""What browsers put behind the name of a file that they have saved before."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the packs, and the words of the house."""
    agent = agent_of(request)
    words_of = house_words_to_change(agent)
    lists = [(kind.value, words_of.filter(kind=kind)) for kind in WordKind]
    return render(request, "packs.html", {"packs": packs_to_change(agent), "lists": lists, "languages": _languages()})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Show a pack, and change it, add a simple rule to it, or try it; 0 writes a new one."""
    agent = agent_of(request)
    row = get_object_or_404(packs_to_change(agent), pk=number) if number else None
    written = _written(request, row)
    if request.method != "POST":
        return _form(request, row, written)
    if "simple" in request.POST:
        return _with_simple(request, row, written)
    if "try" in request.POST:
        return _tried(request, row, written)
    try:
        kept = keeping.keep_pack(**written, pack=row, by=agent, now=clock.now())
    except AmendsError as error:
        return _refused(request, row, written, error)
    say(request, gettext("Kept: %(name)s.") % {"name": kept.name})
    return HttpResponseRedirect(reverse("pack", args=[kept.pk]))


@require_safe
def trial(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far a trial is, as a part of the page."""
    agent = agent_of(request)
    shown = shown_trial(get_object_or_404(trials_for(agent), pk=number), reader=agent)
    return render(request, "_pack_trial.html", {"trial": shown})


@require_POST
def switch(request: HttpRequest, number: int) -> HttpResponse:
    """Let a pack speak, or be silent."""
    row = get_object_or_404(packs_to_change(agent_of(request)), pk=number)
    try:
        keeping.switch_pack(row, on=row.on_since is None, by=agent_of(request), now=clock.now())
    except AmendsError as error:
        return _refused(request, row, _written(request, row), error)
    return HttpResponseRedirect(reverse("pack", args=[row.pk]))


@require_safe
def give_out(request: HttpRequest, number: int) -> HttpResponse:
    """Give a pack as a file."""
    row = get_object_or_404(packs_to_change(agent_of(request)), pk=number)
    answer = HttpResponse(keeping.text_of(row), content_type=YAML)
    # Its name and language go along: the desk that takes it in knows both by it.
    named = content_disposition_header(as_attachment=True, filename=f"{row.name}.{row.language}.yaml")
    answer["Content-Disposition"] = named or "attachment"
    return answer


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a pack from a file: one of that name is changed, a new one is off."""
    file: Any = request.FILES.get("file")
    text = file.read(4 * MOST_LETTERS).decode("utf-8", "replace").lstrip("\ufeff") if file else ""
    name, language = _told_by(file.name or "" if file else "", language=_tag(request.POST.get("language", "")))
    written = {"name": words(request, "name") or name, "text": text, "language": language}
    try:
        kept = keeping.take_in_pack(**written, by=agent_of(request), now=clock.now())
    except AmendsError as error:
        return _refused(request, None, written, error)
    say(request, gettext("Kept: %(name)s.") % {"name": kept.name})
    return HttpResponseRedirect(reverse("pack", args=[kept.pk]))


@require_POST
def word_add(request: HttpRequest) -> HttpResponse:
    """Put a word on a list of the house."""
    told = {name: words(request, name) for name in ("word", "instead")}
    try:
        keeping.add_word(words(request, "kind"), **told, by=agent_of(request), now=clock.now())
    except AmendsError as error:
        say_refusal(request, error)
    return HttpResponseRedirect(reverse("packs") + "#words")


@require_POST
def word_remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a word off its list."""
    row = get_object_or_404(house_words_to_change(agent_of(request)), pk=number)
    keeping.remove_word(row, by=agent_of(request), now=clock.now())
    return HttpResponseRedirect(reverse("packs") + "#words")


def _tried(request: HttpRequest, row: CoachPack | None, written: dict[str, str]) -> HttpResponse:
    told = written | {"name": written["name"] or NAMELESS}
    try:
        asked = ask_for_trial(row, **told, by=agent_of(request), now=clock.now())
    except AmendsError as error:
        return _refused(request, row, written, error)
    where = reverse("pack", args=[row.pk]) if row else reverse("pack-add")
    return HttpResponseRedirect(f"{where}?trial={asked.pk}#trial")


def _refused(request: HttpRequest, row: CoachPack | None, written: dict[str, str], error: AmendsError) -> HttpResponse:
    found = error.context.get("problems")
    lines = found if isinstance(found, list) else []
    return _form(request, row, written, refused=refusal(error), lines=lines, status=422)


def _form(
    request: HttpRequest, row: CoachPack | None, written: dict[str, str], *, refused: str = "",
    lines: list[str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    shown = {
        "row": row, "written": written, "refused": refused, "lines": lines or [],
        "trial": _trial(request, row, written), "typed": _typed(request) if refused else {},
        "languages": _languages(), "rules": list(catalogue()), "levels": [level.value for level in Severity],
        "history": pack_history_for(agent_of(request), row).all()[:20] if row else [],
        "texts": row.texts.select_related("written_by")[:20] if row else [], "longest": MOST_LETTERS,
    }  # fmt: skip
    return render(request, "pack.html", shown, status=status)


def _trial(request: HttpRequest, row: CoachPack | None, written: dict[str, str]) -> ShownTrial | None:
    """Return the trial that counts: the newest of a pack, or for one not kept yet the one its address names."""
    agent = agent_of(request)
    if row is not None:
        return trial_of(row, reader=agent, text=written["text"])
    asked = _asked(request, None)
    return shown_trial(asked, reader=agent, text=written["text"]) if asked else None


def _asked(request: HttpRequest, row: CoachPack | None) -> PackTrial | None:
    """Return the reader's own trial that the address names, of this pack: its words go back into the form."""
    agent = agent_of(request)
    return trials_for(agent).filter(pk=whole(request, "trial"), pack=row, by=agent).first()


def _written(request: HttpRequest, row: CoachPack | None) -> dict[str, str]:
    """Return what stands in the form, or what was tried last, or what was kept."""
    if request.method == "POST" and "text" in request.POST:
        tag = _tag(request.POST.get("language", ""))
        return {"name": words(request, "name").strip(), "language": tag, "text": words(request, "text")}
    if request.method != "POST" and (asked := _asked(request, row)) is not None:
        return {"name": asked.name if asked.name != NAMELESS else "", "language": asked.language, "text": asked.text}
    if row is None:
        return {"name": "", "language": FIRST_CLASS[0], "text": ""}
    return {"name": row.name, "language": row.language, "text": keeping.text_of(row)}


def _with_simple(request: HttpRequest, row: CoachPack | None, written: dict[str, str]) -> HttpResponse:
    """Show the pack with the simple rule in it; one that is not whole stays in its fields."""
    rule = _simple(request)
    if rule.is_whole:
        return _form(request, row, written | {"text": with_rule(written["text"], rule)})
    said = gettext("A simple rule needs words to find, a reply that it finds, one that it leaves, and why.")
    return _form(request, row, written, refused=said, status=422)


def _simple(request: HttpRequest) -> SimpleRule:
    lists = {name: tuple(line.strip() for line in words(request, f"simple-{name}").splitlines() if line.strip())
             for name in ("phrases", "suggestions", "bad", "good")}  # fmt: skip
    own = words(request, "simple-own").strip()
    rule = own_id(own) if own else words(request, "simple-rule").strip()
    return SimpleRule(
        rule=rule, level=words(request, "simple-level"), why=words(request, "simple-why").strip(), **lists
    )  # fmt: skip


def _typed(request: HttpRequest) -> dict[str, str]:
    """Return what stands in the fields of the simple rule."""
    names = ("rule", "own", "level", "why", "phrases", "suggestions", "bad", "good")
    return {name: words(request, f"simple-{name}") for name in names}


def _told_by(file_name: str, *, language: str) -> tuple[str, str]:
    """Return the name and the language a file says it has; of one that tells no language the one that was chosen."""
    stem = COPY.sub("", PurePath(file_name).stem)
    name, _, tag = stem.rpartition(".")
    return (name, tag) if name and tag in FIRST_CLASS else (stem, language)


def _tag(tag: str) -> str:
    """Return the language asked for; one that the coach has no rules in is refused when the pack is kept or tried."""
    return tag or FIRST_CLASS[0]


def _languages() -> list[tuple[str, str]]:
    return [(tag, language_name(tag)) for tag in FIRST_CLASS]
