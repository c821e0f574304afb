"""One file of the drop box, whoever wrote it: what `pmdesk add` writes, a mail, a text."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast, get_args

from pmdesk.customers.kinds import Function
from pmdesk.errors import RefusedError
from pmdesk.exchange.instants import can_be_shown, is_zone
from pmdesk.requests.actions import RequestDraft
from pmdesk.requests.capturing import captured_draft
from pmdesk.text import clean, clean_line
from pmdesk.tokens import read_tokens

_LARGEST_BYTES = 32 * 1024 * 1024


def read_dropped(path: Path, today: date) -> RequestDraft:
    """What the file holds. `today` is what its dates are read from.

    Raises RefusedError with the reason it can't be read, FileNotFoundError where it is gone.
    """
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
    body = clean(_text_of(told, "body") or "")
    function = _text_of(told, "from")
    estimate = told.get("estimate")
    try:
        due = date.fromisoformat(_text_of(told, "due") or "") if told.get("due") else None
        captured = _text_of(told, "captured_at")
        arrived = datetime.fromisoformat(captured).astimezone(UTC) if captured else None
        if arrived and not can_be_shown(arrived):
            raise ValueError
    except (ValueError, OverflowError):
        raise RefusedError("Its “due” or “captured_at” is not an ISO date.") from None
    return RequestDraft(
        source="capture",
        source_id=None,
        title=title,
        body=body,
        if_unknown=_if_unknown(told, body),
        arrived_at=arrived,
        zone=_zone(told),
        account=clean_line(_text_of(told, "account") or "") or None,
        from_function=cast(Function, function) if function in get_args(Function) else None,
        topic=clean_line(_text_of(told, "topic") or "") or None,
        due=due,
        estimate_minutes=estimate if _is_estimate(estimate) else None,
    )


def _if_unknown(told: dict[str, Any], body: str) -> tuple[str, str] | None:
    """None where it says nothing of use: the desk then leaves the account in the text."""
    texts = told.get("if_unknown")
    if not isinstance(texts, dict) or not (title := clean_line(_text_of(texts, "title") or "")):
        return None
    other = _text_of(texts, "body")
    return title, body if other is None else clean(other)


def _zone(told: dict[str, Any]) -> str:
    """The zone it was typed in; UTC where that is no zone."""
    name = _text_of(told, "zone") or "UTC"
    return name if is_zone(name) else "UTC"


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
    return captured_draft(captured, "drop box", _changed(path), "UTC")


def _changed(path: Path) -> datetime | None:
    """When the file was written; None where its time can't be right."""
    try:
        moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (ValueError, OverflowError):
        return None
    return moment if can_be_shown(moment) else None
