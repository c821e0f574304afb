"""From the options to an open desk."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pmdesk import config
from pmdesk.cli.ctrl_c import finishing
from pmdesk.cli.output import tell
from pmdesk.cli.paths import exists
from pmdesk.errors import DeskUnusableError, PmdeskError

if TYPE_CHECKING:
    from pmdesk.desk import Desk


def desk_path(arguments: Namespace) -> Path:
    """The desk file that is meant; it may not exist."""
    return Path(config.desk_path(getattr(arguments, "desk", None)))


def the_clock(arguments: Namespace) -> config.Clock:
    """The clock in the zone of the settings, on the day of `--today`. Raises RefusedError."""
    from pmdesk.settings import read_settings

    return config.Clock.system(read_settings().zone, getattr(arguments, "today", None))


def opened(path: Path, clock: config.Clock, *, create: bool = False) -> Desk:
    """The desk in that file, as `Desk.open` gives it. Raises DeskUnusableError."""
    from pmdesk.desk import Desk

    try:
        return Desk.open(path, clock, create=create)
    except OSError as error:
        where = error.filename or path
        raise DeskUnusableError(f"{where} can't be used: {error.strerror}.") from None


@contextmanager
def open_desk(arguments: Namespace, *, make: bool = False) -> Iterator[Desk]:
    """The desk that is meant, its drop box collected; closed at the end of the block.

    With `make` a desk that is not there is made, and the person hears where. Raises
    DeskUnusableError.
    """
    path = desk_path(arguments)
    clock = the_clock(arguments)
    fresh = make and not exists(path)
    with finishing() as made:
        desk = opened(path, clock, create=fresh)
        if fresh:
            made("a new desk was made")
            tell(f"pmdesk: made a new desk at {path}")
    try:
        _collect(desk)
        yield desk
        if desk.trouble:
            tell(f"pmdesk: {desk.trouble}")
    finally:
        desk.close()


def _collect(desk: Desk) -> None:
    """Take in the drop box. Where that fails, what was captured waits; the command needn't."""
    with finishing() as made:
        try:
            if desk.collect() is not None:
                made("what waited in the drop box was collected")
        except (PmdeskError, OSError) as error:
            made("what waited in the drop box was collected as far as it could be")
            reason = str(error)
            if isinstance(error, OSError):
                reason = f"{error.filename or config.drop_box(desk.path)}: {error.strerror}"
            tell(f"pmdesk: not all of the drop box was collected: {reason}")


@contextmanager
def open_copy(arguments: Namespace, *, empty: bool = False) -> Iterator[Desk]:
    """A copy of the desk that is meant, or an empty one (also where there is none), thrown
    away at the end of the block: what is done there shows what would be done.

    What waits in the drop box is not in the copy; a line on stderr says so.
    """
    path = desk_path(arguments)
    clock = the_clock(arguments)
    with TemporaryDirectory(prefix="pmdesk-dry-run-") as folder:
        copy = Path(folder, "desk.db")
        if not empty:
            _copy(path, clock, copy)
        desk = opened(copy, clock, create=True)
        try:
            yield desk
        finally:
            desk.close()


def _copy(path: Path, clock: config.Clock, to: Path) -> None:
    from pmdesk.dropbox import DropBox

    if exists(path):
        original = opened(path, clock)
        try:
            original.backup(to)
        finally:
            original.close()
    if DropBox(path).waiting():
        tell("pmdesk: what waits in the drop box is not in this dry run; “pmdesk inbox” collects.")
