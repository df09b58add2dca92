"""What each mail program wraps around words that are not new, and around signatures.

Sources: the mails of $AMENDS_DATA/mail, talon's fixtures, and what the programs are known to write.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from amends.mail.lines import Mark

# Programs that rewrite a mail put a prefix of theirs before a class: `x_gmail_quote`, `ydp3fa1yahoo_quoted`.
PREFIX = r"(?:x_|ydp[0-9a-f]{1,12}){0,6}"
HISTORY = re.compile(
    rf"(?:^|\s){PREFIX}(?:gmail_quote(?:_container)?|yahoo_quoted\w{{0,40}}|ymail_(?:android|ios)_quote|moz-forward-container"
    r"|moz-email-headers-table|protonmail_quote|tutanota_quote|zmail_extra|blockquote_zmail|OutlookMessageHeader"
    r"|ms-outlook-mobile-reference-message|ms-outlook-quote|fastmail-quote|fairemail_quote|spark_quote|messageReplySection"
    r"|bloop_original_html|clean_bq|history_container|front-blockquote|missive_quote|nylas-quote|hs_reply"
    r"|freshdesk_quote|mail-app-auto-quote|mail-quote-collapse|isReplyContent|nh_extra|cm_quote|mail_quote"
    r"|quoted-content|quoted-text|quoted_reply|edo-original|__QUOTED_TEXT__|k9mail_quote)(?=\s|$)",
    re.IGNORECASE,
)
# Above the quote stands whose words it is. Thunderbird's users can write inside that element: it must end as one does.
SAYING = re.compile(
    rf"(?:^|\s){PREFIX}(?:moz-cite-prefix|gmail_attr|reply-intro|airmail_on|-x-evo-attribution)(?=\s|$)", re.IGNORECASE
)
LONGEST_SAYING = 420
HISTORY_STARTS = re.compile(
    rf"(?:^|\s){PREFIX}(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container"
    r"|lineBreakAtBeginningOfMessage-quote|ms-outlook-mobile-reply|ms-outlook-mobile-body-separator-line|zwchr"
    r"|__DIVIDER__|__HEADERS__|mailbirdQuotedReply)(?=\s|$)",
    re.IGNORECASE,
)
SIGNATURE = re.compile(
    rf"(?:^|[\s_]){PREFIX}(?:gmail_signature(?:_prefix)?|moz-signature|protonmail_signature_block\S*|AppleMailSignature"
    r"|Signature|ms-outlook-(?:mobile|ios|android)-signature|(?:yahoo|ymail_android|ymail_ios)_signature|tutanota_signature"
    r"|zmail_signature\w{0,10}|Zm-_Id_-Sgn|_rc_sig|k9mail-signature|fairemail_signature|messageSignatureSection|sh-signature"
    r"|bloop_sign\w{0,20}|edo-signature|front-signature|io-ox-signature|-x-evo-signature|__SIG_(?:PRE|POST)__"
    r"|mail-app-auto-default-signature|ms-outlook-signature)(?=\s|$)",
    re.IGNORECASE,
)
# Outlook draws a thin rule above "From:", the only mark it leaves when its ids were stripped on the way.
OUTLOOK_RULE = re.compile(
    r"border(?:-top)?\s*:\s*(?:none;\s*border-top\s*:\s*)?(?:1(?:\.0)?pt\s+)?solid\s+"
    r"(?:#?(?:E1E1E1|B5C4DF)|rgb\(\s*(?:225, ?225, ?225|181, ?196, ?223)\s*\))",
    re.IGNORECASE,
)
NAMING = ("id", "class", "name", "data-marker")
"""The attributes in which mail programs name what an element is."""


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What an element says of the words inside: their `mark`, if any; whether all from here on is history.

    `answerable`: the program lets people write between the quotes inside, as Gmail does.
    """

    mark: Mark | None = None
    begins_history: bool = False
    answerable: bool = False


PLAIN = Meaning()


def meaning_of(node: LexborNode) -> Meaning:
    """Return what the program that wrote an element meant by it."""
    attributes = node.attributes
    if not attributes:
        return PLAIN
    names = " ".join(attributes.get(key) or "" for key in NAMING)
    if HISTORY_STARTS.search(names) or OUTLOOK_RULE.search(attributes.get("style") or ""):
        return Meaning(begins_history=True)
    if SIGNATURE.search(names):
        return Meaning(mark=Mark.SIGNATURE)
    if HISTORY.search(names) or _is_quote_of_gmx(node.tag, attributes):
        return Meaning(mark=Mark.HISTORY, answerable="gmail_quote" in names)
    if _is_citation(node.tag, attributes) or (SAYING.search(names) and _says_whose(node)):
        return Meaning(mark=Mark.HISTORY)
    return PLAIN


def _is_quote_of_gmx(tag: str | None, attributes: Mapping[str, str | None]) -> bool:
    """Return whether this is `<div name="quote">` of GMX and web.de, and no field of a form."""
    return tag == "div" and (attributes.get("name") or "").lower() == "quote"


def _is_citation(tag: str | None, attributes: Mapping[str, str | None]) -> bool:
    """Return whether a blockquote is a mail client's quote and not the writer's own indentation."""
    return tag == "blockquote" and (attributes.get("type") == "cite" or "cite" in attributes)


def _says_whose(node: LexborNode) -> bool:
    said = node.text(deep=True).strip()
    named = "@" in said or any(map(str.isdigit, said))
    return named and len(said) <= LONGEST_SAYING and said.endswith((":", "："))
