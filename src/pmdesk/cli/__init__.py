"""The command line, one module per group of commands."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path

from pmdesk.cli import care, exchange, inbox, settings, steps, workspace
from pmdesk.cli.output import tell
from pmdesk.cli.parsing import Commands, UsageError
from pmdesk.errors import PmdeskError

_INTERRUPTED = 130
_PIPE_CLOSED = 141


def main(argv: list[str]) -> int:
    """Run one command; its exit status: 0, 1 refused, 2 not understood, 130 interrupted.

    Whatever happens is at most one sentence on stderr.
    """
    _print_anything()
    try:
        arguments = commands().parser.parse_args(argv)
        status = arguments.run(arguments)
        sys.stdout.flush()
    except UsageError as error:
        return _refuse(str(error), 2)
    except PmdeskError as error:
        return _refuse(str(error), 1)
    except SystemExit as ended:  # --help and --version
        return ended.code if isinstance(ended.code, int) else 0
    except KeyboardInterrupt:
        return _refuse("interrupted: nothing was changed by this command.", _INTERRUPTED)
    except BrokenPipeError:
        _drop_output()
        return _PIPE_CLOSED
    except Exception as error:
        return _fault(error)
    return int(status)


def commands() -> Commands:
    """Every command, in the order in which the help lists them."""
    known = Commands()
    known.parser.set_defaults(run=workspace.open_workspace)
    for group in (workspace, inbox, exchange, steps, care, settings):
        group.add_to(known)
    return known


def _refuse(sentence: str, status: int) -> int:
    tell(f"pmdesk: {sentence}")
    return status


def _fault(error: Exception) -> int:
    """A mistake of the program or the system: one sentence without any stored text."""
    from pmdesk import config, failures

    _drop_output()
    if isinstance(error, OSError) and error.strerror:
        what = f"the system refused something ({error.strerror})"
    else:
        what = f"something went wrong in pmdesk itself ({type(error).__name__})"
    log = failures.record(error, Path(config.data_folder()))
    kept = f"; type and place of it are in {log}." if log else "."
    return _refuse(what + kept, 1)


def _print_anything() -> None:
    """A terminal that knows no Unicode gets “?” instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _drop_output() -> None:
    """What could not be printed must not be tried once more when Python ends."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
