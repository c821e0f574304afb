"""A desk with Harbourlight in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The Harbourlight desk on its Friday."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_file, path)
    desk = Desk.open(path, clock)
    yield desk
    desk.close()
