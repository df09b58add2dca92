"""What ships with the desk in English, in the reader's language: starter snippets, clocks, words of the search."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise | str]

STARTER: Final[Words] = {
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Late by so many days": pgettext_lazy("starter snippet", "Late by so many days"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Search for the parcel": pgettext_lazy("starter snippet", "Search for the parcel"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Where the parcel is": pgettext_lazy("starter snippet", "Where the parcel is"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "The next word from us": pgettext_lazy("starter snippet", "The next word from us"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "How a refund travels": pgettext_lazy("starter snippet", "How a refund travels"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Refund is on its way": pgettext_lazy("starter snippet", "Refund is on its way"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "A new one is on its way": pgettext_lazy("starter snippet", "A new one is on its way"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Label for the return": pgettext_lazy("starter snippet", "Label for the return"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Collected at the door": pgettext_lazy("starter snippet", "Collected at the door"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "It may be kept": pgettext_lazy("starter snippet", "It may be kept"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Two photos": pgettext_lazy("starter snippet", "Two photos"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Repair, new, or money back": pgettext_lazy("starter snippet", "Repair, new, or money back"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "What the warranty covers": pgettext_lazy("starter snippet", "What the warranty covers"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Two charges on one card": pgettext_lazy("starter snippet", "Two charges on one card"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Invoice attached": pgettext_lazy("starter snippet", "Invoice attached"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Order is cancelled": pgettext_lazy("starter snippet", "Order is cancelled"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Which address": pgettext_lazy("starter snippet", "Which address"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "A call at a chosen hour": pgettext_lazy("starter snippet", "A call at a chosen hour"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "Number of the case": pgettext_lazy("starter snippet", "Number of the case"),
    # Translators: name of a ready text for replies, in a list that agents choose from.
    "A new way into the account": pgettext_lazy("starter snippet", "A new way into the account"),
}
"""By the name it ships with: one that somebody renamed is shown as they named it."""

CLOCK_CHECKED: Final[Words] = {
    # Translators: who compared our data on a regulator's rule with the rule.
    "not checked against the legal text by a lawyer": pgettext_lazy(
        "clock", "Not checked against the legal text by a lawyer."
    ),
}
CLOCK_UNCERTAIN: Final[Words] = {
    # Translators: what we do not know of the rule of a regulator.
    "th-bot": pgettext_lazy(
        "clock",
        "The notification asks for a stated time and for news of progress; 15 days is common practice, not "
        "verified in the Thai text, and the day of the rule is known by its year only. The Office of the "
        "Consumer Protection Board gives no number of days to companies, so no clock is made of it.",
    ),
    # Translators: what we do not know of the rule of a regulator.
    "uk-fca": pgettext_lazy(
        "clock",
        "Payment services and e-money have shorter times (15 business days); motor finance has had pauses. "
        "Neither is modelled.",
    ),
    # Translators: what we do not know of the rule of a regulator.
    "id-ojk": pgettext_lazy(
        "clock",
        "Read from summaries of the regulation, not from its text. The written time begins when the "
        "documents are complete, which the desk does not know: it counts from the first complaint, so it may "
        "run early, never late. The extension needs a notice to the customer.",
    ),
    # Translators: what we do not know of the rule of a regulator.
    "us-cfpb": pgettext_lazy(
        "clock",
        "It runs for complaints that reach you through the Bureau's portal, from the day it sends them on. "
        "The 15 and 60 days are the Bureau's published expectation; the law itself says “timely”.",
    ),
}
CLOCK_TITLE: Final[Words] = {
    # Translators: what a regulator's rule is about.
    "id-ojk": pgettext_lazy("clock", "OJK: complaints of financial consumers"),
    # Translators: what a regulator's rule is about.
    "th-bot": pgettext_lazy("clock", "Bank of Thailand: market conduct"),
    # Translators: what a regulator's rule is about.
    "uk-fca": pgettext_lazy("clock", "FCA, DISP 1: complaints handling"),
    # Translators: what a regulator's rule is about.
    "us-cfpb": pgettext_lazy("clock", "CFPB: complaints sent on to a company"),
}
CLOCK_SAYS: Final[Words] = {
    # Translators: what a regulator asks of us, and by when.
    "id-ojk/oral": pgettext_lazy("clock", "OJK: a complaint made by word of mouth is settled within 5 working days."),
    # Translators: what a regulator asks of us, and by when.
    "id-ojk/written": pgettext_lazy(
        "clock", "OJK: a written complaint is settled within 10 working days, or the extension is told before."
    ),
    # Translators: what a regulator asks of us, and by when.
    "id-ojk/extended": pgettext_lazy(
        "clock", "OJK: an extended written complaint is settled within 20 working days in all."
    ),
    # Translators: what a regulator asks of us, and by when.
    "th-bot/progress": pgettext_lazy("clock", "Bank of Thailand: result, or news of progress, within 15 days."),
    # Translators: what a regulator asks of us, and by when.
    "uk-fca/summary": pgettext_lazy(
        "clock",
        "FCA: a summary resolution instead of a final response by the end of the third business day after receipt.",
    ),
    # Translators: what a regulator asks of us, and by when.
    "uk-fca/final": pgettext_lazy("clock", "FCA: final response, or why there is none yet, within 8 weeks of receipt."),
    # Translators: what a regulator asks of us, and by when.
    "us-cfpb/response": pgettext_lazy(
        "clock", "CFPB: response to the customer and the Bureau within 15 calendar days."
    ),
    # Translators: what a regulator asks of us, and by when.
    "us-cfpb/final": pgettext_lazy("clock", "CFPB: final response within 60 calendar days."),
}
"""By regulator and clock, as a promise names it."""
VIEW: Final[Words] = {
    # Translators: name of a kept search of the demo: cases where somebody could be hurt.
    "Safety first": pgettext_lazy("kept search", "Safety first"),
}
SEARCH_STATE: Final[Words] = {
    "open": pgettext_lazy("is:", "it is our turn"),
    "waiting": pgettext_lazy("is:", "answered, waiting for the customer"),
    "resolved": pgettext_lazy("is:", "resolved"),
    "asleep": pgettext_lazy("is:", "put to sleep"),
    "mine": pgettext_lazy("is:", "mine"),
    "nobody": pgettext_lazy("is:", "nobody’s yet"),
    "hot": pgettext_lazy("is:", "angry or furious"),
    "machine": pgettext_lazy("is:", "mail of machines"),
    "spam": pgettext_lazy("is:", "marked as spam"),
    "blocked": pgettext_lazy("is:", "from blocked senders"),
}
"""What `is:` finds: the word itself is typed as it is in every language."""
SHIPPED_TABLES: Final[Mapping[str, Words]] = {
    "starter": STARTER,
    "clock_checked": CLOCK_CHECKED,
    "clock_uncertain": CLOCK_UNCERTAIN,
    "clock_says": CLOCK_SAYS,
    "clock_title": CLOCK_TITLE,
    "view": VIEW,
    "search_state": SEARCH_STATE,
}
