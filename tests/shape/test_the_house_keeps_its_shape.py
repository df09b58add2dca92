"""The house polices itself: small files, small functions, imports at the top, the core free of frameworks."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [path for path in (ROOT / "src/amends").rglob("*.py") if "migrations" not in path.parts]
LONGEST_FILE, MEDIAN_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 400, 120, 60, 10
LATE_IMPORTS_ALLOWED = {"src/amends/cli/main.py"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> list[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def _lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _late_imports(path: Path) -> list[str]:
    found = []
    for function in _functions(path):
        for node in ast.walk(function):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
            found += [f"{_name(path)}:{node.lineno} {n}" for n in names if n.startswith("amends") or n == "."]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_function_does_one_thing(path: Path) -> None:
    assert [f"{f.name}: {_lines(f)} lines" for f in _functions(path) if _lines(f) > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_our_own_modules_are_imported_at_the_top() -> None:
    late = [line for path in SOURCES if _name(path) not in LATE_IMPORTS_ALLOWED for line in _late_imports(path)]
    assert late == []


def test_most_files_and_functions_are_small() -> None:
    files = [len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES]
    functions = [_lines(function) for path in SOURCES for function in _functions(path)]
    assert statistics.median(files) <= MEDIAN_FILE
    assert statistics.median(functions) <= MEDIAN_FUNCTION


def test_no_code_asks_which_language_it_is() -> None:
    tags = {"en", "id", "th", "fi"}
    asked = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                names = {s.value for s in sides if isinstance(s, ast.Constant) and isinstance(s.value, str)}
                asked += [f"{_name(path)}:{node.lineno}"] if names & tags else []
    assert asked == []


def test_reading_needs_no_web_framework() -> None:
    code = "import sys, amends.cli.main, amends.cli.read; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_layers_point_down() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
