"""Find a case by what a person remembers of it: its number, an order, a name, an address, a word that was said."""

from typing import Final

from django.db.models import Q, QuerySet

from amends.desk.access import cases_for
from amends.desk.models import Agent, Case, Handle, Message

LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 8


def find_cases(agent: Agent, words: str) -> QuerySet[Case]:
    """Return the cases this person may see in which every word occurs somewhere, newest first; none for no words.

    A word is looked for in the case's and the order's number, the subject, the customer's name and addresses, and the
    messages; upper and lower case count the same for ASCII letters (SQLite) or all letters (PostgreSQL).
    """
    found = cases_for(agent)
    wanted = words[:LONGEST_QUERY].split()[:MOST_WORDS]
    for word in wanted:
        found = found.filter(_said_somewhere(word))
    return found.order_by("-opened_at") if wanted else Case.objects.none()


def _said_somewhere(word: str) -> Q:
    number = word.removeprefix("#")
    by_number = Q(pk=int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else Q()
    return (
        by_number
        | Q(subject__icontains=word)
        | Q(order__number__icontains=number)
        | Q(customer__name__icontains=word)
        # Looked up apart: joined, a case with many messages and addresses would be found many times over.
        | Q(customer__in=Handle.objects.filter(value__icontains=word).values("customer"))
        | Q(pk__in=Message.objects.filter(text__icontains=word).values("conversation__case"))
    )
