"""Print who can be tried in the demo, and how."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from amends.desk.demo.story import company


class Command(BaseCommand):
    """The ways into the demo."""

    help = "Print one-time links into the demo, one a kind of work."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a link for each person of the story who has a `way_in`."""
        for person in company()["people"]:
            if "way_in" in person:
                self.stdout.write(f"\nLog in once as {person['name']}, {person['way_in']}:")
                call_command("log_in_link", person["username"], stdout=self.stdout)
        self.stdout.write("")
