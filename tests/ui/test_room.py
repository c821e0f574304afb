"""How the panes share the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.ui.remembered import Remembered
from pmdesk.ui.room import USUAL, Shares, panes_shown, widened, widths

share = st.floats(0.05, 20)
any_shares = st.tuples(share, share, share)
panes = st.sampled_from([(1,), (2,), (3,), (1, 2), (2, 3), (1, 2, 3)])


@pytest.mark.parametrize(
    ("width", "current", "shown"),
    [(80, 3, (3,)), (99, 1, (1,)), (100, 1, (1, 2)), (159, 3, (2, 3)), (160, 2, (1, 2, 3))],
)
def test_as_many_panes_as_there_is_room_for(
    width: int, current: int, shown: tuple[int, ...]
) -> None:
    assert panes_shown(width, current, 1 if current == 2 else 2, zoomed=False) == shown
    assert panes_shown(width, current, 1, zoomed=True) == (current,)


@given(st.integers(1, 500), panes, any_shares)
def test_the_widths_are_the_whole_width(total: int, shown: tuple[int, ...], shares: Shares) -> None:
    given_ = widths(total, shown, shares)
    assert sum(given_) == total
    assert all(cells >= 0 for cells in given_)
    if total >= 38 + 46 + 38:
        assert all(cells >= 38 for cells in given_), "each can be read"


@given(st.integers(122, 500), st.sampled_from([(1, 2), (2, 3), (1, 2, 3)]), any_shares,
       st.data(), st.sampled_from([1, -1]))  # fmt: skip
def test_a_step_moves_one_border_and_keeps_the_rest(
    total: int, shown: tuple[int, ...], shares: Shares, data: st.DataObject, by: int
) -> None:
    current = data.draw(st.sampled_from(shown))
    before = dict(zip(shown, widths(total, shown, shares), strict=True))
    new = widened(total, shown, shares, current, by)
    if new is None:
        return
    after = dict(zip(shown, widths(total, shown, new), strict=True))
    assert 1 <= by * (after[current] - before[current]) <= 5
    for pane in shown:
        if pane != current:
            assert by * (after[pane] - before[pane]) <= 1
    for pane in {1, 2, 3} - set(shown):
        assert new[pane - 1] == shares[pane - 1]


def test_where_there_is_no_room_nothing_moves() -> None:
    assert widened(80, (2,), USUAL, 2, 1) is None
    shares: Shares = USUAL
    for _ in range(100):
        shares = widened(120, (1, 2), shares, 1, 1) or shares
    assert widths(120, (1, 2), shares) == (74, 46)
    assert widened(120, (1, 2), shares, 1, 1) is None


def test_an_arrangement_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "new" / "screen.json"
    assert Remembered(file).shares == USUAL
    one, other = Remembered(file), Remembered(file)
    one.keep(shares=(1.0, 2.0, 1.5))
    other.keep(theme="pmdesk-light")
    one.write()
    other.write()
    again = Remembered(file)
    assert (again.shares, again.theme) == ((1.0, 2.0, 1.5), "pmdesk-light")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", "\ud800", '{"shares": [1, 2]}', '{"shares": [NaN, 1, 1]}', "[" * 100_000,
     '{"shares": [0, -1, 1e999]}', '{"shares": "wide", "theme": 3}'],
)  # fmt: skip
def test_a_strange_file_costs_the_arrangement_and_no_more(tmp_path: Path, content: str) -> None:
    file = tmp_path / "screen.json"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    strange = Remembered(file)
    assert (strange.shares, strange.theme) == (USUAL, None)


def test_where_it_cant_be_written_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    nowhere = Remembered(tmp_path / "file" / "screen.json")
    nowhere.keep(theme="x")
    nowhere.write()
    assert nowhere.theme == "x"
