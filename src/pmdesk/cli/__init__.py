"""The command line, one module per group of commands."""

from __future__ import annotations

from pathlib import Path

from pmdesk.cli import (
    care,
    ctrl_c,
    exchange,
    figures,
    gaps,
    guides,
    inbox,
    output,
    settings,
    steps,
    trace,
    week,
    workspace,
)
from pmdesk.cli.parsing import Commands, UsageError
from pmdesk.errors import PmdeskError

_INTERRUPTED = 130
_PIPE_CLOSED = 141


def main(argv: list[str]) -> int:
    """Run one command; its exit status: 0, 1 refused, 2 not understood, 130 interrupted.

    How it ended is at most one sentence on stderr.
    """
    output.begin()
    ctrl_c.forget()
    try:
        status = _run(argv)
        output.finish()
    except UsageError as error:
        return _refuse(str(error), 2)
    except PmdeskError as error:
        return _refuse(str(error), 1)
    except KeyboardInterrupt:
        return _refuse(ctrl_c.sentence(), _INTERRUPTED)
    except BrokenPipeError:
        output.drop()
        return _PIPE_CLOSED
    except Exception as error:
        return _fault(error)
    return status


def _run(argv: list[str]) -> int:
    try:
        arguments = commands().parser.parse_args(argv)
    except SystemExit as ended:  # --help and --version
        return ended.code if isinstance(ended.code, int) else 0
    return int(arguments.run(arguments))


def commands() -> Commands:
    """Every command, in the order in which the help lists them."""
    known = Commands()
    known.parser.set_defaults(run=workspace.open_workspace)
    of_the_desk = (workspace, inbox, trace, gaps, guides, week, figures)
    for group in (*of_the_desk, exchange, steps, care, settings):
        group.add_to(known)
    return known


def _refuse(sentence: str, status: int) -> int:
    output.drop()
    output.tell(f"pmdesk: {sentence}")
    return status


def _fault(error: Exception) -> int:
    """A mistake of the program or the system: one sentence without any stored text."""
    from pmdesk import config, failures

    if isinstance(error, OSError) and error.strerror:
        refused = error.filename if isinstance(error.filename, str) else "something"
        what = f"the system refused {refused} ({error.strerror})"
    else:
        what = f"something went wrong in pmdesk itself ({type(error).__name__})"
    log = failures.record(error, Path(config.data_folder()))
    kept = f"; type and place of it are in {log}." if log else "."
    return _refuse(what + kept, 1)
