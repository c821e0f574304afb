"""What the rules say about the lines of the four views: it takes the whole hierarchy, which
is read after the lines are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pmdesk.customers.browsing.rows import counted, listed
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.sight import band
from pmdesk.customers.solutions import check
from pmdesk.customers.things import Node, Requirement

_NAMED = 3


def further_notes(hierarchy: Hierarchy) -> Mapping[str, str]:
    """By path what stands behind the note of a line: of a market how many things stand in its
    three bands, of a goal "3 requirements, 2 products", of a product "1 of 3 reaches no goal", of
    a solution "check 5 of 5", whose needs it serves and whom we heard. About 0.1 s for
    100,000 nodes."""
    notes: dict[str, str] = {}
    seen: set[int] = set()
    for market in hierarchy.markets:
        bands = Counter[str]()
        for goal in hierarchy.roots_of.get(market.id, ()):
            nodes = tuple(hierarchy.subtree(goal.id))
            asked = tuple(_live(hierarchy, nodes))
            notes[f"{market.key}/{goal.key}"] = _reach(asked)
            bands.update(band(node.kind) for node in nodes if node.status == "active")
            bands["OUR PRODUCTS"] += len(asked)
            if goal.status == "active":
                seen.update(one.id for one in asked)
        notes[market.key] = (
            f"their strategy {bands['THEIR STRATEGY']:,}, operations "
            f"{bands['THEIR OPERATIONS']:,} · ours {bands['OUR PRODUCTS']:,}"
        )
    return notes | _of_products(hierarchy, seen) | _of_solutions(hierarchy)


def _live(hierarchy: Hierarchy, nodes: tuple[Node, ...]) -> Iterator[Requirement]:
    for node in nodes:
        for one in hierarchy.requirements_of.get(node.id, ()):
            if one.live:
                yield one


def _reach(asked: tuple[Requirement, ...]) -> str:
    if not asked:
        return "no requirement"
    products = {one.product_id for one in asked}
    return f"{counted(len(asked), 'requirement')}, {counted(len(products), 'product')}"


def _of_products(hierarchy: Hierarchy, seen: set[int]) -> dict[str, str]:
    notes = {}
    for product in hierarchy.products:
        live = [one for one in hierarchy.requirements_on.get(product.id, ()) if one.live]
        blind = sum(one.id not in seen for one in live)
        if blind:
            reach = "reaches" if blind == 1 else "reach"
            notes[product.key] = f"{blind:,} of {len(live):,} {reach} no goal"
    return notes


def _of_solutions(hierarchy: Hierarchy) -> dict[str, str]:
    notes = {}
    for solution in hierarchy.solutions:
        found = check(hierarchy, solution)
        names = [account.name for account in found.accounts]
        notes[solution.key] = listed(
            f"check {found.score} of {len(found.checks)}",
            ", ".join(found.need_layers),
            f"{len(names):,} accounts" if len(names) > _NAMED else ", ".join(names),
        )
    return notes
