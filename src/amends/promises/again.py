"""Again: a day or an hour that is told by one named before: "that day", "by then", "tomorrow at the same time"."""

from dataclasses import replace

from amends.promises.atoms import Atom, Hours
from amends.vocabulary import Moment


def named_again(atoms: list[Atom], earlier: Moment | None) -> list[Atom]:
    """Return atoms with "that day" counted from the last day named before it; without those that no day gives.

    `earlier`: what the sentence before is due at.
    """
    found: list[Atom] = []
    for atom in atoms:
        other = next((other for other in reversed(found) if other.days), None)
        named = other.days[1] if other and other.days else earlier and earlier.date()
        if atom.again is not None and named is not None:
            day = atom.again(named)
            found.append(replace(atom, days=(day, day), hours=_hours_again(atom, other, earlier)))
        elif atom.again is None or atom.days:
            found.append(atom)
    return found


def at_same_hours(atoms: list[Atom], earlier: Moment | None) -> list[Atom]:
    """Return atoms with "the same time" read as the hours of the atom before it, or those `earlier` is due at."""
    hours, found = _hours_of(earlier), list[Atom]()
    for atom in atoms:
        found.append(replace(atom, hours=hours) if atom.same_hours and hours else atom)
        hours = found[-1].hours or hours
    return found


def _hours_again(atom: Atom, other: Atom | None, earlier: Moment | None) -> Hours | None:
    """Return the hours of a time told by an earlier one: of "by then", the hour of that."""
    if not atom.by_then:
        return atom.hours
    return _hours_of(earlier) if other is None else other.hours


def _hours_of(earlier: Moment | None) -> Hours | None:
    return None if earlier is None else Hours(first=earlier.time(), last=earlier.time())
