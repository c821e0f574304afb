"""Copies: whole or not at all, thinned by age, put back under an open workspace."""

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.errors import DeskUnusableError, RefusedError
from pmdesk.requests.actions import Capture, ImportRequests, RequestDraft
from pmdesk.store import backup
from pmdesk.store.restoring import restore

NOW = datetime(2025, 6, 13, 9, 0, tzinfo=ZoneInfo("Europe/London"))


def capture(desk: Desk, title: str) -> None:
    desk.perform(Capture(RequestDraft("capture", None, title)))


def titles(db: sqlite3.Connection) -> list[str]:
    return [title for (title,) in db.execute("SELECT title FROM request ORDER BY id")]


def test_the_first_change_of_a_day_makes_a_backup(tmp_path: Path) -> None:
    zone = ZoneInfo("Europe/London")
    path = tmp_path / "desk.db"
    for day in (12, 13):
        desk = Desk.open(path, Clock(zone, date(2025, 6, day)), create=True)
        capture(desk, f"first on {day}")
        capture(desk, f"second on {day}")
        desk.close()
    found = backup.backups(path)
    assert [file.name[:10] for file in found] == ["2025-06-13"]
    assert found[0].name.endswith("-daily.db")
    assert backup.damage(found[0]) is None


def test_an_import_makes_a_backup_first(desk: Desk) -> None:
    capture(desk, "before")
    desk.perform(ImportRequests((RequestDraft("mail", "1", "imported"),), "a.mbox"))
    (made,) = [file for file in backup.backups(desk.path) if "before-import" in file.name]
    db = sqlite3.connect(made)
    assert titles(db) == ["before"]
    db.close()


def test_restoring_shows_in_an_open_desk_and_keeps_what_was(desk: Desk) -> None:
    capture(desk, "kept")
    copy = desk.backup()
    capture(desk, "later")
    said = restore(desk.path, copy, NOW)
    assert desk.ask(titles) == ["kept"]
    assert "before-restore" in said
    capture(desk, "and on it goes")
    assert desk.ask(titles) == ["kept", "and on it goes"]
    (before,) = [file for file in backup.backups(desk.path) if "before-restore" in file.name]
    db = sqlite3.connect(before)
    assert titles(db) == ["kept", "later"]
    db.close()


def test_restoring_over_a_damaged_desk_keeps_the_damaged_file(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "desk.db"
    desk = Desk.open(path, clock, create=True)
    capture(desk, "kept")
    copy = desk.backup()
    desk.close()
    path.write_bytes(b"ruined")
    said = restore(path, copy, NOW)
    (aside,) = tmp_path.glob("desk.db.damaged-*")
    assert aside.read_bytes() == b"ruined"
    assert aside.name in said
    desk = Desk.open(path, clock)
    assert desk.ask(titles) == ["kept"]
    capture(desk, "writable again")
    desk.close()


def test_a_damaged_or_foreign_backup_is_refused(desk: Desk, tmp_path: Path) -> None:
    capture(desk, "kept")
    copy = desk.backup()
    data = bytearray(copy.read_bytes())
    data[4096 * 9 : 4096 * 10] = b"\0" * 4096
    spoiled = tmp_path / "spoiled.db"
    spoiled.write_bytes(data)
    with pytest.raises(RefusedError, match="damaged"):
        restore(desk.path, spoiled, NOW)
    foreign = tmp_path / "notes.txt"
    foreign.write_text("no desk")
    with pytest.raises(RefusedError, match="not a desk"):
        restore(desk.path, foreign, NOW)
    assert desk.ask(titles) == ["kept"]


def test_no_backup_is_half_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    capture(desk, "kept")
    monkeypatch.setattr(backup, "damage", lambda *_args, **_kw: "made up for this test")
    with pytest.raises(DeskUnusableError, match="thrown away"):
        backup.make(desk.path, NOW, "by-hand")
    assert list(Path(f"{desk.path}.backups").iterdir()) == []


def name(day: date, hour: int = 9) -> Path:
    return Path(f"{day.isoformat()}T{hour:02}0000-daily.db")


def test_a_year_of_daily_backups_thins_to_7_days_5_weeks_12_months() -> None:
    last = date(2025, 6, 13)
    kept: list[Path] = []
    for back in range(400, -1, -1):
        kept = sorted({*kept, name(last - timedelta(days=back))}, reverse=True)
        kept = [path for path in kept if path in backup.keep(kept)]
    days = [date.fromisoformat(path.name[:10]) for path in kept]
    assert days[:7] == [last - timedelta(days=back) for back in range(7)]
    assert len({day.isocalendar()[:2] for day in days}) >= 5
    assert len({(day.year, day.month) for day in days}) == 12
    assert len(days) <= 7 + 5 + 12


@given(st.sets(st.dates(date(2020, 1, 1), date(2026, 1, 1)), min_size=1))
def test_thinning_never_removes_the_newest_and_is_done_after_once(days: set[date]) -> None:
    newest_first = sorted((name(day) for day in days), reverse=True)
    kept = backup.keep(newest_first)
    assert newest_first[0] in kept
    again = sorted(kept, reverse=True)
    assert backup.keep(again) == kept
    assert set(newest_first[:7]) <= kept
