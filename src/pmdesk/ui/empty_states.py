"""What stands in an empty view: what belongs there, and which key begins it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from pmdesk.customers.browsing.twigs import VIEWS
from pmdesk.customers.browsing.twigs import View as Hierarchical
from pmdesk.paths import from_home
from pmdesk.requests.queries import View
from pmdesk.ui.key_names import with_keys

_FIRST_STEPS = """\
{capture}  write down a first request; {inbox.do}, {inbox.park} or {inbox.decline} decides on it
{import}  bring in mail or GitHub issues from a file
{inbox.example}  look around in Harbourlight, an example desk

{keys}  lists all keys; {quit} leaves, and everything is kept."""

_NO_CUSTOMERS = """\
No customers yet.

Here stand the markets you serve, the goals of the customers' executives, \
what is in their way, and down to what your products must do: so that each request \
shows whom it serves.

{customers.add}  add a first market
{customers.outline}  type a whole branch as an outline
{import}  bring in an outline from a file
{pane.inbox}  to the inbox: {inbox.example} opens an example"""

_EMPTY_VIEWS: dict[Hierarchical, str] = {
    "market": "{customers.add}  add a market, then the goals of its executives",
    "account": "{view.previous}  to the markets: {customers.add} on one of them adds an account",
    "product": "{customers.add}  add a product; then {customers.requirement} on a need",
    "solution": "{view.previous}  to a goal: {customers.solution} on one bundles requirements \
of several products",
}
_WHAT_FOR: dict[Hierarchical, str] = {
    "market": "No market yet: nobody is said to be served.",
    "account": "No account yet: nobody is known who could be asked.",
    "product": "No product yet: nothing of ours serves these goals.",
    "solution": "No solution yet: no goal is served by several products together.",
}

_STATES: dict[View, str] = {
    "new": "new",
    "waiting": "waiting for somebody",
    "kept": "kept",
    "parked": "parked",
    "closed": "closed",
    "all": "here",
}


_BEGINS: dict[View, str] = {
    "kept": "{inbox.do} on a new request keeps it.",
    "parked": "{inbox.park} on a new request parks it.",
}


def first_steps(desk: Path, app: App[Any]) -> str:
    """For a desk without any request."""
    where = f"Your desk is ready, and empty. It is kept in\n{from_home(desk)}.\n\n"
    return where + with_keys(_FIRST_STEPS, app)


def nothing_in(view: View, app: App[Any]) -> str:
    """For a view without requests on a desk that has some."""
    if view == "new":
        then = "{view.next} shows what became of them, {capture} writes down another."
        return "Nothing new: every request has its verdict.\n" + with_keys(then, app)
    how = with_keys(_BEGINS.get(view, ""), app)
    others = "{view.previous} and {view.next} show the other views, {view.choose} lists them."
    return f"Nothing is {_STATES[view]}. {how}\n" + with_keys(others, app)


def nothing_found(view: View, words: str, app: App[Any]) -> str:
    """For a filter that nothing matches."""
    then = "esc clears the filter; enter and then {view.next} looks in the next view."
    return f"Nothing in {view} holds “{words}”.\n" + with_keys(then, app)


def no_customers(app: App[Any]) -> str:
    """For a desk without a hierarchy."""
    return with_keys(_NO_CUSTOMERS, app)


def no_customer_in(view: Hierarchical, app: App[Any]) -> str:
    """For an empty view on a desk that has a hierarchy."""
    return f"{_WHAT_FOR[view]}\n\n" + with_keys(_EMPTY_VIEWS[view], app)


def no_customer_found(
    view: Hierarchical, words: str, elsewhere: Sequence[Hierarchical], app: App[Any]
) -> str:
    """For a filter that nothing in the view matches, but perhaps something in other views."""
    if elsewhere:
        *others, last = elsewhere
        named = f"{', '.join(others)} and {last} views" if others else f"{last} view"
        then = f"enter and then {_leads_to(view, elsewhere[0])} shows it; esc clears the filter."
        return f"“{words}” is in the {named}.\n" + with_keys(then, app)
    then = "esc clears the filter; enter and then {view.next} looks in the next view."
    return f"Nothing by {view} holds “{words}”.\n" + with_keys(then, app)


def _leads_to(view: Hierarchical, other: Hierarchical) -> str:
    """The key, or keys, from a view to another."""
    match (VIEWS.index(other) - VIEWS.index(view)) % len(VIEWS):
        case 1:
            return "{view.next}"
        case 2:
            return "{view.next} {view.next}"
    return "{view.previous}"
