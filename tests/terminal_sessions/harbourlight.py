"""Harbourlight as keys: what a person types to make each of its things, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .keyboard import BACK_TAB, ENTER, TAB, ctrl

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

KIND_KEYS = {
    "market": "m", "account": "a", "goal": "g", "obstacle": "o", "initiative": "i",
    "tactic": "t", "need": "n", "measure": "e", "product": "p", "requirement": "r",
}  # fmt: skip
_CLEARED = ctrl("u")
"""What a field begins with is taken out of it."""


class Typed(NamedTuple):
    """The making of one thing."""

    what: str
    """Its kind."""
    below: str
    """What is selected in the palette first; empty where it is selected already."""
    keys: str
    said: str
    """With this begins what `u` then takes back."""


class Harbourlight:
    """The rows of the customers' tables, by the names that a person knows."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._called = {
            table: {row["id"]: str(row.get("code") or row.get("name")) for row in tables[table]}
            for table in ("market", "account", "node", "product", "solution")
        }
        self._at = ""
        """What the cursor stands on."""

    def called(self, table: str, id_: int | None) -> str:
        """Its name or code; empty for nothing."""
        return self._called[table][id_] if id_ else ""

    def by_dialogs(self) -> Iterator[Typed]:
        """Everything in the order in which its codes were given."""
        for row in self.tables["market"]:
            yield self._below("", "market", f"{row['name']}{ENTER}", row["name"])
        yield from map(self._account, self.tables["account"])
        yield from map(self._node, self.tables["node"])
        yield from self._ours()
        yield from map(self._measure, self.tables["metric"])
        yield from map(self._reading, self.tables["reading"])
        yield from map(self._solution, self.tables["solution"])
        yield from map(self._requirement, self.tables["requirement"])
        yield from map(self._evidence, self.tables["evidence"])

    def _below(self, below: str, kind: str, form: str, name: str, code: str = "") -> Typed:
        """`a`, the letter of the kind, and its form."""
        said = f"Add {code or f'the {kind}'} “{name[:12]}"
        return self._typed(kind, below, f"a{KIND_KEYS[kind]}{form}", said, code or name)

    def _typed(self, kind: str, below: str, keys: str, said: str, at: str) -> Typed:
        there, self._at = self._at, at
        return Typed(kind, "" if below == there else below, keys, said)

    # Their side -----------------------------------------------------------------------------

    def _account(self, row: Row) -> Typed:
        form = [
            row["name"], row["status"][0], _number(row["revenue_share"]),
            ", ".join(self._names("account_alias", "alias", row)),
            ", ".join(self._names("account_domain", "domain", row)),
        ]  # fmt: skip
        market = self.called("market", row["market_id"])
        return self._below(market, "account", _fields(form), row["name"])

    def _names(self, table: str, column: str, account: Row) -> list[str]:
        rows = self.tables[table]
        return [row[column] for row in rows if row["account_id"] == account["id"]]

    def _node(self, row: Row) -> Typed:
        above = self.called("node", row.get("parent_id"))
        market = self.called("market", row.get("market_id") or 1)
        form = [row["statement"], *_chosen(row.get("layer")), *_chosen(row.get("weight"))]
        return self._below(
            above or market, row["kind"], _fields(form), row["statement"], row["code"]
        )

    def _measure(self, row: Row) -> Typed:
        goal = self.called("node", row["node_id"])
        form = [row["name"], row["unit"], _number(row["baseline"]), _number(row["target"])]
        keys = f"a{KIND_KEYS['measure']}{_fields(form)}"
        return self._typed("measure", goal, keys, f"Measure {goal}", row["name"])

    def _reading(self, row: Row) -> Typed:
        (measure,) = (one for one in self.tables["metric"] if one["id"] == row["metric_id"])
        goal = self.called("node", measure["node_id"])
        keys = f"R{_fields([_number(row['value']), row['taken_on'], ''])}"
        return self._typed("reading", goal, keys, f"Read {_number(row['value'])} for", "")

    # Our side -------------------------------------------------------------------------------

    def _solution(self, row: Row) -> Typed:
        goal = self.called("node", row["goal_id"])
        keys = f"S{_fields([row['name'], row['value_statement']])}"
        said = f"Add {row['code']} “{row['name'][:12]}"
        return self._typed("solution", goal, keys, said, row["code"])

    def _ours(self) -> Iterator[Typed]:
        """In the view by product, where the portfolio stands on top."""
        first, *others = map(self._product, self.tables["product"])
        yield first._replace(keys=f"]]{first.keys}")
        yield from others
        desk = self.tables["desk"][0]
        keys = f"ge{_fields([desk['vision'], desk['vision_revised']])}"
        yield self._typed("portfolio", "", keys, "Revise the vision", "")

    def _product(self, row: Row) -> Typed:
        form = [row["name"], row.get("vision", ""), row.get("vision_revised", "")]
        return self._below("", "product", _fields(form), row["name"])

    def _requirement(self, row: Row) -> Typed:
        product = self.called("product", row["product_id"])
        need = self.called("node", row.get("need_id"))
        shipped = [row["shipped_on"]] if row["status"] == "shipped" else []
        form = [
            row["statement"],
            "" if not need else product,  # below a product it stands there
            "",
            self.called("solution", row.get("solution_id")),
            {"candidate": "", "committed": "c", "shipped": "s"}[row["status"]],
            *shipped,
            _number(row["effort_weeks"]),
            "",
        ]
        return self._below(
            need or product, "requirement", _fields(form), row["statement"], row["code"]
        )

    def _evidence(self, row: Row) -> Typed:
        node = self.called("node", row["node_id"])
        account = self.called("account", row["account_id"])
        form = [
            str(row["importance"]), f"{_CLEARED}{account}", row["layer"][0],
            f"{_CLEARED}{row['person']}", row["heard_on"],
        ]  # fmt: skip
        keys = f"n{row['quote']}{TAB}{_fields(form)}{ctrl('s')}"
        return self._typed("evidence", node, keys, f"Note what {account} said on {node}", "")


