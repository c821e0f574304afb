"""How each action of the inbox changes rows: one function an action, one transaction each."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from pmdesk.errors import RefusedError
from pmdesk.requests.actions import Capture, Decline, Finish, Keep, Park
from pmdesk.requests.intake import Accounts, request_fields
from pmdesk.requests.lifecycle import NEXT, Verdict, listed_state, why_not
from pmdesk.requests.tables import Handoff, Request
from pmdesk.store.work import Work


def capture(work: Work, action: Capture) -> None:
    number = work.take_numbers("#")
    fields = request_fields(work, action.request, Accounts.of(work.session), number)
    work.session.add(Request.model_validate(fields))
    work.words = f"Capture #{number}"


def keep(work: Work, action: Keep) -> None:
    if action.node is None and action.reason is None:
        raise RefusedError(
            "Keeping a request needs a line of sight, or the reason for having none."
        )
    if action.reason == "other" and not action.reason_text:
        raise RefusedError("The reason “other” needs a few words that say which.")
    for request in _decided(work, action.requests, "keep"):
        request.node_id = action.node or request.node_id
        if not (request.node_id or request.requirement_id or action.reason):
            raise RefusedError(
                f"Keeping #{request.number} takes a line of sight, or the reason for having none."
            )
        request.reason = action.reason
        request.reason_text = action.reason_text or None
    work.words = f"Keep {_named(work, action.requests)}"


def finish(work: Work, action: Finish) -> None:
    for request in _decided(work, action.requests, "finish"):
        request.reply = action.reply or request.reply
    work.words = f"Finish {_named(work, action.requests)}"


def park(work: Work, action: Park) -> None:
    if action.until <= work.today:
        raise RefusedError(
            f"{_day(action.until)} is not ahead: park until a later day, for example “+1w”."
        )
    for request in _decided(work, action.requests, "park"):
        request.parked_until = action.until
        request.reason_text = action.reason_text or None
    work.words = f"Park {_named(work, action.requests)} until {_day(action.until)}"


def decline(work: Work, action: Decline) -> None:
    for request in _decided(work, action.requests, "decline"):
        request.reason = action.reason
        request.reply = action.reply or None
    work.words = f"Decline {_named(work, action.requests)}"


def _decided(work: Work, ids: tuple[int, ...], verdict: Verdict) -> list[Request]:
    """The requests, brought into the state the verdict leads to; all of them or none.

    Raises RefusedError, naming the first that can't go there.
    """
    if not ids:
        raise RefusedError("No request is selected.")
    requests = [_found(work, request_id) for request_id in ids]
    for request in requests:
        state = listed_state(request.state, request.parked_until, work.today)
        if reason := why_not(verdict, state):
            raise RefusedError(
                f"#{request.number} can't be changed so: {reason}; nothing was changed."
            )
    for request in requests:
        if request.state == "delegated":
            _end_handoff(work, request)
        request.state = NEXT[verdict]
        request.parked_until = None
        request.reason = None
        request.reason_text = None
        request.decided_at = work.now
    return requests


def _end_handoff(work: Work, request: Request) -> None:
    """Nobody is waited for any more."""
    ours = select(Handoff).where(Handoff.request_id == request.id, Handoff.outcome == "open")
    for handoff in work.session.exec(ours):
        handoff.outcome = "closed"
        handoff.ended_at = work.now


def _found(work: Work, request_id: int) -> Request:
    request = work.session.get(Request, request_id)
    if request is None:
        raise RefusedError("That request is no longer in the desk.")
    return request


def _named(work: Work, ids: tuple[int, ...]) -> str:
    """ "#12", or "40 requests"."""
    if len(ids) > 1:
        return f"{len(ids)} requests"
    number = work.session.exec(select(Request.number).where(Request.id == ids[0])).one()
    return f"#{number}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
