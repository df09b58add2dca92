"""How a connection test went, in words that say what to do."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.desk.channels.email.connection import Trial, TrialState
from amends.desk.channels.email.problems import Problem
from amends.desk.models import Mailbox

PROBLEMS: Final = {
    Problem.NAME_UNKNOWN: _("Nobody knows a server of that name. Check its spelling."),
    Problem.REFUSED: _("The server is there, but refuses a connection on that port. Check the port."),
    Problem.TIMEOUT: _("The server did not answer in time. A firewall may stand between, or the port is wrong."),
    Problem.TLS: _("No protected connection came about. Check the kind of encryption, and the server’s certificate."),
    Problem.PASSWORD: _("The server refused the log-in name or the password."),
    Problem.FOLDER: _("Logged in, but there is no such folder."),
    Problem.LOST: _("The server hung up in the middle. The desk tries again by itself."),
    Problem.GRANT: _("The mail provider no longer lets the desk in. Press Connect on this mailbox’s page again."),
    Problem.MOVE: _("The mails are here, but the server did not move them. Check the folder they should go to."),
    Problem.FILES: _("The folder of mails on this machine cannot be read. Check its path and who may read it."),
    Problem.KEY: _("The mail service refused our key. Make a new one there, and give it to this mailbox."),
    Problem.ANSWER: _("The server answered something we do not understand."),
}


@dataclass(frozen=True, kw_only=True)
class ShownTrial:
    """One half of the test in words; `kind` is good, bad or warn, `detail` the server's own words."""

    kind: str
    words: str
    detail: str


def shown_trial(trial: Trial) -> ShownTrial:
    """Return one half of a connection test for the page."""
    if trial.state is TrialState.OK:
        return ShownTrial(kind="good", words=gettext("It works."), detail=trial.detail)
    if trial.state is TrialState.ABSENT:
        return ShownTrial(kind="warn", words=gettext("No server is named, so the desk does not use it."), detail="")
    return ShownTrial(kind="bad", words=problem_in_words(trial.problem or ""), detail=trial.detail)


def shown_state(mailbox: Mailbox) -> str:
    """Return what is wrong with a mailbox or with one of its folders, in words; empty when nothing is."""
    if mailbox.last_error:
        return problem_in_words(mailbox.problem)
    ill = mailbox.folders.exclude(last_error="").first()
    return f"{ill.name}: {problem_in_words(ill.problem)}" if ill else ""


def problem_in_words(problem: str) -> str:
    """Return what an administrator has to look at."""
    return str(PROBLEMS.get(Problem(problem) if problem in list(Problem) else Problem.ANSWER))
