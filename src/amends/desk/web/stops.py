"""The stop switch of everything that goes out, and work that has given up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from amends.desk import clock
from amends.desk.access import agent_of, attempts_for, jobs_for
from amends.desk.jobs.engine import try_again
from amends.desk.models import Job
from amends.desk.operations import held_back, outbox
from amends.desk.web.asking import back, say, say_refusal, words
from amends.vocabulary import AmendsError

MOST_SHOWN = 100


@require_POST
def halt(request: HttpRequest) -> HttpResponse:
    """Stop everything that goes out."""
    reason = words(request, "reason").strip() or gettext("No reason was given.")
    if not held_back.is_halted():
        outbox.halt(by=agent_of(request), reason=reason[:240], now=clock.now())
    return back(request, "outbox")


@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    """Let mail go out again."""
    waiting = outbox.lift(by=agent_of(request), now=clock.now())
    freed = ngettext("Sending goes on; %(n)s reply leaves now.", "Sending goes on; %(n)s replies leave now.", waiting)
    say(request, freed % {"n": waiting})
    return back(request, "outbox")


@require_safe
def dead_jobs(request: HttpRequest) -> HttpResponse:
    """Show work that gave up after its last try, with what went wrong."""
    agent = agent_of(request)
    jobs = list(jobs_for(agent).filter(state=Job.State.DEAD).order_by("-due_at")[:MOST_SHOWN])
    tries = attempts_for(agent).filter(job__in=jobs).exclude(error="").order_by("began_at")
    last_errors = {attempt.job_id: attempt for attempt in tries}
    return render(request, "dead_jobs.html", {"rows": [(job, last_errors.get(job.pk)) for job in jobs]})


@require_POST
def job_again(request: HttpRequest, number: int) -> HttpResponse:
    """Give work that gave up a fresh set of tries."""
    job = get_object_or_404(jobs_for(agent_of(request)), pk=number)
    try:
        try_again(job, by=agent_of(request), now=clock.now())
    except AmendsError as error:
        say_refusal(request, error)
    return redirect("dead-jobs")
