"""Text in cells: a line of the list must never be longer or shorter than the list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmdesk.ui.widgets.cells import elide, fit


@given(st.text(max_size=60), st.integers(0, 40), st.booleans())
def test_a_fitted_text_has_exactly_its_cells(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right)) == width


@given(st.text(max_size=60), st.integers(0, 40))
def test_an_elided_text_is_never_longer(text: str, width: int) -> None:
    assert cell_len(elide(text, width)) <= width


def test_wide_characters_count_twice() -> None:
    assert fit("日本語", 5) == "日本…"
    assert fit("日本語", 4) == "日… "
    assert fit("abc", 5, right=True) == "  abc"
    assert fit("a\tb\nc", 8) == "a b c   "
