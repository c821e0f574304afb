"""README says what is true: its commands exist, its lines are those that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmdesk.cli import commands

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text("utf-8")
CI = (PROJECT / ".ci" / "run").read_text("utf-8")


def pasted_lines() -> list[str]:
    """The lines of README that make a virtual environment."""
    return [line for line in README.splitlines() if line.startswith("python3 -m venv ")]


def test_pictures_are_there_and_fetch_nothing() -> None:
    shown = re.findall(r"!\[[^]]+\]\((docs/[^)]+)\)", README)
    assert shown
    assert set(shown) <= {str(one.relative_to(PROJECT)) for one in PROJECT.glob("docs/*.svg")}
    for picture in PROJECT.glob("docs/*.svg"):
        svg = picture.read_text("utf-8")
        assert "@font-face" not in svg
        assert "url(http" not in svg


def command_table() -> str:
    return README.split("## Commands")[1].split("##")[0]


def test_every_command_is_in_the_table() -> None:
    named = set(re.findall(r"`(?:pmdesk )?([a-z]+)[ `]", command_table()))
    assert set(commands().names()) <= named


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"[`/]pmdesk ([a-z]+)", README))
    assert {"demo", "import", "keys"} <= named <= set(commands().names())


def test_options_in_the_table_exist() -> None:
    for row in command_table().splitlines():
        command = re.match(r"\| `pmdesk ([a-z]+)", row)
        if command and command[1] != "add":  # read by capture.py
            parsed = commands().parser
            for option in re.findall(r"`(--[a-z-]+)", row):
                with pytest.raises(SystemExit) as ended:
                    parsed.parse_args([command[1], *_needed(command[1], option), "--help"])
                assert ended.value.code == 0


def _needed(command: str, option: str) -> list[str]:
    values = {"inbox": "x", "export": "outline"}
    after = [values[command]] if command in values else []
    return ["x", option] if command == "import" else [option, *after]


def test_two_lines_do_everything_and_each_makes_its_own_environment() -> None:
    demo, tests = pasted_lines()
    assert demo.endswith("&& .venv/bin/pmdesk demo")
    assert tests.endswith("&& .venv/bin/pytest")
    for line in (demo, tests):
        assert line.startswith("python3 -m venv .venv && ")
        assert "-c constraints.txt" in line


def test_ci_runs_the_lines_of_readme_and_no_others() -> None:
    assert "test_line=$(readme_line pytest)" in CI
    assert "demo_line=$(readme_line 'pmdesk demo')" in CI
    assert 'bash -euc "$test_line"' in CI
    assert CI.count('"^python3 -m venv .*/$1\\$"') == 2
    for ending in ("pytest", "pmdesk demo"):
        assert len(re.findall(rf"^python3 -m venv .*/{ending}$", README, re.MULTILINE)) == 1


def test_every_dependency_has_a_tested_version() -> None:
    import tomllib

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    constraints = (PROJECT / "constraints.txt").read_text("utf-8")
    tested = {line.partition("==")[0].lower() for line in constraints.splitlines() if "==" in line}
    names = {re.split(r"[<>=\[ ;]", requirement)[0].lower() for requirement in wanted}
    assert names <= tested
    assert "@" not in constraints
    assert "://" not in constraints
