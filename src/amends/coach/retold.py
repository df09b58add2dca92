"""Whether a reply begins with what the customer went through, said back in the matter of their own words.

Such an opening acknowledges without a word for a feeling ("two hours at the desk with a baby, and then no seat"). A
pattern cannot know it: what it must speak of stands in the message.
"""

from collections.abc import Sequence
from typing import Final

from amends.coach.page import Page
from amends.coach.sheet import Sheet, content
from amends.text.spans import Span

RETOLD: Final = "retold"
OPENING: Final = 5
"""Sentences, greeting included, within which somebody who was heard expects to be told so."""
LEAST: Final = 3
"""Words of their matter that an opening shares; of a message of few words, a third of them is enough."""
SHARE: Final = 3
ELSEWHERE: Final = frozenset({"thank", "promise"})
"""What a sentence does that says nothing back, whatever words it shares."""


def retold(
    page: Page, labels: Sequence[frozenset[str]], letter: Sheet | None, *, name: str, cold: Sequence[Span]
) -> frozenset[int]:
    """Return the sentences of the opening that say the customer's trouble back, none where they share too little.

    `cold`: words of process ("we have received", "according to our records"); their sentence says nothing back.
    """
    if letter is None or not letter.is_in_our_language:
        return frozenset()
    matter = letter.content - content(name, letter.pack)
    shared = {
        number: _count(content(page.said(number), letter.pack) & matter)
        for number in range(min(OPENING, len(page.sentences)))
        if not labels[number] & ELSEWHERE and not any(span.overlaps(page.sentences[number]) for span in cold)
    }
    enough = max(1, min(LEAST, _count(matter) // SHARE))
    return (
        frozenset(number for number, some in shared.items() if some) if sum(shared.values()) >= enough else frozenset()
    )


def _count(forms: frozenset[str]) -> int:
    """Return how many words these are: some share only their stem, in some languages only the word is known."""
    return max(sum(form[1:2] != "_" for form in forms), sum(form.startswith("s_") for form in forms))
