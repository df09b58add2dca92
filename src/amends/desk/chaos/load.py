"""So many mails a second, while people look at pages."""

import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import connection

from amends.desk.access import arriving_for
from amends.desk.chaos.census import count_mails, let_finish, run_out_the_leases
from amends.desk.chaos.people import brand, colleagues, session_of
from amends.desk.chaos.plan import Plan, Toll
from amends.desk.chaos.programs import Program, free_port, running, soon
from amends.desk.chaos.senders import Senders, all_sent, name_of, number_in
from amends.desk.models import Message
from amends.measures.times import p50, p95

FIRST_MAIL: Final = 9_000_000
OPENS_WITHIN_S: Final = 60.0
PAGES: Final = ("/", "/promises/", "/outbox/")
LOOK_EVERY_S: Final = 0.05
LOOK_AT_PAGES_EVERY_S: Final = 0.25
VISIBLE_WITHIN_S: Final = 1.0
SHARE_IN_TIME: Final = 0.95


def run(plan: Plan, say: Callable[[str], None]) -> Toll:
    """Send at the wanted rate for most of the time; see when each mail is in the queue, and how pages answer."""
    toll, smtp, web, _ = Toll(), free_port(), free_port(), brand()
    mails = int(plan.rate * plan.seconds * 0.6)
    programs = (
        Program(plan.home, "receive-mail", f"127.0.0.1:{smtp}", port=smtp),
        Program(plan.home, "work"),
        Program(plan.home, "serve", "--port", str(web), port=web),
    )
    with running(*programs):
        senders = Senders(smtp, range(mails), servers=plan.senders, rate=plan.rate)
        watch, visitor = _Watch(senders), _Visitor(f"http://127.0.0.1:{web}")
        _warm_up(smtp, visitor)
        began = time.monotonic()
        for each in (senders, watch, visitor):
            each.start()
        done = all_sent(senders, at_most_s=plan.seconds)
        took_s = time.monotonic() - began
        senders.stop()
        let_finish(plan)
        watch.end()
        visitor.end()
    run_out_the_leases()
    count_mails(toll, senders.said_yes)
    toll.more |= {"rate_wanted": plan.rate, "rate_taken": round(len(senders.said_yes) / took_s, 1)}
    toll.more |= {"taken_p95_ms": _p95_ms(senders.times_s), "pages": len(visitor.times_s), **watch.figures()}
    toll.more |= {"page_p50_ms": _p50_ms(visitor.times_s), "page_p95_ms": _p95_ms(visitor.times_s)}
    toll.claim(done, f"only {len(senders.said_yes)} of {mails} mails were taken in {plan.seconds:.0f} s")
    toll.claim(not visitor.failures, f"{len(visitor.failures)} pages failed, the first: {visitor.failures[:1]}")
    in_time = toll.more["visible_within_1_s"]
    toll.claim(in_time >= SHARE_IN_TIME, f"only {in_time:.0%} of the mails were in the queue within a second")
    say(f"{len(senders.said_yes)} mails at {toll.more['rate_taken']} a second, {toll.more['pages']} pages")
    return toll


def _warm_up(port: int, visitor: "_Visitor") -> None:
    """Wait until every program has done its work once: how long a desk takes to open is measured elsewhere."""
    first = Senders(port, [FIRST_MAIL], servers=1)
    first.start()
    filed = Message.objects.filter(internet_message_id=name_of(FIRST_MAIL))
    soon(lambda: filed.exists(), at_most_s=OPENS_WITHIN_S, every_s=0.1)
    first.stop()
    for page in PAGES:
        visitor.open(page)


class _Onlooker:
    """Somebody who looks, in a thread, until told that it is over."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """Look to the end of the round and stop."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        raise NotImplementedError


class _Watch(_Onlooker):
    """Looks again and again which mails Now shows as just come in, and which are on a case."""

    def __init__(self, senders: Senders) -> None:
        self._senders = senders
        self._shown: dict[str, float] = {}
        self._filed: dict[str, float] = {}
        super().__init__()

    def figures(self) -> dict[str, float]:
        """Return how long after our yes a mail was seen on Now, and how long until it was on a case."""
        # Whatever is on its case before we looked was seen there.
        shown = {name: min(self._shown.get(name, at), at) for name, at in self._filed.items()}
        return {**self._waits("visible", {**self._shown, **shown}), **self._waits("filed", self._filed)}

    def _waits(self, what: str, seen: dict[str, float]) -> dict[str, float]:
        yes = {name_of(number): at for number, at in self._senders.said_yes.items()}
        waits = [max(0.0, seen[name] - at) for name, at in yes.items() if name in seen]
        in_time = sum(wait <= VISIBLE_WITHIN_S for wait in waits) / max(1, len(yes))
        return {
            f"{what}_p50_ms": _p50_ms(waits),
            f"{what}_p95_ms": _p95_ms(waits),
            f"{what}_max_ms": round(1000 * max(waits, default=0.0), 1),
            f"{what}_within_1_s": round(in_time, 4),
        }

    def _look(self) -> None:
        newest, is_last = 0, False
        while not is_last:
            is_last = self._over.wait(LOOK_EVERY_S)
            for subject in _just_came_in():
                self._shown.setdefault(name_of(number_in(subject)), time.monotonic())
            for key, name in Message.objects.filter(pk__gt=newest).values_list("pk", "internet_message_id"):
                self._filed.setdefault(name, time.monotonic())
                newest = max(newest, key)
        connection.close()


def _just_came_in() -> list[str]:
    """Return the subjects of what Now counts as just come in."""
    waiting = arriving_for(colleagues()[0]).values_list("envelope__glance__subject", flat=True)
    return [subject for subject in waiting if subject]


class _Visitor(_Onlooker):
    """A colleague who looks at one page after the other."""

    def __init__(self, address: str) -> None:
        self.times_s: list[float] = []
        self.failures: list[str] = []
        self._address = address
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(colleagues()[0])}"
        super().__init__()

    def _look(self) -> None:
        looked = 0
        while not self._over.wait(LOOK_AT_PAGES_EVERY_S):
            began = time.perf_counter()
            self.open(PAGES[looked % len(PAGES)])
            self.times_s.append(time.perf_counter() - began)
            looked += 1

    def open(self, page: str) -> None:
        """Look at one page."""
        asked = urllib.request.Request(self._address + page, headers={"Cookie": self._cookie})  # noqa: S310  # http only
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310  # our own page on loopback
                answer.read()
                if answer.url != self._address + page:
                    self.failures.append(f"{page} led to {answer.url}")
        except OSError as trouble:
            self.failures.append(f"{page}: {trouble}")


def _p50_ms(times_s: list[float]) -> float:
    return round(1000 * p50(times_s), 1) if times_s else 0.0


def _p95_ms(times_s: list[float]) -> float:
    return round(1000 * p95(times_s), 1) if len(times_s) > 1 else 0.0
