"""Found the invented company: its brand, its teams, its people."""

from typing import Any

from amends.desk.models import Agent, Brand, Team
from amends.desk.operations.people import add_agent, set_roles
from amends.vocabulary import FIRST_CLASS, JsonObject, Moment


def found_company(founded: JsonObject, *, now: Moment) -> tuple[Brand, dict[str, list[Agent]]]:
    """Write the company into the desk; return its brand and, by language, who answers customers in it."""
    brand = Brand.objects.create(**founded["brand"])
    teams = {name: Team.objects.create(name=name, purpose=purpose) for name, purpose in founded["teams"].items()}
    answerers: dict[str, list[Agent]] = {}
    for person in founded["people"]:
        agent = _hire(person, teams, now=now)
        for language in person.get("answers", []):
            answerers.setdefault(language, []).append(agent)
    return brand, answerers


def answering(answerers: dict[str, list[Agent]], *, language: str, turn: int, named: str = "") -> Agent:
    """Return who answers in this language: who is `named` by log-in name, else whose turn it is."""
    colleagues = answerers[language]
    return next((agent for agent in colleagues if agent.username == named), colleagues[turn % len(colleagues)])


def _hire(person: dict[str, Any], teams: dict[str, Team], *, now: Moment) -> Agent:
    first = person["languages"][0]
    agent = add_agent(
        username=person["username"],
        by=None,
        now=now,
        display_name=person["name"],
        languages=person["languages"],
        interface_language=first if first in FIRST_CLASS else "en",
        timezone=person["timezone"],
    )
    team = teams[person.get("team", next(iter(teams)))]
    set_roles(agent, team=team, roles=person["roles"], by=None, now=now)
    return agent
