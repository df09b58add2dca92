"""Load a language pack by its tag: id-ID falls back to id, and that to und."""

import tomllib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from amends.languages.pack import LanguagePack
from amends.vocabulary import LanguageTag

UNDETERMINED = "und"
KINDS_OF_FILE = (".toml", ".tsv", ".yaml", ".txt")


@cache
def load(tag: LanguageTag) -> LanguagePack:
    """Return the pack for a BCP 47 tag, or its nearest relative; `und` when there is none.

    What a pack lacks is read from its ancestor (`id` for `id-ID`) or from the `kin` that its pack.toml names.
    """
    known = available()
    for candidate in _line_of(tag):
        if candidate in known:
            return _read(candidate)
    return _read(UNDETERMINED)


@cache
def available() -> frozenset[LanguageTag]:
    """Return the tags of all packs that are installed."""
    root = resources.files("amends.languages")
    return frozenset(entry.name for entry in root.iterdir() if entry.is_dir() and (entry / "pack.toml").is_file())


@cache
def _read(tag: LanguageTag) -> LanguagePack:
    files = _files(resources.files("amends.languages") / tag)
    kin = tomllib.loads(files["pack.toml"]).get("kin")
    line = [*_line_of(tag)[1:], *([kin] if kin else [])]
    parents = [candidate for candidate in line if candidate in available()]
    parent = None if tag == UNDETERMINED else _read(parents[0] if parents else UNDETERMINED)
    return LanguagePack(tag=tag, files=files, parent=parent)


def _line_of(tag: LanguageTag) -> list[LanguageTag]:
    """Return `pt-BR`, `pt` for `pt-BR`: the tag and its ancestors."""
    parts = tag.replace("_", "-").split("-")
    return ["-".join(parts[:size]) for size in range(len(parts), 0, -1)]


def _files(folder: Traversable, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in folder.iterdir():
        if entry.is_dir():
            found |= _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(KINDS_OF_FILE):
            found[prefix + entry.name] = entry.read_text(encoding="utf-8")
    return found
