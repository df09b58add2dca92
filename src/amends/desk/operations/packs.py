"""The house's own rules: written, switched on and off, taken from a file, and told to the coach."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from amends.coach.house import LONGEST_WORD, Word, WordKind, is_sayable, pack_of
from amends.coach.house import NAME as WORDS
from amends.coach.own import Files, problems
from amends.desk.events import record
from amends.desk.models import Agent, CoachPack, CoachPackText, HouseWord
from amends.desk.operations.errors import CannotKeepPack, CannotKeepWord
from amends.desk.operations.rows import hold, write
from amends.languages import LanguagePack, load
from amends.vocabulary import FIRST_CLASS, LanguageTag, Moment

LONGEST_NAME: Final = 60
MOST_ON: Final = 40
"""Packs that speak at once: together they are bounded too."""


def keep_pack(
    name: str, *, language: LanguageTag, text: str, pack: CoachPack | None = None, by: Agent, now: Moment
) -> CoachPack:
    """Keep a pack that holds; a text that is replaced stays with its author. A new one is off.

    Raises CannotKeepPack: `context["problems"]` says with its line what does not hold.
    """
    name = " ".join(name.split())
    _refuse(name, language=language, text=text, pack=pack)
    with transaction.atomic():
        row = hold(pack) if pack is not None else CoachPack(made_by=by, made_at=now)
        row.name, row.language = name, language
        row.save()
        standing = row.texts.filter(replaced_at=None).first()
        if standing is None or standing.text != text:
            row.texts.filter(replaced_at=None).update(replaced_at=now)
            CoachPackText.objects.create(pack=row, text=text, written_by=by, written_at=now)
        record("coach_pack.changed" if pack else "coach_pack.made", at=now, actor=by, pack=row.pk, name=name)
    return row


def switch_pack(pack: CoachPack, *, on: bool, by: Agent, now: Moment) -> bool:
    """Let a pack speak, or be silent; return whether that changed anything.

    Raises CannotKeepPack for one that does not hold any more, as may be after an update.
    """
    if on and pack.on_since is None:
        _refuse(pack.name, language=pack.language, text=text_of(pack), pack=pack)
        if CoachPack.objects.exclude(on_since=None).count() >= MOST_ON:
            raise CannotKeepPack("Too many packs are on. Switch one off, or put two together.")
    with transaction.atomic():
        if (hold(pack).on_since is not None) == on:
            return False
        pack.on_since = now if on else None
        write(pack, "on_since")
        record("coach_pack.switched_on" if on else "coach_pack.switched_off", at=now, actor=by, pack=pack.pk)
    return True


def take_in_pack(name: str, *, language: LanguageTag, text: str, by: Agent, now: Moment) -> CoachPack:
    """Keep a pack from a file; one of that name is changed. Raises CannotKeepPack."""
    found = CoachPack.objects.filter(name__iexact=name.strip()).first()
    return keep_pack(name, language=found.language if found else language, text=text, pack=found, by=by, now=now)


def text_of(pack: CoachPack) -> str:
    """Return what a pack says now."""
    found = pack.texts.filter(replaced_at=None).first()
    return found.text if found else ""


def add_word(kind: WordKind | str, *, word: str, instead: str = "", by: Agent, now: Moment) -> HouseWord:
    """Put a word on a list of the house. Raises CannotKeepWord where nobody could look for it, or it stands there."""
    word, instead = " ".join(word.split()), " ".join(instead.split())
    here = HouseWord.objects.filter(kind=kind, removed_at=None, word__iexact=word)
    if not is_sayable(word) or len(instead) > LONGEST_WORD or kind not in set(WordKind):
        raise CannotKeepWord
    if word.lower() in instead.lower().split() or here.exists():
        raise CannotKeepWord("This word is on the list already, or would be suggested for itself.")
    with transaction.atomic():
        row = HouseWord.objects.create(kind=kind, word=word, instead=instead, added_by=by, added_at=now)
        record("house_word.added", at=now, actor=by, word=row.pk, said=word)
    return row


def remove_word(row: HouseWord, *, by: Agent, now: Moment) -> bool:
    """Take a word off its list; return whether it stood there."""
    with transaction.atomic():
        if hold(row).removed_at is not None:
            return False
        row.removed_at, row.removed_by = now, by
        write(row, "removed_at", "removed_by")
        record("house_word.removed", at=now, actor=by, word=row.pk, said=row.word)
    return True


def own_files(pack: LanguagePack) -> Files:
    """Return the house's own rules for replies in a language: its packs that are on, and its words."""
    on = CoachPackText.objects.filter(pack__on_since__isnull=False, replaced_at=None).select_related("pack")
    files = {text.pack.name: text.text for text in on if load(text.pack.language) is pack}
    words = pack_of(_words(), pack)
    return files | {WORDS: words} if words else files


def refuse_language(language: LanguageTag) -> None:
    """Raise CannotKeepPack for a language that the coach has no rules in."""
    if language not in FIRST_CLASS:
        raise CannotKeepPack("The coach does not know this language. Choose one of the list.")


def _words() -> Iterable[Word]:
    """Return the words of the house; whoever works here is a colleague without being written down."""
    rows = HouseWord.objects.filter(removed_at=None).values_list("kind", "word", "instead")
    yield from (Word(kind=WordKind(kind), word=word, instead=instead) for kind, word, instead in rows)
    people = Agent.objects.filter(is_active=True).values_list("display_name", flat=True)
    yield from (Word(kind=WordKind.COLLEAGUE, word=name) for name in people if name.strip())


def _refuse(name: str, *, language: LanguageTag, text: str, pack: CoachPack | None) -> None:
    namesake = CoachPack.objects.filter(name__iexact=name).first()
    if not name or len(name) > LONGEST_NAME or name.lower() == WORDS or "," in name:
        raise CannotKeepPack
    refuse_language(language)
    if namesake is not None and namesake != pack:
        raise CannotKeepPack("Another pack has this name. Give this one its own.")
    spoken = load(language)
    others = {other: said for other, said in own_files(spoken).items() if pack is None or other != pack.name}
    if found := problems(name, text, spoken, beside=others):
        raise CannotKeepPack("The pack does not hold yet. Mend the lines named, then keep it.", problems=found)
