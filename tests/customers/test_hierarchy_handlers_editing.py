"""An edit changes what the person changed, and nothing that was changed elsewhere meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmdesk.customers.actions import AccountDraft, Delete, EditAccount, EditMarket, EditNode
from pmdesk.customers.evidence_actions import (
    EditEvidence,
    EditMeasure,
    EditReading,
    EvidenceDraft,
)
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.meanwhile import ChangedMeanwhileError, seeing
from pmdesk.customers.outline_actions import AddBranch, Addition, ProductPart, VisionPart
from pmdesk.customers.product_actions import (
    EditProduct,
    EditRequirement,
    EditSolution,
    RequirementDraft,
    ReviseVision,
)
from pmdesk.desk import Desk

EARLY = date(2025, 6, 1)


def opened(hierarchy: Hierarchy, key: str) -> Any:
    """The edit of a thing that changes nothing of it."""
    one: Any = hierarchy.thing(key)
    match key.split()[0]:
        case "G1":
            return EditNode(one.id, one.statement, None, one.weight)
        case "account":
            draft = AccountDraft(
                one.name, one.market_id, one.status, one.revenue_share, one.aliases, one.domains
            )
            return EditAccount(one.id, draft)
        case "product":
            return EditProduct(one.id, one.name, one.vision or "", one.vision_revised)
        case "portfolio":
            return ReviseVision(hierarchy.vision or "", hierarchy.vision_revised)
        case "R1":
            requirement = RequirementDraft(
                one.statement, one.product_id, one.need_id, one.solution_id, one.status,
                one.effort_weeks, one.horizon, one.shipped_on,
            )  # fmt: skip
            return EditRequirement(one.id, requirement)
        case "S1":
            return EditSolution(one.id, one.goal_id, one.name, one.value_statement or "")
        case "measure":
            return EditMeasure(one.id, one.name, one.unit or "", one.baseline, one.target)
        case "reading":
            return EditReading(one.id, one.taken_on, one.value, one.note or "")
    note = EvidenceDraft(
        (one.node_id,), one.account_id, one.layer, one.heard_on, one.person or "",
        one.quote or "", one.importance,
    )  # fmt: skip
    return EditEvidence(one.id, note)


def changed(edit: Any, part: str, **values: Any) -> Any:
    """An edit with other values, in its draft if that is named."""
    if not part:
        return replace(edit, **values)
    return replace(edit, **{part: replace(getattr(edit, part), **values)})


@pytest.mark.parametrize(
    ("key", "part", "theirs", "mine"),
    [
        ("G1", "", {"weight": 1}, {"statement": "Fill shifts"}),
        ("account 1", "account", {"revenue_share": 12.0}, {"aliases": ("NM",)}),
        ("account 1", "account", {"domains": ("nm.example",)}, {"name": "Moor"}),
        ("product 1", "", {"vision": "All", "vision_revised": EARLY}, {"name": "Rota 2"}),
        ("portfolio", "", {"vision": "All"}, {"revised": EARLY}),
        ("R1", "requirement", {"effort_weeks": 2.0, "need": None}, {"statement": "Board"}),
        ("S1", "", {"value_statement": "They gain time"}, {"name": "Own staff"}),
        ("measure 1", "", {"unit": "%", "target": 8.0}, {"baseline": 15.0}),
        ("reading 1", "", {"value": 13.0}, {"note": "by phone"}),
        ("evidence 1", "note", {"importance": 0, "nodes": (2,)}, {"quote": "We are short."}),
    ],
)  # fmt: skip
def test_what_was_changed_elsewhere_meanwhile_is_kept(
    demo: Desk, key: str, part: str, theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    was = opened(demo.ask(whole), key)
    demo.perform(changed(was, part, **theirs))
    demo.perform(replace(changed(was, part, **mine), was=was))
    assert opened(demo.ask(whole), key) == changed(was, part, **theirs, **mine)


@pytest.mark.parametrize(
    ("key", "part", "theirs", "mine", "told"),
    [
        ("G1", "", {"statement": "Staff all"}, {"statement": "Fill shifts"},
         "G1 was changed meanwhile to “Staff all”: save again"),
        ("G1", "", {"weight": 1}, {"weight": 2, "statement": "Fill shifts"},
         "The weight of G1 was changed meanwhile to 1: save again"),
        ("R1", "requirement", {"effort_weeks": 2.0}, {"effort_weeks": None},
         "The effort of R1 was changed meanwhile to 2: save again"),
        ("R1", "requirement", {"need": None}, {"need": 6},
         "The need of R1 was changed meanwhile: save again"),
        ("portfolio", "", {"vision": "All"}, {"vision": "Some"},
         "The vision of the portfolio was changed meanwhile to “All”: save again"),
    ],
)  # fmt: skip
def test_what_both_changed_is_told_before_one_is_put_over_the_other(
    demo: Desk, key: str, part: str, theirs: dict[str, Any], mine: dict[str, Any], told: str
) -> None:
    was = opened(demo.ask(whole), key)
    demo.perform(changed(was, part, **theirs))
    with pytest.raises(ChangedMeanwhileError) as refusal:
        demo.perform(replace(changed(was, part, **mine), was=was))
    assert told in str(refusal.value)
    assert opened(demo.ask(whole), key) == changed(was, part, **theirs)
    demo.perform(replace(changed(was, part, **mine), was=seeing(was, refusal.value.seen)))
    assert opened(demo.ask(whole), key) == changed(was, part, **theirs | mine)


def test_a_market_renamed_in_two_places_is_told(demo: Desk) -> None:
    name = demo.ask(whole).markets[0].name
    demo.perform(EditMarket(1, "Hospitals"))
    with pytest.raises(ChangedMeanwhileError, match="was changed meanwhile to “Hospitals”"):
        demo.perform(EditMarket(1, "Wards", EditMarket(1, name)))


def test_what_both_changed_alike_is_as_both_want_it(demo: Desk) -> None:
    was = opened(demo.ask(whole), "G1")
    for _ in range(2):
        demo.perform(replace(changed(was, "", statement="Fill shifts"), was=was))
    assert opened(demo.ask(whole), "G1").statement == "Fill shifts"


def test_what_has_gone_meanwhile_does_not_stand_in_the_way(demo: Desk) -> None:
    was = opened(demo.ask(whole), "R1")
    demo.perform(Delete(("S1",)))
    demo.perform(replace(changed(was, "requirement", statement="Board"), was=was))
    now = opened(demo.ask(whole), "R1").requirement
    assert (now.statement, now.solution) == ("Board", None)


def test_a_day_of_revision_without_a_vision_does_not_stand_in_the_way(demo: Desk) -> None:
    """It comes from an outline."""
    branch = Addition(ProductPart("Old")), Addition(VisionPart("", EARLY), "+0")
    demo.perform(AddBranch(branch))
    demo.perform(EditProduct(4, "Older", "", EARLY))
    assert opened(demo.ask(whole), "product 4") == EditProduct(4, "Older", "", EARLY)
