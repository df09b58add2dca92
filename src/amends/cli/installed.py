"""What is installed of what Amends can use, and what it costs on the disk."""

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions, requires
from pathlib import Path
from typing import Final, Literal

import amends
from amends.engines.choose import encoder_gap

PARTS: Final = {
    "": "core and command line",
    "desk": "the desk",
    "nano": "the sentence encoder",
    "dev": "tests and checks",
}
NEEDED: Final = ("", "desk")
NAME: Final = re.compile(r"^[\w.-]+")
EXTRA: Final = re.compile(r"""extra == ['"](\w+)['"]""")

State = Literal["ok", "missing"]


@dataclass(frozen=True, kw_only=True)
class Installed:
    """One package, or one thing of ours: its version, its size on the disk, and which part of Amends needs it."""

    what: str
    part: str
    state: State
    detail: str
    megabytes: float = 0.0


def installed() -> list[Installed]:
    """Return Python, Amends, its packages, language packs and trained heads, as they are here."""
    return [_python(), _environment(), _ourselves(), *_packages(), *_packs(), *_heads(), _encoder()]


def _python() -> Installed:
    name = f"{platform.python_implementation()} {platform.python_version()}"
    return Installed(what="python", part="", state="ok", detail=f"{name} on {platform.system()} {platform.machine()}")


def _environment() -> Installed:
    """Return what everything in this Python takes, packages that others need included."""
    each = [_size(found) for found in distributions()]
    detail = f"{len(each)} in {sys.prefix}"
    return Installed(what="all packages", part="", state="ok", detail=detail, megabytes=round(sum(each), 1))


def _ourselves() -> Installed:
    place = Path(amends.__file__).parent
    files = (path for path in place.rglob("*") if path.is_file())
    return Installed(what="amends", part="", state="ok", detail=amends.__version__, megabytes=_megabytes(files))


def _packages() -> Iterator[Installed]:
    """Yield each package that Amends names itself, once; those for tests only where they are installed."""
    named: set[str] = set()
    for written in requires("amends") or []:
        name, extra = NAME.search(written), EXTRA.search(written)
        if name and name[0] not in named | {"amends"}:
            named.add(name[0])
            found = _package(name[0], extra[1] if extra else "")
            if found.part in NEEDED or found.state == "ok":
                yield found


def _package(name: str, part: str) -> Installed:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        how = f"pip install 'amends[{part}]'" if part else "pip install amends"
        return Installed(what=name, part=part, state="missing", detail=how)
    return Installed(what=name, part=part, state="ok", detail=found.version, megabytes=_size(found))


def _packs() -> Iterator[Installed]:
    place = Path(amends.__file__).parent / "languages"
    for pack in sorted(path.parent for path in place.glob("*/pack.toml")):
        files = list(pack.rglob("*.*"))
        names = ", ".join(sorted({path.stem for path in files} - {"pack"}))
        yield Installed(
            what=f"language {pack.name}", part="", state="ok", detail=names or "frame only", megabytes=_megabytes(files)
        )


def _heads() -> Iterator[Installed]:
    """Yield the small trained heads that we ship ourselves."""
    files = [path for path in (Path(amends.__file__).parent / "reading" / "weights").glob("*") if path.is_file()]
    if files:
        names = ", ".join(sorted(path.name for path in files))
        yield Installed(what="reading heads", part="", state="ok", detail=names, megabytes=_megabytes(files))


def _encoder() -> Installed:
    """Return whether the sentence encoder runs here, and why not."""
    gap = encoder_gap()
    return Installed(what="encoder", part="nano", state="missing" if gap else "ok", detail=gap or "reads and coaches")


def _size(found: Distribution) -> float:
    return _megabytes(Path(str(file.locate())) for file in found.files or [])


def _megabytes(files: Iterator[Path] | list[Path]) -> float:
    return round(sum(path.stat().st_size for path in files if path.is_file()) / 1e6, 2)
