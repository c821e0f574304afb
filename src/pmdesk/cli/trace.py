"""trace: the full picture of one thing, up to the market and down to the requirements."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pmdesk.cli.desks import open_desk
from pmdesk.cli.output import say, say_json, terminal_width
from pmdesk.cli.parsing import Commands

if TYPE_CHECKING:
    from pmdesk.customers.trace import Stop, Trace
    from pmdesk.customers.trace_rows import Gaps


def add_to(commands: Commands) -> None:
    command = commands.add(
        "trace",
        "shows a line of sight: what a thing serves, and what serves it",
        "pmdesk trace N1",
        show_trace,
        more="CODE is that of a node, requirement or solution, in any case; or the name of a "
        "market, account or product.",
    )
    command.add_argument("code", metavar="CODE", nargs="+")
    command.add_argument("--json", action="store_true", help="as JSON")


def show_trace(arguments: Namespace) -> int:
    from pmdesk.customers.item import gaps_by_subject
    from pmdesk.customers.loading import whole
    from pmdesk.customers.naming import key_named
    from pmdesk.customers.trace import trace
    from pmdesk.customers.trace_rows import plain

    with open_desk(arguments) as desk:
        hierarchy = desk.ask(whole)
        today = desk.clock.today()
    found = trace(hierarchy, key_named(hierarchy, " ".join(arguments.code)))
    gaps = gaps_by_subject(hierarchy, today)
    if arguments.json:
        say_json(as_json(found, gaps))
    else:
        say("\n".join(plain(found, gaps, terminal_width())))
    return 0


def as_json(trace: Trace, gaps: Gaps) -> dict[str, Any]:
    """A trace under the names of its parts, a missing level as null; of stops what is blank is
    left out."""
    return {
        "of": _stop(trace.of, gaps),
        "sight": [level.key or None for level in trace.sight.levels],
        "goals": list(trace.goals),
        "markets": [_stop(one, gaps) for one in trace.markets],
        "adrift": [_stop(one, gaps) for one in trace.adrift],
        "products": [_stop(one, gaps) for one in trace.products],
        "products_contributing": sum(bool(one.below) for one in trace.products),
        "products_of": trace.products_of,
    }


def _stop(stop: Stop, gaps: Gaps) -> dict[str, Any]:
    values = {field.name: getattr(stop, field.name) for field in fields(stop)}
    below = [_stop(one, gaps) for one in values.pop("below")]
    said = {name: value for name, value in values.items() if value not in ("", None)}
    rules = [gap.rule for gap in gaps.get(stop.key, ())]
    return said | ({"gaps": rules} if rules else {}) | ({"below": below} if below else {})
