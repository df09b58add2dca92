"""Why the desk refuses an act: each says what it means for the customer and what to do."""

from amends.vocabulary import AmendsError


class CannotRest(AmendsError):
    """This case may not rest yet. Answer it, let three quiet days pass, or let the customer say that it is solved."""


class CannotPromise(AmendsError):
    """A promise needs a time by which it will be kept. Give it one, or set the proposal aside."""


class UndecidedPromise(AmendsError):
    """The reply names a time for something. Say for each whether you promise it, then send again."""


class NotQuarantined(AmendsError):
    """This mail is not in quarantine, so there is nothing to try again."""


class CannotSendAgain(AmendsError):
    """This reply has neither failed nor hangs, so sending it again would only write twice."""


class NoTime(AmendsError):
    """A reply can be sent later at a time that is still to come, within sixty days. Choose one, or send it now."""


class NoAddress(AmendsError):
    """We know no address of this customer to write to. Add one, or answer where they wrote."""


class CannotMove(AmendsError):
    """These words cannot go there. Choose messages of one case, and leave at least one where it is."""


class CannotTakeBack(AmendsError):
    """Something rests on this by now, so it cannot be taken back. Move the words by hand instead."""


class CannotMark(AmendsError):
    """A message keeps at least one new word. If none is new, leave the marks as they are."""


class NoSuchTag(AmendsError):
    """A tag needs a name: a word or two that colleagues will understand."""


class CannotBlock(AmendsError):
    """Only an address or a whole domain can be blocked: name@example.org or @example.org."""


class CannotKeepView(AmendsError):
    """A view needs a name and a search. Give it both, and a team if it is for one."""


class ViewIsKept(AmendsError):
    """A view of that name is kept already. Choose another name, or remove that one first."""


class CannotKeepSnippet(AmendsError):
    """A snippet needs a name and words in at least one language."""


class NoModel(AmendsError):
    """No model is set up to rewrite replies. An administrator can name one in the settings."""


class CannotKeepPack(AmendsError):
    """A pack needs a name without a comma, and at least one rule."""


class CannotKeepWord(AmendsError):
    """A word needs letters, and none of ( ) [ ] { } | ~, so that it can be looked for."""


class CannotCorrect(AmendsError):
    """The desk has not read this message yet, so there is nothing to correct. Try again in a moment."""


class CannotUseRefit(AmendsError):
    """What was learnt here was not better, or it was learnt for another version of the reader. Nothing was changed."""


class NotKeptByUs(AmendsError):
    """Only what the desk counted as kept, or the customer says was not, is promised anew, once. Promise in a reply."""


class CannotUphold(AmendsError):
    """Only what the customer denies can be settled, by a colleague of whoever promised it, with what shows it."""


class NoteSaysOtherwise(AmendsError):
    """The note names another day than the new time you chose. Make them the same, then send it."""


class NotInDraft(AmendsError):
    """These words do not stand in your reply. Select them there, or write them as they stand."""


class NothingProposed(AmendsError):
    """The time we proposed is over or was changed meanwhile. Tell us below what would suit you."""
