"""Snippets: offered beside a reply, and written, previewed, put away, taken in and given out by leads."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, drafts_for
from amends.desk.access_to_coach import snippets_for, snippets_to_change
from amends.desk.operations import drafting
from amends.desk.operations import snippets as keeping
from amends.desk.operations.offers import Offers, offers_for
from amends.desk.web.asking import is_fragment, say, the_case, to_case, whole
from amends.desk.web.shown.snippets import SnippetShown, form_of, languages_of, shown_of, written_in
from amends.desk.web.wording import refusal
from amends.flow.snippet_file import LONGEST_FILE, written_out
from amends.vocabulary import AmendsError

UTF_8 = "text/plain; charset=utf-8"


@require_safe
def offers(request: HttpRequest, number: int) -> HttpResponse:
    """Show the snippets that might help on this case, with its facts in place: a list for the composer, or a page."""
    case = the_case(request, number)
    shown = {"case": case, "offers": _offers(request, number)}
    return render(request, "_offers.html" if is_fragment(request) else "offers.html", shown)


@require_POST
def insert(request: HttpRequest, number: int) -> HttpResponse:
    """Put a snippet at the end of the kept draft, for browsers without scripts."""
    case, agent, now = the_case(request, number), agent_of(request), clock.now()
    chosen = next((one for one in _offers(request, number).offers if one.key == whole(request, "key")), None)
    if chosen is None:
        return to_case(case, "reply")
    begun = drafts_for(agent).filter(case=case).first()
    text = f"{begun.text.rstrip()}\n\n{chosen.text}" if begun and begun.text.strip() else chosen.text
    seen = begun.seen_version if begun else case.version
    drafting.save_draft(case, author=agent, text=text, seen_version=seen, now=now)
    snippet = snippets_for(agent).get(pk=chosen.key)
    keeping.inserted(snippet, case=case, language=chosen.language, by=agent, now=now)
    return to_case(case, "reply")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show all snippets."""
    rows = snippets_to_change(agent_of(request)).prefetch_related("texts")
    shown = [(row, sorted(keeping.texts_of(row))) for row in rows]
    return render(request, "snippets.html", {"snippets": shown})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Show a snippet with a preview in every language, and change it; 0 writes a new one."""
    row = get_object_or_404(snippets_to_change(agent_of(request)), pk=number) if number else None
    if request.method != "POST":
        return _form(request, shown_of(row, form_of(row)))
    written = written_in(request.POST, languages_of(row))
    if "preview" in request.POST:
        return _form(request, shown_of(row, written))
    try:
        kept = keeping.keep_snippet(written, snippet=row, by=agent_of(request), now=clock.now())
    except AmendsError as error:
        return _form(request, shown_of(row, written), refused=refusal(error), status=422)
    doubts = shown_of(kept, written).doubts
    if doubts:
        said = ngettext(
            "Kept, with %(n)d doubt. It stands below.", "Kept, with %(n)d doubts. They stand below.", doubts
        )
        say(request, said % {"n": doubts}, kind="warn")
        return HttpResponseRedirect(reverse("snippet", args=[kept.pk]))
    say(request, gettext("Kept: %(name)s.") % {"name": kept.name})
    return HttpResponseRedirect(reverse("snippets"))


@require_POST
def retire(request: HttpRequest, number: int) -> HttpResponse:
    """Put a snippet away, or bring it back."""
    agent, now = agent_of(request), clock.now()
    row = get_object_or_404(snippets_to_change(agent), pk=number)
    if row.retired_at is None:
        keeping.retire_snippet(row, by=agent, now=now)
    else:
        keeping.bring_back_snippet(row, by=agent, now=now)
    return HttpResponseRedirect(reverse("snippets"))


@require_safe
def give_out(request: HttpRequest) -> HttpResponse:
    """Give all snippets in use as one file."""
    rows = snippets_to_change(agent_of(request)).filter(retired_at=None).prefetch_related("texts")
    answer = HttpResponse(written_out(map(keeping.written_of, rows)), content_type=UTF_8)
    answer["Content-Disposition"] = 'attachment; filename="snippets.toml"'
    return answer


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take snippets from a file, or the starter set."""
    agent, now = agent_of(request), clock.now()
    try:
        taken = (
            keeping.take_in_starter(by=agent, now=now)
            if "starter" in request.POST
            else keeping.take_in(_uploaded(request), by=agent, now=now)
        )
    except AmendsError as error:
        say(request, f"{refusal(type(error)())} {error.detail}".strip(), kind="bad")
    else:
        told = {"added": len(taken.added), "changed": len(taken.changed), "same": len(taken.same)}
        say(request, gettext("Added: %(added)d. Changed: %(changed)d. As before: %(same)d.") % told)
    return HttpResponseRedirect(reverse("snippets"))


def _offers(request: HttpRequest, number: int) -> Offers:
    case, agent = the_case(request, number), agent_of(request)
    begun = drafts_for(agent).filter(case=case).first()
    draft = begun.text if begun else ""
    return offers_for(case, writer=agent, draft=draft, within=snippets_for(agent), now=clock.now())


def _uploaded(request: HttpRequest) -> str:
    file: Any = request.FILES.get("file")
    # What is no UTF-8 becomes a sign that the reader of the file refuses by line, or shows in the preview.
    return file.read(LONGEST_FILE + 1).decode("utf-8", "replace").lstrip("\ufeff") if file else ""


def _form(request: HttpRequest, shown: SnippetShown, *, refused: str = "", status: int = 200) -> HttpResponse:
    return render(request, "snippet.html", {"shown": shown, "refused": refused}, status=status)
