"""Packs of one's own for a command: read from files, refused with lines before anything is answered."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from amends.coach.own import problems
from amends.languages import LanguagePack, load
from amends.vocabulary import FIRST_CLASS, AmendsError, LanguageTag

Packs = Mapping[LanguageTag, Mapping[str, str]]
"""Language → name of a file → its YAML."""


class PackDoesNotHold(AmendsError):
    """A pack of your own does not hold. Mend the lines named; `amends rules test PACK` tries it by itself."""


def read_packs(named: Iterable[str], *, language: LanguageTag) -> Packs:
    """Return the packs of `--pack FILE` or `--pack fi=FILE`; of a bare FILE the language is `language`.

    Raises PackDoesNotHold with every line that is wrong, for a file that cannot be read too.
    """
    found: dict[LanguageTag, dict[str, str]] = {}
    for tag, path in (_parted(one, language) for one in named):
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as wrong:
            raise PackDoesNotHold(f"{path}: cannot be read: {wrong.strerror}") from wrong
        except UnicodeDecodeError as wrong:
            raise PackDoesNotHold(f"{path}: is not written in UTF-8") from wrong
        if path.name in found.get(tag, {}):
            raise PackDoesNotHold(f"{path}: another pack for {tag} has this name")
        if wrongs := problems(path.name, text, load(tag), beside=found.get(tag, {})):
            raise PackDoesNotHold("\n".join(wrongs))
        found.setdefault(tag, {})[path.name] = text
    return found


def files_for(packs: Packs, pack: LanguagePack) -> Mapping[str, str]:
    """Return the files that speak in a language."""
    return {name: text for tag, files in packs.items() if load(tag) is pack for name, text in files.items()}


def _parted(named: str, language: LanguageTag) -> tuple[LanguageTag, Path]:
    tag, is_parted, path = named.partition("=")
    return (tag, Path(path)) if is_parted and tag in FIRST_CLASS else (language, Path(named))
