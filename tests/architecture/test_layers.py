"""The rules of who may use what, checked on the source as it is."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "src" / "pmdesk"


def sources(below: str = "") -> list[Path]:
    return sorted((PACKAGE / below).rglob("*.py"))


def calls(path: Path) -> Iterator[str]:
    """The called names of a file: "connect", "sqlite3.connect"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def imported(path: Path) -> Iterator[str]:
    """Everything a file names in its imports: "sqlite3", "sqlite3.connect"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_the_import_rules_hold() -> None:
    lint = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert lint, "import-linter is installed with the extra “dev”"
    result = subprocess.run(
        [lint, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("call", "home"),
    [
        ("sqlite3.connect", "store/reading.py"),
        ("create_engine", "store/engine.py"),
    ],
)
def test_a_desk_file_is_opened_in_one_place(call: str, home: str) -> None:
    name = call.rpartition(".")[2]
    callers = {
        str(path.relative_to(PACKAGE))
        for path in sources()
        for called in calls(path)
        if called == call or (called.rpartition(".")[2] == name and name == "create_engine")
    }
    by_other_names = {
        str(path.relative_to(PACKAGE)) for path in sources() if "sqlite3.connect" in imported(path)
    }
    assert callers == {home}
    assert not by_other_names


def loaded_by(statement: str) -> set[str]:
    """The modules in a fresh interpreter after a statement."""
    result = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(result.stdout.split())


def test_capture_loads_the_standard_library_only() -> None:
    ours = {"pmdesk"}
    bare = loaded_by("pass")  # what an editable install loads into every interpreter
    modules = {name.partition(".")[0] for name in loaded_by("import pmdesk.capture") - bare}
    assert modules - set(sys.stdlib_module_names) - ours == set()


@pytest.mark.parametrize("heavy", ["sqlmodel", "sqlalchemy", "pydantic", "textual", "rich.console"])
def test_the_command_line_itself_loads_nothing_heavy(heavy: str) -> None:
    assert heavy not in loaded_by("import pmdesk.cli; pmdesk.cli.commands()")


def test_no_room_has_grown_too_large() -> None:
    lengths = {
        str(path.relative_to(PROJECT)): len(path.read_text("utf-8").splitlines())
        for path in sources()
    }
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}
