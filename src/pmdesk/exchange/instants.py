"""What an instant and its zone may be, for all that comes from outside."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_LAST = datetime(9999, 12, 25, tzinfo=UTC)
_OFFSET = re.compile(r"[+-](?:0\d|1[0-8]):[0-5]\d", re.ASCII)


def can_be_shown(moment: datetime) -> bool:
    """Whether the moment is in the calendar in every zone, and so is the week around it."""
    return _FIRST <= moment <= _LAST


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether it is the name of a zone ("Europe/Berlin", "UTC") or an offset ("+02:00")."""
    if _OFFSET.fullmatch(name):
        return True
    try:
        return ZoneInfo(name).key == name
    except (OSError, LookupError, ValueError):  # a folder of zones, unknown, malformed
        return False
