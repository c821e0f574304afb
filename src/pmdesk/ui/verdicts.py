"""Which dialog a verdict asks for, and what it says when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pmdesk.errors import RefusedError
from pmdesk.requests.actions import Capture, Decline, Finish, Keep, Park, counted, shorten
from pmdesk.requests.lifecycle import ASKED, State, Verdict, why_not
from pmdesk.requests.queries import RequestRow
from pmdesk.ui.dialogs.decline import DeclineDialog
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.dialogs.keep import KeepDialog
from pmdesk.ui.dialogs.park import ParkDialog
from pmdesk.ui.panes.inbox import Inbox

_VERDICTS: dict[type[Inbox.VerdictAsked], Verdict] = {
    Inbox.KeepAsked: "keep",
    Inbox.FinishAsked: "finish",
    Inbox.ParkAsked: "park",
    Inbox.DeclineAsked: "decline",
}


def decidable(
    asked: Inbox.VerdictAsked, states: Mapping[int, State]
) -> tuple[Inbox.VerdictAsked, int]:
    """The same for those of the requests that can get the verdict, and how many can't. `d` on
    nothing but kept ones finishes them, as on a single one. RefusedError where none can."""
    requests = tuple(one for one in asked.requests if one in states)
    kind = type(asked)
    if kind is Inbox.KeepAsked and {states[one] for one in requests} == {"kept"}:
        kind = Inbox.FinishAsked
    verdict = _VERDICTS[kind]
    can = tuple(one for one in requests if why_not(verdict, states[one]) is None)
    if not can:
        which = "It" if len(requests) == 1 else f"None of the {len(requests)} marked"
        reason = why_not(verdict, states[requests[0]]) if len(requests) == 1 else ""
        raise RefusedError(f"{which} can be {ASKED[verdict]}{f': {reason}' if reason else ''}.")
    return kind(can), len(requests) - len(can)


def dialog_for(
    asked: Inbox.VerdictAsked, row: RequestRow | None, left_out: int, reply: str, today: date
) -> Dialog[Any]:
    """The dialog for the requests; `row` is theirs if it is one, `left_out` counts those marked
    that can't get the verdict, `reply` was written once and taken back."""
    requests = asked.requests
    about = named(row) if row else counted(len(requests))
    if left_out:
        about = f"{len(requests)} of {len(requests) + left_out} marked; the others can't be"
    if isinstance(asked, Inbox.ParkAsked):
        return ParkDialog(requests, about, today)
    if isinstance(asked, Inbox.DeclineAsked):
        return DeclineDialog(requests, about, reply)
    return KeepDialog(requests, about, *((row.node, row.goal) if row else ()))


def what_was_done(action: object, number_and_title: str | None, words: str = "") -> str:
    """What a toast says: "Kept #12 “Label format”", "Parked 3 requests until Fri 20 Jun"."""
    match action:
        case Capture():
            return f"Captured {number_and_title or shorten(action.request.title)}"
        case Keep():
            return f"Kept {_which(action.requests, number_and_title)}"
        case Finish():
            return f"Finished {_which(action.requests, number_and_title)}"
        case Park():
            until = f"{action.until:%a} {action.until.day} {action.until:%b}"
            return f"Parked {_which(action.requests, number_and_title)} until {until}"
        case Decline():
            return f"Declined {_which(action.requests, number_and_title)}"
    return f"Done: {words}"


def named(row: RequestRow) -> str:
    """ "#12 “Label format”"."""
    return f"#{row.number} “{shorten(row.title, 40)}”"


def _which(requests: tuple[int, ...], number_and_title: str | None) -> str:
    return number_and_title or counted(len(requests))
