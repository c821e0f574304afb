"""Mail: mbox, Maildir, folders of .eml and .emlx files, single mails. A thread is one request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pmdesk.exchange.readers.mail_files import (
    Raw,
    Unreadable,
    holds_mail,
    looks_like_emlx,
    looks_like_mbox,
    looks_like_message,
    raw_messages,
)
from pmdesk.exchange.readers.mail_message import Mail, read_message
from pmdesk.exchange.readers.mail_threads import drafts
from pmdesk.exchange.reading import Failed, Item, Progress, Skipped

NAME = "mail"


def recognises(path: Path, head: bytes) -> bool:
    """Whether it is a mail file by its first 64 KiB, or a folder (empty `head`) of mails."""
    if path.is_dir():
        return holds_mail(path)
    return looks_like_mbox(head) or looks_like_emlx(head) or looks_like_message(head)


def read(path: Path, progress: Progress) -> Iterator[Item]:
    """Every message accounted for once; the threads come last, when all of them are known."""
    mails: dict[str, Mail] = {}
    for raw in raw_messages(path, progress.cancelled):
        if progress.cancelled():
            return
        item = _item(raw)
        progress.told(raw.done)
        if not isinstance(item, Mail):
            yield item
        elif mails.setdefault(item.message.source_id, item) is not item:
            yield Skipped(item.where, "the same message stands above")
    yield from drafts(list(mails.values()))


def read_bytes(raw: bytes, where: str) -> Item:
    """One mail from a pipe or the drop box; a From_ line before it is understood."""
    from_line = b""
    if raw.startswith(b"From "):
        from_line, _, raw = raw.partition(b"\n")
    item = _item(Raw(raw, where, len(raw), from_line.rstrip(b"\r")))
    if isinstance(item, Mail):
        return next(drafts([item]))
    return item


def _item(raw: Raw | Unreadable) -> Mail | Skipped | Failed:
    if isinstance(raw, Unreadable):
        return Failed(raw.where, raw.reason)
    try:
        return read_message(raw)
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError) as error:
        # no known mail leads here; one that does must not stop the import of all others
        return Failed(raw.where, f"it can't be understood ({type(error).__name__})")
