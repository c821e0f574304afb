"""What is installed is complete: the styles and the demo, in a wheel and in a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pmdesk import config

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in a wheel of this checkout."""
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    (wheel,) = place.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("folder", ["styles", "fixtures/demo"])
def test_the_wheel_has_every_file_of(folder: str, wheel_names: set[str]) -> None:
    files = {f"pmdesk/{path.relative_to(PROJECT)}" for path in (PROJECT / folder).rglob("*.*")}
    assert files
    assert files <= wheel_names


def test_the_wheel_has_every_module_and_migration(wheel_names: set[str]) -> None:
    package = PROJECT / "src"
    files = {
        str(path.relative_to(package))
        for ending in ("*.py", "*.sql")
        for path in (package / "pmdesk").rglob(ending)
    }
    assert files <= wheel_names


def test_the_wheel_has_nothing_else(wheel_names: set[str]) -> None:
    assert {name.split("/")[0].partition("-")[0] for name in wheel_names} == {"pmdesk"}
    assert not any("tests" in name or "__pycache__" in name for name in wheel_names)


@pytest.mark.parametrize("folder", ["styles", "fixtures/demo"])
def test_resources_are_found_in_the_checkout(folder: str) -> None:
    assert config.resources(folder).samefile(PROJECT / folder)
