"""import, export: everything that comes from and goes to other programs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk.cli.ctrl_c import finishing
from pmdesk.cli.desks import desk_path, open_copy, open_desk
from pmdesk.cli.output import ProgressLine, say_bytes, say_json, say_line, tell
from pmdesk.cli.parsing import Commands, UsageError
from pmdesk.cli.paths import exists, spare_desks, typed, typed_text
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from pmdesk.desk import Desk
    from pmdesk.exchange.importing import Read
    from pmdesk.importing import Outcome


def add_to(commands: Commands) -> None:
    import_command = commands.add(
        "import",
        "brings in requests from files and folders, or customers from an outline",
        "pmdesk import inbox.mbox issues.json",
        import_,
        more="The format is found out from the content: mail (mbox, Maildir, EML, EMLX), GitHub\n"
        "issues as JSON, an outline of customers as “export --format outline” writes it, or a\n"
        "whole desk as “export” does, which only goes into an empty desk. Importing again\n"
        "creates nothing twice; one undo takes the import back.\n"
        "The status is 1 if nothing could be read.",
    )
    import_command.add_argument("paths", metavar="PATH", nargs="+", type=typed)
    import_command.add_argument(
        "--dry-run", action="store_true", help="show what would happen, change nothing"
    )
    import_command.add_argument("--json", action="store_true", help="as JSON")
    export_command = commands.add(
        "export",
        "writes the whole desk as JSON, complete but for history; or customers as an outline",
        "pmdesk export desk.json",
        export,
        more="Without FILE, or with “-”, to standard output. An outline is an indented Markdown\n"
        "list that “import” and the workspace read; “--below G1” writes that branch alone.",
    )
    export_command.add_argument(
        "--format", choices=("desk", "outline"), default="desk", help="what is written"
    )
    export_command.add_argument(
        "--below", metavar="CODE", action="append", type=typed_text,
        help="of an outline: this branch alone, by its code or name",
    )  # fmt: skip
    export_command.add_argument("file", metavar="FILE", nargs="?", type=typed_text)
    export_command.add_argument(
        "-o", dest="into", metavar="FILE", type=typed_text, help="the same as FILE, as in guide"
    )
    export_command.add_argument("--force", action="store_true", help="write over an existing file")


def import_(arguments: Namespace) -> int:
    paths: list[Path] = arguments.paths
    from pmdesk.importing import check_there, is_outline, is_whole_desk

    check_there(paths)
    if is_whole_desk(paths):
        outcome = _import_desk(arguments, paths)
    else:
        outcome = (_import_outline if is_outline(paths) else _import_requests)(arguments, paths)
    if arguments.json:
        say_json(outcome.as_json())
    else:
        for line in outcome.lines(all_are="; --json lists all"):
            say_line(line)
    return 1 if outcome.nothing_could_be_read else 0


def export(arguments: Namespace) -> int:
    from pmdesk.exchange.saving import save

    if arguments.below and arguments.format != "outline":
        raise RefusedError("--below is for an outline: add --format outline.")
    if arguments.file is not None and arguments.into is not None:
        raise UsageError("Write into one file: either FILE or -o FILE.")
    name = arguments.into if arguments.file is None else arguments.file
    file = None if name in (None, "-") else Path(name)
    if file is not None:
        spare_desks(file, desk_path(arguments))
    with open_desk(arguments) as desk:
        pieces = (piece.encode() for piece in _written(arguments, desk))
        if file is not None:
            save(file, pieces, replace=arguments.force)
            tell(f"pmdesk: wrote {file}")
        else:
            say_bytes(pieces)
    return 0


def _written(arguments: Namespace, desk: Desk) -> Iterable[str]:
    if arguments.format == "outline":
        return [_outline(desk, arguments.below)]
    from pmdesk.exchange.writers.desk_json import write_desk
    from pmdesk.store.migrations import newest

    return write_desk(desk.dump(), newest())


def _outline(desk: Desk, below: Sequence[str] | None) -> str:
    from pmdesk.customers.loading import whole
    from pmdesk.customers.naming import key_named
    from pmdesk.customers.outlines.writing import outline

    hierarchy = desk.ask(whole)
    keys = [key_named(hierarchy, one) for one in below] if below else None
    text = outline(hierarchy, keys)
    return f"{text}\n" if text else ""


def _import_outline(arguments: Namespace, paths: Sequence[Path]) -> Outcome:
    """A branch of the customer hierarchy: all of it, or nothing where a line is wrong."""
    from pmdesk.customers.loading import whole
    from pmdesk.importing import origin, outcome_of_outline, plan_of_outline

    with _target(arguments) as desk, finishing() as finished:
        plan = plan_of_outline(paths[0], desk.ask(whole), desk.clock.today())
        if plan.additions and not plan.blocked:
            desk.perform(plan.action(origin=origin(paths)))
            if not arguments.dry_run:
                finished("the import was made")
    return outcome_of_outline(paths[0], plan, arguments.dry_run)


def _import_requests(arguments: Namespace, paths: Sequence[Path]) -> Outcome:
    from pmdesk.importing import Outcome, origin
    from pmdesk.requests.actions import ImportRequests

    read = _read(paths)
    made: dict[str, int] = {}
    if read.drafts:
        action = ImportRequests(tuple(read.drafts), origin(paths))
        with _target(arguments) as desk, finishing() as finished:
            made = desk.perform(action).counts
            if not arguments.dry_run:
                finished("the import was made")
    return Outcome.of(read, made, arguments.dry_run)


def _read(paths: Sequence[Path]) -> Read:
    """What the readers find, with progress on stderr."""
    from pmdesk.exchange.importing import size_of
    from pmdesk.exchange.reading import Progress
    from pmdesk.importing import origin, read_files

    line = ProgressLine(origin(paths), sum(size_of(path) for path in paths))
    try:
        return read_files(paths, Progress(told=line.told))
    finally:
        line.end()


def _import_desk(arguments: Namespace, paths: Sequence[Path]) -> Outcome:
    """Our own JSON: a whole desk, into an empty one; a bad file makes no desk."""
    from pmdesk.importing import origin, outcome_of_desk, read_whole_desk

    with open_copy(arguments, empty=True) as trial:
        tables = read_whole_desk(paths[0], trial)
        if not exists(desk_path(arguments)):
            trial.load(tables, origin(paths))
    with _target(arguments) as desk, finishing() as finished:
        rows = desk.load(tables, origin(paths)).counts["created"]
        if not arguments.dry_run:
            finished("the desk was imported")
    return outcome_of_desk(rows, arguments.dry_run)


def _target(arguments: Namespace) -> AbstractContextManager[Desk]:
    return open_copy(arguments) if arguments.dry_run else open_desk(arguments, make=True)
