"""What stands in an empty view: what belongs there, and which key begins it."""

from __future__ import annotations

from pathlib import Path

from pmdesk.requests.queries import View

_FIRST_STEPS = """\
Your desk is ready, and empty. It is kept in
{}.

c  write down a first request; d, s or r decides on it
i  bring in mail or GitHub issues from a file
h  look around in Harbourlight, an example desk

?  lists all keys; q leaves, and everything is kept."""

NO_CUSTOMERS = """\
No customers yet.

Here stand the markets you serve, the goals of the customers' executives, \
what is in their way, and down to what your products must do: so that each request \
shows whom it serves.

pmdesk import desk.json brings in a hierarchy; \
h in the inbox opens an example desk that has one."""

_STATES: dict[View, str] = {
    "new": "new",
    "waiting": "waiting for somebody",
    "kept": "kept",
    "parked": "parked",
    "closed": "closed",
    "all": "here",
}


def first_steps(desk: Path) -> str:
    """For a desk without any request."""
    return _FIRST_STEPS.format(_from_home(desk))


def nothing_in(view: View) -> str:
    """For a view without requests on a desk that has some."""
    if view == "new":
        return "Nothing new: every request has its verdict.\n] shows what became of them."
    return f"Nothing is {_STATES[view]}.\n[ and ] show the other views, v lists them."


def nothing_found(view: View, words: str) -> str:
    """For a filter that nothing matches."""
    return (
        f"Nothing in {view} holds “{words}”.\n"
        "esc clears the filter; enter and then ] looks in the next view."
    )


def _from_home(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
