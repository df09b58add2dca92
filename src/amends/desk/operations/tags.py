"""Words that colleagues hang on cases."""

from typing import Final

from django.db import transaction

from amends.desk.events import record
from amends.desk.models import Agent, Case, Tag, Tagging
from amends.desk.operations.errors import NoSuchTag
from amends.desk.operations.rows import hold, write
from amends.vocabulary import Moment

LONGEST: Final = 40


def tag_case(case: Case, *, name: str, by: Agent, now: Moment) -> bool:
    """Hang a tag on a case, made if it is new; return whether it was not there yet. Raises NoSuchTag for no name."""
    name = clean(name)
    with transaction.atomic():
        tag = Tag.objects.filter(name__iexact=name).first() or _make(name, by=by, now=now)
        _, is_new = Tagging.objects.get_or_create(case=hold(case), tag=tag, defaults={"by": by, "at": now})
        if is_new:
            record("case.tagged", at=now, case=case, actor=by, tag=tag.pk, name=tag.name)
    return is_new


def untag_case(case: Case, *, name: str, by: Agent, now: Moment) -> bool:
    """Take a tag off a case; return whether it hung there."""
    with transaction.atomic():
        hanging = Tagging.objects.filter(case=hold(case), tag__name__iexact=clean(name)).select_related("tag").first()
        if hanging is None:
            return False
        hanging.delete()
        record("case.untagged", at=now, case=case, actor=by, tag=hanging.tag_id, name=hanging.tag.name)
    return True


def change_tag(tag: Tag, *, name: str, mark: Tag.Mark | str, by: Agent, now: Moment) -> Tag:
    """Give a tag another name or shape; a name that another tag has merges this one into it. Return what it is now."""
    name = clean(name)
    other = Tag.objects.filter(name__iexact=name).exclude(pk=tag.pk).first()
    if other is not None:
        return merge_tags(tag, into=other, by=by, now=now)
    with transaction.atomic():
        before = {"name": hold(tag).name, "mark": tag.mark}
        tag.name, tag.mark = name, Tag.Mark(mark)
        write(tag, "name", "mark")
        record("tag.changed", at=now, actor=by, tag=tag.pk, name=tag.name, mark=tag.mark, before=before)
    return tag


def merge_tags(tag: Tag, *, into: Tag, by: Agent, now: Moment) -> Tag:
    """Hang another tag on every case of this one, and let this one go. Return the other."""
    with transaction.atomic():
        hold(into)
        there = set(into.taggings.values_list("case", flat=True))
        moved = hold(tag).taggings.exclude(case__in=there).update(tag=into)
        record("tag.merged", at=now, actor=by, tag=tag.pk, name=tag.name, into=into.pk, cases=moved)
        tag.delete()
    return into


def clean(name: str) -> str:
    """Return a name of a tag without signs around it and inner white space. Raises NoSuchTag when nothing is left."""
    found = " ".join(name.replace('"', " ").replace(",", " ").split()).lstrip("#")[:LONGEST].strip()
    if not found:
        raise NoSuchTag
    return found


def _make(name: str, *, by: Agent, now: Moment) -> Tag:
    tag = Tag.objects.create(name=name, made_by=by, made_at=now)
    record("tag.made", at=now, actor=by, tag=tag.pk, name=name)
    return tag
