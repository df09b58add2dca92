"""The only door: who may call which page, and which rows a person may see.

A page asks `may("its-url-name")`, then reads rows through one of the functions below, never through a model. Whoever
works on cases (agent, lead, admin) sees every case of the desk, because a customer who writes again meets whoever is
there; an analyst sees figures and never a customer's name; an owner of causes sees causes.
"""

from collections.abc import Awaitable, Callable
from copy import copy
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, Final, TypeVar, cast

from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from amends.desk.models import (
    Agent,
    Attachment,
    Attempt,
    Brand,
    Case,
    CaseMove,
    Customer,
    Draft,
    Event,
    Feed,
    Job,
    Layout,
    Mailbox,
    Marking,
    Message,
    Note,
    Order,
    Promise,
    RawMessage,
    Reply,
    Role,
    Team,
    Todo,
)
from amends.desk.strangers import to_log_in

Page = Callable[..., Any]
Row = TypeVar("Row", bound=Model)

EVERYONE: Final = frozenset(Role)
CASE_WORK: Final = frozenset({Role.AGENT, Role.LEAD, Role.ADMIN})
LEADING: Final = frozenset({Role.LEAD, Role.ADMIN})
SETTING_UP: Final = frozenset({Role.ADMIN})
FIGURES: Final = frozenset({Role.ANALYST, Role.LEAD, Role.OWNER, Role.ADMIN})

TABLE: Final[dict[str, frozenset[Role]]] = {
    "now": CASE_WORK,
    "case": CASE_WORK,
    "case-assign": CASE_WORK,
    "case-snooze": CASE_WORK,
    "case-resolve": CASE_WORK,
    "case-reopen": CASE_WORK,
    "case-fault": CASE_WORK,
    "case-stage": CASE_WORK,
    "case-note": CASE_WORK,
    "case-merge": CASE_WORK,
    "case-sort": CASE_WORK,
    "case-split": CASE_WORK,
    "case-move": CASE_WORK,
    "move-undo": CASE_WORK,
    "message-admit": CASE_WORK,
    "message-words": CASE_WORK,
    "message-correct": CASE_WORK,
    "message-recap": CASE_WORK,
    "marking-undo": CASE_WORK,
    "draft": CASE_WORK,
    "draft-chip": CASE_WORK,
    "draft-dismiss": CASE_WORK,
    "draft-park": CASE_WORK,
    "draft-attach": CASE_WORK,
    "draft-meaning": CASE_WORK,
    "draft-offers": CASE_WORK,
    "draft-insert": CASE_WORK,
    "draft-rewrite": CASE_WORK,
    **dict.fromkeys(("snippets", "snippet-add", "snippet", "snippet-retire"), LEADING),
    **dict.fromkeys(("snippets-file", "snippets-take-in"), LEADING),
    "reply-send": CASE_WORK,
    "reply-undo": CASE_WORK,
    "reply-again": CASE_WORK,
    "todo-done": CASE_WORK,
    "mention-seen": CASE_WORK,
    "promises": CASE_WORK,
    "promise-keep": CASE_WORK,
    "promise-tell": CASE_WORK,
    "promise-release": CASE_WORK,
    **dict.fromkeys(("promise-correct", "promise-uphold"), CASE_WORK),
    **dict.fromkeys(("feed-add", "feed-take-back"), CASE_WORK),
    "reminders": CASE_WORK,
    "hand-over": LEADING,
    "outbox": CASE_WORK,
    "outbox-reply": CASE_WORK,
    "quarantine": LEADING,
    "quarantine-replay": LEADING,
    "raw-download": LEADING,
    "attachment": CASE_WORK,
    "message-raw": CASE_WORK,
    "attachment-thumbnail": CASE_WORK,
    "attachment-picture": CASE_WORK,
    "search": CASE_WORK,
    "search-act": CASE_WORK,
    "batch": CASE_WORK,
    "batch-undo": CASE_WORK,
    "sorting": CASE_WORK,
    "view-keep": CASE_WORK,
    "view-remove": CASE_WORK,
    "view-change": CASE_WORK,
    "tag-change": LEADING,
    "case-tag": CASE_WORK,
    "case-untag": CASE_WORK,
    "case-spam": CASE_WORK,
    "block": CASE_WORK,
    "block-lift": CASE_WORK,
    "people": SETTING_UP,
    "agent-add": SETTING_UP,
    "agent-roles": SETTING_UP,
    "agent-link": SETTING_UP,
    "agent-active": SETTING_UP,
    "mailbox-add": SETTING_UP,
    "mailbox-edit": SETTING_UP,
    "mailbox-test": SETTING_UP,
    "mailbox-folders": SETTING_UP,
    "mailbox-app": SETTING_UP,
    "mailbox-connect": SETTING_UP,
    "mailbox-connected": SETTING_UP,
    **dict.fromkeys(("learnt", "learnt-use", "learnt-back"), SETTING_UP),
    **dict.fromkeys(("packs", "pack-add", "packs-take-in", "pack", "pack-switch", "pack-file"), SETTING_UP),
    **dict.fromkeys(("pack-trial", "house-word-add", "house-word-remove"), SETTING_UP),
    "brand-add": SETTING_UP,
    "brand-edit": SETTING_UP,
    "halt": LEADING,
    "halt-lift": LEADING,
    "dead-jobs": LEADING,
    "job-again": LEADING,
    "playbook": EVERYONE,
    "rule": EVERYONE,
    "preferences": EVERYONE,
    "preferences-password": EVERYONE,
    "events": CASE_WORK,
    "measures": FIGURES,
    "measures-promises": FIGURES,
    **dict.fromkeys(("measures-own", "my-coach"), CASE_WORK),
    "coach-of": frozenset({Role.LEAD}),
    "log-out": EVERYONE,
}
"""URL name → roles that may call it. A route that stands in neither this table nor PUBLIC fails a test."""

