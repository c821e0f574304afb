"""Numbers typed on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError

_MOST = 10_000_000


def count(text: str) -> int:
    """How many to list. Raises ArgumentTypeError, which becomes a usage error."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= _MOST):
        raise ArgumentTypeError(f"“{text}” is not a number from 1 to {_MOST:,}")
    return int(text[:9])
