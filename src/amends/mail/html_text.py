"""HTML mail as plain lines: paragraphs kept, links readable, quotes marked, scripts and hidden text gone."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from amends.mail.answers_in_colour import free_answers_in_colour, is_vivid
from amends.mail.html_marks import meaning_of
from amends.mail.lines import Line, Mark

LONGEST_HTML = 2_000_000
MOST_NODES = 120_000
DEEPEST_QUOTE = 20
DEEPEST_NESTING = 2_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
ANY_TAG = re.compile(r"<[^<>]{0,5000}>")
# Void elements, and those that a following one closes: seldom closed in mail, and they never nest.
NEVER_NESTED = frozenset(
    {
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "tbody",
        "thead",
        "br",
        "hr",
        "img",
        "meta",
        "link",
        "input",
        "col",
    }
    | {"base", "area", "wbr", "html", "body", "head"}
)

SILENT = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "math", "select"}
)
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "tbody", "tr", "ul"}
)
SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "table"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class State:
    """Where the walk stands: inside which quotes, of whose words, in preformatted text, in a strong colour or not."""

    depth: int = 0
    mark: Mark = Mark.NEW
    pre: bool = False
    answerable: bool = False
    coloured: bool = False


@dataclass(kw_only=True)
class Sheet:
    """The lines written so far."""

    lines: list[Line] = field(default_factory=lambda: [Line()])
    letters_quoted: int = 0

    @property
    def rest_is_history(self) -> bool:
        """Return whether a mark was passed from which on all is history."""
        return self.letters_quoted > 0

    def write(self, words: str, state: State) -> None:
        """Add words to the current line, white space as HTML means it."""
        if not state.pre:
            words = re.sub(r"[ \t\r\n\f]+", " ", words)
        for number, piece in enumerate(words.split("\n")):
            if number:
                self.end_line()
            self._write_piece(piece, state)

    def _write_piece(self, piece: str, state: State) -> None:
        line = self.lines[-1]
        if not line.text.strip():
            line.mark = Mark.HISTORY if self.rest_is_history else state.mark
            line.depth, line.answerable = state.depth, state.answerable and not self.rest_is_history
            # In a letter that the quoted one quotes, colours are an older answer's.
            line.coloured = self.letters_quoted == 1
            piece = piece if state.pre else piece.lstrip(" ")
        elif line.text.endswith(" ") and not state.pre:
            piece = piece.lstrip(" ")
        line.coloured = line.coloured and (state.coloured or not piece.strip())
        line.text += piece

    def end_line(self) -> None:
        """Begin a new line."""
        self.lines.append(Line())

    def break_block(self, *, gap: bool) -> None:
        """Begin a new line unless one has just begun; with `gap` leave an empty line between."""
        if self.lines[-1].text.strip():
            self.end_line()
        if gap and len(self.lines) > 1 and self.lines[-2].text.strip():
            self.end_line()


@dataclass(kw_only=True)
class Allowance:
    """How many nodes the pages of one mail may still cost; `left_out` tells that words beyond were not read."""

    nodes: int = MOST_NODES
    left_out: bool = False

    def take(self) -> bool:
        """Count one node; False when none is left."""
        self.left_out = self.left_out or self.nodes <= 0
        self.nodes -= 1
        return self.nodes >= 0


def lines_of_html(html: str, *, allowance: Allowance | None = None) -> list[Line]:
    """Return the readable lines of an HTML mail, each marked new, history or signature by its structure.

    Works through at most 2 million letters and 120,000 nodes without recursion, fewer when `allowance` of the mail has
    fewer left; what lies beyond is left out (the HTML itself is kept).
    """
    allowance = allowance or Allowance()
    if allowance.nodes <= 0:
        allowance.left_out = True
        return []
    allowance.left_out = allowance.left_out or len(html) > LONGEST_HTML
    tree = LexborHTMLParser(_not_too_deep(html[:LONGEST_HTML]))
    sheet = Sheet()
    root = tree.body or tree.root
    if root is not None:
        for node, state, leaving in _walk(root, sheet, allowance):
            _visit(node, state, sheet, leaving=leaving)
    return _tidied(sheet.lines)


def _not_too_deep(html: str) -> str:
    """Return the HTML, beyond a nesting of 2,000 without its tags: the parser's time grows with the square of that."""
    depth = 0
    for tag in TAG.finditer(html):
        if tag.group(2).lower() not in NEVER_NESTED:
            depth = max(0, depth - 1) if tag.group(1) else depth + 1
        if depth > DEEPEST_NESTING:
            return html[: tag.start()] + ANY_TAG.sub(" ", html[tag.start() :])
    return html


