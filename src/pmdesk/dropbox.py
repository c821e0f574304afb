"""The collecting side of the drop box: files in it become requests.

`pmdesk add` writes there (see capture.py for its format), and so may a mail rule, a
shortcut or a synced phone: `.txt`, `.eml` and `.json`. What can't be read is set aside
with its reason, never deleted.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast, get_args

from pmdesk import config
from pmdesk.customers.actions import Function
from pmdesk.errors import RefusedError
from pmdesk.requests.actions import RequestDraft
from pmdesk.requests.capturing import captured_draft
from pmdesk.text import clean, clean_line
from pmdesk.tokens import read_tokens

STILL_SECONDS = 2.0
_LARGEST_BYTES = 32 * 1024 * 1024
AT_ONCE = 500
SOURCE = "capture"


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in the box and can be read."""

    files: tuple[tuple[str, RequestDraft], ...]
    """Each file's identity (name and time of change) and what it holds: a file that comes
    again under the same name is another one."""


class DropBox:
    """The folder beside a desk; used by the desk's writing thread."""

    def __init__(self, desk: Path) -> None:
        self.folder = Path(config.drop_box(desk))

    def waiting(self) -> bool:
        """Whether anything lies in the box; cheap."""
        try:
            with os.scandir(self.folder / "new") as entries:
                return any(True for _entry in entries)
        except FileNotFoundError:
            return False

    def read(self, today: date) -> Found:
        """The drafts of all files that are complete; unreadable ones are set aside."""
        files = []
        for path in self._complete():
            try:
                identity = _identity(path)
                files.append((identity, _draft(path, today)))
            except RefusedError as error:
                self._set_aside(path, str(error))
            except FileNotFoundError:
                continue  # another process has collected it
        return Found(tuple(files))

    def remove(self, found: Found) -> None:
        """After the commit: the files are in the desk."""
        for identity, _draft_of_it in found.files:
            path = self.folder / "new" / identity.rpartition("@")[0]
            with suppress(FileNotFoundError):
                if _identity(path) == identity:
                    path.unlink()

    def _complete(self) -> Iterator[Path]:
        try:
            names = sorted(path.name for path in (self.folder / "new").iterdir())
        except FileNotFoundError:
            return
        for name in names[:AT_ONCE]:
            path = self.folder / "new" / name
            if not name.startswith(".") and (_is_ours(name) or _stands_still(path)):
                yield path

    def _set_aside(self, path: Path, reason: str) -> None:
        aside = Path(config.private_folder(self.folder / "aside"))
        target = aside / path.name
        count = 1
        while target.exists():
            count += 1
            target = aside / f"{path.stem}-{count}{path.suffix}"
        with suppress(FileNotFoundError):
            path.rename(target)
            config.write_private(f"{target}.reason", f"{reason}\n".encode())


def _identity(path: Path) -> str:
    return f"{path.name}@{path.lstat().st_mtime_ns}"


def _stands_still(path: Path) -> bool:
    """Whether somebody else's file has been left alone long enough to be complete.

    Every write moves the time of change, also one that keeps the time of modification.
    """
    try:
        age = time.time() - path.lstat().st_ctime
    except OSError:
        return False
    return age >= STILL_SECONDS or age < 0  # from the future: the clock was set back


def _is_ours(name: str) -> bool:
    """Written by `pmdesk add`: complete as soon as it has its name."""
    parts = name.split(".")
    return len(parts) == 4 and parts[0].isdigit() and parts[1].isdigit()


def _draft(path: Path, today: date) -> RequestDraft:
    """Raises RefusedError with the reason, FileNotFoundError where it is gone."""
    data = _bytes(path)
    match path.suffix.lower():
        case ".json":
            return _captured(data)
        case ".eml":
            return _mail(data, path)
        case ".txt":
            return _text(data, path, today)
    raise RefusedError("Its name does not end in .txt, .eml or .json.")


def _bytes(path: Path) -> bytes:
    try:
        if path.is_symlink() or not path.is_file():
            raise RefusedError("It is not a regular file.")
        if path.stat().st_size > _LARGEST_BYTES:
            raise RefusedError("It is larger than 32 MiB.")
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise RefusedError(f"It can't be read: {error.strerror}.") from None


def _captured(data: bytes) -> RequestDraft:
    try:
        told = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise RefusedError("It is not JSON.") from None
    title = clean_line(_text_of(told, "title") or "") if isinstance(told, dict) else ""
    if not title:
        raise RefusedError("It is JSON without a “title”.")
    function = _text_of(told, "from")
    estimate = told.get("estimate")
    try:
        due = date.fromisoformat(_text_of(told, "due") or "") if told.get("due") else None
        captured = _text_of(told, "captured_at")
        arrived = datetime.fromisoformat(captured).astimezone(UTC) if captured else None
    except (ValueError, OverflowError):
        raise RefusedError("Its “due” or “captured_at” is not an ISO date.") from None
    return RequestDraft(
        source=SOURCE,
        source_id=None,
        title=title,
        body=clean(_text_of(told, "body") or ""),
        if_unknown=_if_unknown(told),
        arrived_at=arrived,
        zone=clean_line(_text_of(told, "zone") or "UTC"),
        account=clean_line(_text_of(told, "account") or "") or None,
        from_function=cast(Function, function) if function in get_args(Function) else None,
        topic=clean_line(_text_of(told, "topic") or "") or None,
        due=due,
        estimate_minutes=estimate if _is_estimate(estimate) else None,
    )


def _if_unknown(told: dict[str, Any]) -> tuple[str, str] | None:
    texts = told.get("if_unknown")
    if not isinstance(texts, dict):
        return None
    return clean_line(_text_of(texts, "title") or ""), clean(_text_of(texts, "body") or "")


def _is_estimate(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 60_000


def _text_of(told: dict[str, Any], name: str) -> str | None:
    value = told.get(name)
    return value if isinstance(value, str) else None


def _mail(data: bytes, path: Path) -> RequestDraft:
    from pmdesk.exchange.readers import mail
    from pmdesk.exchange.reading import Draft

    item = mail.read_bytes(data, path.name)
    if not isinstance(item, Draft):
        raise RefusedError(f"It is no request: {item.reason}.")
    return item.request


def _text(data: bytes, path: Path, today: date) -> RequestDraft:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    captured = read_tokens(clean(text), today, True)
    if not captured.title:
        raise RefusedError("It is empty.")
    arrived = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return captured_draft(captured, "drop box", arrived, "UTC")
