"""How a connection test went, in words that say what to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext, ngettext
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


@dataclass(frozen=True, kw_only=True)
class State:
    """What becomes of a mailbox next; `is_awaited`: it will be another within a minute, by itself."""

    words: str
    kind: str = "warn"
    read_at: datetime | None = None
    detail: str = ""
    is_awaited: bool = False


def state_of(mailbox: Mailbox, *, is_let_in: bool) -> State:
    """Return how a mailbox is, and what happens next. `is_let_in`: nobody has to press Connect first."""
    is_local = mailbox.address in settings.MAILDIRS
    if not mailbox.enabled:
        return State(words=gettext("Not in use: nothing is read from it or sent through it until you tick “In use”."))
    if mailbox.last_error:
        return State(words=problem_in_words(mailbox.problem), kind="bad", detail=mailbox.last_error)
    if not is_let_in:
        return State(words=gettext("One step is left: press Connect, so that the provider lets the desk in."))
    if not (mailbox.imap_host or mailbox.service or is_local):
        return State(words=gettext("No mail comes in by it yet: name an IMAP server, or choose a mail service."))
    if mailbox.last_checked_at:
        words = gettext("In use: new mail is heard of at once. Last read")
        return State(words=words, kind="good", read_at=mailbox.last_checked_at, detail=_talks(mailbox))
    if not (mailbox.imap_host or is_local):
        return State(words=gettext("In use: mail comes in as soon as the service is given the addresses below."))
    return State(words=gettext("The desk fetches its unread mail for the first time within a minute."), is_awaited=True)


def _talks(mailbox: Mailbox) -> str:
    n = mailbox.conversations.count()
    return ngettext("%(n)s conversation came in by it.", "%(n)s conversations came in by it.", n) % {"n": n}


def shown_state(mailbox: Mailbox) -> str:
    """Return what is wrong with a mailbox or with one of its folders, in words; empty when nothing is."""
    if mailbox.last_error:
        return problem_in_words(mailbox.problem)
    ill = mailbox.folders.exclude(last_error="").first()
    return f"{ill.name}: {problem_in_words(ill.problem)}" if ill else ""


def problem_in_words(problem: str) -> str:
    """Return what an administrator has to look at."""
    return str(PROBLEMS.get(Problem(problem) if problem in list(Problem) else Problem.ANSWER))
