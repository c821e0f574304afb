"""The worked example, made from nothing by the actions that the dialogs ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from pmdesk.customers.actions import AccountDraft, AddAccount, AddMarket, AddNode, NodeDraft
from pmdesk.customers.evidence_actions import (
    AddEvidence,
    AddMeasure,
    AddReading,
    EvidenceDraft,
)
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.product_actions import (
    AddProduct,
    AddRequirement,
    AddSolution,
    RequirementDraft,
    ReviseVision,
)
from pmdesk.desk import Desk

OURS = ("market", "account", "account_alias", "account_domain", "node", "product", "solution",
        "requirement", "metric", "reading", "evidence", "counter")  # fmt: skip


def make(desk: Desk, example: Hierarchy) -> None:
    for market in example.markets:
        desk.perform(AddMarket(market.name))
    for account in example.accounts:
        draft = AccountDraft(
            account.name, account.market_id, account.status, account.revenue_share,
            account.aliases, account.domains,
        )  # fmt: skip
        desk.perform(AddAccount(draft))
    for node in sorted(example.nodes):
        of = node.market_id if node.kind == "goal" else None
        wanted = NodeDraft(node.kind, node.statement, node.parent_id, of, node.layer, node.weight)
        desk.perform(AddNode(wanted))
    for product in example.products:
        desk.perform(AddProduct(product.name, product.vision or "", product.vision_revised))
    desk.perform(ReviseVision(example.vision or "", example.vision_revised))
    for solution in example.solutions:
        desk.perform(AddSolution(solution.goal_id, solution.name, solution.value_statement or ""))
    for one in example.requirements:
        requirement = RequirementDraft(
            one.statement, one.product_id, one.need_id, one.solution_id, one.status,
            one.effort_weeks, one.horizon, one.shipped_on,
        )  # fmt: skip
        desk.perform(AddRequirement(requirement))
    measure_and_note(desk, example)


def measure_and_note(desk: Desk, example: Hierarchy) -> None:
    codes = {node.id: node.code for node in example.nodes}
    for one in example.measures:
        of = codes[one.node_id] if one.node_id else f"product {one.product_id}"
        desk.perform(AddMeasure(of, one.name, one.unit or "", one.baseline, one.target))
    for reading in sorted(reading for one in example.measures for reading in one.readings):
        desk.perform(
            AddReading(reading.metric_id, reading.taken_on, reading.value, reading.note or "")
        )
    notes = tuple(
        EvidenceDraft(
            (one.node_id,), one.account_id, one.layer, one.heard_on, one.person or "",
            one.quote or "", one.importance,
        )
        for one in sorted(example.evidence, key=lambda one: one.id)
    )  # fmt: skip
    desk.perform(AddEvidence(notes))


def without_ids(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def test_the_example_is_made_and_taken_back(demo: Desk, desk: Desk) -> None:
    nothing, example = desk.dump(), demo.dump()
    make(desk, demo.ask(whole))
    made = desk.dump()
    counted = {row["letter"]: row["last"] for row in example["counter"]} | {"#": None}
    assert {row["letter"]: row["last"] for row in made.pop("counter")} | {"#": None} == counted
    for table in OURS[:-1]:
        expected = sorted(without_ids(example[table]), key=repr)
        assert sorted(without_ids(made[table]), key=repr) == expected, table
    assert made["desk"][0]["vision"] == example["desk"][0]["vision"]
    assert made["desk"][0]["vision_revised"] == date(2025, 5, 1).isoformat()
    for _step in desk.steps(limit=1000):
        desk.undo()
    after = desk.dump()
    assert after | {"counter": nothing["counter"]} == nothing
