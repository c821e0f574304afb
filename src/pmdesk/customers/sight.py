"""Line of sight (DOMAIN §3): derived from the tree, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["goal", "obstacle", "initiative", "tactic", "need", "requirement"]
Band = Literal["THEIR STRATEGY", "THEIR OPERATIONS", "OUR PRODUCTS"]

_BANDS: dict[Kind, Band] = {
    "goal": "THEIR STRATEGY",
    "obstacle": "THEIR STRATEGY",
    "initiative": "THEIR STRATEGY",
    "tactic": "THEIR OPERATIONS",
    "need": "THEIR OPERATIONS",
    "requirement": "OUR PRODUCTS",
}


def band(kind: Kind) -> Band:
    """Where a kind of thing stands: whose concern it is."""
    return _BANDS[kind]


@dataclass(frozen=True, slots=True)
class NodeLink:
    """A node as far as its line of sight is concerned."""

    id: int
    code: str
    kind: Kind
    status: str
    parent_id: int | None
    statement: str


def path_to(nodes: Mapping[int, NodeLink], start: int | None) -> tuple[NodeLink, ...]:
    """The nodes from the root down to `start`; empty where there is none."""
    path: list[NodeLink] = []
    seen: set[int] = set()
    while start is not None and start not in seen and start in nodes:
        seen.add(start)
        path.append(nodes[start])
        start = nodes[start].parent_id
    return tuple(reversed(path))


def goal_seen(path: tuple[NodeLink, ...]) -> NodeLink | None:
    """The active goal at the root of a path; None means no line of sight."""
    if path and path[0].kind == "goal" and path[0].status == "active":
        return path[0]
    return None
