"""A figure over the weeks: a column each, with the target and named marks at their levels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pmdesk.charts.text import known

_LEAST = 1e-12
"""What is smaller is drawn as nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    value: float | None
    """None where nothing is known, which is drawn as missing, never as zero."""
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A level to compare with."""

    value: float
    name: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns from zero up, the oldest first."""

    title: str
    columns: tuple[Column, ...]
    marks: tuple[Mark, ...] = ()
    unit: str = "%"
    decimals: int = 1
    named: str = "week"
    """What a column is."""
    missing: str = "nothing logged"
    """What a column without a value means."""

    @property
    def top(self) -> float:
        """The value at the upper edge: a round one at or above all that is drawn."""
        values = [known(one) for column in self.columns for one in (column.value, column.target)]
        values.extend(known(mark.value) for mark in self.marks)
        largest = max((value for value in values if value is not None), default=0.0)
        if largest < _LEAST:
            return 1.0
        step = 10.0 ** math.floor(math.log10(largest))
        step = step / 2 if largest < 5 * step else step
        return math.ceil(round(largest / step, 6)) * step


def level(value: float, unit: str) -> str:
    """What stands beside a level: "35 %", "0.05"; as many digits as tell it truly."""
    return f"{value:.4g} {unit}".rstrip()
