"""inbox: the requests of a view, as a table or as JSON."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from pmdesk.cli.desks import open_desk
from pmdesk.cli.numbers import count
from pmdesk.cli.output import say, say_json, say_table, tell
from pmdesk.cli.parsing import Commands, given
from pmdesk.dates import say_date
from pmdesk.requests.queries import VIEWS

if TYPE_CHECKING:
    from pmdesk.desk import Desk
    from pmdesk.requests.queries import RequestRow, View

_AT_ONCE = 500


def add_to(commands: Commands) -> None:
    command = commands.add(
        "inbox",
        "lists the requests of a view",
        "pmdesk inbox waiting",
        inbox,
        more=f"The views are {', '.join(VIEWS)}; without one: new.",
    )
    command.add_argument("view", metavar="VIEW", nargs="?", choices=VIEWS, default="new")
    command.add_argument(
        "--search",
        type=given("--search"),
        metavar="WORDS",
        help="only requests that hold all the words; the last one may be a beginning",
    )
    command.add_argument(
        "-n", dest="limit", metavar="N", type=count, default=10_000,
        help="at most so many (default: 10,000)",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="as JSON")


def inbox(arguments: Namespace) -> int:
    with open_desk(arguments, make=True) as desk:
        today = desk.clock.today()
        ids, more = _found(desk, arguments.view, today, arguments.search, arguments.limit)
        rows = [
            row
            for start in range(0, len(ids), _AT_ONCE)
            for row in _page(desk, ids[start : start + _AT_ONCE])
        ]
    if arguments.json:
        say_json({"view": arguments.view, "today": today, "complete": not more, "requests": rows})
    elif not rows:
        say(_nothing(arguments.view, arguments.search))
    else:
        zone = desk.clock.zone
        say_table(
            _HEADINGS, [_cells(row, zone, today) for row in rows], right=frozenset({0}), shrinks=5
        )
    if more:
        tell(f"pmdesk: there are more than these {len(rows):,}; -n N lists more, --search finds.")
    return 0


_HEADINGS = ("#", "arrived", "state", "from", "account", "title", "goal", "when")


def _cells(row: RequestRow, zone: tzinfo, today: date) -> list[str]:
    return [
        f"#{row.number}",
        row.arrived_at.astimezone(zone).date().isoformat(),
        row.state,
        row.from_function or row.requester,
        row.account,
        row.title,
        row.goal,
        _when(row, today),
    ]


def _when(row: RequestRow, today: date) -> str:
    """The date that counts in the state the request is in."""
    if row.follow_up is not None:
        return f"{row.owner} by {say_date(row.follow_up, today)}"
    if row.parked_until is not None:
        return f"back {say_date(row.parked_until, today)}"
    return f"due {say_date(row.due, today)}" if row.due is not None else ""


def _found(
    desk: Desk, view: View, today: date, words: str | None, limit: int
) -> tuple[Sequence[int], bool]:
    """The ids to list, and whether there are more that are not among them."""
    from pmdesk.requests.queries import view_chunk
    from pmdesk.requests.searching import search

    if words is not None:
        hits = desk.ask(search, view, today, words)
        return hits.ids[:limit], hits.more or len(hits.ids) > limit
    chunk = desk.ask(view_chunk, view, today, None, limit + 1)
    return chunk.ids[:limit], len(chunk.ids) > limit


def _page(desk: Desk, ids: Sequence[int]) -> Sequence[RequestRow]:
    from pmdesk.requests.queries import page

    return desk.ask(page, ids)


def _nothing(view: str, words: str | None) -> str:
    if words is not None:
        return f"No request under “{view}” holds “{words}”."
    if view == "new":
        return "Nothing new: “pmdesk add TEXT” captures, “pmdesk import FILE” brings in mail."
    return f"No request under “{view}”."
