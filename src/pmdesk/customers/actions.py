"""What may be asked of the customer hierarchy, and the drafts that dialogs and readers fill.

Things are named by id where their kind is plain from the action, else by key
(`customers.hierarchy`): "N4", "market 2", "evidence 7".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pmdesk.customers.kinds import AccountStatus, Layer, NodeKind, NodeStatus, RequirementStatus
from pmdesk.text import clean_line, shorten

# Markets and accounts -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddMarket:
    name: str

    def words(self) -> str:
        return f"Add the market {quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class EditMarket:
    market: int
    name: str
    was: EditMarket | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return f"Edit the market {quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class AccountDraft:
    name: str
    market: int
    status: AccountStatus = "customer"
    revenue_share: float | None = None
    """Percent of our revenue; None is unknown."""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    """Of its mail addresses."""


@dataclass(frozen=True, slots=True)
class AddAccount:
    account: AccountDraft

    def words(self) -> str:
        return f"Add the account {quoted(self.account.name)}"


@dataclass(frozen=True, slots=True)
class EditAccount:
    id: int
    account: AccountDraft
    was: EditAccount | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return f"Edit the account {quoted(self.account.name)}"


# The tree -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NodeDraft:
    kind: NodeKind
    statement: str
    parent: int | None = None
    market: int | None = None
    """Of a goal; what hangs on another is in the market of its goal."""
    layer: Layer | None = None
    """Of a need, and of nothing else."""
    weight: int | None = None
    """Of a goal, 1 to 3, and of nothing else."""


@dataclass(frozen=True, slots=True)
class AddNode:
    node: NodeDraft

    def words(self) -> str:
        return f"Add the {self.node.kind} {quoted(self.node.statement)}"


@dataclass(frozen=True, slots=True)
class AddBetween:
    """Fill a missing level: a new node, on which one that is there then hangs."""

    node: NodeDraft
    lower: str
    """The key of the one that is there."""

    def words(self) -> str:
        return f"Add the {self.node.kind} {quoted(self.node.statement)} above {self.lower}"


@dataclass(frozen=True, slots=True)
class EditNode:
    """Other words, another layer or weight; where it hangs is changed by Move."""

    id: int
    statement: str
    layer: Layer | None = None
    weight: int | None = None
    was: EditNode | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return f"Edit {quoted(self.statement)}"


@dataclass(frozen=True, slots=True)
class Move:
    """Hang nodes and requirements elsewhere, or accounts into another market."""

    keys: tuple[str, ...]
    to: str | None
    """The key of a node, or of a market (goals, accounts); None: under nothing (needs and
    requirements)."""

    def words(self) -> str:
        return f"Move {several(self.keys)}"


@dataclass(frozen=True, slots=True)
class Reorder:
    """One place up or down among those beside it: a market, node or product."""

    key: str
    by: Literal[-1, 1]

    def words(self) -> str:
        return f"Move {self.key} {'up' if self.by < 0 else 'down'}"


@dataclass(frozen=True, slots=True)
class Close:
    """Nodes become reached, dropped or active again; requirements candidate, committed,
    shipped or dropped; accounts lost, or customers again."""

    keys: tuple[str, ...]
    status: NodeStatus | RequirementStatus | AccountStatus
    on: date | None = None
    """When a requirement was shipped."""

    def words(self) -> str:
        return f"{self.status.capitalize()}: {several(self.keys)}"


@dataclass(frozen=True, slots=True)
class Delete:
    """Things of any kinds, with what can't be without them; undo brings all back."""

    keys: tuple[str, ...]

    def words(self) -> str:
        return f"Delete {several(self.keys)}"


def quoted(name: str) -> str:
    return f"“{shorten(clean_line(name), 40)}”"


def several(keys: tuple[str, ...]) -> str:
    return keys[0] if len(keys) == 1 else f"{len(keys)} things"
