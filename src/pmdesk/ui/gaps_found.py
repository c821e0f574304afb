"""The gaps of a hierarchy by what they are about, found once for all who show them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.gaps import Gap
    from pmdesk.customers.hierarchy import Hierarchy

    Found = Mapping[str, tuple[Gap, ...]]

_latest: tuple[Hierarchy, date, Found] | None = None


async def gaps_found(hierarchy: Hierarchy, today: date) -> Found:
    """By the key of their subject; off the UI's thread, for it takes half a second for
    100,000 nodes."""
    global _latest
    if _latest is None or _latest[0] is not hierarchy or _latest[1] != today:
        _latest = hierarchy, today, await asyncio.to_thread(_find, hierarchy, today)
    return _latest[2]


def _find(hierarchy: Hierarchy, today: date) -> Found:
    from pmdesk.customers.gaps import gaps

    found: dict[str, tuple[Gap, ...]] = {}
    for gap in gaps(hierarchy, today):
        found[gap.subject] = (*found.get(gap.subject, ()), gap)
    return found
