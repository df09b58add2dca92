"""Let the first person in."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from amends.desk import clock
from amends.desk.models import Agent, Role
from amends.desk.operations.brands import first_brand


class Command(BaseCommand):
    """What `amends up` says before it opens."""

    help = "Make an administrator if the desk is empty; print a way in while no administrator has ever been here."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a one-time link as long as nobody has come in. A desk that opens has a brand to answer for."""
        first_brand(now=clock.now())
        if not Agent.objects.exists():
            call_command("make_admin", "admin", stdout=self.stdout)
        administrators = Agent.objects.filter(memberships__role=Role.ADMIN, is_active=True)
        newcomer = administrators.order_by("pk").first()
        if newcomer and not administrators.exclude(last_login=None).exists():
            self.stdout.write("Log in once, within 15 minutes, by this link:")
            call_command("log_in_link", newcomer.username, stdout=self.stdout)
