"""Which function carries out which action; imported by the writing thread alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmdesk.requests import handlers as requests
from pmdesk.requests import intake
from pmdesk.requests.actions import (
    Capture,
    Collect,
    Decline,
    Finish,
    ImportRequests,
    Keep,
    Park,
)
from pmdesk.review import handlers as review
from pmdesk.review.actions import LoadDesk
from pmdesk.store.writing import Handler

HANDLERS: Mapping[type[Any], Handler] = {
    Capture: requests.capture,
    Keep: requests.keep,
    Finish: requests.finish,
    Park: requests.park,
    Decline: requests.decline,
    ImportRequests: intake.import_requests,
    Collect: intake.collect,
    LoadDesk: review.load_desk,
}

BACKED_UP_FIRST = (ImportRequests, LoadDesk)
