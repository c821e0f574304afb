"""Mail files taken apart into raw messages, as bytes and as a stream.

Separators are bytes on purpose: a From_ line need not be in any charset. What is kept of one
message is limited, so that a file of any size costs little memory.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

RAW_LIMIT = 24 * 1024 * 1024
"""Bytes kept of one message; the text comes before the attachments, so only these are cut."""

_PIECE = 64 * 1024
_BOM = b"\xef\xbb\xbf"
_SUFFIXES = (".eml", ".emlx")

_DAY_AND_TIME = (
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    rb" +\d{1,2} +\d{1,2}:\d\d(?::\d\d)?"
)
_ZONES = rb"(?: +[A-Z]{1,5}| +[+-]\d{4}){0,2}"
_DATED = re.compile(
    rb"From .{0,400}?" + _DAY_AND_TIME + _ZONES + rb" +\d{4}" + _ZONES + rb"\s*$", re.S
)
_BARE = re.compile(rb"From (?:-|\S{1,300}@\S{1,300}|.{1,300}\d:\d\d.{0,30}\b(?:19|20)\d\d)\s*$")
_HEADER = re.compile(rb"[!-9;-~]{1,76}[ \t]*:")
_USUAL = re.compile(
    rb"(?:from|to|cc|date|subject|received|return-path|message-id|mime-version|sender|reply-to"
    rb"|delivered-to|in-reply-to|references|content-[a-z-]+|dkim-signature|list-[a-z]+"
    rb"|envelope-to|authentication-results|x-[a-z-]+)[ \t]*:",
    re.I,
)
_ESCAPED = re.compile(rb"^>(>*From )", re.M)


@dataclass(frozen=True, slots=True)
class Raw:
    """One message as bytes; `from_line` is its separator in an mbox, without the line end."""

    data: bytes
    where: str
    done: int
    """Bytes of the whole that are behind us, this message included."""
    from_line: bytes = b""


@dataclass(frozen=True, slots=True)
class Unreadable:
    where: str
    reason: str
    done: int


def looks_like_mbox(head: bytes) -> bool:
    """Whether the first line that is not blank is a From_ line with a header after it."""
    lines = head.removeprefix(_BOM).lstrip().split(b"\n", 2)
    if len(lines) < 2 or not lines[0].startswith(b"From "):
        return False
    return is_separator(lines[0], lines[1], True) or _HEADER.match(lines[1]) is not None


def looks_like_message(head: bytes) -> bool:
    """Whether the text begins with header lines, two of them of the names that mails have."""
    block = re.split(rb"\r?\n\r?\n", head.removeprefix(_BOM).lstrip(), maxsplit=1)[0]
    lines = block.splitlines()
    if not lines or not (_HEADER.match(lines[0]) or lines[0].startswith((b"From ", b">From "))):
        return False
    names = {match[0].lower().rstrip(b" \t:") for line in lines if (match := _USUAL.match(line))}
    return len(names) >= 2 and bool(names & {b"from", b"to", b"received", b"subject", b"date"})


def looks_like_emlx(head: bytes) -> bool:
    first, _, rest = head.partition(b"\n")
    return first.strip().isdigit() and len(first) <= 20 and looks_like_message(rest)


def is_separator(line: bytes, following: bytes, after_blank: bool) -> bool:
    """Whether a line that begins with "From " parts two messages, by its form and neighbours."""
    if len(line) > 1000:
        return False
    if _DATED.match(line):
        if not after_blank:
            return _USUAL.match(following) is not None
        return (
            not following.strip()
            or following.startswith((b"From ", b">From "))
            or _HEADER.match(following) is not None
        )
    return after_blank and bool(_BARE.match(line) and _USUAL.match(following))


class _Gathering:
    """The pieces of the message being read, up to the limit."""

    def __init__(self, from_line: bytes) -> None:
        self.from_line = from_line
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        if self._size < RAW_LIMIT:
            self._pieces.append(piece[: RAW_LIMIT - self._size])
            self._size += len(piece)

    def bytes(self) -> bytes:
        data = b"".join(self._pieces)
        return _ESCAPED.sub(rb"\1", data) if b">From " in data else data


def split_mbox(file: BinaryIO, name: str) -> Iterator[Raw]:
    """The messages of an mbox; what stands before the first From_ line is a message too."""
    number = 0
    for gathered, done in _gatherings(file):
        data = gathered.bytes()
        if not gathered.from_line and not data.strip():
            continue
        number += 1
        yield Raw(data, f"{name}, message {number}", done, gathered.from_line)


def _gatherings(file: BinaryIO) -> Iterator[tuple[_Gathering, int]]:
    current = _Gathering(b"")
    held: bytes | None = None  # a line that may part two messages; the next line decides
    done = 0
    blank_before = line_start = held_blank = True
    for piece in _pieces(file):
        if held is not None:
            if is_separator(held, piece, held_blank):
                yield current, done - len(held)
                current = _Gathering(held.rstrip(b"\r\n"))
            else:
                current.add(held)
            held = None
        done += len(piece)
        if line_start and piece.startswith(b"From "):
            held, held_blank = piece, blank_before
        else:
            current.add(piece)
        blank_before = line_start and not piece.strip()
        line_start = piece.endswith(b"\n")
    if held is not None and is_separator(held, b"", held_blank):
        yield current, done - len(held)
        current = _Gathering(held.rstrip(b"\r\n"))
    elif held is not None:
        current.add(held)
    yield current, done


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Lines; of a line that is longer than 64 KiB, its pieces."""
    first = file.readline(_PIECE).removeprefix(_BOM)
    if first:
        yield first
    while piece := file.readline(_PIECE):
        yield piece


