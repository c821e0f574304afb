"""What `pmdesk doctor` looks at. Works on files that no desk can be opened from."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pmdesk.errors import DeskUnusableError
from pmdesk.store.backup import backups, damage, planted
from pmdesk.store.files import Header, lock_file, read_header, real_path
from pmdesk.store.migrations import newest
from pmdesk.store.reading import reading

_LOW_DISK_BYTES = 200 * 1024 * 1024
_FIXED_IN = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""SQLite releases without the WAL-reset bug, newest line first."""
_INDEXED = {"request": 1, "message": 1, "node": 1, "requirement": 2, "evidence": 2}
"""The tables with full text (`store.search`), and the version since which they have it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    ok: bool
    what: str
    advice: str = ""
    """What to do; empty where all is well."""


def examine(desk: Path) -> list[Finding]:
    """Everything that can be found out about the file at `desk`, in a fixed order."""
    path = real_path(desk)
    findings = [_sqlite()]
    try:
        header = read_header(path)
    except DeskUnusableError as error:
        return [*findings, Finding(False, str(error), _after_refusal(path)), *_around(path)]
    findings.append(_version(header))
    try:
        reason = damage(path)
        if reason is None:
            findings.append(Finding(True, "The file is sound (integrity and references checked)."))
            findings.extend(_content(path))
        else:
            findings.append(Finding(False, f"The file is damaged: {reason}.", _newest_backup(path)))
    except DeskUnusableError as error:
        findings.append(Finding(False, str(error), "Then look again with “pmdesk doctor”."))
    return [*findings, *_around(path)]


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version_info[:3]
    if _has_no_reset_bug(version):
        return Finding(True, f"SQLite {sqlite3.sqlite_version}.")
    return Finding(
        True,
        f"SQLite {sqlite3.sqlite_version} has the WAL-reset bug (fixed in 3.51.3); pmdesk works "
        f"around it by its lock file.",
    )


def _has_no_reset_bug(version: tuple[int, ...]) -> bool:
    newest_line = _FIXED_IN[0]
    same_line = [fixed for fixed in _FIXED_IN if fixed[:2] == version[:2]]
    return version >= newest_line or any(version >= fixed for fixed in same_line)


def _version(header: Header) -> Finding:
    if header.user_version > newest():
        return Finding(
            False,
            f"The desk is of version {header.user_version}; this pmdesk knows {newest()}.",
            "Install the newer pmdesk.",
        )
    if header.user_version < newest():
        return Finding(
            True,
            f"The desk is of version {header.user_version}; opening it brings it to {newest()}, "
            f"after a backup.",
        )
    return Finding(True, f"The desk is of version {header.user_version}, the newest.")


def _content(path: Path) -> Iterator[Finding]:
    if strange := planted(path):
        yield Finding(
            False,
            f"The file holds what no desk holds: {strange}.",
            "Somebody else made this file: export it with another program, or restore a backup.",
        )
    with reading(path) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        for table in (table for table, since in _INDEXED.items() if since <= version):
            try:
                rows = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                indexed = db.execute(f"SELECT count(*) FROM {table}_text_docsize").fetchone()[0]
            except sqlite3.Error:
                yield Finding(False, f"The table “{table}” is missing.", _newest_backup(path))
                continue
            if rows == indexed:
                yield Finding(True, f"Full text of “{table}”: all {rows} rows.")
            else:
                yield Finding(
                    False,
                    f"Full text of “{table}” has {indexed} of {rows} rows.",
                    "Export the desk and import it into a new one.",
                )


def _around(path: Path) -> Iterator[Finding]:
    yield _private(path)
    found = backups(path)
    if found:
        yield Finding(True, f"{len(found)} backups, the newest {found[0].name}.")
    elif path.exists():
        yield Finding(True, "No backup yet; one is made with the first change of a day.")
    files = _set_aside(Path(f"{path}.drop", "aside"))
    if files is None:
        yield Finding(False, f"{path}.drop can't be looked into.", f"chmod -R u+rwX '{path}.drop'")
    elif files:
        yield Finding(
            False,
            f"{len(files)} files of the drop box could not be read.",
            f"Look into {files[0].parent}: beside each file stands the reason.",
        )
    if path.parent.exists():
        free = shutil.disk_usage(path.parent).free
        yield Finding(
            free > _LOW_DISK_BYTES,
            f"{free // 1024**2} MiB are free on the disk.",
            "" if free > _LOW_DISK_BYTES else "Make room: a full disk stops every change.",
        )


def _set_aside(folder: Path) -> list[Path] | None:
    """Files of the drop box that could not be read; None where that can't be found out."""
    try:
        return sorted(file for file in folder.iterdir() if file.suffix != ".reason")
    except FileNotFoundError:
        return []
    except OSError:
        return None


def _after_refusal(path: Path) -> str:
    """What helps where the file is no desk: a backup, if this is where a desk should be."""
    return _newest_backup(path) if backups(path) else ""


def _private(path: Path) -> Finding:
    open_to_others = [
        file
        for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), lock_file(path))
        if file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077
    ]
    if not open_to_others:
        return Finding(True, "Nobody but you can read the desk.")
    names = " ".join(f"'{file}'" for file in open_to_others)
    return Finding(False, "Others on this machine can read the desk.", f"chmod 600 {names}")


def _newest_backup(path: Path) -> str:
    found = backups(path)
    if not found:
        return "There is no backup beside it; look for a copy elsewhere."
    return f"pmdesk restore '{found[0]}'"
