"""backup, restore, doctor: copies of the desk, and what is wrong with it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pmdesk.cli.desks import desk_path, open_desk, the_clock
from pmdesk.cli.output import say, say_json
from pmdesk.cli.parsing import Commands


def add_to(commands: Commands) -> None:
    backup_command = commands.add(
        "backup",
        "copies the desk, checked, while it may be in use",
        "pmdesk backup ~/desk-copy.db",
        backup,
        more="Without FILE the copy goes into the folder of the desk's backups.",
    )
    backup_command.add_argument("file", metavar="FILE", nargs="?", type=Path)
    restore_command = commands.add(
        "restore",
        "puts a backup in the place of the desk",
        "pmdesk restore ~/desk-copy.db",
        restore,
        more="The desk as it is now is kept as a backup first.",
    )
    restore_command.add_argument("backup", metavar="BACKUP", type=Path)
    doctor_command = commands.add(
        "doctor",
        "says what is wrong with the desk and what to do",
        "pmdesk doctor",
        doctor,
        more="The status is 1 if something is wrong.",
    )
    doctor_command.add_argument("--json", action="store_true", help="as JSON")


def backup(arguments: Namespace) -> int:
    with open_desk(arguments) as desk:
        say(f"Copied to {desk.backup(arguments.file)}.")
    return 0


def restore(arguments: Namespace) -> int:
    from pmdesk.store.backup import restore as restore_backup

    clock = the_clock(arguments)
    say(restore_backup(desk_path(arguments), arguments.backup, clock.now().astimezone(clock.zone)))
    return 0


def doctor(arguments: Namespace) -> int:
    from pmdesk.store.check import examine

    findings = examine(desk_path(arguments))
    if arguments.json:
        say_json(findings)
    else:
        for finding in findings:
            advice = f" → {finding.advice}" if finding.advice else ""
            say(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.what}{advice}")
    return 0 if all(finding.ok for finding in findings) else 1
