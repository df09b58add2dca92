"""The HTML of a mail made safe to look at: nothing runs, nothing is fetched, no link hides where it leads.

The sanitiser (nh3) has the last word over tags and attributes. What follows it only replaces whole tags of its plain
output, in which no attribute holds "<" or ">", by tags built here from nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from html import escape, unescape
from typing import Final

import nh3

from amends.mail.html_style import INVISIBLE, declared_length, is_colour, is_length, safe_style
from amends.mail.nesting import flattened
from amends.mail.web_address import safe_href, web_address, where_to_say

LONGEST_HTML: Final = 400_000
"""Without pictures written into it. Four times as much costs the sanitiser up to sixteen times as long."""
LONGEST_WITH_PICTURES: Final = 4_000_000
DEEPEST: Final = 300
MOST_TAGS: Final = 30_000
MOST_PICTURES: Final = 200
LONGEST_WORDS: Final = 300

TAGS: Final = frozenset(
    {"a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center"}
    | {"cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font"}
    | {"footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark"}
    | {"ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub"}
    | {"sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr"}
)
SILENT: Final = frozenset(
    {"applet", "audio", "canvas", "embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object"}
    | {"script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp"}
)
"""Gone with everything inside."""
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": {"style", "dir", "lang", "align", "valign", "bgcolor", "width", "height"},
    "a": {"href"},
    "img": {"src", "alt"},
    "font": {"color", "face", "size"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
}
WORD: Final = re.compile(r"[\w\- ,]{1,60}")
NUMBER: Final = re.compile(r"[+-]?\d{1,4}%?")
IMG: Final = re.compile(r"<img((?: [a-z]+=\"[^\"<>]*\")*)>")
ATTRIBUTE: Final = re.compile(r" ([a-z]+)=\"([^\"<>]*)\"")
LINK: Final = re.compile(r"<a((?: [a-z]+=\"[^\"<>]*\")*)>(.*?)</a>", re.DOTALL)
TAG: Final = re.compile(r"<[^<>]*>")
BODY: Final = re.compile(r"<body\b([^<>]{0,2000})>", re.IGNORECASE)
PAINT: Final = re.compile(r"\b(bgcolor|text)\s{0,9}=\s{0,9}[\"']?(#?\w{1,30})", re.IGNORECASE)
STYLE_OF: Final = {"bgcolor": "background-color", "text": "color"}
"""What a body says by attributes, a block says by style."""
FETCHED_STYLE: Final = re.compile(r"url\s{0,9}\(", re.IGNORECASE)
# Paths by which senders of mass mail learn that a letter was opened.
TRACKING_PATH: Final = re.compile(
    r"/(?:wf/open|e?open|o|track(?:ing|er)?|pixel|beacon|imp(?:ression)?|trk)(?:[./?_-]|$)|1x1|spacer|transparent\.gif",
    re.IGNORECASE,
)
TINY_PX: Final = 2
WRITTEN: Final = re.compile(r"data:image/[a-z]{2,5};base64,[A-Za-z0-9+/=%]{0,2000000}", re.IGNORECASE)
STANDS_FOR_WRITTEN: Final = "data:written,"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that a letter asks for. `source`: `http(s):`, `cid:` or `data:`; `is_tracker`: nobody could see it."""

    source: str
    is_tracker: bool = False

    @property
    def is_remote(self) -> bool:
        """Return whether somebody elsewhere would learn that it was looked at."""
        return web_address(self.source) is not None


@dataclass(frozen=True, kw_only=True)
class SafeHtml:
    """HTML that is safe inside our frame, and what was left out of it. `backgrounds` are never shown."""

    html: str
    remote: int = 0
    trackers: int = 0
    backgrounds: int = 0
    was_cut: bool = False


@dataclass(kw_only=True)
class _Tally:
    remote: int = 0
    trackers: int = 0
    backgrounds: int = 0
    pictures: int = 0
    written: list[str] = field(default_factory=list)


