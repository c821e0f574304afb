"""Phrases that many sentences are made of."""

from __future__ import annotations

from datetime import date


def several(count: int, one: str, many: str = "") -> str:
    """ "0 needs", "1 need", "1,200 needs"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def a(noun: str) -> str:
    """ "a goal", "an obstacle"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def ago(day: date, today: date) -> str:
    """ "today", "yesterday", "32 days ago"; a day that is yet to come "in 2 days"."""
    days = (today - day).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}.get(days)
    return near or (f"{days:,} days ago" if days > 0 else f"in {-days:,} days")
