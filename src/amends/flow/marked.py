"""What words would promise that a writer says are a promise: by when, and of what."""

from amends.languages import guess, load
from amends.promises.calendar import UnknownCountry, WorkCalendar
from amends.promises.deeds import deed
from amends.promises.find import sentences_with_times
from amends.vocabulary import BadPack, Deed, LanguageTag, Moment, TextTooLong


def meant_by(
    words: str, *, around: str, at: Moment, calendar: WorkCalendar, expected: LanguageTag | None
) -> tuple[Deed, Moment | None, Moment | None]:
    """Return what falls due, and from when until when; None where neither the words nor those around name a time.

    `around`: the sentence they stand in. Nobody is asked whether it binds us: its writer says that it does.
    """
    language, _ = guess.language(around, prefer=expected)
    for text in (words, around):
        try:
            named = [
                (said, time)
                for said in sentences_with_times(text, at=at, pack=load(language), calendar=calendar)
                for time in said.named
                if time.end is not None
            ]
        except (BadPack, TextTooLong, UnknownCountry):
            return Deed.OTHER, None, None
        if named:
            said, time = named[0]
            return deed(said.whole, time.span), time.start, time.end
    return Deed.OTHER, None, None
