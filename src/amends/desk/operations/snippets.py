"""Snippets: written, changed, put away, taken from a file, and put into a reply."""

from dataclasses import dataclass, field
from importlib import resources
from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Case, Snippet, SnippetText
from amends.desk.operations.errors import CannotKeepSnippet
from amends.desk.operations.rows import hold, write
from amends.flow.snippet_file import LONGEST_NAME, LONGEST_TEXT, MOST_CUES, Written, read_snippets
from amends.flow.snippets import VARIABLES
from amends.text.placeholders import slots
from amends.vocabulary import LanguageTag, Moment

STARTER: Final = resources.files("amends.desk") / "starter" / "snippets.toml"


@dataclass(kw_only=True)
class Taken:
    """What became of the items of a file: names added, changed, and left as they were."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def keep_snippet(written: Written, *, snippet: Snippet | None = None, by: Agent | None, now: Moment) -> Snippet:
    """Write a snippet, or change one; a text that is replaced is kept with its author.

    Raises CannotKeepSnippet without a name or any text, for a name that another one has, and (`context["variables"]`)
    for a variable that nobody could fill.
    """
    _refuse(written, snippet)
    with transaction.atomic():
        is_new = snippet is None
        row = hold(snippet) if snippet is not None else Snippet(made_by=by, made_at=now)
        row.name, row.kind = written.name, Snippet.Kind(written.kind)
        row.causes, row.stages, row.cues = list(written.causes), list(written.stages), list(written.cues)
        row.save()
        languages = _write_texts(row, written, by=by, now=now)
        kind = "snippet.made" if is_new else "snippet.changed"
        record(kind, at=now, actor=by, snippet=row.pk, name=row.name, languages=languages)
    return row


def retire_snippet(snippet: Snippet, *, by: Agent, now: Moment) -> bool:
    """Put a snippet away; return whether it was in use. Replies it stands in stay as they are."""
    return _set_retired(snippet, now, by=by, now=now)


def bring_back_snippet(snippet: Snippet, *, by: Agent, now: Moment) -> bool:
    """Offer a snippet again; return whether it was put away."""
    return _set_retired(snippet, None, by=by, now=now)


def take_in(text: str, *, by: Agent | None, now: Moment) -> Taken:
    """Take snippets from a file, all or none; one whose name exists is changed.

    Raises BadSnippets and CannotKeepSnippet.
    """
    items, taken = read_snippets(text), Taken()
    with transaction.atomic():
        for written in items:
            found = Snippet.objects.filter(name__iexact=written.name).first()
            if found is not None and written_of(found) == written:
                taken.same.append(written.name)
                continue
            keep_snippet(written, snippet=found, by=by, now=now)
            (taken.added if found is None else taken.changed).append(written.name)
    return taken


def take_in_starter(*, by: Agent | None, now: Moment) -> Taken:
    """Take in the twenty snippets that ship; those already here by name stay as somebody changed them."""
    here = {name.lower() for name in Snippet.objects.values_list("name", flat=True)}
    taken = Taken()
    with transaction.atomic():
        for written in read_snippets(STARTER.read_text(encoding="utf-8")):
            if written.name.lower() in here:
                taken.same.append(written.name)
            else:
                keep_snippet(written, by=by, now=now)
                taken.added.append(written.name)
    return taken


def inserted(snippet: Snippet, *, case: Case, language: LanguageTag, by: Agent, now: Moment) -> None:
    """Write down that a snippet was put into a reply: so that one can see which of them help."""
    with transaction.atomic():
        record("snippet.inserted", at=now, case=case, actor=by, snippet=snippet.pk, language=language)


def written_of(snippet: Snippet) -> Written:
    """Return a snippet as it could stand in a file."""
    return Written(
        name=snippet.name,
        kind=snippet.kind,
        causes=tuple(snippet.causes),
        stages=tuple(snippet.stages),
        cues=tuple(snippet.cues),
        texts=texts_of(snippet),
    )


def texts_of(snippet: Snippet) -> dict[LanguageTag, str]:
    """Return what a snippet says now, by language; of rows fetched together with it where they are."""
    return {text.language: text.text for text in snippet.texts.all() if text.replaced_at is None}


def _refuse(written: Written, snippet: Snippet | None) -> None:
    texts = [text for text in written.texts.values() if text.strip()]
    if not written.name.strip() or not texts:
        raise CannotKeepSnippet
    if len(written.name) > LONGEST_NAME or max(map(len, texts)) > LONGEST_TEXT or len(written.cues) > MOST_CUES:
        raise CannotKeepSnippet("A snippet is longer than it may be. Part it in two.")
    namesake = Snippet.objects.filter(name__iexact=written.name).first()
    if namesake is not None and namesake != snippet:
        raise CannotKeepSnippet("Another snippet has this name. Give this one its own.")
    if unknown := sorted({slot.span.of(text) for text in texts for slot in slots(text) if slot.name not in VARIABLES}):
        raise CannotKeepSnippet("Nobody could fill one of the variables. Choose from those listed.", variables=unknown)


def _write_texts(row: Snippet, written: Written, *, by: Agent | None, now: Moment) -> list[LanguageTag]:
    """Write the texts that differ from what stands; return their languages. An empty text takes one away."""
    standing = {text.language: text for text in row.texts.filter(replaced_at=None)}
    wanted = {tag: text.strip() for tag, text in written.texts.items() if text.strip()}
    stays = {tag for tag, text in standing.items() if wanted.get(tag) == text.text}
    row.texts.filter(replaced_at=None).exclude(language__in=stays).update(replaced_at=now)
    fresh = {tag: text for tag, text in wanted.items() if tag not in stays}
    SnippetText.objects.bulk_create(
        SnippetText(snippet=row, language=tag, text=text, written_by=by, written_at=now) for tag, text in fresh.items()
    )
    return sorted({*fresh, *standing} - stays)


def _set_retired(snippet: Snippet, at: Moment | None, *, by: Agent, now: Moment) -> bool:
    with transaction.atomic():
        if (hold(snippet).retired_at is None) == (at is None):
            return False
        snippet.retired_at = at
        write(snippet, "retired_at")
        kind = "snippet.brought_back" if at is None else "snippet.retired"
        record(kind, at=now, actor=by, snippet=snippet.pk, name=snippet.name)
    return True
