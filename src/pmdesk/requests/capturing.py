"""From a text with tokens, as captured anywhere, to the draft of a request."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from pmdesk.customers.kinds import Function
from pmdesk.requests.actions import RequestDraft
from pmdesk.tokens import Captured


def captured_draft(
    captured: Captured, source: str, arrived_at: datetime | None, zone: str
) -> RequestDraft:
    """The request that a captured text asks for; its title is empty only for an empty text."""
    return RequestDraft(
        source=source,
        source_id=None,
        title=captured.title,
        body=captured.body,
        if_unknown=(captured.title_if_unknown, captured.body_if_unknown),
        arrived_at=arrived_at,
        zone=zone,
        account=captured.account,
        from_function=cast(Function | None, captured.from_function),
        topic=captured.topic,
        due=captured.due,
        estimate_minutes=captured.estimate_minutes,
    )
