"""What must be found, in the language of the database that holds the words."""

from typing import Final

from django.db import connection
from django.db.models.expressions import RawSQL

from amends.search.wanted import All, Any, Node, Phrase, Term

IN_FTS5: Final = "SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT %s"
IN_TSVECTOR: Final = "SELECT rowid FROM search_words WHERE terms @@ %s::tsquery ORDER BY rowid DESC LIMIT %s"
NOTED: Final = "~"
"""Before a term of a note, where the database has no columns for words."""


def numbers_with(must: Node, *, never: Node | None = None, most: int, with_notes: bool) -> RawSQL:
    """Return, as a part of a query, the numbers of the newest cases whose words hold `must` and not `never`."""
    write, ask = (fts5, IN_FTS5) if connection.vendor == "sqlite" else (tsquery, IN_TSVECTOR)
    # The newest first, and no more than we rank: a word that every second case holds must not cost a second.
    return RawSQL(ask, [write(must, never=never, with_notes=with_notes), most])  # noqa: S611  # no word stands in it


def fts5(must: Node, *, never: Node | None, with_notes: bool) -> str:
    """Return a question to FTS5."""
    whole = _fts5(must) if never is None else f"({_fts5(must)}) NOT ({_fts5(never)})"
    return whole if with_notes else f"{{said forms}} : ({whole})"


def tsquery(must: Node, *, never: Node | None, with_notes: bool) -> str:
    """Return a question to PostgreSQL."""
    whole = _tsquery(must, with_notes)
    return whole if never is None else f"({whole}) & !({_tsquery(never, with_notes)})"


def _fts5(node: Node) -> str:
    if isinstance(node, Term):
        return _quoted(node.text) + ("*" if node.is_beginning else "")
    if isinstance(node, Phrase):
        return _quoted(" ".join(node.said))
    return f" {_joint(node, 'AND', 'OR')} ".join(f"({_fts5(inner)})" for inner in node.of)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _tsquery(node: Node, with_notes: bool) -> str:
    if isinstance(node, Term):
        end = ":*" if node.is_beginning else ""
        own = _lexeme(node.text) + end
        return f"({own} | {_lexeme(NOTED + node.text)}{end})" if with_notes else own
    if isinstance(node, Phrase):
        own = " <-> ".join(_lexeme(word) for word in node.said)
        noted = " <-> ".join(_lexeme(NOTED + word) for word in node.said)
        return f"(({own}) | ({noted}))" if with_notes else f"({own})"
    return f" {_joint(node, '&', '|')} ".join(f"({_tsquery(inner, with_notes)})" for inner in node.of)


def _joint(node: All | Any, both: str, either: str) -> str:
    return both if isinstance(node, All) else either


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
