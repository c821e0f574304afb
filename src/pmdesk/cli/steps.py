"""undo, redo, history: the same steps as in the workspace."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from pmdesk.cli.ctrl_c import finishing
from pmdesk.cli.desks import open_desk
from pmdesk.cli.numbers import count
from pmdesk.cli.output import say, say_json, say_line, say_table
from pmdesk.cli.parsing import Commands

_SIGNS = {"done": "", "undone": "undone", "abandoned": "undone for good"}


def add_to(commands: Commands) -> None:
    commands.add("undo", "takes back the newest step", "pmdesk undo", undo)
    commands.add("redo", "does the step again that was taken back last", "pmdesk redo", redo)
    history_command = commands.add(
        "history",
        "lists the steps, the newest first",
        "pmdesk history -n 5",
        history,
    )
    history_command.add_argument(
        "-n",
        dest="limit",
        metavar="N",
        type=count,
        default=20,
        help="how many steps (default: 20)",
    )
    history_command.add_argument("--json", action="store_true", help="as JSON")


def undo(arguments: Namespace) -> int:
    with open_desk(arguments) as desk, finishing() as made:
        words = desk.undo().words
        made("the step was taken back")
        say_line(f"Taken back: {words}")
    return 0


def redo(arguments: Namespace) -> int:
    with open_desk(arguments) as desk, finishing() as made:
        words = desk.redo().words
        made("the step was done again")
        say_line(f"Done again: {words}")
    return 0


def history(arguments: Namespace) -> int:
    with open_desk(arguments) as desk:
        steps = desk.steps(arguments.limit)
        zone = desk.clock.zone
    if arguments.json:
        say_json(steps)
    elif not steps:
        say("Nothing has been done in this desk yet.")
    else:
        say_table(
            ["when", "by", "step", ""],
            [
                [
                    f"{datetime.fromisoformat(step.made_at).astimezone(zone):%Y-%m-%d %H:%M}",
                    step.made_by,
                    step.words,
                    _SIGNS[step.state],
                ]
                for step in steps
            ],
            shrinks=2,
        )
    return 0
