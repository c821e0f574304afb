"""What is deleted goes with all that can't be without it; the rest only loses its link."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import SQLModel

from pmdesk.customers.actions import Close, Delete
from pmdesk.customers.evidence_actions import PutOffGap
from pmdesk.customers.loading import whole
from pmdesk.customers.tables import (
    Account,
    Evidence,
    Market,
    Metric,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
)
from pmdesk.desk import Desk
from pmdesk.errors import RefusedError
from pmdesk.hours.removing import TIES
from pmdesk.store.bulk import Value


def column(desk: Desk, sql: str) -> list[Value]:
    return [value for (value,) in desk.ask(lambda db: db.execute(sql).fetchall())]


def delete(desk: Desk, *keys: str) -> str:
    """The words; undone and done again, the desk is what it was each time."""
    before = desk.dump()
    words = desk.perform(Delete(keys)).words
    after = desk.dump()
    desk.undo()
    assert desk.dump() == before
    desk.redo()
    assert desk.dump() == after
    return words


def test_every_reference_has_its_fate(desk: Desk) -> None:
    deletable: tuple[type[SQLModel], ...] = (
        Market, Account, Node, Product, Requirement, Solution, Metric, Reading, Evidence,
    )  # fmt: skip
    names = {table.__tablename__ for table in deletable}
    told = {(tie.table.__tablename__, tie.column, tie.to.__tablename__) for tie in TIES}
    sql = """SELECT tables.name || ' ' || keys."from" || ' ' || keys."table"
             FROM sqlite_master AS tables, pragma_foreign_key_list(tables.name) AS keys"""
    in_schema = {tuple(str(line).split()) for line in column(desk, sql)}
    assert told == {reference for reference in in_schema if reference[2] in names}


def test_a_subtree_with_its_evidence_measures_and_solutions(demo: Desk) -> None:
    requests = column(demo, "SELECT number FROM request WHERE node_id BETWEEN 1 AND 6")
    assert requests, "something hangs on it"
    assert delete(demo, "G1") == (
        "Delete G1 and 5 below it; 1 solution, 4 pieces of evidence, 1 measure and 1 reading "
        "went with it, 3 requirements, 1 request and 8 entries of hours lost their link"
    )
    hierarchy = demo.ask(whole)
    assert [one.code for one in hierarchy.nodes if one.market_id == 1] == ["O2", "T2", "N3", "G2"]
    assert [one.code for one in hierarchy.solutions] == ["S2"]
    assert {one.need_id for one in hierarchy.requirements[:3]} == {None}
    assert {one.solution_id for one in hierarchy.requirements[:3]} == {None}
    kept = f"SELECT state FROM request WHERE number IN ({', '.join(map(str, requests))})"
    assert set(column(demo, kept)) <= {"kept", "done"}


def test_a_market_an_account_and_a_product(demo: Desk) -> None:
    demo.perform(Close(("account 1",), "lost"))
    demo.perform(PutOffGap("account-no-executive", "account 1", date(2025, 7, 1), "lost"))
    words = delete(demo, "account 1")
    assert words.startswith("Delete the account “Northmoor”; 3 pieces of evidence went with it, ")
    assert demo.ask(whole).put_off == ()
    assert not column(demo, "SELECT id FROM account_alias WHERE account_id = 1")
    assert not column(demo, "SELECT id FROM request WHERE account_id = 1")
    words = delete(demo, "market 1")
    assert words.startswith(
        "Delete the market “Regional hospitals” and 10 below it; 1 account, 1 solution, "
    )
    words = delete(demo, "product 2")
    assert words.startswith("Delete the product “Stock”; 3 requirements went with it")
    assert [one.code for one in demo.ask(whole).nodes if one.kind != "need"] \
        == ["G3", "O3", "I2", "T3", "G4"]  # fmt: skip


def test_a_market_with_hours_of_its_own(demo: Desk) -> None:
    assert column(demo, "SELECT count(*) FROM entry WHERE market_id = 2") != [0]
    minutes = column(demo, "SELECT sum(minutes) FROM entry")
    delete(demo, "market 1", "market 2")
    assert column(demo, "SELECT count(*) FROM entry WHERE market_id IS NOT NULL") == [0]
    assert column(demo, "SELECT sum(minutes) FROM entry") == minutes
    hierarchy = demo.ask(whole)
    assert [one.code for one in hierarchy.nodes] == ["N5"]
    assert len(hierarchy.requirements) == 9


def test_things_of_all_kinds_and_what_hangs_on_one_another(demo: Desk) -> None:
    keys = ("N1", "O1", "O1", "S1", "R1", "measure 2", "reading 3", "evidence 8", "account 4")
    assert delete(demo, *keys).startswith("Delete N1 and 7 more, with 3 below them; ")
    hierarchy = demo.ask(whole)
    assert not [key for key in keys if hierarchy.thing(key)]
    assert hierarchy.thing("G1")
    assert hierarchy.thing("N2") is None


def test_one_thing_that_nothing_hangs_on(demo: Desk) -> None:
    assert delete(demo, "R8") == "Delete R8"
    assert delete(demo, "reading 1") == (
        "Delete the reading of 2025-04-01 of “agency % of payroll”"
    )
    assert delete(demo, "evidence 1") == "Delete what Northmoor said on G1"
    assert delete(demo, "measure 1") == "Delete the measure “agency % of payroll”"
    assert delete(demo, "N5", "R9") == "Delete N5 and R9; 1 requirement lost its link"


def test_the_history_names_first_what_was_asked_for(demo: Desk) -> None:
    done = demo.perform(Delete(("T1",)))
    assert next(iter(done.rows.items())) == ("node", (4, *done.rows["node"][1:]))
    assert next(iter(demo.undo().rows.items()))[1][0] == 4, "the cursor goes there"


def test_what_is_gone_is_said(demo: Desk) -> None:
    before = demo.dump()
    for keys, sentence in {
        ("N1", "N9"): "“N9” is no longer in the desk.",
        ("portfolio",): "The portfolio is what all products are in",
        (): "Nothing is selected.",
    }.items():
        with pytest.raises(RefusedError, match=sentence):
            demo.perform(Delete(keys))
    assert demo.dump() == before
