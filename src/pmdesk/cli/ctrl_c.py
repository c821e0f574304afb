"""ctrl+c: what it stops, what is finished in spite of it, and what is said afterwards."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pmdesk.cli.output import tell

_done: list[str] = []


@contextmanager
def finishing() -> Iterator[Callable[[str], None]]:
    """What is handed to the desk in the block is waited for, also if ctrl+c comes meanwhile.

    The block says with the function it gets what has been changed ("the step was taken
    back"). After it the KeyboardInterrupt is raised that came meanwhile; an error of the
    block goes before that, since it says why nothing was changed.
    """
    came = False

    def later(_signal: int, _frame: object) -> None:
        nonlocal came
        if not came:
            came = True
            tell("pmdesk: ctrl+c: one moment, a change that was begun is finished first.")

    before = signal.getsignal(signal.SIGINT)
    if before != signal.default_int_handler:  # ignored, or somebody else's affair
        yield _done.append
        return
    signal.signal(signal.SIGINT, later)
    try:
        yield _done.append
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def forget() -> None:
    """A new command begins: nothing has been changed by it."""
    _done.clear()


def sentence() -> str:
    """What an interrupted command has to say."""
    if not _done:
        return "interrupted: nothing was changed by this command."
    return f"interrupted, but {' and '.join(_done)}."
