"""What can be copied of a thing in the customer hierarchy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmdesk.copying import Copyable, escaped
from pmdesk.customers.queries import Branch, MarketTree, MarketTrees


def of_selected(
    hierarchy: MarketTrees, item: Branch | MarketTree | None, above: Sequence[Branch]
) -> tuple[Copyable, ...]:
    """All that can be copied of a line of the tree and of what hangs below it; None is the
    line over what is adrift. `above` is what it hangs on, the goal first.
    """
    match item:
        case Branch():
            path = (*above, item)
            root = path[0].code
            found = (
                one.name for one in hierarchy.markets if any(g.code == root for g in one.goals)
            )
            return of_branch(path, next(found, ""))
        case MarketTree():
            return of_market(item.name, item.goals)
    return of_market("Adrift", hierarchy.adrift)


def of_branch(path: Sequence[Branch], market: str) -> tuple[Copyable, ...]:
    """All that can be copied of the last of a path, which begins at the root; `market` is
    empty for what hangs under no goal.
    """
    branch = path[-1]
    parts = [
        Copyable("n", "code and statement", f"{branch.code} {branch.statement}"),
        Copyable("s", "line of sight", line_of_sight(path, market)),
    ]
    if len(path) > 1:
        parts.append(Copyable("u", "all above it, as text", "\n".join(_upward(path, market))))
    if branch.children:
        parts.append(Copyable("b", "branch below, as Markdown", outline((branch,))))
    return tuple(parts)


def of_market(name: str, goals: Sequence[Branch]) -> tuple[Copyable, ...]:
    """All that can be copied of a market, or of what is adrift."""
    below = Copyable("b", "all below, as Markdown", outline(goals))
    return (Copyable("n", "name", name), *((below,) if goals else ()))


def line_of_sight(path: Sequence[Branch], market: str) -> str:
    """ "N1 ▸ T1 ▸ I1 ▸ O1 ▸ G1 · Ferries"; what lacks one says so."""
    codes = " ▸ ".join(branch.code for branch in reversed(path))
    return f"{codes} · {market}" if path[-1].goal and market else f"{codes} · no line of sight"


def outline(branches: Sequence[Branch]) -> str:
    """The branches and all below them, as an indented Markdown list."""
    return "\n".join(_lines(branches, 0))


def _lines(branches: Sequence[Branch], depth: int) -> Iterator[str]:
    for branch in branches:
        about = ", ".join(filter(None, (branch.kind, branch.detail, _status(branch))))
        indent = "  " * depth
        yield f"{indent}- **{branch.code}** {escaped(branch.statement)} ({escaped(about)})"
        yield from _lines(branch.children, depth + 1)


def _upward(path: Sequence[Branch], market: str) -> Iterator[str]:
    for branch in reversed(path):
        yield f"{branch.code} {branch.statement}"
    if market:
        yield market


def _status(branch: Branch) -> str:
    return "" if branch.status == "active" else branch.status
