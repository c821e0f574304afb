"""How a branch that was written as an outline gets into the desk: many rows, one step."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

from sqlalchemy import func
from sqlmodel import select

from pmdesk.customers.handlers.nodes import next_position
from pmdesk.customers.handlers.rows import Row, by_key, id_of
from pmdesk.customers.kinds import LETTERS, NodeKind
from pmdesk.customers.outline_actions import (
    USUAL_WEIGHT,
    AccountPart,
    AddBranch,
    Addition,
    EvidencePart,
    MarketPart,
    MeasurePart,
    NodePart,
    Part,
    ProductPart,
    ReadingPart,
    RequirementPart,
    SolutionPart,
    ValuePart,
    VisionPart,
)
from pmdesk.customers.tables import Desk, Market, Node, Product
from pmdesk.store import bulk
from pmdesk.store.work import Work

_LETTER = {kind: letter for letter, kind in LETTERS.items()}
_TABLES: dict[type[Part], str] = {
    MarketPart: "market", AccountPart: "account", ProductPart: "product", NodePart: "node",
    SolutionPart: "solution", RequirementPart: "requirement", MeasurePart: "metric",
    ReadingPart: "reading", EvidencePart: "evidence",
}  # fmt: skip
_ORDER = (
    "market", "account", "account_alias", "account_domain", "node", "product", "solution",
    "requirement", "metric", "reading", "evidence",
)  # fmt: skip
"""What belongs to another comes after it."""

Values = dict[str, bulk.Value]


def add_branch(work: Work, action: AddBranch) -> None:
    """All of it or nothing. Raises RefusedError where what it hangs on is gone."""
    branch = _Branch(work, action.additions)
    for place, addition in enumerate(action.additions):
        branch.take(place, addition)
    branch.write()
    work.words = action.words()
    work.counts = {"created": len(action.additions), "updated": 0, "skipped": 0}


class _Branch:
    """The rows of a branch, with the ids and codes that they are going to have."""

    def __init__(self, work: Work, additions: tuple[Addition, ...]) -> None:
        self._work = work
        self._additions = additions
        self._rows: defaultdict[str, list[Values]] = defaultdict(list)
        self._ids: dict[int, int] = {}
        """Of each addition that becomes a row, by its place."""
        self._codes: dict[int, str] = {}
        self._there: dict[str, Row] = {}
        self._made: dict[int, Values] = {}
        """The rows, by the places of their additions."""
        self._last: dict[tuple[object, int | None], int] = {}
        """Positions: the last given among those beside one another."""
        self._node_market: dict[int, bulk.Value] = {}
        """Of the new nodes, by their ids."""
        self._number()

    def _number(self) -> None:
        """Before any row is made: a row may belong to a later one."""
        ids: dict[str, count[int]] = {}
        coded: defaultdict[str, list[int]] = defaultdict(list)
        for place, addition in enumerate(self._additions):
            if table := _TABLES.get(type(addition.part)):
                if table not in ids:
                    ids[table] = count(bulk.next_id(self._work.session.connection(), table))
                self._ids[place] = next(ids[table])
            if letter := _LETTER.get(addition.part.kind):  # type: ignore[arg-type]
                coded[letter].append(place)
        for letter, places in coded.items():
            first = self._work.take_numbers(letter, len(places))
            self._codes |= {place: f"{letter}{first + at}" for at, place in enumerate(places)}

    def write(self) -> None:
        self._work.session.flush()
        for table in _ORDER:
            bulk.insert(self._work.session, self._work.recorder, table, self._rows[table])

    # One addition ---------------------------------------------------------------------------

    def take(self, place: int, addition: Addition) -> None:
        values: Values
        match addition.part:
            case MarketPart(name):
                values = {"name": name, "position": self._next(Market, None, False)}
            case ProductPart(name):
                values = {"name": name, "position": self._next(Product, None, False)}
                values |= {"vision": None, "vision_revised": None}
            case AccountPart() as part:
                values = self._account(self._ids[place], part, addition.above)
            case NodePart() as part:
                values = self._node(self._ids[place], part, addition.above)
            case SolutionPart(name):
                values = {"goal_id": self._id(addition.above), "name": name}
                values |= {"value_statement": None}
            case RequirementPart() as part:
                values = self._requirement(part, addition)
            case MeasurePart() as part:
                values = self._measure(part, addition.above)
            case ReadingPart(taken_on, value, note):
                values = {"metric_id": self._id(addition.above), "value": value}
                values |= {"taken_on": taken_on.isoformat(), "note": note or None}
            case EvidencePart() as part:
                values = self._evidence(part, addition)
            case VisionPart() | ValuePart() as part:
                self._fill(part, addition.above)
                return
            case _:
                return
        if place in self._codes:
            values["code"] = self._codes[place]
        self._made[place] = values
        self._rows[_TABLES[type(addition.part)]].append(values)

    def _account(self, id_: int, part: AccountPart, above: str) -> Values:
        for alias in part.aliases:
            self._rows["account_alias"].append({"account_id": id_, "alias": alias})
        for domain in part.domains:
            self._rows["account_domain"].append({"account_id": id_, "domain": domain})
        return {
            "market_id": self._id(above),
            "name": part.name,
            "status": part.status,
            "revenue_share": part.revenue_share,
        }

    def _node(self, id_: int, part: NodePart, above: str) -> Values:
        over = self._id(above) if above else None
        parent, market = (None, over) if part.kind == "goal" else (over, self._market(above, over))
        self._node_market[id_] = market
        return {
            "kind": part.kind,
            "market_id": market,
            "parent_id": parent,
            "statement": part.statement,
            "layer": part.layer,
            "status": part.status,
            "weight": part.weight or (USUAL_WEIGHT if part.kind == "goal" else None),
            "position": self._next(part.kind, over, above.startswith("+")),
        }

    def _market(self, above: str, parent: int | None) -> bulk.Value:
        if parent is None:
            return None
        if above.startswith("+"):
            return self._node_market[parent]
        row = self._existing(above)
        return row.market_id if isinstance(row, Node) else None

    def _requirement(self, part: RequirementPart, addition: Addition) -> Values:
        return {
            "need_id": self._id(addition.above) if addition.above else None,
            "product_id": self._id(addition.product),
            "solution_id": self._id(addition.solution) if addition.solution else None,
            "statement": part.statement,
            "status": part.status,
            "effort_weeks": part.effort_weeks,
            "horizon": part.horizon,
            "shipped_on": part.shipped_on.isoformat() if part.shipped_on else None,
        }

    def _measure(self, part: MeasurePart, above: str) -> Values:
        of_product = self._is_product(above)
        return {
            "node_id": None if of_product else self._id(above),
            "product_id": self._id(above) if of_product else None,
            "name": part.name,
            "unit": part.unit or None,
            "baseline": part.baseline,
            "target": part.target,
        }

    def _evidence(self, part: EvidencePart, addition: Addition) -> Values:
        return {
            "node_id": self._id(addition.above),
            "account_id": self._id(addition.account),
            "layer": part.layer,
            "person": part.person or None,
            "quote": part.quote or None,
            "heard_on": part.heard_on.isoformat(),
            "importance": part.importance,
        }

    def _fill(self, part: VisionPart | ValuePart, above: str) -> None:
        """What belongs to a thing that is made here, or is there without it."""
        if isinstance(part, ValuePart):
            filled: dict[str, object] = {"value_statement": part.text}
        else:
            filled = {"vision": part.text or None, "vision_revised": part.revised}
        if above.startswith("+"):
            stored = {name: str(value) for name, value in filled.items() if value}
            self._made[int(above[1:])].update(stored)
            return
        row = self._existing(above) if above else self._work.session.get_one(Desk, 1)
        for name, value in filled.items():
            setattr(row, name, value)

    # What it belongs to -----------------------------------------------------------------------

    def _id(self, ref: str) -> int:
        return self._ids[int(ref[1:])] if ref.startswith("+") else id_of(self._existing(ref))

    def _existing(self, key: str) -> Row:
        """RefusedError says that it is gone."""
        if key not in self._there:
            self._there[key] = by_key(self._work, key)
        return self._there[key]

    def _is_product(self, ref: str) -> bool:
        if ref.startswith("+"):
            return isinstance(self._additions[int(ref[1:])].part, ProductPart)
        return isinstance(self._existing(ref), Product)

    def _next(self, beside: NodeKind | type[Market | Product], above: int | None, new: bool) -> int:
        """The position behind all that stand beside it; below what is `new` nothing does."""
        is_node = isinstance(beside, str)
        level = beside if not is_node or beside == "goal" or above is None else ""
        if (level, above) not in self._last:
            if new:
                last = 0
            elif isinstance(beside, str):
                parent, market = (None, above) if beside == "goal" else (above, None)
                last = next_position(self._work, beside, parent, market) - 1
            else:
                last = self._work.session.exec(select(func.max(beside.position))).one() or 0
            self._last[level, above] = last
        self._last[level, above] += 1
        return self._last[level, above]
