"""A day at the desk, told in steps: mail arrives, Aino reads, writes, promises, sends; the customer answers."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from amends.desk import clock
from amends.desk.channels.email.files import import_paths
from amends.desk.jobs.engine import run_due
from amends.desk.jobs.tasks import TASKS
from amends.desk.models import Case, MessageReading, Promise, Reply

DESK = "care@lumi.example"


@dataclass(frozen=True, kw_only=True)
class Story:
    """What one customer and one agent write to each other, each in their own words."""

    tag: str
    name: str
    subject: str
    angry: str
    careless: str
    good: str
    promise: str
    calm: str
    evidence: str
    country: str = ""
    heat: int = 3
    """How hot the angry letter is read at least."""

    @property
    def email(self) -> str:
        """Return where the customer writes from."""
        return f"customer.{self.tag}@example.org"


@dataclass(kw_only=True)
class Day:
    """One desk on one day. Every step goes through the pages or the servers, as people and mails do."""

    story: Story
    browser: Client
    drop: Path
    _mails: int = field(default=0)

    def arrives(self, text: str, *, answering: Reply | None = None) -> Case:
        """Let the customer's mail come in by a file drop, and the desk do its work."""
        return self.takes_in(self.letter(text, answering=answering))

    def takes_in(self, letter: EmailMessage) -> Case:
        """File these bytes and return the case they are on."""
        (self.drop / f"{self._mails}.eml").write_bytes(letter.as_bytes())
        report = import_paths([self.drop / f"{self._mails}.eml"], now=clock.now())
        assert (report.filed, report.lost) == (1, 0)
        self.works()
        return self.case_of(letter)

    def letter(self, text: str, *, answering: Reply | None = None) -> EmailMessage:
        """Return what the customer's mail program makes of their words."""
        self._mails += 1
        name, quoting = (answering.internet_message_id, answering.text) if answering else ("", "")
        return letter_of(self.story, self._mails, text, answering=name, quoting=quoting)

    def case_of(self, letter: EmailMessage) -> Case:
        """Return the case on which that letter stands."""
        return Case.objects.get(conversations__messages__internet_message_id=letter["Message-ID"])

    def works(self) -> None:
        """Let the worker do everything that is due now."""
        run_due(clock.now(), tasks=TASKS)

    def page(self, name: str, *args: Any) -> str:
        """Return a page as Aino sees it."""
        answer = self.browser.get(reverse(name, args=args))
        assert answer.status_code == 200, answer
        return answer.content.decode()

    def coach(self, case: Case, text: str, *, act: str = "draft", **more: str) -> str:
        """Write into the composer and return what the coach says beside it."""
        written = {"text": text, "seen_version": str(Case.objects.get(pk=case.pk).version), **more}
        answer = self.browser.post(reverse(act, args=[case.pk]), written, headers={"HX-Request": "true"})
        said: str = answer.content.decode()
        assert answer.status_code == 200, answer
        assert "cannot read along" not in said, said
        return said

    def refused(self, case: Case, text: str) -> str:
        """Write what would anger them again; return the coach's words, after the desk refused to send it."""
        said = self.coach(case, text)
        assert self.sends(case, text) is None
        return said

    def promises_and_sends(self, case: Case, text: str) -> Reply:
        """Write a good reply, confirm what it promises, send it and let it leave."""
        said = self.coach(case, text)
        assert re.findall(r'data-severity="error">.*?</p>', said, re.DOTALL) == []
        proposed = {unescape(quote) for quote in re.findall(r'name="confirm" value="([^"]*)"', said)}
        assert self.story.promise in proposed
        self.coach(case, text, act="draft-chip", confirm=self.story.promise)
        for other in proposed - {self.story.promise}:
            self.coach(case, text, act="draft-chip", dismiss=other)
        reply = self.sends(case, text)
        assert reply is not None
        self.works()
        assert self.story.name in self.page("outbox")
        return Reply.objects.get(pk=reply.pk)

    def sends(self, case: Case, text: str) -> Reply | None:
        """Press Send; return the reply when the desk took it."""
        before = set(Reply.objects.values_list("pk", flat=True))
        written = {"text": text, "seen_version": str(Case.objects.get(pk=case.pk).version)}
        self.browser.post(reverse("reply-send", args=[case.pk]), written)
        return Reply.objects.exclude(pk__in=before).first()

    def keeps(self, promise: Promise) -> Promise:
        """Write down on the Promises page that it was kept, and what shows it."""
        assert self.story.promise in self.page("promises")
        self.browser.post(reverse("promise-keep", args=[promise.pk]), {"evidence": self.story.evidence})
        return Promise.objects.get(pk=promise.pk)

    def rests(self, case: Case) -> Case:
        """Let the case rest because the customer said so."""
        self.browser.post(reverse("case-resolve", args=[case.pk]), {"ending": "customer_said"})
        return Case.objects.get(pk=case.pk)


def letter_of(story: Story, number: int, text: str, *, answering: str = "", quoting: str = "") -> EmailMessage:
    """Return a customer's mail; an answer names our Message-ID and quotes our words below."""
    letter = EmailMessage(policy=policy.SMTP)
    letter["From"] = f"{story.name} <{story.email}>"
    letter["To"] = DESK
    letter["Subject"] = f"Re: {story.subject}" if answering else story.subject
    letter["Message-ID"] = f"<{story.tag}.{number}@example.org>"
    if answering:
        letter["In-Reply-To"] = letter["References"] = answering
        text += "\n\n" + "\n".join(f"> {line}" for line in quoting.splitlines())
    letter.set_content(f"{text}\n")
    return letter


def heat_of(case: Case) -> list[int]:
    """Return how upset the customer was at each of their messages, 0–4, in order."""
    readings = MessageReading.objects.filter(message__conversation__case=case).order_by("message__at", "message")
    return list(readings.values_list("intensity", flat=True))


def threats_of(case: Case) -> set[str]:
    """Return the kinds of threat in the customer's messages."""
    readings = MessageReading.objects.filter(message__conversation__case=case)
    return {threat["kind"] for reading in readings for threat in reading.reading["threats"]}


def goes_out(reply: Reply) -> EmailMessage:
    """Return the mail that left, as the customer's mail program reads it."""
    return message_from_bytes(bytes(reply.mime or b""), policy=policy.default)  # type: ignore[return-value]
