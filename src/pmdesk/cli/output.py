"""Everything that commands print: made safe, aligned by cells, or as JSON."""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import TextIO

from pmdesk.amounts import duration_words, size_words
from pmdesk.errors import PmdeskError
from pmdesk.text import clean, clean_line

_GAP = "  "


def begin() -> None:
    """A terminal that knows no Unicode gets “?” instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def finish() -> None:
    """Everything has been printed. Raises PmdeskError or BrokenPipeError where it can't be."""
    with _told():
        sys.stdout.flush()


def drop() -> None:
    """What could not be printed must not be tried once more when Python ends."""
    _drop(sys.stdout)


def say(text: str) -> None:
    """Print a result. Like all that prints one, it raises as `finish` does."""
    with _told():
        print(clean(text))


def say_line(text: str) -> None:
    """Print a result of one line, whatever the text holds."""
    say(one_line(text))


def say_bytes(pieces: Iterable[bytes]) -> None:
    """Print a file as it is: UTF-8, whatever the terminal's encoding is."""
    for piece in pieces:
        with _told():
            sys.stdout.buffer.write(piece)


def tell(text: str) -> None:
    """Print a remark that is no result, beside it: one line on stderr, if anybody listens."""
    with suppress(OSError, ValueError, RuntimeError):  # a signal may come amid another remark
        print(one_line(text), file=sys.stderr)
    _drop(sys.stderr)


def one_line(text: str) -> str:
    """The text made safe, its lines put into one."""
    return clean(text).replace("\n", " ")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PmdeskError(f"standard output can't be written: {error.strerror}.") from None


def _drop(stream: TextIO) -> None:
    with suppress(OSError, ValueError, RuntimeError):
        stream.flush()
        return
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC), stream.fileno())


def say_json(value: object) -> None:
    """Print a value of dataclasses, dates, lists and dicts as indented JSON."""
    import json

    say(json.dumps(_plain(value), ensure_ascii=False, indent=2))


def say_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: frozenset[int] = frozenset(),
    shrinks: int | None = None,
) -> None:
    """Print aligned columns, those of `right` flush right.

    The column `shrinks` is cut with "…" where the terminal is too narrow; what is not
    printed to a terminal is never cut.
    """
    for line in table_lines(headings, rows, right, shrinks, terminal_width()):
        say(line)


def table_lines(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: frozenset[int],
    shrinks: int | None,
    width: int | None,
) -> list[str]:
    """The lines of `say_table` for a terminal of `width` cells, or of no end."""
    from rich.cells import cell_len, set_cell_size

    cells = [[clean_line(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(cell_len(cell) for cell in column) for column in zip(*cells, strict=True)]
    if width is not None and shrinks is not None:
        over = sum(widths) + len(_GAP) * (len(widths) - 1) - width
        widths[shrinks] = max(min(widths[shrinks], 8), widths[shrinks] - max(over, 0))

    def fitted(cell: str, index: int) -> str:
        free = widths[index] - cell_len(cell)
        if free < 0:
            return set_cell_size(cell, widths[index] - 1) + "…"
        return " " * free + cell if index in right else cell + " " * free

    return [
        _GAP.join(fitted(cell, index) for index, cell in enumerate(row)).rstrip() for row in cells
    ]


def terminal_width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date | os.PathLike):
        return str(value)
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return value


class ProgressLine:
    """One line on a terminal that is written over: percent, bytes, time left.

    Prints nothing where stderr is no terminal.
    """

    _EVERY_SECONDS = 0.1

    def __init__(self, what: str, total_bytes: int, stream: TextIO | None = None) -> None:
        self._what = clean_line(what)
        self._total = total_bytes
        self._stream = stream or sys.stderr
        self._shown = self._stream.isatty()
        self._began = time.monotonic()
        self._last = 0.0

    def told(self, done_bytes: int) -> None:
        """Show how far it is; at most ten times a second."""
        now = time.monotonic()
        if self._shown and now - self._last >= self._EVERY_SECONDS:
            self._last = now
            self._write(progress_words(self._what, done_bytes, self._total, now - self._began))

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._write("")

    def _write(self, text: str) -> None:
        self._stream.write(f"\r\x1b[K{text}")
        self._stream.flush()


def progress_words(what: str, done: int, total: int, seconds: float) -> str:
    """ "inbox.mbox: 42 % of 1.2 MB, 8 s left"; no time left before there is a second of it."""
    share = min(done / total, 1.0) if total else 1.0
    words = f"{what}: {share * 100:.0f} % of {size_words(total)}"
    if 0 < share < 1 and seconds >= 1:
        words += f", {duration_words(seconds / share - seconds)} left"
    return words
