"""From files to the desk: what the command line and the workspace have in common."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk.errors import RefusedError
from pmdesk.exchange import formats
from pmdesk.exchange.importing import Read, read_all
from pmdesk.exchange.reading import Failed, Progress
from pmdesk.paths import exists
from pmdesk.text import clean_line

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.outlines.plan import Plan
    from pmdesk.desk import Desk
    from pmdesk.store.bulk import Value

Tables = dict[str, list[dict[str, "Value"]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of everything that was in the files."""

    read: Read
    counts: Counter[str]
    """Of items, so that they add up to what was read: a thread is one created request, and
    each further message of it is one update. What the readers skipped is in them."""
    dry_run: bool = False

    @staticmethod
    def of(read: Read, made: dict[str, int], dry_run: bool = False) -> Outcome:
        """From what the readers found and what the desk made of it."""
        counts = Counter(made)
        counts["failed"] = len(read.failed)
        counts["skipped"] += len(read.skipped)
        return Outcome(read, counts, dry_run)

    @property
    def nothing_could_be_read(self) -> bool:
        return bool(self.read.total) and self.read.total == len(self.read.failed)

    def as_json(self) -> dict[str, object]:
        return {
            "dry_run": self.dry_run,
            "formats": self.read.formats,
            "read": self.read.total,
            "created": self.counts["created"],
            "updated": self.counts["updated"],
            "skipped": self.counts["skipped"],
            "failed": self.counts["failed"],
            "skipped_items": self.read.skipped,
            "failed_items": self.read.failed,
        }

    def lines(self, most: int = 20, all_are: str = "") -> Iterator[str]:
        """In words, of what failed at most so many; the last line is the sum. `all_are` says
        where all that failed is listed.
        """
        reasons = Counter(item.reason for item in self.read.skipped)
        known = self.counts["skipped"] - len(self.read.skipped)
        if known:
            reasons["already here"] += known
        for reason, times in reasons.most_common():
            yield f"skipped {times:,}: {reason}"
        failed = self.read.failed
        for item in failed[:most]:
            where = "" if item.where in item.reason else f"{item.where}: "
            yield f"failed: {where}{item.reason}"
        if len(failed) > most:
            yield f"… and {len(failed) - most:,} more that failed{all_are}"
        yield self.sum

    @property
    def sum(self) -> str:
        names = ("created", "updated", "skipped", "failed")
        parts = " + ".join(f"{self.counts[name]} {name}" for name in names)
        return f"{'dry run: ' if self.dry_run else ''}read {self.read.total} = {parts}"


def check_there(paths: Sequence[Path]) -> None:
    """A slip in a path is told before anything is read."""
    for path in paths:
        if not exists(path):
            raise RefusedError(f"There is nothing at {path}; nothing was read.")
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
            raise RefusedError(f"The folder {path} may not be read by you; nothing was read.")


def is_whole_desk(paths: Sequence[Path]) -> bool:
    """Whether a desk in our own JSON is meant. Raises RefusedError if it is one of several."""
    if not any(path.is_file() and formats.is_desk(path) for path in paths):
        return False
    if len(paths) > 1:
        raise RefusedError("A whole desk is imported alone, into an empty desk; nothing was read.")
    return True


def is_outline(paths: Sequence[Path]) -> bool:
    """Whether an outline of customers is meant. Raises RefusedError if it is one of several."""
    if not any(path.is_file() and formats.is_outline(path) for path in paths):
        return False
    if len(paths) > 1:
        raise RefusedError("An outline of customers is imported alone; nothing was read.")
    return True


def plan_of_outline(path: Path, hierarchy: Hierarchy, today: date) -> Plan:
    """What the outline in a file comes to in a desk. RefusedError where it can't be read."""
    from pmdesk.customers.outlines.known import Known
    from pmdesk.customers.outlines.planning import planned
    from pmdesk.exchange.readers.outline import read_file

    try:
        read = read_file(path, None, today, [one.name for one in hierarchy.products])
    except OSError as error:
        raise RefusedError(f"{path} can't be read: {error.strerror}.") from None
    return planned(read.lines, read.problems, Known(hierarchy), None)


def outcome_of_outline(path: Path, plan: Plan, dry_run: bool = False) -> Outcome:
    """What an outline came to: all its new lines, or nothing where one of them is wrong."""
    name = clean_line(path.name)
    failed = [
        Failed(f"{name}, line {one.line}", one.sentence) for one in plan.problems if one.blocks
    ]
    there = sum(not ref.startswith("+") for ref in plan.refs.values())
    made = 0 if failed else len(plan.additions)
    counts = Counter(created=made, skipped=0 if failed else there, failed=len(failed))
    read = Read(items=made + counts["skipped"], failed=failed, formats=["outline"])
    return Outcome(read, counts, dry_run)


def read_files(paths: Sequence[Path], progress: Progress) -> Read:
    """What the readers find. RefusedError where the disk fails."""
    try:
        return read_all(paths, progress)
    except OSError as error:
        where = error.filename or origin(paths)
        raise RefusedError(
            f"{where} can't be read: {error.strerror}; nothing was imported."
        ) from None


def read_whole_desk(path: Path, desk: Desk, progress: Progress | None = None) -> Tables:
    """The rows of a desk in our own JSON, for `desk.load`; `desk` says what columns it knows."""
    from pmdesk.exchange.readers.desk_json import read_desk
    from pmdesk.store.bulk import columns
    from pmdesk.store.migrations import newest

    return read_desk(path, desk.ask(columns), newest(), progress).tables


def outcome_of_desk(rows: int, dry_run: bool = False) -> Outcome:
    """What a whole desk came to."""
    return Outcome(Read(items=rows, formats=["pmdesk desk"]), Counter(created=rows), dry_run)


def origin(paths: Sequence[Path]) -> str:
    """What the history says was read."""
    name = paths[0].resolve().name
    return name if len(paths) == 1 else f"{name} and {len(paths) - 1} more"
