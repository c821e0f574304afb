"""Sizes and spans of time as a person would say them."""

from __future__ import annotations


def size_words(size: int) -> str:
    """ "512 B", "1.2 MB"; powers of ten."""
    if size < 1000:
        return f"{size} B"
    amount, units = size / 1000, ["kB", "MB", "GB"]
    while amount >= 1000 and len(units) > 1:
        amount /= 1000
        units.pop(0)
    return f"{amount:.1f} {units[0]}"


def duration_words(seconds: float) -> str:
    """ "8 s", "3 min"."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
