"""Outlines into the desk: what is new, what is there already; and the whole demo there and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pmdesk import config
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.outlines.known import Known
from pmdesk.customers.outlines.plan import Plan, new_names
from pmdesk.customers.outlines.planning import planned
from pmdesk.customers.outlines.writing import outline
from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.exchange.readers.outline import read_outline
from pmdesk.store.bulk import everything
from pmdesk.store.writing import Done

TODAY = date(2025, 6, 13)
HIERARCHY = (
    "market", "account", "account_alias", "account_domain", "node", "product", "solution",
    "requirement", "metric", "reading", "evidence",
)  # fmt: skip
Row = Mapping[str, Any]


def plan(text: str, hierarchy: Hierarchy, below: str | None = None) -> Plan:
    kind: Any = None
    if below is not None:
        thing = hierarchy.thing(below)
        kind = getattr(thing, "kind", below.split()[0])
    products = [one.name for one in hierarchy.products]
    read = read_outline(text, kind, TODAY, products)
    return planned(read.lines, read.problems, Known(hierarchy), below)


def added(desk: Desk, text: str, below: str | None = None) -> Done:
    made = plan(text, desk.ask(whole), below)
    assert [one.sentence for one in made.problems if one.blocks] == []
    return desk.perform(made.action())


def without_ids(tables: Mapping[str, Sequence[Row]]) -> dict[str, list[Any]]:
    """The tables of the hierarchy, each row with what it refers to instead of ids."""
    by_id = {name: {row["id"]: row for row in tables[name]} for name in HIERARCHY}
    refers = {
        "market_id": "market", "account_id": "account", "node_id": "node", "parent_id": "node",
        "need_id": "node", "goal_id": "node", "product_id": "product", "metric_id": "metric",
        "solution_id": "solution",
    }  # fmt: skip

    def flat(row: Row) -> dict[str, Any]:
        return {
            name: flat(by_id[refers[name]][value]) if name in refers and value else value
            for name, value in row.items()
            if name != "id"
        }

    return {name: sorted(map(flat, tables[name]), key=json.dumps) for name in HIERARCHY}


@pytest.fixture
def demo(desk: Desk) -> Desk:
    """The example, in a desk of its own."""
    from pmdesk.importing import read_whole_desk

    path = config.resources("fixtures/demo") / "harbourlight.json"
    desk.load(read_whole_desk(Path(path), desk), "demo")
    return desk


@pytest.fixture
def empty(tmp_path: Path, clock: config.Clock) -> Any:
    desk = Desk.open(tmp_path / "other.db", clock, create=True)
    yield desk
    desk.close()


def test_the_whole_example_goes_out_as_an_outline_and_into_an_empty_desk(
    demo: Desk, empty: Desk
) -> None:
    text = outline(demo.ask(whole))
    done = added(empty, text)
    before, after = demo.ask(everything), empty.ask(everything)
    assert without_ids(after) == without_ids(before)
    vision = ("vision", "vision_revised")
    assert [after["desk"][0][one] for one in vision] == [before["desk"][0][one] for one in vision]
    assert outline(empty.ask(whole)) == text
    assert done.words == "Add 2 markets, 4 accounts, 4 goals, 3 obstacles and 43 more"
    empty.undo()
    assert outline(empty.ask(whole)) == ""
    empty.redo()
    assert outline(empty.ask(whole)) == text


def test_what_is_there_already_is_not_made_again(demo: Desk) -> None:
    hierarchy = demo.ask(whole)
    again = plan(outline(hierarchy), hierarchy)
    assert again.additions == []
    assert [one for one in again.problems if one.blocks] == []


def test_the_same_words_twice_are_two_things_each_with_its_code(desk: Desk) -> None:
    text = "Market: M\n  G: a\n    T: b\n      N: c (u)\n    T: b\n      N: c (m)\n  G: a\n    T: b"
    added(desk, text)
    hierarchy = desk.ask(whole)
    assert len(hierarchy.nodes) == 7
    assert plan(text, hierarchy).additions == []
    copied = outline(hierarchy, ["T2"])
    (addition,) = plan(f"{copied}\n  - N: d (u)", hierarchy).additions
    assert addition.above == "T2"
    (addition,) = plan(f"{copied}\n  - N: d (u)", hierarchy, "G1").additions
    assert addition.above == "T2"


def test_what_is_continued_in_a_copy_is_added_where_it_stands(demo: Desk) -> None:
    text = outline(demo.ask(whole), ["T1"])
    assert text.startswith("- **T1** Each morning")
    done = added(demo, f"{text}\n  - Say yes at the bedside (u)\n    - R: One key says yes (Rota)")
    assert done.words == "Add 1 need and 1 requirement"
    after = demo.ask(whole)
    need = next(one for one in after.nodes if one.code == "N6")
    assert need.parent_id
    assert [one.code for one in after.path(need.id)] == ["G1", "O1", "I1", "T1", "N6"]
    assert [(one.code, one.position) for one in after.below[need.parent_id]] == [
        ("N1", 1), ("N2", 2), ("N6", 3),
    ]  # fmt: skip
    assert [one.code for one in after.requirements_of[need.id]] == ["R10"]


def test_a_branch_typed_below_what_is_selected(demo: Desk) -> None:
    text = """
    Buyers ask for proof of temperature with each drop
      Send the record with the invoice
        Drivers photograph the logger
          Prove the temperature of each drop to a buyer (m)
            Temperature certificate (Trace, S: Proof with every drop, 3w, long)
    Heard: “Without the curve we refuse the pallet.” (Polar Logistics, executive, yesterday)
    Measure: drops refused (? → 0)
      12 jun: 7 (first count)
    """
    made = plan(text, demo.ask(whole), "G4")
    assert list(new_names(made)) == ["new product “Trace”", "new solution “Proof with every drop”"]
    demo.perform(made.action("G4 Keep both"))
    after = demo.ask(whole)
    goal = after.thing("G4")
    assert goal is not None
    assert [one.kind for one in after.subtree(goal.id)] == [
        "goal", "obstacle", "initiative", "tactic", "need",
    ]  # fmt: skip
    requirement = after.requirements[-1]
    assert (requirement.code, requirement.horizon, requirement.effort_weeks) == ("R10", "long", 3)
    assert after.goal_of(requirement) == goal
    assert after.solutions_of[goal.id][0].id == requirement.solution_id
    (heard,) = after.evidence_on[goal.id]
    assert (after.account[heard.account_id].name, heard.heard_on) == ("Polar", date(2025, 6, 12))
    (measure,) = after.measures_of[goal.id]
    assert (measure.baseline, measure.readings[0].value) == (None, 7.0)
    assert measure.readings[0].note == "first count"


def test_names_are_found_whatever_their_case_and_else_made(demo: Desk) -> None:
    text = "N5\n- R: As a table (stock)\n- R: As text (Paper)\n- R: As sound (paper)"
    made = plan(text.replace("\n", "\n  "), demo.ask(whole))
    assert list(new_names(made)) == ["new product “Paper”"]
    demo.perform(made.action())
    after = demo.ask(whole)
    names = [after.product[one.product_id].name for one in after.requirements[-3:]]
    assert names == ["Stock", "Paper", "Paper"]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("N99\n  R: x (Rota)", 1, "N99 is not in this desk"),
        ("N5\n  R: x (Rota, S9)", 2, "There is no solution “S9”"),
        ("N5\n  Heard: x (Nobody, user)", 2, "“Nobody” is not known"),
        ("Market: M\n  Account: Other (also NMH)", 2, "“NMH” belongs to another account"),
        ("Product: P\n  Vision: a\n  Vision: b", 3, "said twice"),
    ],
)
def test_what_the_desk_does_not_know_is_told_with_its_line(
    demo: Desk, text: str, line: int, sentence: str
) -> None:
    made = plan(text, demo.ask(whole))
    assert [(one.line, one.blocks) for one in made.problems] == [(line, True)]
    assert sentence in made.problems[0].sentence


def test_a_vision_is_filled_in_but_never_replaced(demo: Desk) -> None:
    text = "Product: Stock\n  Vision: Nothing expires unseen (revised 2025-06-01)\nVision: Other"
    made = plan(text, demo.ask(whole))
    assert [(one.line, one.blocks) for one in made.problems] == [(3, False)]
    demo.perform(made.action())
    after = demo.ask(whole)
    assert after.products[1].vision == "Nothing expires unseen"
    assert after.products[1].vision_revised == date(2025, 6, 1)
    assert str(after.vision).startswith("Hospitals")
    demo.undo()
    assert demo.ask(whole).products[1].vision is None


def test_other_details_of_what_is_there_are_told_and_left(demo: Desk) -> None:
    hierarchy = demo.ask(whole)
    made = plan("G4: Keep both supermarket contracts at renewal (weight 3)", hierarchy)
    assert [(one.line, one.blocks) for one in made.problems] == [(1, False)]
    text = "Market: regional hospitals\n  Account: NMH\n  G: Cut agency staffing from 14% to 9%"
    made = plan(f"{text} of payroll this year\n  G: New", hierarchy)
    assert made.problems == []
    assert demo.perform(made.action()).words == "Add 1 goal"
    assert demo.ask(whole).nodes[-1].weight == 2


def test_a_need_that_names_a_product_is_questioned_not_refused(demo: Desk) -> None:
    made = plan("N: See it in Rota (user)\nN: Read the report (user)", demo.ask(whole))
    assert not made.blocked
    assert ["“Rota”" in one.sentence for one in made.problems] == [True, False]
    assert len(made.additions) == 2


def test_what_it_hangs_on_may_be_gone_by_then(demo: Desk) -> None:
    made = plan("N: See (user)", demo.ask(whole), "T1")
    from pmdesk.customers.actions import Delete

    demo.perform(Delete(("T1",)))
    with pytest.raises(RefusedError, match="no longer"):
        demo.perform(made.action())


def test_below_its_product_a_requirement_may_name_it_but_no_other(demo: Desk) -> None:
    hierarchy = demo.ask(whole)
    text = "Product: Rota\n  Rota: audit trail (3w)\n  R: again (Rota)\n  Insight: audit trail"
    made = plan(text, hierarchy)
    assert [(one.line, one.sentence[:38]) for one in made.problems] == [
        (4, "It stands below another product than I"),
    ]  # fmt: skip
    again = plan("Product: Rota\n  Rota: audit trail (3w)", hierarchy)
    assert [one.product for one in again.additions] == ["product 1"]
    demo.perform(again.action())
    there = demo.ask(whole)
    assert plan("Product: Rota\n  Rota: audit trail", there).additions == []
    assert plan("Rota: audit trail", there, "product 1").additions == []
