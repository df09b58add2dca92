"""What a language pack holds, and how its files are read. Every complaint names the file and, where known, the line."""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import yaml
from pythainlp.tokenize import word_tokenize

from amends.text.breaks import Breaks
from amends.text.segments import SentenceRules
from amends.vocabulary import BadPack, JsonObject, LanguageTag

WORD_SPLITTERS = {"newmm": lambda text: word_tokenize(text, engine="newmm", keep_whitespace=True)}


@dataclass(frozen=True, kw_only=True, eq=False)
class LanguagePack:
    """One language as data: `files` maps a path inside the pack (`coach/apology.yaml`) to its text.

    A file that a pack lacks is read from `parent`, so `id-ID` needs to hold only what differs from `id`.
    Packs compare by identity, so that readers can cache what they compile from one.
    """

    tag: LanguageTag
    files: Mapping[str, str] = field(repr=False)
    parent: "LanguagePack | None" = None

    @cached_property
    def about(self) -> JsonObject:
        """Return `pack.toml`: name, own name, direction, sentence rules."""
        return self.toml("pack.toml")

    @cached_property
    def sentence_rules(self) -> SentenceRules:
        """Return how this language ends sentences and parts words."""
        segments = self.about.get("segments", {})
        return SentenceRules(
            abbreviations=frozenset(segments.get("abbreviations", ())),
            closing_words=tuple(segments.get("closing_words", ())),
            split_words=WORD_SPLITTERS.get(segments.get("word_splitter", "")),
            dots_end=bool(segments.get("dots_end", True)),
            breaks=self._breaks() if segments.get("breaks") else None,
        )

    def _breaks(self) -> Breaks:
        weights = {row["sign"]: float(row["weight"]) for row in self.tsv("breaks.tsv")}
        return Breaks(usual=weights.pop(""), weights=weights)

    def has(self, path: str) -> bool:
        """Return whether this pack itself (not a parent) holds the file."""
        return path in self.files

    def text(self, path: str) -> str:
        """Return a file's text, from the nearest pack in the line that has it. Raises BadPack when none has."""
        if path in self.files:
            return self.files[path]
        if self.parent is None:
            raise BadPack(f"{self.tag}: no file {path} in this pack or its parents")
        return self.parent.text(path)

    def toml(self, path: str) -> JsonObject:
        """Return a TOML file as a mapping. Raises BadPack with the line that is wrong."""
        try:
            return tomllib.loads(self.text(path))
        except tomllib.TOMLDecodeError as wrong:
            raise BadPack(f"{self.tag}/{path}: {wrong}") from wrong

    def yaml(self, path: str) -> JsonObject:
        """Return a YAML file as a mapping. Raises BadPack with the line that is wrong."""
        try:
            read = yaml.safe_load(self.text(path))
        except yaml.YAMLError as wrong:
            raise BadPack(f"{self.tag}/{path}: {wrong}") from wrong
        if not isinstance(read, dict):
            raise BadPack(f"{self.tag}/{path}: must be a mapping")
        return read

    def tsv(self, path: str) -> list[dict[str, str]]:
        """Return the rows of a tab-separated file whose first line names its columns."""
        lines = (line for line in self.text(path).splitlines() if line and not line.startswith("#"))
        return list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter="\t", quoting=csv.QUOTE_NONE))

    def folder(self, name: str) -> list[str]:
        """Return the paths of this pack's own files under a folder, sorted."""
        return sorted(path for path in self.files if path.startswith(f"{name}/"))
