"""The workspace itself, the demo in it, its keys; and `add`, which lives in `capture`."""

from __future__ import annotations

import argparse
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from pmdesk.cli.output import say, say_json, say_table
from pmdesk.cli.parsing import Commands
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from pmdesk.desk import Desk
    from pmdesk.ui.app import Ended


_GREETING = "An example desk, to try anything on; after it “pmdesk” opens your own."


def add_to(commands: Commands) -> None:
    demo_command = commands.add(
        "demo",
        "opens the example desk “Harbourlight”",
        "pmdesk demo",
        demo,
        more="It is kept as demo.db in the data folder, with what you change in it. Its days are\n"
        "moved so that its last Friday is the latest Friday not after the day it is made, and\n"
        "that Friday stays its today. “--fresh --today 2025-06-13” leaves the days as they are.",
    )
    demo_command.add_argument("--fresh", action="store_true", help="make it anew")
    add_command = commands.add(
        "add",
        "captures a request, also while the workspace is open",
        "pmdesk add Label for the freezer @Polar from:sales by:fri est:30m",
        add,
        more="“-” reads standard input, “--mail -” a mail.",
    )
    add_command.add_argument("words", metavar="TEXT", nargs=argparse.REMAINDER)
    keys_command = commands.add(
        "keys",
        "lists the keys of the workspace, as the settings have them",
        "pmdesk keys",
        keys,
    )
    form = keys_command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument(
        "--markdown", action="store_true", help="as docs/keys.md; the keys pmdesk comes with"
    )


def open_workspace(arguments: Namespace) -> int:
    from pmdesk.cli.desks import desk_path, open_desk

    _need_terminal(f"the desk is {desk_path(arguments)}")
    with open_desk(arguments, make=True) as desk:
        ended = _run(desk)
    if ended.wants_example:  # in its own file, whichever desk this was
        today = {"today": arguments.today} if "today" in arguments else {}
        return demo(Namespace(fresh=False, greeting=_GREETING, **today))
    return ended.status


def demo(arguments: Namespace) -> int:
    from pmdesk.cli.demo import open_demo

    desk = open_demo(arguments)
    try:
        _need_terminal(f"the demo is {desk.path}")
        return _run(desk, getattr(arguments, "greeting", "")).status
    finally:
        desk.close()


def add(arguments: Namespace) -> int:
    from pmdesk import capture

    given = [
        f"--{name}={getattr(arguments, name)}" for name in ("desk", "today") if name in arguments
    ]
    return capture.main([*given, "add", *arguments.words])


def keys(arguments: Namespace) -> int:
    from pmdesk.cli.keys import key_table, page, rows
    from pmdesk.settings import read_settings

    if arguments.markdown:
        say(page(key_table()).rstrip())
        return 0
    table = key_table(read_settings().keymap)
    if arguments.json:
        say_json(table)
    else:
        say_table(("where", "keys", "does", "id"), list(rows(table)), shrinks=2)
    return 0


def _run(desk: Desk, greeting: str = "") -> Ended:
    import gc

    gc.disable()  # the app turns it on again after its first paint
    from pmdesk.settings import read_settings
    from pmdesk.ui.app import run

    return run(desk, read_settings(), greeting)


def _need_terminal(which: str) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RefusedError(
            f"The workspace needs a terminal; “pmdesk inbox” prints without one ({which})."
        )