def unwrap_emlx(data: bytes) -> bytes:
    """The message in an Apple Mail file: its first line says how many bytes, a plist follows."""
    first, _, rest = data.partition(b"\n")
    count = int(first.strip()[:12])
    if 0 < count <= len(rest):
        return rest[:count]
    return rest.partition(b'<?xml version="1.0"')[0]


def mails_in(folder: Path) -> Iterator[Path]:
    """The mail files of a folder: what lies in `cur` and `new` of Maildirs, and .eml and .emlx.

    In a stable order; links to folders are not followed.
    """
    for root, folders, files in os.walk(folder):
        folders.sort()
        if Path(root).name == "tmp" and _is_maildir(Path(root).parent):
            continue
        in_maildir = Path(root).name in ("cur", "new") and _is_maildir(Path(root).parent)
        for file in sorted(files):
            hidden = file.startswith(".")
            if not hidden and (in_maildir or file.lower().endswith(_SUFFIXES)):
                yield Path(root, file)


def _is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def holds_mail(folder: Path) -> bool:
    """Whether a folder is a Maildir or holds .eml or .emlx files."""
    return _is_maildir(folder) or next(mails_in(folder), None) is not None


def raw_messages(path: Path, cancelled: Callable[[], bool]) -> Iterator[Raw | Unreadable]:
    """Every message of a file or folder. Never raises; a missing path is told, never created."""
    done = 0
    if not path.is_dir():
        yield from _of_file(path, path.name, 0)
        return
    for file in mails_in(path):
        if cancelled():
            return
        for item in _of_file(file, str(file.relative_to(path)), done):
            done = item.done
            yield item


def _of_file(path: Path, name: str, before: int) -> Iterator[Raw | Unreadable]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Unreadable(name, "it is not an ordinary file", before)
            return
        with path.open("rb") as file:
            head = file.read(_PIECE)
            file.seek(0)
            if looks_like_mbox(head):
                for raw in split_mbox(file, name):
                    yield Raw(raw.data, raw.where, before + raw.done, raw.from_line)
                return
            data = file.read(RAW_LIMIT).removeprefix(_BOM)
            size = max(len(data), os.fstat(file.fileno()).st_size)
        yield Raw(unwrap_emlx(data) if looks_like_emlx(head) else data, name, before + size)
    except OSError as error:
        yield Unreadable(name, f"it can't be read: {error.strerror or 'unknown error'}", before)
