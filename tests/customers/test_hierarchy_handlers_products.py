"""Products, requirements, solutions, visions, measures, what was heard, gaps put off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pmdesk.customers.evidence_actions import (
    AddEvidence,
    AddMeasure,
    AddReading,
    EditEvidence,
    EditMeasure,
    EditReading,
    EvidenceDraft,
    PutOffGap,
    RecallGap,
)
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.product_actions import (
    AddProduct,
    AddRequirement,
    AddSolution,
    EditProduct,
    EditRequirement,
    EditSolution,
    RequirementDraft,
    ReviseVision,
)
from pmdesk.customers.things import Measure, Product, PutOff, Reading, Requirement, Solution
from pmdesk.desk import Action, Desk
from pmdesk.errors import RefusedError

TODAY, TOMORROW, EARLIER = date(2025, 6, 13), date(2025, 6, 14), date(2025, 6, 1)
NAN, ENDLESS = float("nan"), float("inf")


def hierarchy(desk: Desk) -> Hierarchy:
    return desk.ask(whole)


def requirement(desk: Desk, code: str) -> Requirement:
    thing = hierarchy(desk).thing(code)
    assert isinstance(thing, Requirement)
    return thing


def refused(desk: Desk, action: Action) -> str:
    """The sentence; nothing was changed."""
    before = desk.dump()
    with pytest.raises(RefusedError) as refusal:
        desk.perform(action)
    assert desk.dump() == before
    return str(refusal.value)


def draft(statement: str = "x", product: int = 1, **fields: Any) -> RequirementDraft:
    return RequirementDraft(statement, product, **fields)


def heard(*nodes: int, **fields: Any) -> EvidenceDraft:
    given: dict[str, Any] = {"account": 1, "layer": "user", "heard_on": TODAY} | fields
    return EvidenceDraft(nodes, **given)


# Our side -------------------------------------------------------------------------------------


def test_products_and_visions(demo: Desk) -> None:
    assert demo.perform(AddProduct("Link", " All\r\nin one ", EARLIER)).words == (
        "Add the product “Link”"
    )
    assert hierarchy(demo).products[-1] == Product(4, "Link", "All\nin one", EARLIER, 4)
    assert demo.perform(EditProduct(4, "LINK")).words == "Edit the product “LINK”"
    assert hierarchy(demo).products[-1] == Product(4, "LINK", None, None, 4)
    assert demo.perform(EditProduct(4, "LINK")).words == "The product “LINK” is as it was"
    done = demo.perform(ReviseVision("One pool", TODAY))
    assert done.words == "Revise the vision of the portfolio"
    assert (hierarchy(demo).vision, hierarchy(demo).vision_revised) == ("One pool", TODAY)
    assert demo.perform(ReviseVision("One pool", TODAY)).changed == frozenset()


def test_requirements(demo: Desk) -> None:
    done = demo.perform(
        AddRequirement(draft("Hand over", 2, need=5, solution=1, effort_weeks=1, horizon="long"))
    )
    assert (done.words, done.rows) == ("Add R10 “Hand over”", {"requirement": (10,)})
    assert requirement(demo, "R10") == Requirement(
        10, "R10", 5, 2, 1, "Hand over", "candidate", 1.0, "long", None
    )
    assert demo.perform(EditRequirement(10, draft("Hand on", 3))).words == "Edit R10"
    assert requirement(demo, "R10") == Requirement(
        10, "R10", None, 3, None, "Hand on", "candidate", None, None, None
    )
    assert demo.perform(EditRequirement(10, draft("Hand on", 3))).words == "R10 is as it was"


def test_the_day_of_shipping_comes_and_goes_with_the_status(demo: Desk) -> None:
    def edit(**fields: Any) -> date | None:
        demo.perform(EditRequirement(10, draft(**fields)))
        return requirement(demo, "R10").shipped_on

    demo.perform(AddRequirement(draft(status="shipped")))
    assert requirement(demo, "R10").shipped_on == TODAY
    assert edit(status="shipped", shipped_on=EARLIER) == EARLIER
    assert edit(status="committed", shipped_on=EARLIER) is None
    assert edit(status="shipped") == TODAY
    assert edit(status="shipped") is None, "it was shipped, nobody knows when"


def test_solutions(demo: Desk) -> None:
    assert demo.perform(AddSolution(1, "Own staff", " Pay less ")).words == "Add S3 “Own staff”"
    assert hierarchy(demo).thing("S3") == Solution(3, "S3", 1, "Own staff", "Pay less")
    assert demo.perform(EditSolution(3, 7, "Own")).words == "Edit S3"
    assert hierarchy(demo).thing("S3") == Solution(3, "S3", 7, "Own", None)


def test_what_can_not_be_of_our_side(demo: Desk) -> None:
    said: dict[Any, str] = {
        AddProduct(" "): "The name of the product is empty",
        AddProduct("ROTA"): "The product “Rota” exists already",
        AddProduct("x", "", TODAY): "The vision of “x” is empty: it can't have been revised.",
        AddProduct("x", "y", TOMORROW): "is dated Sat 14 Jun 2025, which has not come yet.",
        EditProduct(2, "Rota"): "The product “Rota” exists already",
        EditProduct(9, "x"): "That product is no longer in the desk.",
        ReviseVision("", TODAY): "The vision of the portfolio is empty",
        AddRequirement(draft("")): "The statement of the requirement is empty",
        AddRequirement(draft(product=9)): "That product is no longer in the desk.",
        AddRequirement(draft(need=4)): "A requirement is about a need; T1 is a tactic.",
        AddRequirement(draft(solution=9)): "That solution is no longer in the desk.",
        AddRequirement(draft(effort_weeks=0)): "The effort is weeks above 0",
        AddRequirement(draft(effort_weeks=NAN)): "The effort must be a number.",
        AddRequirement(draft(effort_weeks=ENDLESS)): "The effort must be a number.",
        AddRequirement(draft(shipped_on=EARLIER)): "What is candidate has no day of shipping",
        AddRequirement(draft(status="shipped", shipped_on=TOMORROW)): "Shipping is dated",
        EditRequirement(99, draft()): "That requirement is no longer in the desk.",
        AddSolution(1, ""): "The name of the solution is empty",
        AddSolution(2, "x"): "A solution is for a goal; O1 is no goal.",
        AddSolution(99, "x"): "That node is no longer in the desk.",
        EditSolution(9, 1, "x"): "That solution is no longer in the desk.",
    }
    for action, sentence in said.items():
        assert sentence in refused(demo, action)


# What was measured and heard ------------------------------------------------------------------


def test_measures_and_readings(demo: Desk) -> None:
    done = demo.perform(AddMeasure("G4", "contracts kept", "", 2, 3))
    assert done.words == "Measure G4 by “contracts kept”"
    measure = max(hierarchy(demo).measures)
    assert measure == Measure(measure.id, 16, None, "contracts kept", None, 2.0, 3.0)
    demo.perform(EditMeasure(measure.id, "contracts", "contracts", None, 3))
    assert demo.perform(AddReading(measure.id, EARLIER, 2.5, "half")).words == (
        "Read 2.5 for “contracts”"
    )
    reading = max(hierarchy(demo).measures).readings[0]
    assert reading == Reading(reading.id, measure.id, EARLIER, 2.5, "half")
    assert demo.perform(EditReading(reading.id, TODAY, 2.5)).words == (
        "Edit the reading of 2025-06-13 of “contracts”"
    )
    assert demo.perform(AddMeasure("product 1", "use")).words == (
        "Measure the product “Rota” by “use”"
    )
    assert hierarchy(demo).key_results_of[1][-1].name == "use"


def test_one_conversation_is_noted_on_several_nodes(demo: Desk) -> None:
    before = demo.dump()
    notes = (
        heard(5, 6, 5, person=" Ann  Lee ", quote="One\nmoment", importance=0),
        heard(1, layer="executive"),
    )
    done = demo.perform(AddEvidence(notes))
    assert done.words == "Note what Northmoor said on N1 and 2 more"
    new = hierarchy(demo).evidence_of[1][-3:]
    assert sorted((one.node_id, one.layer, one.person, one.quote, one.importance) for one in new) \
        == [(1, "executive", None, None, None), (5, "user", "Ann Lee", "One\nmoment", 0),
            (6, "user", "Ann Lee", "One\nmoment", 0)]  # fmt: skip
    done = demo.perform(EditEvidence(new[0].id, heard(7, account=2, heard_on=EARLIER)))
    assert done.words == "Edit what Brannoc said on G2"
    demo.undo()
    demo.undo()
    assert demo.dump() == before


def test_what_can_not_be_measured_or_heard(demo: Desk) -> None:
    said: dict[Any, str] = {
        AddMeasure("N1", "x"): "A measure is of a goal or a product, not of N1.",
        AddMeasure("G1", ""): "The name of the measure is empty",
        AddMeasure("G1", "x", "", 3, 3): "Baseline and target are the same",
        AddMeasure("G1", "x", "", NAN): "The baseline must be a number.",
        AddMeasure("G1", "x", "", 10**400): "The baseline must be a number.",
        EditMeasure(99, "x"): "That measure is no longer in the desk.",
        AddReading(99, TODAY, 1): "That measure is no longer in the desk.",
        AddReading(1, TOMORROW, 1): "The reading is dated Sat 14 Jun 2025, which has not come yet.",
        AddReading(1, TODAY, ENDLESS): "The value must be a number.",
        EditReading(99, TODAY, 1): "That reading is no longer in the desk.",
        AddEvidence(()): "Nothing was noted.",
        AddEvidence((heard(),)): "Choose what it was said about",
        AddEvidence((heard(1), heard(99))): "That node is no longer in the desk.",
        AddEvidence((heard(1, account=9),)): "That account is no longer in the desk.",
        AddEvidence((heard(1, heard_on=TOMORROW),)): "What was heard is dated Sat 14 Jun 2025",
        AddEvidence((heard(1, importance=4),)): "The importance is 0, 1, 2 or 3",
        EditEvidence(1, heard(1, 2)): "A piece of evidence is about one thing",
        EditEvidence(99, heard(1)): "That evidence is no longer in the desk.",
    }
    for action, sentence in said.items():
        assert sentence in refused(demo, action)


# Gaps -----------------------------------------------------------------------------------------


def test_a_gap_is_put_off_again_and_recalled(demo: Desk) -> None:
    later = PutOffGap("goal-unheard", "G2", date(2025, 6, 20), " They are on leave ")
    assert demo.perform(later).words == "Put off until 20 Jun that no executive has spoken of G2"
    put_off = PutOff("goal-unheard", "G2", date(2025, 6, 20), "They are on leave")
    assert hierarchy(demo).put_off == (put_off,)
    assert demo.perform(later).words == "That no executive has spoken of G2 is put off so already"
    demo.perform(replace(later, until=date(2025, 7, 1)))
    assert hierarchy(demo).put_off == (put_off._replace(until=date(2025, 7, 1)),)
    done = demo.perform(replace(later, rule="vision-stale", subject="portfolio"))
    told = "the portfolio’s vision has not been revised for more than 90 days"
    assert done.words == f"Put off until 20 Jun that {told}"
    done = demo.perform(RecallGap("goal-unheard", "G2"))
    assert done.words == "Tell again that no executive has spoken of G2"
    assert [one.subject for one in hierarchy(demo).put_off] == ["portfolio"]
    said: dict[Any, str] = {
        RecallGap("goal-unheard", "G2"): "This gap is not put off.",
        replace(later, until=TODAY): "Fri 13 Jun 2025 is not ahead",
        replace(later, reason=" "): "The reason for putting it off is empty",
        replace(later, subject="G9"): "“G9” is no longer in the desk.",
    }
    for action, sentence in said.items():
        assert sentence in refused(demo, action)
