"""Asking a model to put a draft in other words: shown before it leaves, checked after, never sent by the desk."""

import os
from typing import Final

from django.conf import settings
from django.db import transaction

from amends.desk import home
from amends.desk.events import record
from amends.desk.models import Draft
from amends.desk.operations.drafting import review_draft, review_text
from amends.desk.operations.errors import NoModel
from amends.engines.llm_http import Endpoint, asked
from amends.flow.rewrite import Outgoing, Rewritten, outgoing, rewritten
from amends.vocabulary import AmendsError, LanguageTag, Moment

KEPT_AS: Final = "writer"
KEY_VARIABLE: Final = "AMENDS_WRITER_KEY"


def would_send(draft: Draft, *, now: Moment, interface: LanguageTag) -> Outgoing:
    """Return all that would leave the house for a draft. Reads rows, writes none. Raises NoModel."""
    if settings.WRITER is None:
        raise NoModel
    seen = review_draft(draft, now=now, interface=interface, at_once=True)
    customer, author = draft.case.customer, draft.author
    names = [customer.name, customer.honorific, author.display_name, author.get_full_name()]
    return outgoing(
        draft.text, names=[name for name in names if name], language=seen.language, findings=seen.verdict.findings
    )  # fmt: skip


def ask_for_words(draft: Draft, *, now: Moment, interface: LanguageTag) -> Rewritten:
    """Return other words for a draft, which stays as it is. The network is asked outside of any transaction.

    Raises NoModel, WriterFailed, RewriteRefused.
    """
    endpoint: Endpoint | None = settings.WRITER
    if endpoint is None:
        raise NoModel
    sent = would_send(draft, now=now, interface=interface)
    key = os.environ.get(KEY_VARIABLE) or home.secret(KEPT_AS)
    said: str = "refused"
    try:
        made = rewritten(
            draft.text,
            sent,
            ask=lambda messages: asked(endpoint, key=key, messages=messages),
            look=lambda text: review_text(text, case=draft.case, now=now, interface=interface),
            at=now,
        )
        said = "offered"
        return made
    except AmendsError as error:
        said = type(error).__name__
        raise
    finally:
        with transaction.atomic():
            record("rewrite.asked", at=now, case=draft.case, actor=draft.author, host=endpoint.host, outcome=said)
