"""A desk of every schema that landed opens with all it held (fixtures/schemas/)."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.errors import DeskUnusableError
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.store import backup, migrations
from pmdesk.store.check import examine
from pmdesk.store.migrations import newest
from pmdesk.store.reading import reading
from pmdesk.store.search import INDEXED

LANDED = sorted((Path(__file__).parents[2] / "fixtures" / "schemas").glob("*.db"))


def rows(path: Path) -> dict[str, int]:
    with reading(path) as db:
        tables = db.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND strict = 1"
        ).fetchall()
        return {
            name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables
        }


def test_every_schema_that_landed_has_its_desk() -> None:
    assert [int(path.stem) for path in LANDED] == list(range(1, newest() + 1))


@pytest.mark.parametrize("landed", LANDED, ids=lambda path: path.stem)
def test_an_old_desk_opens_with_all_it_held(landed: Path, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "desk.db"
    shutil.copy(landed, path)
    path.chmod(0o600)
    before = rows(path)
    assert before["request"] >= 25
    desk = Desk.open(path, clock)
    after = rows(path)
    assert {table: after.get(table) for table in before} == before
    desk.perform(Capture(RequestDraft("capture", None, "one more")))
    desk.undo()
    desk.close()
    assert rows(path)["request"] == before["request"]
    assert backup.damage(path) is None
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (newest(),)
    for table in INDEXED:
        db.execute(f"INSERT INTO {table}_text ({table}_text, rank) VALUES ('integrity-check', 1)")
    db.close()
    if int(landed.stem) < newest():
        assert [file for file in backup.backups(path) if "before-migration" in file.name]


@pytest.mark.parametrize("landed", LANDED, ids=lambda path: path.stem)
def test_nothing_is_amiss_with_an_old_desk_before_it_is_opened(
    landed: Path, tmp_path: Path
) -> None:
    path = tmp_path / "desk.db"
    shutil.copy(landed, path)
    path.chmod(0o600)
    found = examine(path)
    assert [finding.what for finding in found if not finding.ok and "MiB" not in finding.what] == []
    assert [finding.what for finding in found if "Full text of “node”: all 17" in finding.what]


def add_migration(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    """A migration of the next number, as a later version will bring."""
    known, script = migrations.newest(), migrations.script
    for module in ("pmdesk.store.migrations", "pmdesk.desk"):
        monkeypatch.setattr(f"{module}.newest", lambda: known + 1)
    monkeypatch.setattr(
        migrations, "script", lambda version: sql if version > known else script(version)
    )


def test_an_upgrade_is_backed_up_and_whole(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    shutil.copy(LANDED[-1], path)
    path.chmod(0o600)
    before = rows(path)
    add_migration(monkeypatch, "ALTER TABLE market ADD COLUMN note TEXT;\n")
    desk = Desk.open(path, clock)
    note = desk.ask(lambda db: db.execute("SELECT note FROM market").fetchall())
    assert note == [(None,), (None,)]
    desk.close()
    assert rows(path) == before
    (saved,) = backup.backups(path)
    assert "before-migration" in saved.name


def test_a_migration_that_would_lose_rows_is_refused_whole(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    shutil.copy(LANDED[-1], path)
    path.chmod(0o600)
    before = rows(path)
    add_migration(monkeypatch, "DELETE FROM reading;\n")
    with pytest.raises(DeskUnusableError, match="would have lost rows of “reading”"):
        Desk.open(path, clock)
    assert rows(path) == before


def test_the_newest_landed_desk_has_the_schema_of_today(tmp_path: Path, clock: Clock) -> None:
    """A landed migration is never edited: a change of the schema is a new one."""
    desk = Desk.open(tmp_path / "desk.db", clock, create=True)
    desk.close()
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    with reading(LANDED[-1]) as landed, reading(tmp_path / "desk.db") as fresh:
        assert landed.execute(schema).fetchall() == fresh.execute(schema).fetchall()
