"""The Harbourlight desk: where it is kept, and its days moved so that they look like now."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk import config
from pmdesk.cli.ctrl_c import finishing
from pmdesk.cli.desks import opened, the_clock
from pmdesk.cli.paths import exists
from pmdesk.dates import say_date
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    import sqlite3

    from pmdesk.desk import Desk
    from pmdesk.exchange.desk_data import Value

LAST_FRIDAY = date(2025, 6, 13)
"""The last day of the desk as it lies in `fixtures/demo/`."""
_ENDS = "demo_ends"
"""The setting in the desk that says which Friday that day was moved to."""


def demo_path(arguments: Namespace) -> Path:
    """`demo.db` in the data folder, or `--desk`; PMDESK_DESK names the person's own desk."""
    named = getattr(arguments, "desk", None)
    return Path(config.desk_path(named or str(Path(config.data_folder(), "demo.db"))))


def open_demo(arguments: Namespace) -> Desk:
    """The demo desk, made where there is none or `--fresh` is said; its today is its Friday.

    A kept demo keeps the days it was made with. Raises RefusedError where `--today` asks for
    other days than it has, and where the file that `--desk` names is no demo.
    """
    path, clock = demo_path(arguments), the_clock(arguments)
    with finishing() as made:
        desk, is_new = _kept_or_made(arguments, path, clock)
        if is_new:
            made("the demo was made")
    return desk


def _kept_or_made(arguments: Namespace, path: Path, clock: config.Clock) -> tuple[Desk, bool]:
    """The demo, and whether it has just been made."""
    from pmdesk.exchange.moving import latest_friday

    if arguments.fresh and not getattr(arguments, "desk", None):
        _delete(path)  # the place is the demo's own, whatever state it is in
    if not exists(path):
        return _made(path, clock), True
    ends = _kept_friday(path, clock)
    if arguments.fresh:
        _delete(path)
        return _made(path, clock), True
    if clock.fixed and latest_friday(clock.fixed) != ends:
        raise RefusedError(
            f"The demo desk {path} was made to end on {say_date(ends, clock.today())}; "
            "add --fresh to make it anew."
        )
    return _opened(path, clock, ends), False


def _made(path: Path, clock: config.Clock) -> Desk:
    from pmdesk.exchange.moving import latest_friday, moved
    from pmdesk.exchange.readers.desk_json import read_desk
    from pmdesk.store.bulk import columns
    from pmdesk.store.migrations import newest

    friday = latest_friday(clock.today())
    desk = _opened(path, clock, friday, create=True)
    try:
        source = config.resources("fixtures/demo") / "harbourlight.json"
        tables = read_desk(source, desk.ask(columns), newest()).tables
        _mark(tables["desk"][0], friday)
        rows = moved(tables, (friday - LAST_FRIDAY).days)
        loaded = {table: [dict(row) for row in rows[table]] for table in rows}
        desk.load(loaded, "the demo", made_by="desk")
    except BaseException:
        desk.close()
        _delete(path)
        raise
    return desk


def _opened(path: Path, clock: config.Clock, today: date, *, create: bool = False) -> Desk:
    return opened(path, config.Clock(clock.zone, today), create=create)


def _kept_friday(path: Path, clock: config.Clock) -> date:
    """The Friday a kept demo ends on. Raises RefusedError for a desk that is no demo."""
    desk = _opened(path, clock, clock.today())
    try:
        settings = json.loads(desk.ask(_settings))
        return date.fromisoformat(settings[_ENDS])
    except (KeyError, TypeError, ValueError):
        raise RefusedError(
            f"{path} is a desk, but not the demo: name another file for the demo with --desk."
        ) from None
    finally:
        desk.close()


def _settings(db: sqlite3.Connection) -> str:
    return str(db.execute("SELECT settings FROM desk").fetchone()[0])


def _mark(desk_row: dict[str, Value], friday: date) -> None:
    settings = json.loads(str(desk_row["settings"]))
    desk_row["settings"] = json.dumps({**settings, _ENDS: friday.isoformat()})


def _delete(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