def as_keys(lines: Sequence[str]) -> str:
    """The lines of an outline as they are typed: `enter` goes on as far in as the line above,
    with its bullet; `tab` is one level in, `shift+tab` one out."""
    keys, before = "", 0
    for place, line in enumerate(lines):
        bullet, words = line.split("- ", 1)
        level = len(bullet) // 2
        moves = TAB * (level - before) + BACK_TAB * (before - level)
        keys += f"{ENTER}{moves}{words}" if place else f"- {words}"
        before = level
    return keys


def _fields(texts: Sequence[str]) -> str:
    """Each text and `enter`."""
    return "".join(f"{text}{ENTER}" for text in texts)


def _chosen(value: object) -> list[str]:
    return [str(value)[0]] if value else []


def _number(number: float) -> str:
    return f"{number:g}"


def first_goal(tables: Tables) -> dict[str, list[Row]]:
    """Only the first goal with all that hangs on it, one account and its own solution."""
    kept = {"market": {1}, "account": {1}, "node": {1}}
    for node in tables["node"]:
        if node.get("parent_id") in kept["node"]:
            kept["node"].add(node["id"])
    few = {table: [*rows] for table, rows in tables.items()}
    of = (
        ("market", "id", "market"), ("account", "id", "account"), ("node", "id", "node"),
        ("account_alias", "account_id", "account"), ("account_domain", "account_id", "account"),
        ("solution", "goal_id", "node"), ("requirement", "need_id", "node"),
        ("metric", "node_id", "node"), ("evidence", "node_id", "node"),
        ("evidence", "account_id", "account"),
    )  # fmt: skip
    for table, column, above in of:
        few[table] = [row for row in few[table] if row.get(column) in kept[above]]
    measures = {row["id"] for row in few["metric"]}
    few["reading"] = [row for row in few["reading"] if row["metric_id"] in measures]
    return few


# What two desks have in common ------------------------------------------------------------------

_TABLES = (
    "market", "account", "account_alias", "account_domain", "node", "product", "solution",
    "requirement", "metric", "reading", "evidence", "gap_snooze",
)  # fmt: skip
_OF_THE_DESK = ("vision", "vision_revised")


def customers(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    """The customers' tables without ids, each row in its place among those beside it: what one
    row says of another it says by code or name."""
    names = {(table, row["id"]): _name(row) for table in _TABLES for row in tables[table]}
    said = {table: [_said(row, names) for row in tables[table]] for table in _TABLES}
    for rows in said.values():
        _in_places(rows)
        rows.sort(key=lambda row: repr(sorted(row.items())))
    desk = tables["desk"][0]
    return {**said, "desk": [{column: desk.get(column) for column in _OF_THE_DESK}]}


def _name(row: Row) -> str:
    return str(row.get("code") or row.get("name"))


def _said(row: Row, names: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    tables = {"parent_id": "node", "need_id": "node", "goal_id": "node"}
    said: dict[str, Any] = {}
    for column, value in row.items():
        if column.endswith("_id") and value is not None:
            said[column] = names[tables.get(column, column.removesuffix("_id")), value]
        elif column != "id" and value is not None:
            said[column] = value
    return said


def _in_places(rows: list[dict[str, Any]]) -> None:
    """Positions count the rows below the same thing from one."""
    beside: defaultdict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if "position" in row:
            above = row.get("parent_id"), row.get("market_id"), row.get("kind") == "goal"
            beside[above].append(row)
    for those in beside.values():
        for place, row in enumerate(sorted(those, key=lambda row: row["position"]), 1):
            row["position"] = place