def _walk(root: LexborNode, sheet: Sheet, allowance: Allowance) -> Iterator[tuple[LexborNode, State, bool]]:
    """Return every node on entering it, and blocks once more on leaving, with the state that holds there."""
    waiting: list[tuple[LexborNode, State, bool]] = [(root, State(), False)]
    while waiting and allowance.take():
        node, state, leaving = waiting.pop()
        if leaving:
            yield node, state, True
            continue
        if node.tag in SILENT or _is_hidden(node):
            continue
        state = _state_inside(node, state, sheet)
        yield node, state, False
        waiting.append((node, state, True))
        waiting.extend((child, state, False) for child in _children_reversed(node))


def _children_reversed(node: LexborNode) -> Iterator[LexborNode]:
    child = node.last_child
    while child is not None:
        yield child
        child = child.prev


def _is_hidden(node: LexborNode) -> bool:
    if node.tag in ("-text", "-comment"):
        return node.tag == "-comment"
    style = node.attributes.get("style") or ""
    return "hidden" in node.attributes or bool(HIDDEN.search(style))


def _state_inside(node: LexborNode, state: State, sheet: Sheet) -> State:
    if node.tag == "-text":
        return state
    meaning = meaning_of(node)
    # Inside a quote the mark is part of what is quoted: what its writer set below the quote is new.
    if meaning.begins_history and not (state.depth and state.mark is Mark.HISTORY):
        sheet.break_block(gap=False)
        sheet.letters_quoted += 1
    depth = min(state.depth + 1, DEEPEST_QUOTE) if node.tag == "blockquote" else state.depth
    mark = meaning.mark if meaning.mark and state.mark is not Mark.HISTORY else state.mark
    pre = state.pre or node.tag in ("pre", "textarea")
    answerable = state.answerable or meaning.answerable
    return State(depth=depth, mark=mark, pre=pre, answerable=answerable, coloured=is_vivid(node, state.coloured))


def _visit(node: LexborNode, state: State, sheet: Sheet, *, leaving: bool) -> None:
    tag = node.tag or ""
    if tag in BLOCKS:
        sheet.break_block(gap=tag in SPACED or tag == "blockquote")
        if not leaving:
            _open_block(tag, state, sheet)
    elif leaving and tag == "a":
        _link(node, state, sheet)
    elif not leaving:
        _visit_inline(node, tag, state, sheet)


def _visit_inline(node: LexborNode, tag: str, state: State, sheet: Sheet) -> None:
    if tag == "-text":
        sheet.write((node.text_content or "").replace("\xa0", " "), state)
    elif tag == "br":
        sheet.end_line()
    elif tag in ("td", "th", "img"):
        _cell_or_picture(node, state, sheet)


def _open_block(tag: str, state: State, sheet: Sheet) -> None:
    if tag == "li":
        sheet.write("• ", state)
    elif tag == "hr":
        sheet.write("________________________________", state)
        sheet.end_line()


def _cell_or_picture(node: LexborNode, state: State, sheet: Sheet) -> None:
    if node.tag == "img":
        words = " ".join((node.attributes.get("alt") or "").split())
        sheet.write(f"[{words[:200]}]" if words else "", state)
    elif sheet.lines[-1].text.strip():
        sheet.write(" ", state)


def _link(node: LexborNode, state: State, sheet: Sheet) -> None:
    """Write where a link leads, unless its words say so already."""
    target = (node.attributes.get("href") or "").strip()
    words = node.text(deep=True).strip()
    bare = target.removeprefix("mailto:").removeprefix("https://").removeprefix("http://").rstrip("/")
    if target.startswith(("http://", "https://")) and words and bare not in words:
        sheet.write(f" <{target[:500]}>", state)


def _tidied(lines: list[Line]) -> list[Line]:
    """Return the lines without trailing blanks, never two empty ones in a row, quotes marked by `>`."""
    kept: list[Line] = []
    for line in lines:
        line.text = line.text.rstrip().replace("\u200b", "")
        if not line.text and (not kept or not kept[-1].text):
            continue
        kept.append(line)
    _free_answers(kept)
    free_answers_in_colour(kept)
    for line, following in itertools.pairwise(kept):
        if not line.text:
            line.mark, line.depth = following.mark, following.depth
    for line in kept:
        line.text = (">" * line.depth + " " + line.text).rstrip() if line.depth else line.text
    while kept and not kept[-1].text:
        kept.pop()
    return kept


def _free_answers(lines: list[Line]) -> None:
    """Mark as new what was written between the quotes of a container that a client wraps around quotes and answers."""
    quoted = False
    for line in (line for line in lines if not line.blank):
        quoted = line.answerable and (quoted or line.depth > 0)
        if quoted and line.depth == 0 and line.mark is Mark.HISTORY:
            line.mark = Mark.NEW
