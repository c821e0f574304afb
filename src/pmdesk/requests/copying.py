"""What can be copied of a request, and of several: plain and as Markdown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from pmdesk.copying import Copyable, escaped, fenced
from pmdesk.dates import say_date, say_minutes
from pmdesk.requests.detail import Detail, Message
from pmdesk.requests.detail import detail as read_detail
from pmdesk.requests.queries import RequestRow, page

MOST_LISTED = 5_000
"""Requests in one list."""
_MOST = 1_000_000
"""Characters of one text: more than that is no mail but a file."""
_PAGE = 500


def whole(db: sqlite3.Connection, request: int) -> Detail | None:
    """A request with texts as long as they are."""
    return read_detail(db, request, _MOST)


def rows(db: sqlite3.Connection, requests: Sequence[int]) -> tuple[RequestRow, ...]:
    """The rows of the requests, of at most MOST_LISTED."""
    most = requests[:MOST_LISTED]
    pages = (page(db, most[at : at + _PAGE]) for at in range(0, len(most), _PAGE))
    return tuple(chain.from_iterable(pages))


def of_request(detail: Detail, zone: ZoneInfo, today: date) -> tuple[Copyable, ...]:
    """All that can be copied of it; what it doesn't have is left out."""
    row = detail.row
    parts = (
        Copyable("n", "number and title", _named(row)),
        Copyable("t", "text as it came", _as_it_came(detail)),
        Copyable("s", "summary, as Markdown", summary(detail, zone, today)),
        Copyable("m", "whole thread, as Markdown", thread(detail, zone, today)),
        Copyable("r", "reply you gave", detail.reply),
        Copyable("a", "address of the requester", detail.address),
    )
    return tuple(part for part in parts if part.text.strip())


def of_several(rows: Sequence[RequestRow], today: date, marked: int) -> tuple[Copyable, ...]:
    """All that can be copied of so many requests marked, of which these are the first."""
    more = [f"… and {marked - len(rows):,} more"] if marked > len(rows) else []
    return (
        Copyable(
            "l",
            f"list of {marked:,}, as Markdown",
            "\n".join([*(_item(row, today) for row in rows), *more]),
        ),
        Copyable("t", "list as text", "\n".join([*(_named(row) for row in rows), *more])),
        Copyable("n", "numbers", ", ".join([*(f"#{row.number}" for row in rows), *more])),
    )


def summary(detail: Detail, zone: ZoneInfo, today: date) -> str:
    """Who wants what, since when, what became of it and what it serves."""
    row = detail.row
    return "\n".join((f"**#{row.number} {escaped(row.title)}**", "", *_facts(detail, zone, today)))


def thread(detail: Detail, zone: ZoneInfo, today: date) -> str:
    """The summary and every message, oldest first, each as it came."""
    row = detail.row
    parts = [f"## #{row.number} {escaped(row.title)}", "\n".join(_facts(detail, zone, today))]
    if detail.messages:
        for message in detail.messages:
            parts += _message(message, zone)
    elif detail.body.strip():
        parts += [fenced(detail.body) + _more(detail.body, detail.length)]
    if detail.reply:
        parts += ["### Reply given", fenced(detail.reply)]
    return "\n\n".join(parts)


def _as_it_came(detail: Detail) -> str:
    return (detail.messages[0].body if detail.messages else detail.body).strip("\n")


def _facts(detail: Detail, zone: ZoneInfo, today: date) -> Iterator[str]:
    row = detail.row
    if who := _who(row.requester, detail.address, row.from_function, row.account):
        yield f"- From: {who}"
    arrived = row.arrived_at.astimezone(zone).date()
    yield f"- Arrived: {arrived.isoformat()}, {_ago(arrived, today)}"
    if row.due:
        yield f"- Due: {row.due.isoformat()}"
    if detail.estimate_minutes:
        yield f"- Estimate: {say_minutes(detail.estimate_minutes)}"
    if detail.topic:
        yield f"- Topic: {escaped(detail.topic)}"
    into = f" into #{detail.merged_into}" if detail.merged_into is not None else ""
    yield f"- State: {_state(row, today)}{into}"
    if detail.reason or detail.reason_text:
        why = ": ".join(filter(None, (detail.reason, detail.reason_text)))
        yield f"- Reason: {escaped(why)}"
    yield f"- Line of sight: {_sight(detail)}"


def _who(name: str, address: str, function: str, account: str) -> str:
    person = f"{name} ({address})" if name and address and name != address else name or address
    return escaped(", ".join(filter(None, (person, function, account))))


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days:,} days ago"


def _state(row: RequestRow, today: date) -> str:
    said: str = row.state
    if row.parked_until:
        said += f" until {say_date(row.parked_until, today)}"
    if row.owner:
        said += f" to {escaped(row.owner)}"
    if row.follow_up:
        said += f", follow up {say_date(row.follow_up, today)}"
    return said


def _sight(detail: Detail) -> str:
    if not detail.row.goal:
        return "none to an active goal"
    codes = " ▸ ".join(link.code for link in reversed(detail.path))
    return f"{codes} {escaped(detail.path[0].statement)}"


def _named(row: RequestRow) -> str:
    return f"#{row.number} {row.title}"


def _item(row: RequestRow, today: date) -> str:
    who = _who(row.requester, "", row.from_function, row.account)
    sight = f"▲ {row.goal}" if row.goal else ""
    about = " · ".join(filter(None, (who, _state(row, today), sight)))
    return f"- **#{row.number}** {escaped(row.title)}: {about}"


def _message(message: Message, zone: ZoneInfo) -> Iterable[str]:
    sent = _moment(message.sent_at, zone) if message.sent_at else "no date"
    yield f"### {escaped(message.sender or message.address or 'somebody')}, {sent}"
    if message.attachments:
        yield f"With {escaped(', '.join(message.attachments))}"
    yield fenced(message.body) + _more(message.body, message.length)


def _more(text: str, length: int) -> str:
    return f"\n\n… the first {len(text):,} of {length:,} characters" if length > len(text) else ""


def _moment(when: datetime, zone: ZoneInfo) -> str:
    return f"{when.astimezone(zone):%Y-%m-%d %H:%M}"
