"""Many files and folders read as one import: what came out of them, and what did not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pmdesk.errors import RefusedError
from pmdesk.exchange import formats
from pmdesk.exchange.readers.mail_files import mails_in
from pmdesk.exchange.reading import Draft, Failed, Progress, Skipped
from pmdesk.requests.actions import RequestDraft
from pmdesk.text import clean_line


class CancelledError(Exception):
    """The person stopped the reading; nothing has been changed."""


@dataclass(slots=True)
class Read:
    """Everything that was in the files; each item of them is accounted for once."""

    drafts: list[RequestDraft] = field(default_factory=list)
    items: int = 0
    """How many items (messages, issues) the drafts were made of."""
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    """What was recognised, each once, in the order of the files."""

    @property
    def total(self) -> int:
        """Items of every kind in the files."""
        return self.items + len(self.skipped) + len(self.failed)


def read_all(paths: Iterable[Path], progress: Progress | None = None) -> Read:
    """What the readers find in files and folders; `progress` hears of bytes over all of them.

    A file that no reader knows, or that can't be opened, is a failed item with its reason.
    Raises CancelledError as soon as `progress` says that the person has had enough.
    """
    progress = progress or Progress()
    read = Read()
    before = 0
    for path in paths:
        for source, size in _sources(path):
            read_one(source, _further(progress, before), read)
            before += size
            progress.told(before)
            if progress.cancelled():
                raise CancelledError
    return read


def read_one(path: Path, progress: Progress, read: Read) -> None:
    """Add what one file, or one folder that is a mailbox, holds to `read`."""
    try:
        reader = formats.reader_for(path)
    except RefusedError as error:
        read.failed.append(Failed(clean_line(path.name), str(error)))
        return
    if reader.NAME not in read.formats:
        read.formats.append(reader.NAME)
    for item in reader.read(path, progress):
        if progress.cancelled():
            raise CancelledError
        match item:
            case Draft():
                read.drafts.append(item.request)
                read.items += item.items
            case Skipped():
                read.skipped.append(item)
            case Failed():
                read.failed.append(item)


def size_of(path: Path) -> int:
    """Bytes in a file, or in all files below a folder; what can't be seen counts nothing."""
    try:
        kind = path.stat()
    except OSError:
        return 0
    if not stat.S_ISDIR(kind.st_mode):
        return kind.st_size
    return sum(size_of(file) for file in _files_below(path))


def _sources(path: Path) -> Iterator[tuple[Path, int]]:
    """What is read as one, with its bytes: a file, a folder's mails together (their threads go
    across files), and each other file of a folder. Nothing in a folder is passed over unsaid;
    but what lies about in a Maildir belongs to the mail program.
    """
    if not path.is_dir():
        yield path, size_of(path)
        return
    mails = set(mails_in(path))
    is_maildir = (path / "cur").is_dir() and (path / "new").is_dir()
    others = [] if is_maildir else [file for file in _files_below(path) if file not in mails]
    if mails or not others:
        yield path, sum(size_of(mail) for mail in mails)
    for file in others:
        yield file, size_of(file)


def _files_below(folder: Path) -> Iterator[Path]:
    """Regular files, sorted; hidden ones and links left out."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(where, name)
            if not name.startswith(".") and not file.is_symlink():
                yield file


def _further(progress: Progress, before: int) -> Progress:
    return Progress(lambda done: progress.told(before + done), progress.cancelled)
