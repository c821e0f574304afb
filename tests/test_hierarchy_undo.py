"""Hierarchies grown by any commands at all: all undone, the desk is what it was; all done
again, what it became."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.config import Clock
from pmdesk.customers import actions as on
from pmdesk.customers import evidence_actions as heard
from pmdesk.customers import outline_actions as typed
from pmdesk.customers import product_actions as ours
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.kinds import (
    NODE_KINDS,
    AccountStatus,
    NodeStatus,
    RequirementStatus,
    may_hang_on,
)
from pmdesk.customers.loading import whole
from pmdesk.customers.things import LAYERS
from pmdesk.desk import Action, Desk
from pmdesk.errors import RefusedError
from pmdesk.handlers import HANDLERS
from pmdesk.store.bulk import Value, everything

SEQUENCES = int(os.environ.get("PMDESK_UNDO_SEQUENCES", "40")) // 2
"""Each is some 15 commands on the worked example or an empty desk."""

Tables = dict[str, list[dict[str, Value]]]
TODAY = date(2025, 6, 13)
STATUSES = sorted({*get_args(NodeStatus), *get_args(RequirementStatus), *get_args(AccountStatus)})


class Choices:
    """What a command is made of: mostly what is in the desk and fits, now and then not."""

    def __init__(self, hierarchy: Hierarchy, seed: int) -> None:
        self._random = Random(seed)
        self._hierarchy = hierarchy
        self._keys = ["portfolio", "N99", *hierarchy._things]

    def number(self, below: int) -> int:
        return self._random.randrange(below)

    def of(self, things: Any) -> Any:
        return self._random.choice(things)

    def mostly(self) -> bool:
        return self.number(8) > 0

    def maybe(self, value: Any) -> Any:
        return value if self.number(3) else None

    def id(self, table: str, *kinds: str) -> Any:
        """Of a thing of a table, of one of these kinds, if there is one."""
        things = getattr(self._hierarchy, table)
        fitting = [one for one in things if not kinds or one.kind in kinds]
        chosen = fitting if fitting and self.mostly() else things
        return self.of(chosen).id if chosen else 99

    def key(self) -> str:
        return str(self.of(self._keys))

    def keys(self) -> tuple[str, ...]:
        return tuple(self.key() for _ in range(1 + self.number(3)))

    def text(self) -> str:
        return str(self.of(["One", "ONE", "two", "Zoë \u202ex", "drei", "vier", "cinq", "", "six"]))

    def day(self) -> date:
        return date(2025, 6, 1 + self.number(14))

    def share(self) -> float | None:
        return float(self.number(120)) if self.number(3) else None

    def account(self) -> on.AccountDraft:
        domains = self.maybe((f"{self.text()[:2]}.example",)) or ()
        return on.AccountDraft(
            self.text(), self.id("markets"), self.of(get_args(AccountStatus)), self.share(),
            self.maybe((self.text(), self.text())) or (), domains,
        )  # fmt: skip

    def node(self) -> on.NodeDraft:
        kind = self.of(NODE_KINDS)
        layer = self.of(LAYERS) if (kind == "need") == self.mostly() else None
        weight = 1 + self.number(3) if kind == "goal" else None
        above = NODE_KINDS[: NODE_KINDS.index(kind)]
        parent = self.id("nodes", *above) if (kind != "goal") == self.mostly() else None
        return on.NodeDraft(kind, self.text(), parent, self.id("markets"), layer, weight)

    def move(self) -> on.Move:
        """Of nodes to a higher level, or of anything anywhere."""
        nodes = self._hierarchy.nodes
        if not nodes or not self.mostly():
            return on.Move(self.keys(), self.maybe(self.key()))
        one, other = self.of(nodes), self.of(nodes)
        if one.kind == "goal":
            return on.Move((one.code,), f"market {self.id('markets')}")
        if one.kind == "need" and not self.mostly():
            return on.Move((one.code,), None)
        above = [node for node in nodes if may_hang_on(one.kind, node.kind)]
        also = (other.code,) if other.kind == one.kind else ()
        return on.Move((one.code, *also), self.of(above).code if above else self.key())

    def between(self) -> on.AddBetween:
        """A level above a node, mostly one that is missing."""
        lower = self.of(self._hierarchy.nodes) if self._hierarchy.nodes else None
        if lower is None:
            return on.AddBetween(self.node(), "N99")
        draft = on.NodeDraft(self.of(NODE_KINDS[1:-1]), self.text(), lower.parent_id)
        return on.AddBetween(draft, lower.code)

    def branch(self) -> typed.AddBranch:
        """Goal, obstacle and need with a measure; a vision."""
        parts: tuple[tuple[typed.Part, str], ...] = (
            (typed.NodePart("goal", "G", weight=2), f"market {self.id('markets')}"),
            (typed.NodePart("obstacle", "O"), "+0"),
            (typed.NodePart("need", "N", "user"), "+1"),
            (typed.MeasurePart("M", 1, 2), "+0"),
            (typed.VisionPart(f"V{self.number(3)}"), ""),
        )
        return typed.AddBranch(tuple(typed.Addition(part, above) for part, above in parts))

    def requirement(self) -> ours.RequirementDraft:
        status = self.of(get_args(RequirementStatus))
        return ours.RequirementDraft(
            self.text(), self.id("products"), self.maybe(self.id("nodes", "need")),
            self.maybe(self.id("solutions")) if self._hierarchy.solutions else None, status,
            self.share(), self.maybe("short"),
            self.maybe(self.day()) if status == "shipped" else None,
        )  # fmt: skip

    def evidence(self) -> heard.EvidenceDraft:
        nodes = tuple(self.id("nodes") for _ in range(1 + self.number(2)))
        return heard.EvidenceDraft(
            nodes, self.id("accounts"), self.of(LAYERS), self.day(), self.text(), self.text(),
            self.maybe(self.number(4)),
        )  # fmt: skip

    def reading(self) -> int:
        readings = [one for measure in self._hierarchy.measures for one in measure.readings]
        return int(self.of(readings).id) if readings else 99

    def measured(self) -> str:
        goals = [one.code for one in self._hierarchy.nodes if one.kind == "goal"]
        return str(self.of(goals)) if goals and self.mostly() else self.key()


COMMANDS: dict[type[Any], Callable[[Choices], Action]] = {
    on.AddMarket: lambda c: on.AddMarket(c.text()),
    on.EditMarket: lambda c: on.EditMarket(c.id("markets"), c.text()),
    on.AddAccount: lambda c: on.AddAccount(c.account()),
    on.EditAccount: lambda c: on.EditAccount(c.id("accounts"), c.account()),
    on.AddNode: lambda c: on.AddNode(c.node()),
    on.AddBetween: lambda c: c.between(),
    typed.AddBranch: lambda c: c.branch(),
    on.EditNode: lambda c: on.EditNode(
        c.id("nodes"), c.text(), None if c.mostly() else "user", None if c.mostly() else 1
    ),
    on.Move: lambda c: c.move(),
    on.Reorder: lambda c: on.Reorder(c.key(), c.of((-1, 1))),
    on.Close: lambda c: on.Close(c.keys(), c.of(STATUSES), c.maybe(c.day())),
    on.Delete: lambda c: on.Delete(c.keys()),
    ours.AddProduct: lambda c: ours.AddProduct(c.text(), c.text() or "v", c.maybe(c.day())),
    ours.EditProduct: lambda c: ours.EditProduct(
        c.id("products"), c.text(), c.text(), c.maybe(c.day())
    ),
    ours.ReviseVision: lambda c: ours.ReviseVision(c.text(), c.maybe(c.day())),
    ours.AddRequirement: lambda c: ours.AddRequirement(c.requirement()),
    ours.EditRequirement: lambda c: ours.EditRequirement(c.id("requirements"), c.requirement()),
    ours.AddSolution: lambda c: ours.AddSolution(c.id("nodes", "goal"), c.text(), c.text()),
    ours.EditSolution: lambda c: ours.EditSolution(
        c.id("solutions"), c.id("nodes", "goal"), c.text(), c.text()
    ),
    heard.AddMeasure: lambda c: heard.AddMeasure(c.measured(), c.text(), "", c.share(), c.share()),
    heard.EditMeasure: lambda c: heard.EditMeasure(
        c.id("measures"), c.text(), "%", c.share(), c.share()
    ),
    heard.AddReading: lambda c: heard.AddReading(c.id("measures"), c.day(), c.share() or 0.0),
    heard.EditReading: lambda c: heard.EditReading(c.reading(), c.day(), c.share() or 0.0),
    heard.AddEvidence: lambda c: heard.AddEvidence((c.evidence(), c.evidence())),
    heard.EditEvidence: lambda c: heard.EditEvidence(c.id("evidence"), c.evidence()),
    heard.PutOffGap: lambda c: heard.PutOffGap(
        "goal-unheard", c.key(), date(2025, 6, 10 + c.number(9)), c.text()
    ),
    heard.RecallGap: lambda c: heard.RecallGap("goal-unheard", c.key()),
}
"""A command of each kind from what was chosen."""
_OFTEN = (on.AddMarket, on.AddAccount, *[on.AddNode] * 6, ours.AddProduct, *[on.Move] * 4,
          *[on.Delete] * 2, *[on.Close] * 2, *[on.Reorder] * 3)  # fmt: skip
_KINDS = (*COMMANDS, *_OFTEN)

commands = st.lists(
    st.tuples(st.sampled_from(_KINDS), st.integers(0, 2**16)),
    min_size=6,
    max_size=30,
)


@pytest.fixture(scope="module")
def templates(demo_file: Path) -> Iterator[dict[bool, Path]]:
    """A closed desk: the worked example, or an empty one."""
    with TemporaryDirectory() as folder:
        empty = Path(folder, "empty.db")
        Desk.open(empty, Clock(ZoneInfo("Europe/London"), TODAY), create=True).close()
        yield {True: demo_file, False: empty}


@contextmanager
def copied(template: Path) -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        shutil.copy(template, Path(folder, "desk.db"))
        desk = Desk.open(Path(folder, "desk.db"), Clock(ZoneInfo("Europe/London"), TODAY))
        try:
            yield desk
        finally:
            desk.close()


def content(desk: Desk) -> Tables:
    """All rows but the numbers given, which no undo takes back."""
    tables = desk.ask(everything)
    del tables["counter"]
    return tables


def check(desk: Desk) -> None:
    """Full text and references are whole; markets follow the tree."""
    with desk._writing()._engine.raw() as db:
        db.execute("INSERT INTO node_text (node_text, rank) VALUES ('integrity-check', 1)")
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
        strayed = db.execute(
            "SELECT node.code FROM node LEFT JOIN node AS above ON above.id = node.parent_id"
            " WHERE node.kind <> 'goal' AND node.market_id IS NOT above.market_id"
        ).fetchall()
        assert not strayed


def test_every_action_of_the_hierarchy_is_tried() -> None:
    modules = {module.__name__ for module in (on, ours, heard, typed)}
    assert set(COMMANDS) == {action for action in HANDLERS if action.__module__ in modules}


@settings(max_examples=SEQUENCES, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([True, True, True, False]), commands)
def test_all_undone_and_all_done_again(
    templates: dict[bool, Path], example: bool, chosen: list[tuple[type[Any], int]]
) -> None:
    with copied(templates[example]) as desk:
        states = [content(desk)]
        for kind, seed in chosen:
            command = COMMANDS[kind](Choices(desk.ask(whole), seed))
            try:
                done = desk.perform(command)
            except RefusedError:
                assert content(desk) == states[-1], command
            else:
                if (now := content(desk)) != states[-1]:
                    states.append(now)
                told = [step.words for step in desk.steps(1)] == [done.words]
                assert bool(done.changed) == told, command
        check(desk)
        steps = len(states) - 1
        for before in reversed(states[:-1]):
            desk.undo()
            assert content(desk) == before
        check(desk)
        for _ in range(steps):
            desk.redo()
        assert content(desk) == states[-1]
        check(desk)
