"""Which snippets a reply might need now, with the facts of its case in place."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from babel.numbers import format_currency
from django.db.models import Q, QuerySet

from amends.desk.models import Agent, Case, Order, Promise, Snippet, SnippetText
from amends.desk.operations.drafting import last_words
from amends.desk.operations.notices import locale_of, spoken_day
from amends.flow.snippets import Topic, by_topic
from amends.languages import load
from amends.text.placeholders import fill
from amends.vocabulary import LanguageTag, Moment, PromiseState, Stage

OPEN: Final = (PromiseState.MADE, PromiseState.SLIPPING, PromiseState.TOLD)
HERE: Final = (Order.State.DELIVERED, Order.State.CANCELLED, Order.State.RETURNED)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A snippet ready for a reply. `open`: variables this case cannot fill; they stay in the text, and the coach will
    not let it pass. `is_called_for`: by what went wrong, or by words somebody wrote."""

    key: int
    name: str
    kind: str
    language: LanguageTag
    text: str
    open: tuple[str, ...]
    is_called_for: bool


@dataclass(frozen=True, kw_only=True)
class Offers:
    """The snippets for a reply, those most called for first. `unwritten`: how many have no text in its language."""

    offers: tuple[Offer, ...]
    language: LanguageTag
    unwritten: int


def offers_for(
    case: Case,
    *,
    writer: Agent,
    draft: str,
    within: QuerySet[Snippet],
    now: Moment,
    walked: frozenset[Stage] = frozenset(),
) -> Offers:  # fmt: skip
    """Return which snippets of `within` might help; `walked`: stages that the draft itself walks."""
    language = load(reply_language(case)).tag
    texts = SnippetText.objects.filter(replaced_at=None, language=language, snippet__in=within)
    rows = {text.snippet_id: text for text in texts.select_related("snippet")}
    last = last_words(case)
    ordered = by_topic(
        [
            Topic(key=pk, causes=t.snippet.causes, stages=t.snippet.stages, cues=t.snippet.cues)
            for pk, t in rows.items()
        ],
        cause=case.cause.rpartition(".")[2],
        missing=[stage for stage in Stage if stage.value not in case.stages and stage not in walked],
        written=f"{last.new_text if last else ''}\n{draft}",
    )
    facts = facts_of(case, writer=writer, language=language, now=now)
    offers = tuple(_offer(rows[key], facts, is_called_for=called_for) for key, called_for in ordered)
    return Offers(offers=offers, language=language, unwritten=within.count() - len(offers))


def _topic(snippet: Snippet) -> Topic:
    return Topic(key=snippet.pk, causes=snippet.causes, stages=snippet.stages, cues=snippet.cues)


def reply_language(case: Case) -> LanguageTag:
    """Return the language a reply on this case is written in."""
    return case.language or case.customer.language or case.brand.default_language


def facts_of(case: Case, *, writer: Agent, language: LanguageTag, now: Moment) -> dict[str, str]:
    """Return what the variables of a snippet stand for on this case; what nobody knows is left out."""
    zone = case.customer.timezone or case.brand.timezone
    promise = _next_promise(case)
    facts = {
        "customer.name": case.customer.name,
        "case.number": str(case.pk),
        "agent.name": str(writer),
        "brand.name": case.brand.name,
        "promise.due": spoken_day(promise.due_at, language=language, timezone=zone) if promise else "",
    }
    order = _of_order(case.order, language=language, zone=zone, now=now) if case.order else {}
    return {name: said for name, said in (facts | order).items() if said}


def _of_order(order: Order, *, language: LanguageTag, zone: str, now: Moment) -> dict[str, str]:
    due = order.due_at
    clock = ZoneInfo(zone)
    late_days = (now.astimezone(clock).date() - due.astimezone(clock).date()).days if due else 0
    return {
        "order.number": order.number,
        "order.product": order.items[0] if order.items else "",
        "order.amount": format_currency(order.amount, order.currency, locale=locale_of(language)),
        "order.due": spoken_day(due, language=language, timezone=zone) if due else "",
        "order.late_days": str(late_days) if late_days > 0 and order.state not in HERE else "",
    }


def _next_promise(case: Case) -> Promise | None:
    """Return the promise that falls due first; what we said ourselves before a follow-up or a clock."""
    mine = Promise.objects.filter(case=case, state__in=OPEN)
    said = mine.filter(Q(kind=Promise.Kind.SAID) | Q(kind=Promise.Kind.RECEIPT)).order_by("due_at").first()
    return said or mine.order_by("due_at").first()


def _offer(text: SnippetText, facts: dict[str, str], *, is_called_for: bool) -> Offer:
    filled = fill(text.text, facts)
    return Offer(
        key=text.snippet_id,
        name=text.snippet.name,
        kind=text.snippet.kind,
        language=text.language,
        text=filled.text,
        open=tuple(dict.fromkeys(slot.name for slot in filled.open)),
        is_called_for=is_called_for,
    )
