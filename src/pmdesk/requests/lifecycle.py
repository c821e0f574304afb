"""Which verdict may follow which state (DOMAIN §4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

State = Literal["new", "kept", "delegated", "parked", "declined", "merged", "done"]

Verdict = Literal["keep", "finish", "delegate", "park", "decline", "merge", "return", "reopen"]

NEXT: Mapping[Verdict, State] = {
    "keep": "kept",
    "finish": "done",
    "delegate": "delegated",
    "park": "parked",
    "decline": "declined",
    "merge": "merged",
    "return": "new",
    "reopen": "new",
}
"""The state that a verdict leads to."""

ALLOWED: Mapping[State, frozenset[Verdict]] = {
    "new": frozenset({"keep", "finish", "delegate", "park", "decline", "merge"}),
    "kept": frozenset({"finish", "delegate", "park", "decline", "merge"}),
    "delegated": frozenset({"finish", "delegate", "return", "decline"}),
    "parked": frozenset({"keep", "finish", "delegate", "park", "decline", "merge"}),
    "declined": frozenset({"reopen"}),
    "merged": frozenset({"reopen"}),
    "done": frozenset({"reopen"}),
}
"""What may be decided about a request in each state."""

ASKED: Mapping[Verdict, str] = {
    "keep": "kept",
    "finish": "finished",
    "delegate": "delegated",
    "park": "parked",
    "decline": "declined",
    "merge": "merged",
    "return": "taken back",
    "reopen": "reopened",
}
"""What a request is asked to become."""


def listed_state(state: State, parked_until: date | None, today: date) -> State:
    """The state a request is listed under: parked ones are new again once their date has come."""
    if state == "parked" and parked_until is not None and parked_until <= today:
        return "new"
    return state


def why_not(verdict: Verdict, state: State) -> str | None:
    """Why a request in `state` can't get the verdict, as a clause; None where it can."""
    if verdict in ALLOWED[state]:
        return None
    if NEXT[verdict] == state:
        return f"it is {state} already"
    return f"it is {state}, and what is {state} can't be {ASKED[verdict]}"