ROLES_IN_THIS_REQUEST: Final = "_roles_in_this_request"

PUBLIC: Final = frozenset(
    {
        "log-in",
        "one-time",
        "health",
        "web-form",
        "web-form-thanks",
        "service-letters",
        "service-news",
        "page",
        "page-words",
        "page-solved",
        "page-not-kept",
        "page-agreed",
        "page-feeling",
        "page-wish",
        "page-photo",
        "feed",
        "stop",
        "stop-again",
        "letter",
        "letter-picture",
        "letter-far-picture",
    }
)
"""URL names open to anybody; each is guarded by a password, a signed link or a budget of its own."""


def roles_of(agent: Agent | AnonymousUser) -> frozenset[Role]:
    """Return every role this person holds in any team, none for somebody who is not logged in.

    Within one request they are asked for once: `may` remembers them on the person it lets in.
    """
    if not isinstance(agent, Agent) or not agent.is_active:
        return frozenset()
    known: frozenset[Role] | None = agent.__dict__.get(ROLES_IN_THIS_REQUEST)
    return _roles_held(agent) if known is None else known


def _roles_held(agent: Agent) -> frozenset[Role]:
    return frozenset(Role(role) for role in agent.memberships.values_list("role", flat=True))


def is_allowed(agent: Agent | AnonymousUser, route: str) -> bool:
    """Return whether this person may call the route. Raises KeyError for a route without a row."""
    return route in PUBLIC or bool(roles_of(agent) & TABLE[route])


def may(route: str) -> Callable[[Page], Page]:
    """Guard a view, sync or async: log-in first, then the table. The outermost decorator; raises KeyError if unlisted.

    Somebody who is not logged in is sent to the log-in page; somebody who is, without the role, gets 403.
    """
    TABLE[route]

    def guard(view: Page) -> Page:
        guarded = _async_guard(view, route) if iscoroutinefunction(view) else _guard(view, route)
        guarded.amends_route = route  # type: ignore[attr-defined]  # read by the test that walks every address
        return guarded

    return guard


def agent_of(request: HttpRequest) -> Agent:
    """Return who is asking: their own row, which operations can lock. Raises PermissionDenied without a person."""
    person = _in_person(request)
    if not isinstance(person, Agent):
        raise PermissionDenied
    return person


def cases_for(agent: Agent) -> QuerySet[Case]:
    """Return the cases this person may see."""
    return Case.objects.all() if roles_of(agent) & CASE_WORK else Case.objects.none()


def customers_for(agent: Agent) -> QuerySet[Customer]:
    """Return the customers this person may see."""
    return Customer.objects.all() if roles_of(agent) & CASE_WORK else Customer.objects.none()


def orders_for(agent: Agent) -> QuerySet[Order]:
    """Return the orders this person may see."""
    return _of_cases(Order.objects.all(), agent)


def messages_for(agent: Agent) -> QuerySet[Message]:
    """Return the messages of cases this person may see."""
    return _of_cases(Message.objects.all(), agent)


def markings_for(agent: Agent) -> QuerySet[Marking]:
    """Return what people said is new in messages this person may see."""
    return _of_cases(Marking.objects.all(), agent)


def moves_for(agent: Agent) -> QuerySet[CaseMove]:
    """Return the merges, splits and moves between cases this person may see."""
    return _of_cases(CaseMove.objects.all(), agent)


def notes_for(agent: Agent) -> QuerySet[Note]:
    """Return the internal notes of cases this person may see."""
    return _of_cases(Note.objects.all(), agent)


def promises_for(agent: Agent) -> QuerySet[Promise]:
    """Return the promises of cases this person may see."""
    return _of_cases(Promise.objects.all(), agent)


def drafts_for(agent: Agent) -> QuerySet[Draft]:
    """Return this person's own drafts; nobody reads over a colleague's shoulder."""
    return _of_cases(Draft.objects.filter(author=agent), agent)


