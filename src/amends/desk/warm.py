"""Load what the first reply and the first message would wait for, beside the work, in the languages of this desk."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import connection

from amends.desk import clock
from amends.desk.home import home
from amends.desk.models import Agent, Brand
from amends.flow import warm
from amends.search.ask import understand
from amends.search.forms import Dictionaries
from amends.search.wanted import wanted
from amends.vocabulary import LanguageTag, Moment

Load = Callable[[LanguageTag, Moment], None]

log = logging.getLogger(__name__)
A_WORD: Final = "refunds"
AFTER_S: Final = 1.0
"""Seconds left to the first page, which is fetched as soon as the desk says that it is open."""


def warm_coach() -> threading.Thread:
    """Load the coach in a thread and return it; for the process that serves the pages."""
    _own_dictionaries()
    return _beside("warm coach", _for_the_pages)


def _for_the_pages(tag: LanguageTag, now: Moment) -> None:
    """Load what a search asks of a dictionary, and the coach: packing the Finnish one takes seconds, once."""
    wanted(understand(A_WORD), (tag,))
    warm.warm_coach(tag, country=_country(), now=now)


def warm_reading() -> threading.Thread:
    """Load the reading in a thread and return it; for the worker."""
    _own_dictionaries()
    return _beside("warm reading", lambda tag, now: warm.warm_reading(tag, now=now))


def languages_spoken() -> list[LanguageTag]:
    """Return the languages in which somebody here answers, those of most colleagues first."""
    spoken = [tag for tags in Agent.objects.filter(is_active=True).values_list("languages", flat=True) for tag in tags]
    return sorted(set(spoken), key=lambda tag: (-spoken.count(tag), tag))


def _own_dictionaries() -> None:
    """Keep the packed dictionaries of the search in the desk's own folder: a service may have no other."""
    Dictionaries.keep_in(home() / "dictionaries")


def _country() -> str | None:
    brand = Brand.objects.order_by("pk").first()
    return (brand.country or None) if brand else None


def _beside(name: str, load: Load) -> threading.Thread:
    thread = threading.Thread(target=_load_all, args=[load], name=name, daemon=True)
    thread.start()
    return thread


def _load_all(load: Load) -> None:
    threading.Event().wait(AFTER_S)
    try:
        for tag in languages_spoken():
            load(tag, clock.now())
    except Exception:  # the first who needs it will load it, and see what is wrong
        log.exception("a language could not be loaded ahead")
    finally:
        connection.close()
