"""What the rules say about the lines of the four views: it takes the whole hierarchy, which
is read after the lines are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pmdesk.customers.hierarchy import Hierarchy


def further_notes(hierarchy: Hierarchy, today: date) -> Mapping[str, str]:
    """By key what stands behind the note of a line: of a market "4 our products", of a goal
    "▲ 3 requirements, 2 products", of a product "1 reaches no goal", of a solution "5 of 5"."""
    raise NotImplementedError
