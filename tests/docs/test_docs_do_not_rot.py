"""Docs are part of done: links lead somewhere, commands shown really run, decisions stay short."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\((?!https?:|mailto:)([^)#\s]+)|!\[[^\]]*\]\((?!https?:)([^)\s]+)\)")
SHOWN = re.compile(r"^\$ (.+)$", re.MULTILINE)
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
KINDS = ("tutorial", "howto", "reference", "explanation")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _shown_commands() -> list[tuple[str, str]]:
    return [
        (_name(page), line)
        for page in PAGES
        for block in CONSOLE.findall(page.read_text(encoding="utf-8"))
        for line in SHOWN.findall(block)
    ]


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = ["".join(found) for found in LINK.findall(page.read_text(encoding="utf-8"))]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(("page", "line"), _shown_commands())
def test_a_command_shown_in_the_docs_runs(page: str, line: str, tmp_path: Path) -> None:
    programs = Path(sys.executable).parent
    line = re.sub(r"(^|\| )amends ", rf"\1{shlex.quote(str(programs / 'amends'))} ", line)
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, f"{page}: {line}\n{done.stderr}"
    assert done.stdout.strip()


@pytest.mark.parametrize("kind", KINDS)
def test_each_of_the_four_kinds_has_pages(kind: str) -> None:
    assert list((ROOT / "docs" / kind).glob("*.md"))


def test_a_decision_fits_on_a_page() -> None:
    long = [_name(p) for p in (ROOT / "docs/decisions").glob("*.md") if len(p.read_text("utf-8").splitlines()) > 40]
    assert long == []


def test_the_two_commands_stand_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_the_readme_shows_the_desk() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert pictures
    assert all((ROOT / picture).stat().st_size > 10_000 for picture in pictures)