def safe_html(html: str, *, address_of: Callable[[Picture], str]) -> SafeHtml:
    """Return an HTML mail as it may be shown inside a sandboxed frame of ours.

    `address_of` gives the address of ours under which a picture may be fetched, "" to leave it out; it is never asked
    for a tracker. Reads at most 400,000 characters beside pictures, 30,000 tags and 300 levels; forms, scripts, styles
    of the head, classes, ids and everything from other namespaces are gone. Any string is taken; none raises.
    """
    bare, written = _pictures_apart(html[:LONGEST_WITH_PICTURES])
    tally = _Tally(written=written)
    clean = nh3.clean(
        _prepared(bare[:LONGEST_HTML]),
        tags=set(TAGS),
        clean_content_tags=set(SILENT),
        attributes=ATTRIBUTES,
        attribute_filter=partial(_kept_attribute, tally),
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    shown = IMG.sub(lambda found: _picture(found.group(1), tally, address_of), LINK.sub(_link, clean))
    return SafeHtml(
        html=shown,
        remote=tally.remote,
        trackers=tally.trackers,
        backgrounds=tally.backgrounds,
        was_cut=len(bare) > LONGEST_HTML or len(html) > LONGEST_WITH_PICTURES,
    )


def _pictures_apart(html: str) -> tuple[str, list[str]]:
    """Return the HTML with a number in place of each picture written into it, and those pictures."""
    written: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        written.append(found.group(0))
        return f"{STANDS_FOR_WRITTEN}{len(written) - 1}"

    return WRITTEN.sub(put_aside, html), written


def _prepared(html: str) -> str:
    """Return the HTML with its body as a block, which the sanitiser keeps: it carries the colours of the letter."""
    whole = flattened(html.replace("\x00", ""), deepest=DEEPEST, most_tags=MOST_TAGS)
    body = BODY.search(whole)
    if not body:
        return whole
    painted = "".join(
        f"{STYLE_OF[found.group(1).lower()]}:{found.group(2)};" for found in PAINT.finditer(body.group(1))
    )
    return f'{whole[: body.start()]}<div style="{painted}"><div{body.group(1)}>{whole[body.end() :]}'


def _kept_attribute(tally: _Tally, tag: str, name: str, value: str) -> str | None:
    """Return what stays of an attribute, None when nothing does. Nothing that stays holds "<" or ">"."""
    kept = _attribute(tally, tag, name, value)
    return kept.replace("<", "%3C").replace(">", "%3E") if kept else None


def _attribute(tally: _Tally, tag: str, name: str, value: str) -> str:
    if name == "style":
        tally.backgrounds += bool(FETCHED_STYLE.search(value[:LONGEST_WORDS]))
        # An invisible picture is told by its style, which therefore is judged later, as a whole.
        return value[:LONGEST_WORDS] if tag == "img" else safe_style(value)
    if name == "href":
        return safe_href(value)
    if name == "alt":
        return " ".join(value.replace("<", "‹").replace(">", "›").split())[:LONGEST_WORDS]
    if name == "src" or tag == "a":
        return value
    return value if _is_plain(name, value) else ""


def _is_plain(name: str, value: str) -> bool:
    if name in ("width", "height"):
        return is_length(value)
    if name in ("bgcolor", "color"):
        return is_colour(value)
    if name in ("border", "cellpadding", "cellspacing", "colspan", "rowspan", "span", "start", "size"):
        return bool(NUMBER.fullmatch(value.strip()))
    return bool(WORD.fullmatch(value))


def _link(found: re.Match[str]) -> str:
    """Return the link, with the host it leads to beside it where its words or its writing may mislead."""
    attributes = dict(ATTRIBUTE.findall(found.group(1)))
    where = where_to_say(unescape(attributes.get("href", "")), unescape(TAG.sub("", found.group(2))))
    return found.group(0) + (f' <span class="where">→ {escape(where)}</span>' if where else "")


def _picture(attributes: str, tally: _Tally, address_of: Callable[[Picture], str]) -> str:
    """Return the tag of a picture that may be shown, else its words in place of it."""
    given = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
    picture = Picture(source=_source(given.get("src", ""), tally), is_tracker=_is_tracker(given))
    tally.pictures += 1
    tally.remote += picture.is_remote
    tally.trackers += picture.is_remote and picture.is_tracker
    may_show = picture.source and not picture.is_tracker and tally.pictures <= MOST_PICTURES
    address = address_of(picture) if may_show else ""
    words = given.get("alt", "")
    if not address:
        return f'<span class="left-out">{escape(words)}</span>' if words else ""
    size = "".join(f' {name}="{escape(given[name])}"' for name in ("width", "height") if name in given)
    style = safe_style(given.get("style", ""))
    return f'<img src="{escape(address)}" alt="{escape(words)}"{size}' + (
        f' style="{escape(style)}">' if style else ">"
    )


def _source(given: str, tally: _Tally) -> str:
    """Return where the picture comes from, with a number made the picture again that it stands for."""
    number = given.strip().removeprefix(STANDS_FOR_WRITTEN)
    stands_for = number != given.strip() and number.isascii() and number.isdigit() and len(number) < 7
    return tally.written[int(number)] if stands_for and int(number) < len(tally.written) else given


def _is_tracker(given: dict[str, str]) -> bool:
    """Return whether a remote picture is too small or too hidden to be meant for eyes, or named as a beacon."""
    address, style = web_address(given.get("src", "")), given.get("style", "")
    if address is None:
        return False
    sides = [_px(given.get(name, "") or declared_length(style, name)) for name in ("width", "height")]
    known = [side for side in sides if side is not None]
    if INVISIBLE.search(style) or any(side <= TINY_PX for side in known):
        return True
    return not known and bool(TRACKING_PATH.search(address.rest))


def _px(written: str) -> float | None:
    found = re.match(r"\s{0,9}(\d{1,5}(?:\.\d{1,4})?)(?!\s{0,2}%)", written)
    return float(found.group(1)) if found else None
