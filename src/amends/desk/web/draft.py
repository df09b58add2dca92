"""The reply being written: kept, coached, its promises decided."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from amends.desk import clock
from amends.desk.access import agent_of, drafts_for
from amends.desk.access_to_coach import snippets_for
from amends.desk.models import Case, Draft
from amends.desk.operations import drafting
from amends.desk.operations.listening import hear
from amends.desk.operations.offers import reply_language
from amends.desk.operations.own_promises import promise_too
from amends.desk.operations.snippets import inserted
from amends.desk.web.asking import empty, is_fragment, moment, say, say_refusal, the_case, to_case, whole, words
from amends.desk.web.onward import tell_done, way_on
from amends.desk.web.shown.coaching import Chip, Coaching, advice, walked_stages
from amends.desk.web.wording import refusal
from amends.vocabulary import AmendsError

PARK_FOR = timedelta(minutes=10)
LARGEST_FILE = 15 * 1024 * 1024


@require_POST
def save(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what is written, and say what the coach makes of it. `use` takes a suggestion without a script."""
    case = the_case(request, number)
    draft = kept(request, case, text=_with_suggestion(words(request, "text"), words(request, "use")))
    _note_inserted(request, case)
    return _coached(request, draft, at_once=True)


@require_POST
def meaning(request: HttpRequest, number: int) -> HttpResponse:
    """Say what the coach makes of the kept draft once the encoder has thought about it; nothing is written."""
    case, text = the_case(request, number), words(request, "text")
    draft = drafts_for(agent_of(request)).filter(case=case, text=text).select_related("case__customer").first()
    return empty() if draft is None else _coached(request, draft)


@require_POST
def chip(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm a proposed promise, with another time perhaps, or set it aside."""
    draft = kept(request, the_case(request, number))
    if "too" in request.POST:
        return _promise_too(request, draft)
    decision = "dismissed" if "dismiss" in request.POST else "confirmed"
    proposed = _proposed(draft, quote=words(request, "dismiss") or words(request, "confirm"))
    if proposed is None:
        return _coached(request, draft)
    due = moment(request, f"due-{proposed.start}") or proposed.due_end
    try:
        drafting.decide_chip(
            draft, quote=proposed.quote, what=proposed.what, decision=decision, now=clock.now(),
            due_start=proposed.due_start if due == proposed.due_end else due, due_end=due,
        )  # fmt: skip
    except AmendsError as error:
        say_refusal(request, error)
    return _coached(request, draft)


@require_POST
def dismiss(request: HttpRequest, number: int) -> HttpResponse:
    """Set a finding aside, with a reason. `finding` is its rule and the words, with a line end between."""
    draft = kept(request, the_case(request, number))
    rule, _, quote = words(request, "finding").partition("\n")
    # Two findings of one rule have a field each.
    reason = next((said.strip() for said in request.POST.getlist(f"reason-{rule}") if said.strip()), "")
    drafting.dismiss_finding(draft, rule=rule, quote=quote, reason=reason, now=clock.now())
    return _coached(request, draft)


@require_POST
def park(request: HttpRequest, number: int) -> HttpResponse:
    """Lay the draft aside for ten minutes, or take it up again."""
    case, now = the_case(request, number), clock.now()
    draft, onward = kept(request, case, text=_as_it_stands(request, case)), way_on(request, case, anchor="reply")
    until = None if draft.parked_until else now + PARK_FOR
    drafting.park(draft, until=until, now=now)
    if until is None:
        return to_case(case, "reply")
    tell_done(request, "parked", case, until=until)
    return HttpResponseRedirect(onward)


@require_POST
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """Put files with the draft."""
    case = the_case(request, number)
    # Without a script the form cannot know what stands in the composer: then what was kept last stays.
    begun = drafts_for(agent_of(request)).filter(case=case).first()
    draft = kept(request, case, text=words(request, "text") or (begun.text if begun else ""))
    for file in request.FILES.getlist("files"):
        if file.size is None or file.size > LARGEST_FILE:
            too_large = gettext("%(name)s is larger than 15 MB. Mail servers would refuse it; send a smaller file.")
            say(request, too_large % {"name": file.name}, kind="bad")
        else:
            media_type = file.content_type or "application/octet-stream"
            drafting.attach(
                draft, name=file.name or "file", content=file.read(), media_type=media_type, now=clock.now()
            )
    return to_case(draft.case, "reply")


def kept(request: HttpRequest, case: Case, *, text: str | None = None) -> Draft:
    """Keep what stands in the composer and return the draft."""
    written = words(request, "text") if text is None else text
    seen = whole(request, "seen_version", case.version)
    return drafting.save_draft(case, author=agent_of(request), text=written, seen_version=seen, now=clock.now())


def _as_it_stands(request: HttpRequest, case: Case) -> str:
    """Return the words of the form; where it has none, those that were kept last."""
    begun = drafts_for(agent_of(request)).filter(case=case).first()
    return words(request, "text") if "text" in request.POST or begun is None else begun.text


def _promise_too(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Confirm words as a promise that the desk did not find."""
    try:
        promise_too(draft, words=words(request, "marked"), due_at=moment(request, "marked_due"), now=clock.now())
    except AmendsError as error:
        return _coached(request, draft, refused=error)
    return _coached(request, draft)


def _coached(
    request: HttpRequest, draft: Draft, *, at_once: bool = False, refused: AmendsError | None = None
) -> HttpResponse:
    if not is_fragment(request):
        if refused is not None:
            say_refusal(request, refused)
        return to_case(draft.case, "reply")
    said = advice(draft, now=clock.now(), at_once=at_once)
    if isinstance(said, Coaching):
        hear(draft, (shown.finding for shown in said.findings))
    walked = walked_stages(draft.case)
    shown = {"case": draft.case, "draft": draft, "coaching": said, "walked": walked}
    return render(request, "_coach.html", shown | {"not_so": refusal(refused) if refused else ""})


def _note_inserted(request: HttpRequest, case: Case) -> None:
    """Write down which snippet was put in with a key or a click: the page says so with the next text it keeps."""
    agent, key = agent_of(request), whole(request, "inserted")
    snippet = snippets_for(agent).filter(pk=key).first() if key else None
    if snippet is not None:
        inserted(snippet, case=case, language=reply_language(case), by=agent, now=clock.now())


def _proposed(draft: Draft, *, quote: str) -> Chip | None:
    said = advice(draft, now=clock.now())
    return next((chip for chip in said.chips if chip.quote == quote), None) if isinstance(said, Coaching) else None


def _with_suggestion(text: str, edit: str) -> str:
    """Return `text` with an edit `start-end-words` done, as it is when the edit does not fit."""
    start, _, rest = edit.partition("-")
    end, _, suggestion = rest.partition("-")
    if not (start.isdigit() and end.isdigit() and int(start) <= int(end) <= len(text)):
        return text
    return text[: int(start)] + suggestion + text[int(end) :]
