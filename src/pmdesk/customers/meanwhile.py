"""An edit of what was changed elsewhere since it was opened: nothing is lost unsaid."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from pmdesk.customers.actions import quoted
from pmdesk.errors import RefusedError

D = TypeVar("D")

_CALLED = {
    "statement": "", "name": "", "quote": "words", "vision_revised": "day of revision",
    "revised": "day of revision", "effort_weeks": "effort", "revenue_share": "share of revenue",
    "taken_on": "day", "heard_on": "day", "shipped_on": "day of shipping", "nodes": "node",
    "domains": "mail domains", "aliases": "other names", "value_statement": "value statement",
}  # fmt: skip
"""Fields that are told by other words than their names; "" is the thing itself."""
_IDS = ("product", "need", "solution", "goal", "account", "market", "nodes")


class ChangedMeanwhileError(RefusedError):
    """The same was changed in two places. `seen` is what was opened, with what stands there now
    in the parts that both changed: an edit that has seen it may put its own there."""

    def __init__(self, sentence: str, seen: object) -> None:
        super().__init__(sentence)
        self.seen = seen


def rebased(asked: D, was: D | None, now: D, name: str) -> D:
    """What the desk has now with what a person changed of what was there when they opened it, so
    that nothing is lost that was changed elsewhere meanwhile. Without `was` all that is asked.

    `name` is what the history calls it. ChangedMeanwhileError where both changed the same part.
    """
    if was is None:
        return asked
    mine = _changes(asked, was)
    both = {part: new for part, new in _changes(now, was).items() if part in mine}
    if both := {part: new for part, new in both.items() if new != mine[part]}:
        seen = replace(was, **both)  # type: ignore[type-var]
        part, new = next(iter(both.items()))
        called = f"the name {quoted(getattr(was, part))}" if part == "name" else name
        raise ChangedMeanwhileError(_sentence(called, part, new), seen)
    return replace(now, **mine)  # type: ignore[type-var]


def seeing(edit: Any, seen: object) -> Any:
    """An edit as it was opened, or the draft within it, as it has been `seen` since."""
    if isinstance(seen, type(edit)):
        return seen
    part = next(one.name for one in fields(edit) if isinstance(seen, type(getattr(edit, one.name))))
    return replace(edit, **{part: seen})


def _changes(one: Any, of: Any) -> dict[str, Any]:
    parts = (part.name for part in fields(one) if part.name != "was")
    return {part: new for part in parts if (new := getattr(one, part)) != getattr(of, part)}


def _sentence(name: str, part: str, now: Any) -> str:
    called = _CALLED.get(part, part)
    what = f"The {called} of {name}" if called else f"{name[:1].upper()}{name[1:]}"
    to = "" if part in _IDS else f" to {_said(now)}"
    return f"{what} was changed meanwhile{to}: save again to put yours there, or leave it."


def _said(value: Any) -> str:
    match value:
        case None | "" | ():
            return "nothing"
        case str():
            return quoted(value)
        case date():
            return f"{value.day} {value:%b %Y}"
        case float():
            return f"{value:g}"
        case tuple():
            return quoted(", ".join(map(str, value)))
    return str(value)
