"""The demo desk: its days, where it is kept, what is left alone."""

from __future__ import annotations

import json
import stat
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmdesk.cli.demo import LAST_FRIDAY, demo_path, open_demo
from pmdesk.errors import RefusedError
from pmdesk.requests.queries import view_counts

if TYPE_CHECKING:
    import sqlite3

    from tests.cli.conftest import Pmdesk

PINNED = LAST_FRIDAY.isoformat()


def wanted(*, fresh: bool = False, **options: object) -> Namespace:
    return Namespace(fresh=fresh, **options)


def last_entry(db: sqlite3.Connection) -> str:
    return str(db.execute("SELECT max(day) FROM entry").fetchone()[0])


def days_of(arguments: Namespace) -> tuple[date, str]:
    """The demo's today and the day of its last entry."""
    desk = open_demo(arguments)
    try:
        return desk.clock.today(), desk.ask(last_entry)
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("today", "friday"),
    [
        (PINNED, PINNED),
        ("2025-06-19", PINNED),
        ("2025-06-20", "2025-06-20"),
        ("2026-01-01", "2025-12-26"),
        ("2024-02-29", "2024-02-23"),
    ],
)
def test_its_last_friday_is_the_latest_one(today: str, friday: str) -> None:
    assert days_of(wanted(today=today)) == (date.fromisoformat(friday), friday)


def test_it_has_the_counts_of_the_worked_example() -> None:
    desk = open_demo(wanted(today=PINNED))
    counts = desk.ask(view_counts, desk.clock.today())
    desk.close()
    assert counts.by_view == {
        "new": 2, "waiting": 6, "kept": 4, "parked": 1, "closed": 12, "all": 25,
    }  # fmt: skip
    assert counts.overdue == 2


def test_a_kept_demo_keeps_its_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = days_of(wanted(today="2025-09-01"))
    assert days_of(wanted()) == made == (date(2025, 8, 29), "2025-08-29")
    with pytest.raises(RefusedError, match="--fresh"):
        open_demo(wanted(today=PINNED))
    assert days_of(wanted(fresh=True, today=PINNED)) == (LAST_FRIDAY, PINNED)


def test_it_is_kept_in_the_data_folder_and_private(tmp_path: Path) -> None:
    days_of(wanted())
    file = tmp_path / "data" / "pmdesk" / "demo.db"
    assert demo_path(wanted()) == file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_persons_own_desk_is_never_taken_for_it(
    pmdesk: Pmdesk, mbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.db"
    pmdesk("import", mbox, "--desk", own)
    monkeypatch.setenv("PMDESK_DESK", str(own))
    days_of(wanted(fresh=True))
    with pytest.raises(RefusedError, match="not the demo"):
        open_demo(wanted(fresh=True, desk=str(own)))
    assert len(json.loads(pmdesk("inbox", "--json").out)["requests"]) == 3


def test_a_damaged_demo_can_be_made_anew(tmp_path: Path) -> None:
    days_of(wanted())
    demo_path(wanted()).write_bytes(b"no desk")
    assert days_of(wanted(fresh=True, today=PINNED)) == (LAST_FRIDAY, PINNED)


def test_the_pinned_demo_is_the_fixture_but_for_its_mark(pmdesk: Pmdesk, tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    days_of(wanted(desk=str(file), today=PINNED))
    fixture = Path(__file__).parents[2] / "fixtures" / "demo" / "harbourlight.json"
    exported = json.loads(pmdesk("export", "--desk", file).out)
    given = json.loads(fixture.read_text())
    assert json.loads(exported["tables"]["desk"][0].pop("settings")) == {"demo_ends": PINNED}
    given["tables"]["desk"][0].pop("settings")
    assert exported.pop("schema") >= given.pop("schema")
    assert exported == given
