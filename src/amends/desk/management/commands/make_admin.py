"""Make an administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from amends.desk import clock
from amends.desk.models import Agent, Role, Team
from amends.desk.operations.brands import first_brand
from amends.desk.operations.people import add_agent, set_roles


class Command(BaseCommand):
    """The first person of a new desk, who lets the others in."""

    help = "Make an administrator, who comes in by a one-time link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask who, and in which team."""
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="how customers see them")
        parser.add_argument("--language", default="en", help="of the screens: en, id, th or fi")
        parser.add_argument("--team", default="Customer care")
        parser.add_argument("--brand", default="", help="what customers call the company, on a desk without a brand")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, or say that the name is taken."""
        now, username = clock.now(), options["username"]
        if Agent.objects.filter(username=username).exists():
            raise CommandError(f"{username} is here already; `amends admin link {username}` prints a way in")
        with transaction.atomic():
            agent = add_agent(
                username=username, by=None, now=now, display_name=options["name"] or username.title(),
                interface_language=options["language"], languages=[options["language"]],
            )  # fmt: skip
            team, _ = Team.objects.get_or_create(name=options["team"])
            set_roles(agent, team=team, roles=[Role.ADMIN, Role.LEAD], by=None, now=now)
            first_brand(name=options["brand"], now=now)
        self.stdout.write(f"{agent} is an administrator now.")
