"""Small charts as they look, sign by sign."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.charts import draw
from pmdesk.charts.bars import Bar, Bars
from pmdesk.charts.columns import Column, Columns, Mark
from pmdesk.charts.progress import Progress
from pmdesk.charts.sparkline import Sparkline
from pmdesk.charts.square import Square

from .drawn import KINDS, text

WEEK = Bars(
    "Hours",
    KINDS,
    (
        Bar("Mon  9", (2.0, 3.0, 0.5), 1.925),
        Bar("Tue 10", (3.0, 4.0, 1.0), 2.8, strong=True),
        Bar("Wed 11", (None, None, None)),
        Bar("Thu 12", (0.0, 7.0, 0.5), 2.625),
    ),
    full=8,
    target_name="target 35 % of the day",
)
SHARES = Columns(
    "My share",
    tuple(
        Column(f"W{20 + number}", value, 35)
        for number, value in enumerate((None, 0.0, 0.2, 17.6, 38.2, 60.0))
    ),
    (Mark(27, "actual"), Mark(51, "wished")),
)


def test_bars() -> None:
    assert text(WEEK, 40).splitlines() == [
        "Mon  9 ██████│▓▓▓▓▓▓▓▓▓▓▓░░          5.5",
        "Tue 10 ██████████│▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░ 8.0",
        "Wed 11                                 –",
        "Thu 12 ▓▓▓▓▓▓▓▓▓│▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░   7.5",
        "",
        "██ my strategic                      5.0",
        "▓▓ my tactical                      14.0",
        "░░ overhead                          2.0",
        "   logged                           21.0",
        " │ target 35 % of the day",
    ]


def test_the_legend_stands_in_a_line_where_there_is_room() -> None:
    assert text(WEEK, 80).splitlines()[5:] == [
        "██ my strategic 5.0   ▓▓ my tactical 14.0   ░░ overhead 2.0   logged 21.0 h",
        "│ target 35 % of the day",
    ]


def test_bars_without_any_hours_and_without_any_bar() -> None:
    assert text(Bars("", KINDS, ()), 30) == "nothing to show"
    assert text(Bars("", KINDS, (Bar("Mon", (0.0, 0.0, 0.0)),)), 30).splitlines()[0] == (
        "Mon                        0.0"
    )
    below = text(Bars("", KINDS, (Bar("Mon", (-2.0, 1.0, None)),)), 30).splitlines()[0]
    assert below == "Mon " + "▓" * 21 + " -1.0"


amounts = st.integers(0, 6000).map(lambda minutes: minutes / 60)


@given(st.lists(st.tuples(amounts, amounts, amounts), min_size=1, max_size=7), st.integers(24, 200))
def test_bars_are_as_long_as_their_hours_and_add_up(
    days: list[tuple[float, float, float]], width: int
) -> None:
    chart = Bars("", KINDS, tuple(Bar(f"d{at}", parts) for at, parts in enumerate(days)), full=8)
    lines = text(chart, width).splitlines()
    longest = max(8.0, *(sum(parts) for parts in days))
    figures = max(len(f"{sum(parts):.1f}") for parts in days)
    room = min(width, 120) - 2 - 2 - figures
    for line, parts in zip(lines, days, strict=False):
        drawn = sum(line.count(glyph) for glyph in "█▓░")
        assert drawn == pytest.approx(sum(parts) / longest * room, abs=0.501)
        assert line.split()[-1] == f"{sum(parts):.1f}"
        so_far = 0.0
        for glyph, part in zip("█▓░", parts, strict=True):
            before = so_far / longest * room
            so_far += part
            assert line.count(glyph) == pytest.approx(so_far / longest * room - before, abs=1.001)
    said = re.findall(r"\d+\.\d", "\n".join(lines[len(days) :]))
    sums = [sum(kind) for kind in zip(*days, strict=True)]
    assert list(map(float, said)) == pytest.approx([*sums, sum(sums)], abs=0.0501)


def test_columns() -> None:
    assert text(SHARES, 24, 6).splitlines() == [
        "My share  6 weeks",
        "60 %┌",
        "    │ . . . . .█. 51 %",
        "    │          █",
        "    │ ─ ─ ─ ─▇─█─ 35 %",
        "    │ · · · ·█·█· 27 %",
        "    │      ▆ █ █",
        "    │× _ ▁ █ █ █",
        " 0 %└┴─────────┴─",
        "             ✓ ✓",
        "     W20     W25",
        "─ ─ target   ✓ reached",
        "× nothing logged",
        "· · 27 % actual",
        "· · 51 % wished",
    ]


def test_columns_with_room_name_their_levels_and_are_wider() -> None:
    assert text(SHARES, 44, 6).splitlines() == [
        "My share  6 weeks",
        "60 %┌",
        "    │ . . . . . . . . . .███. 51 % wished",
        "    │                    ███",
        "    │ ─ ─ ─ ─ ─ ─ ─ ─▇▇▇─███─ 35 % target",
        "    │ · · · · · · · ·███·███· 27 % actual",
        "    │            ▆▆▆ ███ ███",
        "    │ ×  ___ ▁▁▁ ███ ███ ███",
        " 0 %└─┴───────┴───────────┴──",
        "                      ✓   ✓",
        "      W20     W22       W25",
        "─ ─ target   ✓ reached   × nothing logged",
    ]


def many(count: int) -> Columns:
    return Columns("Share", tuple(Column(f"W{at:02}", at * 2.0, 35) for at in range(1, count + 1)))


def test_the_latest_columns_that_fit_and_how_many_there_are() -> None:
    lines = text(many(40), 30).splitlines()
    assert lines[0] == "Share  latest 20 of 40 weeks"
    assert lines[-2].split()[-1] == "W40"
    assert len(re.findall(r"[▁▂▃▄▅▆▇█]", lines[-5])) + lines[-5].count("─") == 20
    assert text(many(6), 30).splitlines()[0] == "Share  6 weeks"
    assert text(many(1), 30).splitlines()[0] == "Share  1 week"
    assert text(Columns("Share", ()), 30).splitlines() == ["Share", "nothing yet"]


def test_the_target_is_seen_through_columns_that_touch() -> None:
    row = next(line for line in text(many(26), 40).splitlines() if line.endswith("35 %"))
    assert "█─█─█" in row


@given(st.none() | st.floats(0, 100), st.floats(1, 100), st.integers(4, 14))
def test_a_level_is_drawn_where_it_belongs(value: float | None, mark: float, height: int) -> None:
    """A column ends, and a mark lies, at its own value, to a part of a row."""
    chart = Columns("", (Column("w", value),), (Mark(mark, ""), Mark(100, "")))
    rows = text(chart, 60, height).splitlines()[2 : 2 + height][::-1]
    signs = [f"{row:<12}"[7] for row in rows]
    if value is None:
        assert signs[0] == "×"
    elif value == 0:
        assert signs[0] == "_"
    else:
        eighths = sum(max(0, " ▁▂▃▄▅▆▇█".find(sign)) for sign in signs)
        assert eighths / 8 == pytest.approx(value / 100 * height, abs=0.126)
    level = min(mark / 100 * height, height - 0.001)
    assert f"{mark:.4g}" in rows[int(level)], "the label stands in the row of its level"
    dots = f"{rows[int(level)]:<12}"[9]
    if int(level) != height - 1:
        assert ".·˙".index(dots) / 2 == pytest.approx(level % 1, abs=0.26)


def test_labels_of_the_scale_are_true_however_small() -> None:
    chart = Columns("", (Column("a", 0.32), Column("b", 0.05)), (Mark(0.05, "low"),), unit="")
    assert chart.top == pytest.approx(0.35)
    drawn = text(chart, 30)
    assert "0.35┌" in drawn
    assert "0.05 low" in drawn
    assert text(Columns("", (Column("a", 0.0),)), 30).splitlines()[2 + 7] == "   │___"


def test_the_square() -> None:
    assert text(Square("Whom my week served", 11, 2, 9, 9), 62).splitlines() == [
        "Whom my week served",
        "              theirs →",
        "               ▲ line of sight        △ no line of sight",
        "              ┌──────────────────────┬──────────────────────┐",
        "my strategic  │ STEER                │ DRIFT                │",
        "mine ↓        │ 11.0 h  35.5 %       │ 2.0 h  6.5 %         │",
        "              │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│░░░░░░░░░░░░░░░░░░░░░░│",
        "              ├──────────────────────┼──────────────────────┤",
        "my tactical   │ SERVE                │ DRAIN                │",
        "              │ 9.0 h  29 %          │ 9.0 h  29 %          │",
        "              │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│",
        "              └──────────────────────┴──────────────────────┘",
    ]


def test_the_square_where_it_is_narrow() -> None:
    assert text(Square("", 11, 0, None, 0), 37).splitlines() == [
        "theirs →",
        " ▲ sight           △ no sight",
        "┌─ mine ↓ my strategic ─────────────┐",
        "│ STEER           │ DRIFT           │",
        "│ 11.0 h  100 %   │ 0.0 h  0 %      │",
        "│█████████████████│                 │",
        "├─ mine ↓ my tactical ──────────────┤",
        "│ SERVE           │ DRAIN           │",
        "│ –               │ 0.0 h  0 %      │",
        "│                 │                 │",
        "└─────────────────┴─────────────────┘",
    ]
    assert "─ my tactical ─" in text(Square("", 1, 1, 1, 1), 24), "whose it is, at any width"
    assert "%" not in text(Square("", 0, 0, 0, 0), 60), "no share of nothing"


@pytest.mark.parametrize(
    ("values", "width", "said"),
    [
        ((), 20, "share –"),
        ((38.2,), 20, "share █ 38.2 %"),
        ((0.0, 10.0, 20.0), 20, "share _▅█ 20.0 %"),
        ((None, 10.0, None), 20, "share ·█· –"),
        ((0.0, 0.0), 20, "share __ 0.0 %"),
        (tuple(map(float, range(20))), 20, "share …▆▇▇███ 19.0 %"),
        ((1.0, 2.0, 3.0, 4.0, 5.0), 14, "share 5.0 %"),
        ((-4.0, 0.0, 4.0), 20, "share ▁▅█ 4.0 %"),
    ],
)
def test_sparklines(values: tuple[float | None, ...], width: int, said: str) -> None:
    assert text(Sparkline("share", values, "%"), width) == said


@pytest.mark.parametrize(
    ("chart", "width", "said"),
    [
        (Progress("Done", 12, 20), 44, "Done  ████████████▋────────  12 of 20 (60 %)"),
        (Progress("Done", 12, 20), 28, "Done  12 of 20 (60 %)\n████████████████▊───────────"),
        (Progress("Few", 2, 3), 36, "Few  ███████████████▍───────  2 of 3"),
        (Progress("My share", 13, 34, 0.35, "h", 1, cases=False), 24,
         "My share\n13.0 of 34.0 h (38.2 %)\n████████│▏──────────────"),
        (Progress("None", 0, 0), 36, "None  ──────────────────────  0 of 0"),
        (Progress("Much", 30, 20), 46, "Much  ██████████████████████  30 of 20 (150 %)"),
        (Progress("Unknown", None, 20), 36, "Unknown  ────────────────────────  –"),
    ],
)  # fmt: skip
def test_progress(chart: Progress, width: int, said: str) -> None:
    assert text(chart, width) == said


def test_roles_say_what_a_colour_would() -> None:
    roles = {role for spans in draw(WEEK, 60) for _, role in spans}
    assert roles >= {"strategic", "tactical", "overhead", "accent", "quiet", "strong"}
