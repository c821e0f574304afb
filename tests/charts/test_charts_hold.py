"""What every chart promises, whatever it is given."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmdesk.charts import Chart, draw, svg
from pmdesk.charts.bars import Bar, Bars
from pmdesk.charts.columns import Column, Columns, Mark
from pmdesk.charts.progress import Progress
from pmdesk.charts.sparkline import Sparkline
from pmdesk.charts.square import Square
from pmdesk.charts.text import cells, cut, figure, known, pad

from .drawn import HOSTILE, KINDS, charts, numbers, text

SVG = "{http://www.w3.org/2000/svg}"
FULL = (
    Bars("Hours", KINDS, (Bar("Mon 9", (2.0, 3.0, 0.5), 1.9), Bar("Tue 10", (None,) * 3))),
    Columns("Share", (Column("W23", 17.6, 35), Column("W24", None, 35)), (Mark(27, "actual"),)),
    Square("Served", 11, 2, 9, 9),
    Sparkline("Share", (1, None, 3)),
    Progress("Done", 12, 20, 0.5),
)


@given(charts, st.integers(1, 220))
def test_no_line_is_wider_than_asked_and_nothing_steers_the_terminal(
    chart: Chart, width: int
) -> None:
    for spans in draw(chart, width):
        line = "".join(part for part, _ in spans)
        assert cells(line) <= width
        assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in line)


@given(st.sampled_from(FULL), st.integers(24, 200))
def test_lines_fit_as_the_terminal_counts_them(chart: Chart, width: int) -> None:
    lines = draw(chart, width)
    assert lines
    assert all(cell_len("".join(part for part, _ in spans)) <= width for spans in lines)


NOT_A_NUMBER = re.compile(r"(?<![a-z])(nan|inf)(?![a-z])", re.IGNORECASE)


@given(numbers, numbers, st.integers(10, 120))
def test_what_is_no_number_is_never_printed_as_one(
    one: float | None, other: float | None, width: int
) -> None:
    for chart in (
        Bars("", KINDS, (Bar("a", (one, other)),), full=8),
        Columns("", (Column("a", one, other), Column("b", other, one))),
        Square("", one, other, one, other),
        Sparkline("", (one, other)),
        Progress("", one, other, one),
    ):
        assert not NOT_A_NUMBER.search(text(chart, width))
        assert not NOT_A_NUMBER.search(re.sub(r'"c[0-9a-f]{8}-|#c[0-9a-f]{8}', "", svg(chart)))


@given(charts, st.booleans())
def test_a_picture_is_well_formed_stands_alone_and_is_the_same_each_time(
    chart: Chart, dark: bool
) -> None:
    made = svg(chart, dark)
    assert made == svg(chart, dark)
    root = ElementTree.fromstring(made.encode("utf-8"))
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    drawn = {"rect", "line", "text", "pattern", "path", "circle", "defs"}
    assert kinds <= {"svg", "title", "desc"} | drawn
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name for name in names)
    assert "://" not in made.replace("http://www.w3.org/2000/svg", "").replace(
        "".join(ElementTree.tostring(root, "unicode", "text")), ""
    )
    own = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    assert set(re.findall(r'fill="url\(#([^)]*)\)"', made)) <= own
    assert set(root.attrib["aria-labelledby"].split()) <= own


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    chart = Bars(words, KINDS, (Bar(words, (1.0,)),), target_name=words, sum_name=words)
    root = ElementTree.fromstring(svg(chart).encode("utf-8"))
    assert root.find(f".//{SVG}script") is None
    told = root.findtext(f"{SVG}title")
    assert told is not None
    assert told == "".join(root.find(f"{SVG}title").itertext())  # type: ignore[union-attr]
    if words.isascii() and words.isprintable():
        assert told == words, "escaped once, not twice"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("chart", FULL, ids=lambda chart: type(chart).__name__)
def test_a_picture_tells_its_figures_to_those_who_cannot_see_it(chart: Chart, dark: bool) -> None:
    root = ElementTree.fromstring(svg(chart, dark))
    said = root.findtext(f"{SVG}desc") or ""
    given = {
        "Bars": "Mon 9: 2.0 h my strategic, 3.0 h my tactical, 0.5 h overhead; Tue 10: – my",
        "Columns": "W23: 17.6 % (target 35 %); W24: nothing logged (target 35 %)",
        "Square": "Steer (my strategic, line of sight): 11.0 h",
        "Sparkline": "1.0, –, 3.0",
        "Progress": "12 of 20 (60 %); target 50 %",
    }
    assert given[type(chart).__name__] in said
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title")


def test_kinds_have_patterns_so_that_black_and_white_tells_them_apart() -> None:
    root = ElementTree.fromstring(svg(FULL[0]))
    fills = {rect.attrib["fill"] for rect in root.iter(f"{SVG}rect")}
    assert sum(fill.startswith("url(#") for fill in fills) == 2, "the first kind is solid"


def test_two_pictures_in_one_page_share_no_names() -> None:
    ids = [
        set(re.findall(r'id="([^"]*)"', svg(chart, dark)))
        for chart in FULL
        for dark in (False, True)
    ]
    assert len(set.union(*ids)) == sum(map(len, ids))


@pytest.mark.parametrize(
    ("value", "said"),
    [(13, "13.0"), (-0.04, "0.0"), (-1.5, "-1.5"), (1e300, "–"), (float("nan"), "–"),
     (None, "–"), (12345678, "1.23e+07"), (0, "0.0")],
)  # fmt: skip
def test_figures(value: float | None, said: str) -> None:
    assert figure(value) == said


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6))
def test_a_figure_is_the_number(value: float) -> None:
    assert float(figure(value)) == pytest.approx(value, abs=0.0501)
    assert known(value) == value


@given(st.sampled_from(HOSTILE) | st.text(), st.integers(0, 40))
def test_padding_is_exact(words: str, width: int) -> None:
    assert cells(pad(words, width)) == width
    assert cells(cut(words, width)) <= width


@pytest.mark.parametrize(
    "words", ["plain", "日本語", "🚀 go", "ＡＢ", "e\u0301", "⚠️", "a\u200bb", "한국어", "Ünïcödé"]
)
def test_cells_are_counted_as_the_screen_counts_them(words: str) -> None:
    assert cells(words) == cell_len(words)
