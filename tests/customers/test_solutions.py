"""The five questions to a solution."""

import json
from pathlib import Path

import pytest

from pmdesk.customers.solutions import CHECKS, check

from .growing import Growing, harbourlight


def test_the_solutions_of_the_worked_example(demo_file: Path) -> None:
    expected = json.loads(
        (Path(__file__).parents[2] / "fixtures" / "demo" / "expected.json").read_text("utf-8")
    )["solutions"]
    hierarchy = harbourlight(demo_file)
    for one in hierarchy.solutions:
        found = check(hierarchy, one)
        assert {
            "score": found.score,
            "products": [product.name for product in found.products],
            "need_layers": list(found.need_layers),
            "checks": list(found.checks),
        } == expected[one.code]
        assert len(found.checks) == len(CHECKS)


def solved(value: str | None = "They win") -> Growing:
    """Five of five."""
    desk = Growing().path("G1", "T1", "N1").node("N2", "G1", layer="manager").measure("G1")
    desk.solution("S1", "G1", value).heard("G1", 1, "executive").heard("T1", 2, "user")
    desk.requirement("R1", "N1", solution_id=1)
    return desk.requirement("R2", "N2", product=2, solution_id=1)


def checks(desk: Growing) -> tuple[bool, ...]:
    return check(desk.hierarchy, desk.hierarchy.solutions[0]).checks


def test_all_and_nothing() -> None:
    assert checks(solved()) == (True,) * 5
    assert checks(Growing().node("G1").solution("S1", "G1", None)) == (False,) * 5


def test_what_is_dropped_is_not_in_it() -> None:
    desk = solved()
    one, two = desk.hierarchy.requirements
    found = checks(desk.but(requirements=(one, two._replace(status="dropped"))))
    assert found == (True, False, False, True, True)


def test_users_alone_are_not_enough_nor_is_one_account() -> None:
    desk = solved()
    users = tuple(one._replace(layer="user") for one in desk.hierarchy.evidence)
    assert not checks(desk.but(evidence=users))[3]
    assert not checks(desk.but(evidence=desk.hierarchy.evidence[:1]))[3]


@pytest.mark.parametrize(
    ("value", "clean"),
    [("word " * 25, True), ("word " * 26, False), ("Rota wins", False), ("", False), (None, False)],
)
def test_a_clean_value_statement(value: str | None, clean: bool) -> None:
    assert checks(solved(value))[4] is clean
