"""import, export: everything that comes from and goes to other programs."""

from __future__ import annotations

import os
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk.cli.ctrl_c import finishing
from pmdesk.cli.desks import desk_path, open_copy, open_desk
from pmdesk.cli.output import ProgressLine, say_bytes, say_json, say_line, tell
from pmdesk.cli.parsing import Commands
from pmdesk.cli.paths import exists, spare_desks, typed, typed_text
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from pmdesk.desk import Desk
    from pmdesk.exchange.importing import Read

_MOST_LISTED = 20


def add_to(commands: Commands) -> None:
    import_command = commands.add(
        "import",
        "brings in requests from files and folders",
        "pmdesk import inbox.mbox issues.json",
        import_,
        more="The format is found out from the content: mail (mbox, Maildir, EML, EMLX), GitHub\n"
        "issues as JSON, or a whole desk as “export” writes it, which only goes into an empty\n"
        "desk. Importing again creates nothing twice; one undo takes the import back.\n"
        "The status is 1 if nothing could be read.",
    )
    import_command.add_argument("paths", metavar="PATH", nargs="+", type=typed)
    import_command.add_argument(
        "--dry-run", action="store_true", help="show what would happen, change nothing"
    )
    import_command.add_argument("--json", action="store_true", help="as JSON")
    export_command = commands.add(
        "export",
        "writes the whole desk as JSON, complete but for history",
        "pmdesk export desk.json",
        export,
        more="Without FILE, or with “-”, to standard output.",
    )
    export_command.add_argument("file", metavar="FILE", nargs="?", type=typed_text, default="-")
    export_command.add_argument("--force", action="store_true", help="write over an existing file")


def import_(arguments: Namespace) -> int:
    paths: list[Path] = arguments.paths
    from pmdesk.exchange import formats

    _check_there(paths)
    if any(path.is_file() and formats.is_desk(path) for path in paths):
        return _import_desk(arguments, paths)
    read = _read(paths)
    counts = _merged(arguments, read)
    if arguments.json:
        say_json(outcome(read, counts, arguments.dry_run))
    else:
        for line in outcome_lines(read, counts, arguments.dry_run):
            say_line(line)
    return 1 if read.total and read.total == len(read.failed) else 0


def export(arguments: Namespace) -> int:
    from pmdesk.exchange.saving import save
    from pmdesk.exchange.writers.desk_json import write_desk
    from pmdesk.store.migrations import newest

    file = None if arguments.file == "-" else Path(arguments.file)
    if file is not None:
        spare_desks(file, desk_path(arguments))
    with open_desk(arguments) as desk:
        pieces = (piece.encode() for piece in write_desk(desk.dump(), newest()))
        if file is not None:
            save(file, pieces, replace=arguments.force)
            tell(f"pmdesk: wrote {file}")
        else:
            say_bytes(pieces)
    return 0


def _check_there(paths: Sequence[Path]) -> None:
    """A slip in a path is told before anything is read."""
    for path in paths:
        if not exists(path):
            raise RefusedError(f"There is nothing at {path}; nothing was read.")
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
            raise RefusedError(f"The folder {path} may not be read by you; nothing was read.")


def _read(paths: Sequence[Path]) -> Read:
    """What the readers find, with progress on stderr."""
    from pmdesk.exchange.importing import read_all, size_of
    from pmdesk.exchange.reading import Progress

    line = ProgressLine(_origin(paths), sum(size_of(path) for path in paths))
    try:
        return read_all(paths, Progress(told=line.told))
    except OSError as error:
        where = error.filename or _origin(paths)
        raise RefusedError(
            f"{where} can't be read: {error.strerror}; nothing was imported."
        ) from None
    finally:
        line.end()


def _merged(arguments: Namespace, read: Read) -> Counter[str]:
    """What the desk made of the drafts; "skipped" has the readers' in it too.

    The counts are of items, so that they add up to what was read: a thread is one created
    request, and each further message of it is one update.
    """
    from pmdesk.requests.actions import ImportRequests

    counts: Counter[str] = Counter()
    if read.drafts:
        action = ImportRequests(tuple(read.drafts), _origin(arguments.paths))
        with _target(arguments) as desk, finishing() as made:
            counts.update(desk.perform(action).counts)
            if not arguments.dry_run:
                made("the import was made")
    counts["failed"] = len(read.failed)
    counts["skipped"] += len(read.skipped)
    return counts


def outcome(read: Read, counts: Counter[str], dry_run: bool) -> dict[str, object]:
    """The result of an import for `--json`."""
    return {
        "dry_run": dry_run,
        "formats": read.formats,
        "read": read.total,
        "created": counts["created"],
        "updated": counts["updated"],
        "skipped": counts["skipped"],
        "failed": counts["failed"],
        "skipped_items": read.skipped,
        "failed_items": read.failed,
    }


def outcome_lines(read: Read, counts: Counter[str], dry_run: bool) -> Iterator[str]:
    """The result of an import in words; the last line is the sum."""
    reasons = Counter(item.reason for item in read.skipped)
    known = counts["skipped"] - len(read.skipped)
    if known:
        reasons["already here"] += known
    for reason, times in reasons.most_common():
        yield f"skipped {times:,}: {reason}"
    for item in read.failed[:_MOST_LISTED]:
        where = "" if item.where in item.reason else f"{item.where}: "
        yield f"failed: {where}{item.reason}"
    if len(read.failed) > _MOST_LISTED:
        yield f"… and {len(read.failed) - _MOST_LISTED:,} more that failed; --json lists all"
    yield _sum(read.total, counts, dry_run)


def _sum(total: int, counts: Counter[str], dry_run: bool) -> str:
    names = ("created", "updated", "skipped", "failed")
    parts = " + ".join(f"{counts[name]} {name}" for name in names)
    return f"{'dry run: ' if dry_run else ''}read {total} = {parts}"


def _import_desk(arguments: Namespace, paths: Sequence[Path]) -> int:
    """Our own JSON: a whole desk, into an empty one; a bad file makes no desk."""
    from pmdesk.exchange.importing import Read
    from pmdesk.exchange.readers.desk_json import read_desk
    from pmdesk.store.bulk import columns
    from pmdesk.store.migrations import newest

    if len(paths) > 1:
        raise RefusedError("A whole desk is imported alone, into an empty desk; nothing was read.")
    with open_copy(arguments, empty=True) as trial:
        tables = read_desk(paths[0], trial.ask(columns), newest()).tables
        if not exists(desk_path(arguments)):
            trial.load(tables, _origin(paths))
    with _target(arguments) as desk, finishing() as made:
        rows = desk.load(tables, _origin(paths)).counts["created"]
        if not arguments.dry_run:
            made("the desk was imported")
    if arguments.json:
        read = Read(items=rows, formats=["pmdesk desk"])
        say_json(outcome(read, Counter(created=rows), arguments.dry_run))
    else:
        say_line(_sum(rows, Counter(created=rows), arguments.dry_run))
    return 0


def _target(arguments: Namespace) -> AbstractContextManager[Desk]:
    return open_copy(arguments) if arguments.dry_run else open_desk(arguments, make=True)


def _origin(paths: Sequence[Path]) -> str:
    """What the history says was read."""
    name = paths[0].resolve().name
    return name if len(paths) == 1 else f"{name} and {len(paths) - 1} more"
