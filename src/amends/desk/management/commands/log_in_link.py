"""Print a link that logs somebody in once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from amends.desk import clock
from amends.desk.models import Agent
from amends.desk.one_time import token_for


class Command(BaseCommand):
    """The way in for the first visit, and for who forgot a password."""

    help = "Print a link that logs somebody in once, within 15 minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for whom."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link."""
        agent = Agent.objects.filter(username=options["username"], is_active=True).first()
        if agent is None:
            raise CommandError(f"nobody here is called {options['username']}")
        token = token_for(agent, now=clock.now())
        self.stdout.write(settings.PUBLIC_URL + reverse("one-time", kwargs={"token": token}))
