"""From the options to an open desk."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pmdesk import config
from pmdesk.cli.output import tell
from pmdesk.errors import PmdeskError

if TYPE_CHECKING:
    from pmdesk.desk import Desk


def desk_path(arguments: Namespace) -> Path:
    """The desk file that is meant; it may not exist."""
    return Path(config.desk_path(getattr(arguments, "desk", None)))


def the_clock(arguments: Namespace) -> config.Clock:
    """The clock in the zone of the settings, on the day of `--today`. Raises RefusedError."""
    from pmdesk.settings import read_settings

    return config.Clock.system(read_settings().zone, getattr(arguments, "today", None))


@contextmanager
def open_desk(arguments: Namespace, *, make: bool = False) -> Iterator[Desk]:
    """The desk that is meant, its drop box collected; closed at the end of the block.

    With `make` a desk that is not there is made, and the person hears where. Raises
    DeskUnusableError.
    """
    from pmdesk.desk import Desk

    path = desk_path(arguments)
    clock = the_clock(arguments)
    fresh = make and not path.exists()
    desk = Desk.open(path, clock, create=fresh)
    try:
        if fresh:
            tell(f"pmdesk: made a new desk at {path}")
        try:
            desk.collect()
        except PmdeskError as error:  # what was captured waits; the command needn't
            tell(f"pmdesk: the drop box was not collected: {error}")
        yield desk
        if desk.trouble:
            tell(f"pmdesk: {desk.trouble}")
    finally:
        desk.close()


@contextmanager
def open_copy(arguments: Namespace) -> Iterator[Desk]:
    """A copy of the desk that is meant, or an empty one, thrown away at the end of the block:
    what is done there shows exactly what would be done.
    """
    from pmdesk.desk import Desk

    path = desk_path(arguments)
    clock = the_clock(arguments)
    with TemporaryDirectory(prefix="pmdesk-dry-run-") as folder:
        copy = Path(folder, "desk.db")
        if path.exists():
            original = Desk.open(path, clock)
            try:
                original.backup(copy)
            finally:
                original.close()
        desk = Desk.open(copy, clock, create=True)
        try:
            yield desk
        finally:
            desk.close()
