"""How the people of the demo sort their cases, and what they keep at hand: tags, a search, a task, snippets."""

from amends.desk.models import Agent, Case, SavedView, Todo
from amends.desk.operations.snippets import take_in_starter
from amends.desk.operations.tags import tag_case
from amends.desk.operations.todos import ask_for
from amends.desk.operations.views import keep_view
from amends.vocabulary import JsonObject, Moment


def sort_cases(founded: JsonObject, *, now: Moment) -> None:
    """Hang the company's tags, keep its searches, ask for its tasks, and lay out the snippets of a shop.

    Inside the caller's transaction.
    """
    take_in_starter(by=None, now=now)
    for tag in founded["tags"]:
        for customer in tag["customers"]:
            tag_case(_case_of(customer), name=tag["name"], by=_person(tag["by"]), now=now)
    for view in founded["views"]:
        keep_view(
            name=view["name"], words=view["words"], audience=SavedView.Audience.EVERYONE, team=None,
            by=_person(view["by"]), now=now,
        )  # fmt: skip
    for task in founded["tasks"]:
        ask_for(_case_of(task["customer"]), Todo.Kind(task["kind"]), now=now)


def _case_of(customer: str) -> Case:
    return Case.objects.get(customer__handles__value=customer)


def _person(username: str) -> Agent:
    return Agent.objects.get(username=username)
