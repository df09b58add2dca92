"""Gather the strings of the screens into the catalogues: `python -m tools.messages`.

New strings come in empty, strings that are gone go out; tests/desk/web/test_catalogues.py fails while one is empty.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "src/amends/desk/locale"
KEYWORDS = (
    "gettext", "gettext_lazy", "_", "ngettext:1,2", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2",
    "npgettext:1c,2,3",
)  # fmt: skip

NOISE = tuple(
    f'"{name}:'
    for name in (
        "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator",
        "Language-Team", "Generated-By",
    )
)  # fmt: skip


def extract(pot: Path) -> None:
    """Write every string of the desk's code and templates into a template catalogue."""
    keywords = [word for keyword in KEYWORDS for word in ("-k", keyword)]
    options = ["--no-default-keywords", "--add-comments=Translators:", "--sort-output", "--no-location", "--no-wrap"]
    _pybabel("extract", "-F", str(LOCALE / "babel.cfg"), *keywords, *options, "-o", str(pot), "src/amends/desk")


def main() -> int:
    """Bring every catalogue up to date."""
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder) / "django.pot"
        extract(pot)
        for tag in sorted(path.name for path in LOCALE.iterdir() if path.is_dir()):
            _pybabel(
                "update", "-i", str(pot), "-d", str(LOCALE), "-D", "django", "-l", tag,
                "--no-fuzzy-matching", "--ignore-obsolete", "--no-wrap",
            )  # fmt: skip
            _without_noise(LOCALE / tag / "LC_MESSAGES/django.po")
    return 0


def _without_noise(catalogue: Path) -> None:
    """Drop the header lines that say nothing or change each time, so that a diff shows strings only."""
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    catalogue.write_text("".join(line for line in lines if not line.startswith(NOISE)), encoding="utf-8")


def _pybabel(*words: str) -> None:
    subprocess.run([str(Path(sys.executable).parent / "pybabel"), "-q", *words], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
