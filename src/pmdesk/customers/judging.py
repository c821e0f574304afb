"""All that the rules say about the hierarchy, for the customers' pane."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pmdesk.customers.browsing.notes import further_notes
from pmdesk.customers.gaps import Gap, gap_counts, gaps
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import gaps_by_subject


class Judged(NamedTuple):
    gaps: tuple[Gap, ...]
    of: Mapping[str, tuple[Gap, ...]]
    """By the key of what they are about."""
    counts: Mapping[str, int]
    """By key: how many gaps a thing and all below it have."""
    notes: Mapping[str, str]
    """By path: what stands behind the note of a line."""


def judged(hierarchy: Hierarchy, today: date) -> Judged:
    """About a second for 100,000 nodes."""
    found = gaps(hierarchy, today)
    counts = gap_counts(hierarchy, found)
    return Judged(found, gaps_by_subject(hierarchy, today), counts, further_notes(hierarchy))
