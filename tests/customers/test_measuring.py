"""How far measures have come."""

import json
from pathlib import Path

import pytest

from pmdesk.customers.measuring import goal_progress, latest, progress, read_after

from .growing import TODAY, Growing, harbourlight


def test_the_goals_of_the_worked_example(demo_file: Path) -> None:
    expected = json.loads(
        (Path(__file__).parents[2] / "fixtures" / "demo" / "expected.json").read_text("utf-8")
    )
    found = goal_progress(harbourlight(demo_file))
    percent = {code: None if one is None else one * 100 for code, one in found.items()}
    assert percent == pytest.approx(expected["goal_progress"], abs=0.05)


@pytest.mark.parametrize(
    ("baseline", "target", "values", "expected"),
    [
        (14.0, 9.0, (12.5,), 0.3),
        (10.0, 20.0, (12.0, 15.0), 0.5),
        (0.0, 4.0, (0.0,), 0.0),
        (10.0, 0.0, (12.0,), -0.2),
        (10.0, 0.0, (-5.0,), 1.5),
        (None, 4.0, (1.0,), None),
        (1.0, None, (1.0,), None),
        (1.0, 4.0, (), None),
        (4.0, 4.0, (4.0,), None),
    ],
)
def test_progress(
    baseline: float | None, target: float | None, values: tuple[float, ...], expected: float | None
) -> None:
    desk = Growing().node("G1").measure("G1", *values, way=(baseline, target))
    (measure,) = desk.hierarchy.measures
    assert progress(measure) == pytest.approx(expected)
    newest = latest(measure)
    assert (newest.value if newest else None) == (values[-1] if values else None)
    assert not read_after(measure, TODAY)
    assert read_after(measure, TODAY.replace(day=12)) == bool(values)


def test_goals_of_several_measures_and_of_none() -> None:
    desk = Growing().node("G10").node("G2").node("G1").node("G3", status="dropped")
    desk.measure("G10").measure("G10", 5.0).measure("G2").measure("G3", 5.0).measure(1, 5.0)
    assert list(goal_progress(desk.hierarchy).items()) == [("G2", None), ("G10", 0.5)]
