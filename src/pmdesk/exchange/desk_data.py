"""A desk as data: what our own JSON holds, whoever writes, reads or moves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

FORMAT = "pmdesk"
"""What the file calls itself."""
VERSION = 1
"""Of the file's layout; what the tables hold is told apart by the number of the schema."""

TABLES = (
    "desk", "counter",
    "market", "account", "account_alias", "account_domain", "node",
    "product", "solution", "requirement", "metric", "reading",
    "owner", "rule", "request", "message", "handoff", "evidence",
    "category", "entry", "target", "block", "day_off",
    "gap_snooze", "review", "commitment",
)  # fmt: skip
"""Every table but the history, what the drop box gave, and the full text; parents first."""

Value = str | int | float | None
Row = Mapping[str, Value]
Tables = Mapping[str, Iterable[Row]]
"""Rows by table, in the order of their keys."""
