"""Moments: neighbouring pieces of time joined, and set to a first and a last moment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from amends.promises.again import at_same_hours, named_again
from amends.promises.atoms import Atom, Hours, Rank, Setting, local
from amends.promises.clocks import MIDNIGHT, by_night, is_of_night, later, settled
from amends.promises.forms import Glue
from amends.promises.sieve import Glues
from amends.promises.values import Basis
from amends.text.spans import Span
from amends.vocabulary import Moment

FARTHEST_GAP = 24
FARTHEST_VERB = 48
FARTHEST_PUT_RIGHT = 48
EVENING = 17
DINNER = range(5, 11)


@dataclass(frozen=True, kw_only=True)
class RangeJoint:
    """What stands between, before and behind the two ends of a range: "between … and …", "… – …"."""

    joint: Glue
    before: Glue | None = None
    behind: Glue | None = None


@dataclass(frozen=True, kw_only=True)
class Joints:
    """The small words of a language around pieces of time.

    `restates` stands before the same time in other words, or put right: "Friday, that is the 27th". `past_leads` and
    `past_tails` put a time into the past that would be a coming one without them: "3 March *last year*". `corrects`
    opens a sentence that puts the one before it right: "Sorry, *I meant* Monday"; `retracts` opens one that takes it
    back and says anew: "*Scrap that*, we come on Monday". `goes_on` starts a clause of its own: "out today *and* with
    you by six". `dinner` makes a bare hour one of the evening. `names` stands before a day that a capital behind it
    makes part of a name: "our Friday Night Feast Box". `moved_from` stands before a time that another takes the place
    of: "*moved from* Thursday to Friday". `glues` tells which small words may stand in a sentence at all.
    """

    glues: Glues
    near: Glue
    ranges: Sequence[RangeJoint]
    restates: Glue
    past_leads: Glue
    past_tails: Glue
    corrects: Glue
    retracts: Glue
    goes_on: Glue
    dinner: Glue
    names: Glue
    moved_from: Glue

    def may(self, glue: Glue, sentence: str) -> bool:
        """Return whether a small word may stand in any part of a sentence: cheap to ask before it is searched for."""
        return glue in self.glues.let_through(sentence)

    def opening(self, glue: Glue, text: str, *, of: str) -> int | None:
        """Return where a small word ends with which a part of a sentence opens, or None. `of`: the sentence."""
        return glue.opening(text) if self.may(glue, of) else None

    def ending(self, glue: Glue, text: str, *, of: str) -> int | None:
        """Return where a small word starts with which a part of a sentence ends, or None. `of`: the sentence."""
        return glue.ending(text) if self.may(glue, of) else None


@dataclass(frozen=True, kw_only=True)
class Due:
    """When something falls due: `start` equals `end` but for ranges; both are None for "soon".

    `counted` is True when it is so long from now ("within 3 days"), False when it is a day or an hour.
    """

    span: Span
    start: Moment | None
    end: Moment | None
    basis: Basis
    counted: bool = False


def joined(
    atoms: Sequence[Atom],
    sentence: str,
    joints: Joints,
    setting: Setting,
    *,
    named: Moment | None = None,
    leans: bool = False,
) -> list[Atom]:
    """Return atoms in reading order with those merged that speak of one time.

    `named`: the last time named before; with `leans` a lone hour is of its day.
    """
    whole: list[Atom] = []
    for atom in _with_weekdays(sorted(atoms, key=lambda a: a.span), sentence, joints):
        merged = _merged(whole[-1], atom, sentence, joints, setting) if whole else None
        if merged is None:
            whole.append(atom)
        else:
            whole[-1] = replace(merged, leans=False)
    standing = [a for a in whole if not a.leans and not _is_past(a, sentence, joints)]
    moved = (_moved_to(a) if _is_left(a, sentence, joints) else a for a in standing)
    whole = at_same_hours(named_again([a for a in moved if a is not None], named), named)
    ends = {a.span for a in whole if a.days and _ends_its_clause(a, whole, sentence, joints)}
    return _reunited(whole, named.date() if named and leans else None, ends=ends)


def due(atom: Atom, setting: Setting) -> Due | None:
    """Return when an atom falls due, or None when that has passed already."""
    first, last = _ends(atom, setting)
    if last < setting.at or first > last:
        return None
    first = max(first, setting.at)
    basis = Basis.RANGE if first < last else atom.basis
    return Due(span=atom.span, start=first, end=last, basis=basis, counted=atom.counted)


def _with_weekdays(atoms: Sequence[Atom], sentence: str, joints: Joints) -> list[Atom]:
    """Return atoms in which a date has absorbed the weekday before it that it falls on.

    Before any other two are joined: "before Independence Day, Monday 16 August" names two days, not three.
    """
    found: list[Atom] = []
    for atom in atoms:
        gap = sentence[found[-1].span.end : atom.span.start] if found else ""
        if found and _is_its_weekday(found[-1], atom) and "-" not in gap and joints.near.spans_all(gap):
            weekday = found[-1]
            found[-1] = replace(atom, span=Span(weekday.span.start, atom.span.end), hours=atom.hours or weekday.hours)
        else:
            found.append(atom)
    return found


def _is_its_weekday(weekday: Atom, dated: Atom) -> bool:
    if weekday.rank != Rank.WEEKDAY or dated.rank != Rank.DATE or not weekday.days or not dated.days:
        return False
    return weekday.days[0].weekday() == dated.days[0].weekday()


def _is_past(atom: Atom, sentence: str, joints: Joints) -> bool:
    """Return whether a word beside a time says that it is over: "yesterday at four", "14 May last year"."""
    behind = sentence[atom.span.end : atom.span.end + FARTHEST_GAP]
    if joints.opening(joints.past_tails, behind, of=sentence) is not None:
        return True
    before = sentence[max(0, atom.span.start - FARTHEST_GAP) : atom.span.start]
    return joints.ending(joints.past_leads, before, of=sentence) is not None


def _is_left(atom: Atom, sentence: str, joints: Joints) -> bool:
    """Return whether something moved away from a time, so that it opens no range: "moved from Thursday to Friday"."""
    before = sentence[max(0, atom.span.start - FARTHEST_VERB) : atom.span.start]
    return joints.ending(joints.moved_from, before, of=sentence) is not None


def _moved_to(left: Atom) -> Atom | None:
    """Return the end of what reads as a stretch where something moves to it: "from the 16th to the 18th"."""
    if left.days and left.days[0] < left.days[1]:
        return replace(left, days=(left.days[1],) * 2)
    if left.hours and left.hours.first < left.hours.last:
        return replace(left, hours=replace(left.hours, first=left.hours.last))
    return None


def _ends_its_clause(day: Atom, atoms: Sequence[Atom], sentence: str, joints: Joints) -> bool:
    """Return whether a clause ends with a day and another goes on to an hour: "out today, and with you by six"."""
    if not joints.may(joints.goes_on, sentence):
        return False
    behind = next((atom.span.start for atom in atoms if atom.span.start >= day.span.end), len(sentence))
    before, between = sentence[: day.span.start], sentence[day.span.end : behind]
    end = joints.goes_on.opening(between)
    return end is not None and any(c.isalnum() for c in before) and any(c.isalnum() for c in between[end:])


def _reunited(atoms: list[Atom], earlier: date | None, *, ends: Collection[Span]) -> list[Atom]:
    """Return atoms with a lone time of day set on the day before it, or on the `earlier` day of the sentence before.

    "Tomorrow our driver comes at 4" is one time; "tomorrow at 10 we call, at 4 our driver comes" are two of one day,
    and so are those of which the first `ends` its clause.
    """
    found: list[Atom] = []
    for atom in atoms:
        if earlier and not found and atom.hours and not atom.days:
            found.append(replace(atom, days=(earlier, earlier)))
            continue
        day = found[-1] if found else None
        if day is None or day.days is None or day.counted or day.until or atom.hours is None or atom.days:
            found.append(atom)
        elif day.hours is None and day.span not in ends:
            found[-1] = replace(day, span=atom.span, hours=atom.hours)
        elif day.hours and day.span not in ends and not atom.hours.part_of_day and _within(atom.hours, day.hours):
            found[-1] = replace(day, span=atom.span, hours=_one_clock(day.hours, atom.hours))
        else:
            found.append(replace(day, span=atom.span, hours=atom.hours))
    return found


def _within(clock: Hours, part: Hours) -> bool:
    """Return whether a time of day may be the hour meant by a part of the day: 9:30 in "tomorrow morning"."""
    return part.part_of_day and settled(clock, part=part).last <= part.last


def _merged(left: Atom, right: Atom, sentence: str, joints: Joints, setting: Setting) -> Atom | None:
    gap = sentence[left.span.end : right.span.start]
    restates = bool(gap.strip()) and len(gap) <= FARTHEST_PUT_RIGHT and _restates(gap, sentence, joints)
    if len(gap) > FARTHEST_GAP and not restates:
        return None
    ranges = (joint for joint in joints.ranges if joints.may(joint.joint, sentence))
    if any(_is_range(left, right, sentence, j) for j in ranges) and not _is_left(left, sentence, joints):
        ranged = _ranged(left, right, setting)
        if ranged is not None:
            return ranged
    if gap.strip() and not restates and not joints.near.spans_all(gap):
        return None
    if left.again is not None and gap.strip():
        return _named_too(left, right)
    if restates and _names_another_day(left, right):
        return _renamed(left, right)
    return _beside(left, right) or (_renamed(left, right) if restates else None)


def _restates(gap: str, sentence: str, joints: Joints) -> bool:
    return joints.may(joints.restates, sentence) and joints.restates.spans_all(gap)


def _names_another_day(dated: Atom, weekday: Atom) -> bool:
    """Return whether a date is put right by a weekday that it is not: "the 12th, sorry, Monday"."""
    is_pair = weekday.rank == Rank.WEEKDAY and dated.rank == Rank.DATE and bool(dated.days and weekday.days)
    return is_pair and not _is_its_weekday(weekday, dated)


def _renamed(left: Atom, right: Atom) -> Atom | None:
    """Return the second of two times where it is the first in other words: "before the feast, namely on Monday"."""
    if left.again is not None or right.again is not None or not right.days:
        return None
    return _over(left, right)


def _named_too(left: Atom, right: Atom) -> Atom | None:
    """Return the date behind a mark that says which day an earlier one gives: "the Thursday before, the 16th"."""
    if right.again is not None or right.rank is not Rank.DATE:
        return _beside(left, right)
    return _over(left, right)


def _over(left: Atom, right: Atom) -> Atom:
    """Return the second of two times in the place of both, at the hours of the first where it names none."""
    return replace(right, span=Span(left.span.start, right.span.end), hours=right.hours or left.hours)


def _is_range(left: Atom, right: Atom, sentence: str, joint: RangeJoint) -> bool:
    if not joint.joint.spans_all(sentence[left.span.end : right.span.start]):
        return False
    if joint.before is not None and not joint.before.stands_in(sentence[: left.span.end]):
        return False
    return joint.behind is None or joint.behind.opening(sentence[right.span.end :]) is not None


def _ranged(left: Atom, right: Atom, setting: Setting) -> Atom | None:
    span = Span(left.span.start, right.span.end)
    if left.days and right.again is not None:
        day = right.again(left.days[1])
        right = replace(right, days=(day, day), again=None)
    if left.days and right.days:
        first, last = left.days[0], right.days[1]
        if first > last and right.rank == Rank.WEEKDAY:
            last += timedelta(days=7)
        if first >= last:
            return None
        if left.hours and left.hours != right.hours:
            # "Tonight or tomorrow", "this afternoon or tomorrow morning": each end at its own hour.
            opens, ends = _ends(left, setting)[0], _ends(replace(right, days=(last, last)), setting)[1]
            return replace(right, span=span, days=None, hours=None, moments=(opens, ends))
        return replace(right, span=span, days=(first, last))
    if left.hours and right.hours and not right.days:
        return replace(left, span=span, hours=_stretch(left.hours, right.hours))
    return None


def _stretch(first: Hours, last: Hours) -> Hours:
    last = settled(last)
    first = settled(first, part=last if last.last > time(12) and first.last.hour < 7 else None)
    return Hours(first=min(first.first, last.last), last=last.last)


def _beside(left: Atom, right: Atom) -> Atom | None:
    span = Span(left.span.start, right.span.end)
    if left.moments or right.moments or _is_again(left, right) or _is_again(right, left):
        return None
    if left.days and right.days:
        return _one_day(left, right, span)
    day, clock = (left, right) if left.days or left.again is not None else (right, left)
    if left.hours and right.hours:
        return replace(day, span=span, hours=_one_clock(left.hours, right.hours))
    same = left.same_hours or right.same_hours
    return replace(day, span=span, hours=day.hours or clock.hours, same_hours=same)


def _is_again(one: Atom, other: Atom) -> bool:
    """Return whether one of two neighbours tells its day by an earlier one, and the other has a day itself."""
    return one.again is not None and (other.days is not None or other.again is not None)


def _one_day(left: Atom, right: Atom, span: Span) -> Atom | None:
    """Return the day that two neighbours speak of: a date absorbs its weekday, a weekday falls in its week."""
    ruler, other = (left, right) if left.rank >= right.rank else (right, left)
    hours = left.hours or right.hours
    if other.week and ruler.days and other.days and ruler.days == (other.week, other.days[1]):
        # "Week 49 (30 Nov – 6 Dec)": the brackets only tell which days that week has.
        return replace(other, span=span)
    for weekday, week in ((ruler, other.week), (other, ruler.week)):
        if weekday.rank == Rank.WEEKDAY and week and weekday.days:
            day = week + timedelta(days=weekday.days[0].weekday())
            return replace(weekday, span=span, days=(day, day), hours=hours, rank=Rank.DAY)
    if left.days == right.days and not (left.counted or right.counted):
        return replace(ruler, span=span, hours=hours)
    if ruler.rank == other.rank or other.counted or ruler.counted or _are_two(ruler, other):
        return None
    return replace(ruler, span=span, hours=hours)


def _are_two(day: Atom, weekday: Atom) -> bool:
    """Return whether "sent today, Friday you have it" names two days: no date, and not the weekday that it is."""
    if day.rank != Rank.DAY or weekday.rank != Rank.WEEKDAY or not day.days or not weekday.days:
        return False
    return day.days[0].weekday() != weekday.days[0].weekday()


def _one_clock(left: Hours, right: Hours) -> Hours:
    if left.part_of_day == right.part_of_day:
        return right
    clock, part = (right, left) if left.part_of_day else (left, right)
    return by_night(clock) if is_of_night(clock, part) else settled(clock, part=part)


def _ends(atom: Atom, setting: Setting) -> tuple[Moment, Moment]:
    if atom.moments:
        return atom.moments
    hours = _by_evening(atom, setting) if atom.hours else None
    first, last = atom.days or _nearest_day(hours, setting)
    if hours is not None and hours.next_day:
        first, last = first + timedelta(days=1), last + timedelta(days=1)
    if hours is not None:
        opening = local(first, hours.first if first == last else hours.last, setting.at)
        return opening, local(last, hours.last, setting.at)
    return _closing(first, atom.until, setting), _closing(last, atom.until, setting)


def _by_evening(atom: Atom, setting: Setting) -> Hours | None:
    """Return the hours of an atom; "at eleven", said at half past ten in the evening of no other day, is tonight's.

    So is "at eight today", said in the morning after eight.
    """
    hours = settled(atom.hours) if atom.hours else None
    if hours is not None and setting.dinner and _is_of_dinner(atom.hours):
        return later(hours)
    if hours is None or atom.hours is None or atom.hours.sure or not _may_be_tonight(atom, hours, setting):
        return hours
    tonight = later(hours)
    return tonight if local(setting.at.date(), tonight.first, setting.at) >= setting.at else hours


def _may_be_tonight(atom: Atom, hours: Hours, setting: Setting) -> bool:
    """Return whether a bare hour of an atom may be one of this evening: of no day, or of today where it has passed."""
    if atom.days is None:
        return setting.at.hour >= EVENING
    today = setting.at.date()
    return atom.days == (today, today) and local(today, hours.last, setting.at) < setting.at


def _is_of_dinner(hours: Hours | None) -> bool:
    """Return whether a bare hour may be one of the evening: "a table for two, Friday at 8"."""
    return hours is not None and not hours.sure and not hours.part_of_day and hours.last.hour in DINNER


def _nearest_day(hours: Hours | None, setting: Setting) -> tuple[date, date]:
    """Return today for a time of day still to come, else tomorrow."""
    today = setting.at.date()
    if hours is not None and local(today, hours.last, setting.at) < setting.at:
        today += timedelta(days=1)
    return today, today


def _closing(day: date, until: time | None, setting: Setting) -> Moment:
    """Return the end of a day; "today", said after the office has closed, can only mean before midnight."""
    closing = setting.calendar.closing(day, setting.at.tzinfo) if until is None else local(day, until, setting.at)
    return local(day, MIDNIGHT, setting.at) if day == setting.at.date() and closing <= setting.at else closing
