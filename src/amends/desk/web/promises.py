"""The ledger of what we promised, by due time, and what ends a promise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, promises_for
from amends.desk.models import Evidence, Promise
from amends.desk.operations import keeping, promises
from amends.desk.web.asking import back, moment, say, say_refusal, words
from amends.desk.web.shown.ledger import ledger
from amends.desk.web.timing import short_moment
from amends.vocabulary import AmendsError

LONGEST_REFERENCE = 120
LONGEST_WHY = 500
LONGEST_EVIDENCE = 2000


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the promises, what is due first on top."""
    return render(request, "promises.html", {"groups": ledger(agent_of(request), now=clock.now())})


@require_POST
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that a promise was kept, and what shows it."""
    promise = _the_promise(request, number)
    try:
        evidence = words(request, "evidence").strip()
        asked = request.POST.get("kind", "")
        kind = Evidence.Kind(asked) if asked in Evidence.Kind.values else Evidence.Kind.WORDS
        reference = words(request, "reference").strip()[:LONGEST_REFERENCE]
        promises.keep(promise, by=agent_of(request), evidence=evidence, kind=kind, reference=reference, now=clock.now())
        say(request, gettext("Kept. Good."))
    except AmendsError as error:
        say_refusal(request, error)
    return back(request, "promises")


@require_POST
def tell(request: HttpRequest, number: int) -> HttpResponse:
    """Write to the customer ahead of the due time."""
    promise = _the_promise(request, number)
    text, reason, new_due = words(request, "text"), words(request, "reason").strip(), moment(request, "new_due_at")
    now = clock.now()
    if new_due is not None and new_due <= now:
        say(request, gettext("Choose a time that is still to come."), kind="bad")
        return back(request, "promises")
    try:
        note = promises.tell(promise, by=agent_of(request), text=text, reason=reason, new_due_at=new_due, now=now)
        say(request, gettext("Your note to the customer leaves in a moment; it can be taken back on the case."))
        if note.new_due_at is not None:
            proposed = short_moment(note.new_due_at, now=now)
            say(request, gettext("It proposes %(time)s; that is promised once they say yes.") % {"time": proposed})
    except AmendsError as error:
        say_refusal(request, error)
    return back(request, "promises")


@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that the customer let us off, or agreed to another time."""
    promise = _the_promise(request, number)
    said, new_due = words(request, "customers_words").strip(), moment(request, "new_due_at")
    try:
        promises.release(promise, by=agent_of(request), customers_words=said, new_due_at=new_due, now=clock.now())
        say(request, gettext("Written down in the customer’s words: they released us."))
    except AmendsError as error:
        say_refusal(request, error)
    return back(request, "promises")


@require_POST
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Promise anew what the desk by mistake counted as kept."""
    promise, due_at = _the_promise(request, number), moment(request, "due_at")
    why = words(request, "why").strip()[:LONGEST_WHY]
    try:
        if due_at is None or due_at <= clock.now():
            say(request, gettext("Choose a time that is still to come."), kind="bad")
        else:
            keeping.correct(promise, by=agent_of(request), due_at=due_at, why=why, now=clock.now())
            say(request, gettext("Promised anew, with the new time."))
    except AmendsError as error:
        say_refusal(request, error)
    return back(request, "promises")


@require_POST
def uphold(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that what the customer denies did happen."""
    promise, evidence = _the_promise(request, number), words(request, "evidence")[:LONGEST_EVIDENCE]
    try:
        keeping.uphold(promise, by=agent_of(request), evidence=evidence, now=clock.now())
        say(request, gettext("Settled: it counts as kept."))
    except AmendsError as error:
        say_refusal(request, error)
    return back(request, "promises")


def _the_promise(request: HttpRequest, number: int) -> Promise:
    return get_object_or_404(promises_for(agent_of(request)).select_related("case"), pk=number)
