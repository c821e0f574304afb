"""Every test runs in folders of its own, on no settings of the person who runs it."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from pmdesk import config
from pmdesk.config import Clock
from pmdesk.desk import Desk

# A runner in the background ignores ctrl+c, and so would all that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# CI tries the same examples each time, so that it judges the change; elsewhere new ones are found.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_xdist_auto_num_workers() -> int:
    """Half of the time is spent waiting for terminals, threads and timers."""
    return (os.cpu_count() or 1) * 3 // 2 + 1


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for variable in ("PMDESK_DESK", "PMDESK_TODAY", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(variable, raising=False)


class AfternoonClock(Clock):
    """Begins at five past two in the afternoon, whatever time it is, and goes on."""

    __slots__ = ("_began",)

    def __init__(self, zone: ZoneInfo, fixed: date) -> None:
        super().__init__(zone, fixed)
        self._began = time.monotonic()

    def now(self) -> datetime:
        passed = timedelta(seconds=time.monotonic() - self._began)
        return datetime.combine(self.today(), clock_time(14, 5), self.zone).astimezone(UTC) + passed


@pytest.fixture
def clock() -> Clock:
    """The afternoon of Friday 13 June 2025 in London."""
    return AfternoonClock(ZoneInfo("Europe/London"), date(2025, 6, 13))


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """An empty desk of its own, closed after the test."""
    desk = Desk.open(tmp_path / "desk.db", clock, create=True)
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk with Harbourlight in it, to be copied."""
    path = tmp_path_factory.mktemp("template") / "demo.db"
    clock = Clock(ZoneInfo("Europe/London"), date(2025, 6, 13))
    desk = Desk.open(path, clock, create=True)
    text = (config.resources("fixtures/demo") / "harbourlight.json").read_text("utf-8")
    desk.load(json.loads(text)["tables"], "the demo")
    desk.close()
    return path
