"""Whether a text is what somebody asks for: the index in one line, for measuring the analyser without a database."""

from amends.search.wanted import All, Node, Phrase, Term, Wanted
from amends.search.words import Words


def fits(wanted: Wanted, words: Words) -> bool:
    """Return whether these words hold what must be found and nothing that must not."""
    if wanted.must and not holds(wanted.must, words):
        return False
    return not (wanted.never and holds(wanted.never, words))


def holds(node: Node, words: Words) -> bool:
    """Return whether these words hold what a node asks for."""
    if isinstance(node, Term):
        return _has(node, words)
    if isinstance(node, Phrase):
        size = len(node.said)
        return any(words.said[at : at + size] == node.said for at in range(len(words.said) - size + 1))
    return (all if isinstance(node, All) else any)(holds(inner, words) for inner in node.of)


def _has(term: Term, words: Words) -> bool:
    if not term.is_beginning:
        return term.text in words.forms or term.text in words.said
    return any(known.startswith(term.text) for known in (*words.forms, *words.said))
