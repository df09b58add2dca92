"""YAML that somebody wrote in a browser: read safely, each text and row with its line."""

from typing import Any

import yaml

from amends.vocabulary import BadPack


class Text(str):
    """A text of the file; `line` counts from 1."""

    __slots__ = ("line",)
    line: int


class Row(dict[str, Any]):
    """A mapping of the file; `line` counts from 1."""

    line: int = 0


class Lined(yaml.SafeLoader):
    """A safe loader that remembers lines; it refuses aliases (they multiply) and keys said twice (one is lost)."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node. Raises ComposerError for an alias."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # untyped in the stubs
            raise yaml.composer.ComposerError(None, None, "write it out: no aliases (*name) here", mark)
        return super().compose_node(parent, index)


def read_lined(name: str, text: str) -> Row:
    """Return a file as a mapping whose texts and rows know their line. Raises BadPack naming file and line."""
    try:
        content = yaml.load(text, Loader=Lined)  # noqa: S506 - a safe loader that remembers lines
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise BadPack(f"{name}, line {line}: {wrong.problem or wrong}") from wrong
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        raise BadPack(f"{name}, line 1: {wrong}") from wrong
    if not isinstance(content, Row):
        raise BadPack(f"{name}, line 1: must be a mapping with words, labels, cues or rules")
    return content


def line_of(read: object) -> int:
    """Return the line of what was read, 0 where nobody noted it."""
    return int(getattr(read, "line", 0))


def _text(loader: Lined, node: yaml.ScalarNode) -> Text:
    made = Text(loader.construct_scalar(node))
    made.line = node.start_mark.line + 1
    return made


def _row(loader: Lined, node: yaml.MappingNode) -> Row:
    made = Row()
    made.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str) or key in made:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key} twice, or it is no text", key_node.start_mark
            )
        made[key] = loader.construct_object(value_node, deep=True)
    return made


Lined.add_constructor("tag:yaml.org,2002:str", _text)
Lined.add_constructor("tag:yaml.org,2002:map", _row)
