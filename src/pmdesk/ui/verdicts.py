"""Which dialog a verdict asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmdesk.requests.actions import counted
from pmdesk.requests.queries import RequestRow
from pmdesk.ui.dialogs.decline import DeclineDialog
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.dialogs.keep import KeepDialog
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.saying import named


def dialog_for(asked: Inbox.VerdictAsked, row: RequestRow | None, today: date) -> Dialog[Any]:
    """The dialog for the requests; `row` is theirs if it is one."""
    requests = asked.requests
    about = named(row) if row else counted(len(requests))
    if isinstance(asked, Inbox.ParkAsked):
        return ParkDialog(requests, about, today)
    if isinstance(asked, Inbox.DeclineAsked):
        return DeclineDialog(requests, about)
    return KeepDialog(requests, about, *((row.node, row.goal) if row else ()))
