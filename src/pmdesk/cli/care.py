"""backup, restore, doctor: copies of the desk, and what is wrong with it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pmdesk.cli.ctrl_c import finishing
from pmdesk.cli.desks import desk_path, open_desk, the_clock
from pmdesk.cli.output import say_json, say_line
from pmdesk.cli.parsing import Commands
from pmdesk.cli.paths import exists, spare_desk, typed
from pmdesk.errors import RefusedError


def add_to(commands: Commands) -> None:
    backup_command = commands.add(
        "backup",
        "copies the desk, checked, while it may be in use",
        "pmdesk backup ~/desk-copy.db",
        backup,
        more="Without FILE the copy goes into the folder of the desk's backups.",
    )
    backup_command.add_argument("file", metavar="FILE", nargs="?", type=typed)
    restore_command = commands.add(
        "restore",
        "puts a backup in the place of the desk",
        "pmdesk restore ~/desk-copy.db",
        restore,
        more="The desk as it is now is kept: as a backup if it is sound, and if it is damaged\n"
        "under another name beside it. The status is 1, and nothing changed, if BACKUP is no\n"
        "sound backup.",
    )
    restore_command.add_argument("backup", metavar="BACKUP", type=typed)
    doctor_command = commands.add(
        "doctor",
        "says what is wrong with the desk and what to do",
        "pmdesk doctor",
        doctor,
        more="The status is 1 if something is wrong.",
    )
    doctor_command.add_argument("--json", action="store_true", help="as JSON")


def backup(arguments: Namespace) -> int:
    file: Path | None = arguments.file
    if file is not None:
        spare_desk(file, desk_path(arguments))
        if exists(file):
            raise RefusedError(f"{file} is there already: name another file.")
    with open_desk(arguments) as desk:
        say_line(f"Copied to {desk.backup(file)}.")
    return 0


def restore(arguments: Namespace) -> int:
    from pmdesk.store.restoring import restore as restore_backup

    backup: Path = arguments.backup
    desk, clock = desk_path(arguments), the_clock(arguments)
    for path in (backup, desk):
        exists(path)  # says why, where that can't be seen
    with finishing() as made:
        words = restore_backup(desk, backup, clock.now().astimezone(clock.zone))
        made("the backup was restored")
        say_line(words)
    return 0


def doctor(arguments: Namespace) -> int:
    from pmdesk.drafts import drafts_folder
    from pmdesk.editor_files import left_in
    from pmdesk.store.check import Finding, examine

    path = desk_path(arguments)
    exists(path)  # says why, where that can't be seen
    findings = examine(path)
    for folder in left_in(drafts_folder(path)):
        advice = "What pmdesk can't take in at its next start is yours to delete."
        findings.append(Finding(True, f"An editor left a text in {folder}.", advice))
    if arguments.json:
        say_json(findings)
    else:
        for finding in findings:
            advice = f" → {finding.advice}" if finding.advice else ""
            say_line(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.what}{advice}")
    return 0 if all(finding.ok for finding in findings) else 1
