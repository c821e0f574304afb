"""config: the settings and where each of them comes from."""

from __future__ import annotations

from argparse import Namespace

from pmdesk.cli.output import say_json, say_table
from pmdesk.cli.parsing import Commands


def add_to(commands: Commands) -> None:
    command = commands.add(
        "config",
        "shows the settings and where they come from",
        "pmdesk config",
        config,
        more="The settings lie in settings.toml: zone, theme and the table [keymap].",
    )
    command.add_argument("--json", action="store_true", help="as JSON")


def config(arguments: Namespace) -> int:
    from pmdesk.cli.desks import the_clock
    from pmdesk.settings import explain, read_settings

    the_clock(arguments)  # a day that can't be read is told here too
    lines = explain(
        read_settings(), getattr(arguments, "desk", None), getattr(arguments, "today", None)
    )
    if arguments.json:
        say_json(lines)
    else:
        say_table(
            ("setting", "value", "from"), [(line.name, line.value, line.origin) for line in lines]
        )
    return 0
