"""argparse in pmdesk's voice: one sentence for a mistake, an example in every help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import NoReturn

from pmdesk import __version__
from pmdesk.errors import PmdeskError

Run = Callable[[argparse.Namespace], int]
"""A command: gets its arguments, gives the exit status, raises PmdeskError."""


class UsageError(PmdeskError):
    """Words that are no command of pmdesk."""


class Parser(argparse.ArgumentParser):
    """Raises UsageError where argparse would print its usage and exit."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(_sentence(message, self.prog))


class Commands:
    """The commands, as the groups add them."""

    def __init__(self) -> None:
        shared = _shared_options()
        self.parser = Parser(
            prog="pmdesk",
            description="A terminal workspace for one product manager. "
            "Without a command it opens the workspace.",
            epilog="examples:\n"
            "  pmdesk demo                   look around in an example desk\n"
            "  pmdesk import inbox.mbox      bring in requests\n"
            "  pmdesk                        open the workspace\n",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[shared],
            allow_abbrev=False,
        )
        self.parser.add_argument(
            "--version", action="version", version=f"pmdesk {__version__}", help="show the version"
        )
        self._shared = shared
        self._kinds = self.parser.add_subparsers(
            title="commands", metavar="COMMAND", dest="command", parser_class=Parser
        )

    def add(self, name: str, does: str, example: str, run: Run, more: str = "") -> Parser:
        """A new command; `does` is one sentence without its full stop, `more` follows it."""
        command = self._kinds.add_parser(
            name,
            help=does,
            description=f"{does[0].upper()}{does[1:]}." + (f"\n\n{more}" if more else ""),
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[self._shared],
            allow_abbrev=False,
        )
        command.set_defaults(run=run)
        return command

    def names(self) -> list[str]:
        return list(self._kinds.choices)


def _shared_options() -> Parser:
    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = shared.add_argument_group("options of every command")
    group.add_argument(
        "--desk",
        metavar="FILE",
        type=given("--desk"),
        help="the desk file (otherwise PMDESK_DESK, or the default place)",
    )
    group.add_argument(
        "--today",
        metavar="DATE",
        type=given("--today"),
        help="take this day as today (otherwise PMDESK_TODAY)",
    )
    return shared


def given(option: str) -> Callable[[str], str]:
    """Refuses an empty value, which would silently mean that the option was not given.

    A variable that is empty is one that is not set, as everywhere in a shell.
    """

    def value(text: str) -> str:
        if not text.strip():
            raise UsageError(f"{option} needs a value after it.")
        return text

    return value


def _sentence(message: str, prog: str) -> str:
    """argparse's message with a hint; a word that is near a known one brings that one up."""
    choice = re.search(
        r"argument (\S+): invalid choice: (?:'(.*?)'|\"(.*?)\") \(choose from (.*)\)", message
    )
    if choice is None:
        return f"{message}; “{prog} --help” shows how."
    what = "command" if choice[1] == "COMMAND" else choice[1]
    said = choice[2] or choice[3] or ""
    known = re.findall(r"[\w-]+", choice[4])
    near = get_close_matches(said, known, n=1)
    hint = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(known)}."
    return f"there is no {what} “{said}”; {hint}"