def replies_for(agent: Agent) -> QuerySet[Reply]:
    """Return the outbox of cases this person may see."""
    return _of_cases(Reply.objects.all(), agent)


def feeds_for(agent: Agent) -> QuerySet[Feed]:
    """Return this person's own calendar addresses that still show something."""
    return Feed.objects.filter(agent=agent, taken_back_at=None)


def teams_led_by(agent: Agent) -> QuerySet[Team]:
    """Return the teams this person leads; every team for an administrator."""
    if roles_of(agent) & SETTING_UP:
        return Team.objects.all()
    return Team.objects.filter(memberships__agent=agent, memberships__role=Role.LEAD).distinct()


def todos_for(agent: Agent) -> QuerySet[Todo]:
    """Return the tasks on cases this person may see."""
    return _of_cases(Todo.objects.all(), agent)


def attachments_for(agent: Agent) -> QuerySet[Attachment]:
    """Return files of messages this person may see, and those of their own drafts."""
    of_messages_or_own = Q(message__isnull=False) | Q(draft__author=agent)
    return _of_cases(Attachment.objects.filter(of_messages_or_own), agent)


def layouts_for(agent: Agent) -> QuerySet[Layout]:
    """Return the layouts of messages this person may see."""
    return _of_cases(Layout.objects.all(), agent)


def events_for(agent: Agent) -> QuerySet[Event]:
    """Return what happened on cases this person may see; what the coach said is private (access_to_coach.py)."""
    return _of_cases(Event.objects.filter(case__isnull=False).exclude(kind__in=Event.COACHING), agent)


def raw_messages_for(agent: Agent) -> QuerySet[RawMessage]:
    """Return what came in byte for byte, the quarantine included: leads and administrators only."""
    return RawMessage.objects.all() if roles_of(agent) & LEADING else RawMessage.objects.none()


def arriving_for(agent: Agent) -> QuerySet[RawMessage]:
    """Return what just came in and is on no case yet, without its bytes, for those who see every case."""
    waiting = RawMessage.objects.filter(state=RawMessage.State.RECEIVED).only("envelope", "received_at")
    return waiting if roles_of(agent) & CASE_WORK else waiting.none()


def jobs_for(agent: Agent) -> QuerySet[Job]:
    """Return the work of the desk, the dead jobs included: leads and administrators only."""
    return Job.objects.all() if roles_of(agent) & LEADING else Job.objects.none()


def attempts_for(agent: Agent) -> QuerySet[Attempt]:
    """Return the tries at jobs this person may see."""
    return Attempt.objects.filter(job__in=jobs_for(agent))


def mailboxes_for(agent: Agent) -> QuerySet[Mailbox]:
    """Return the mailboxes: administrators only."""
    return Mailbox.objects.all() if roles_of(agent) & SETTING_UP else Mailbox.objects.none()


def brands_for(agent: Agent) -> QuerySet[Brand]:
    """Return the brands: administrators only."""
    return Brand.objects.all() if roles_of(agent) & SETTING_UP else Brand.objects.none()


def colleagues_for(agent: Agent) -> QuerySet[Agent]:
    """Return everybody who can own a case, for those who may assign one."""
    found = Agent.objects.filter(is_active=True, memberships__role__in=CASE_WORK).distinct()
    return found if roles_of(agent) & CASE_WORK else found.none()


def _of_cases(rows: QuerySet[Row], agent: Agent) -> QuerySet[Row]:
    """Return rows that belong to cases, for whoever works on cases: they see those of every case (`cases_for`).

    Said so, and not as "of a case among all cases", which costs a walk through all of them in each question.
    """
    return rows if roles_of(agent) & CASE_WORK else rows.none()


def _guard(view: Page, route: str) -> Page:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = _in_person(request)
        # Not in the async guard: a stream stays open for hours, in which roles change.
        person.__dict__[ROLES_IN_THIS_REQUEST] = roles_of(person)
        refusal = _refusal(request, person, route)
        return refusal or cast(HttpResponseBase, view(request, *args, **kwargs))

    return guarded


def _in_person(request: HttpRequest) -> Agent | AnonymousUser:
    """Return who asks. Django's middleware leaves a lazy stand-in, of which the request gets the row itself."""
    if isinstance(request.user, SimpleLazyObject) and request.user.is_authenticated:
        request.user = copy(request.user)
    return request.user


def _async_guard(view: Callable[..., Awaitable[HttpResponseBase]], route: str) -> Page:
    @wraps(view)
    async def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = await sync_to_async(_refusal)(request, await request.auser(), route)
        return refusal or await view(request, *args, **kwargs)

    return guarded


def _refusal(request: HttpRequest, person: Any, route: str) -> HttpResponseBase | None:
    if not person.is_authenticated:
        return to_log_in(request)
    if not is_allowed(person, route):
        raise PermissionDenied
    return None
