"""Which dialog a verdict asks for, and what it says when it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmdesk.requests.actions import Capture, Decline, Finish, Keep, Park, counted, shorten
from pmdesk.requests.queries import RequestRow
from pmdesk.ui.dialogs.decline import DeclineDialog
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.dialogs.keep import KeepDialog
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.panes.inbox import Inbox


def dialog_for(asked: Inbox.VerdictAsked, row: RequestRow | None, today: date) -> Dialog[Any]:
    """The dialog for the requests; `row` is theirs if it is one."""
    requests = asked.requests
    about = named(row) if row else counted(len(requests))
    if isinstance(asked, Inbox.ParkAsked):
        return ParkDialog(requests, about, today)
    if isinstance(asked, Inbox.DeclineAsked):
        return DeclineDialog(requests, about)
    return KeepDialog(requests, about, *((row.node, row.goal) if row else ()))


def what_was_done(action: object, number_and_title: str | None) -> str:
    """What a toast says: "Kept #12 “Label format”", "Parked 3 requests until Fri 20 Jun"."""
    match action:
        case Capture():
            return f"Captured {number_and_title or shorten(action.request.title)}"
        case Keep():
            return f"Kept {_which(action.requests, number_and_title)}"
        case Finish():
            return f"Done: {_which(action.requests, number_and_title)}"
        case Park():
            until = f"{action.until:%a} {action.until.day} {action.until:%b}"
            return f"Parked {_which(action.requests, number_and_title)} until {until}"
        case Decline():
            return f"Declined {_which(action.requests, number_and_title)}"
    return "Done"


def named(row: RequestRow) -> str:
    """ "#12 “Label format”"."""
    return f"#{row.number} “{shorten(row.title, 40)}”"


def _which(requests: tuple[int, ...], number_and_title: str | None) -> str:
    return number_and_title or counted(len(requests))
