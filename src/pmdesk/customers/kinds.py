"""The kinds of things in the customer hierarchy, and which may stand below which (DOMAIN §2)."""

from __future__ import annotations

from typing import Literal

NodeKind = Literal["goal", "obstacle", "initiative", "tactic", "need"]
Layer = Literal["executive", "manager", "user"]
NodeStatus = Literal["active", "reached", "dropped"]
AccountStatus = Literal["customer", "prospect", "lost"]
RequirementStatus = Literal["candidate", "committed", "shipped", "dropped"]
Horizon = Literal["short", "long"]
Function = Literal[
    "customers", "sales", "support", "marketing", "development",
    "design", "executives", "operations", "partners",
]  # fmt: skip
"""Who asks, who owns, whom an hour is spent with (DOMAIN §4)."""

ThingKind = Literal[
    "portfolio", "market", "account", "goal", "obstacle", "initiative", "tactic", "need",
    "requirement", "product", "solution", "measure", "reading", "evidence",
]  # fmt: skip
"""All that can be selected, and so be added, edited or deleted."""

NODE_KINDS: tuple[NodeKind, ...] = ("goal", "obstacle", "initiative", "tactic", "need")
"""From the root down; a level may be skipped, never inverted."""

LETTERS: dict[str, ThingKind] = {
    "G": "goal", "O": "obstacle", "I": "initiative", "T": "tactic", "N": "need",
    "R": "requirement", "S": "solution",
}  # fmt: skip
"""The letters of codes."""

_BELOW: dict[ThingKind, tuple[ThingKind, ...]] = {
    "portfolio": ("product",),
    "market": ("goal", "account"),
    "account": (),
    "goal": ("obstacle", "initiative", "tactic", "need", "solution", "measure"),
    "obstacle": ("initiative", "tactic", "need"),
    "initiative": ("tactic", "need"),
    "tactic": ("need",),
    "need": ("requirement",),
    "product": ("requirement", "measure"),
    "solution": ("requirement",),
    "measure": ("reading",),
}


_BESIDE: dict[ThingKind, tuple[ThingKind, ...]] = {
    "market": ("market", "need"), "account": ("account",), "product": ("product",),
    "solution": ("solution",),
}  # fmt: skip
"""One more of them is added on one of them; and on a market what hangs on nothing yet."""


def addable(kind: ThingKind) -> tuple[ThingKind, ...]:
    """The kinds that may be added where a thing is selected, the nearest level first."""
    return (*below(kind), *_BESIDE.get(kind, ()))


def below(kind: ThingKind) -> tuple[ThingKind, ...]:
    """The kinds that may be added below a thing, the nearest level first."""
    return _BELOW.get(kind, ())


def may_hang_on(kind: NodeKind, parent: NodeKind | None) -> bool:
    """Whether a node may hang on one of another kind; None asks whether it may hang on nothing.

    Only goals are roots; a need without a parent is a gap, not an error (DOMAIN §2).
    """
    if parent is None:
        return kind in ("goal", "need")
    return NODE_KINDS.index(parent) < NODE_KINDS.index(kind)
