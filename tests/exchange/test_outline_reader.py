"""The outline's grammar: what a line is, what its details say, and that no text breaks it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.customers.kinds import LETTERS, NODE_KINDS
from pmdesk.customers.outline_actions import (
    AccountPart,
    EvidencePart,
    LineKind,
    MarketPart,
    MeasurePart,
    NodePart,
    OutlineLine,
    Part,
    ProductPart,
    ReadingPart,
    RequirementPart,
    SolutionPart,
    ValuePart,
    VisionPart,
)
from pmdesk.customers.outlines.text import text_of
from pmdesk.exchange.readers.outline import Outline, read_outline, recognises
from pmdesk.text import clean, clean_line, is_blank

TODAY = date(2025, 6, 13)


def read(text: str, below: LineKind | None = None) -> Outline:
    return read_outline(text, below, TODAY)


def parts(text: str, below: LineKind | None = None) -> list[Part | None]:
    outline = read(text, below)
    assert outline.problems == []
    return [line.part for line in outline.lines]


def kinds(text: str, below: LineKind | None = None) -> list[str]:
    return [line.kind for line in read(text, below).lines]


def problems(text: str, below: LineKind | None = None) -> list[tuple[int, str]]:
    return [(one.line, one.sentence) for one in read(text, below).problems]


# What a line is -------------------------------------------------------------------------------


def test_lines_without_a_label_go_down_the_levels() -> None:
    text = "Hospitals\n  Cut cost\n    Why\n      How\n        Daily\n          See it (u)\n"
    assert kinds(text + "            Board (Rota)") == ["market", *NODE_KINDS, "requirement"]
    assert kinds("Why\n How", "goal") == ["obstacle", "initiative"]


def test_a_line_without_a_label_is_what_the_one_beside_it_is() -> None:
    text = "G: Cut cost\n  T: One\n  Two\n  Measure: cost (3 → 1)\n    2025-06-01: 2\n  Three"
    assert kinds(text, "market") == ["goal", "tactic", "tactic", "measure", "reading", "tactic"]
    assert kinds("Account: Acme\nCut cost", "market") == ["account", "goal"]


@pytest.mark.parametrize(
    "line",
    ["G: Cut cost", "- goal: Cut cost", "* **Goal:** Cut cost", "1. **G7** Cut cost",
     "\t+ G7: Cut cost", "• **Goal**: Cut cost", "## g: Cut cost", "**G7**: Cut cost"],
)  # fmt: skip
def test_a_goal_in_any_dress(line: str) -> None:
    assert parts(line, "market") == [NodePart("goal", "Cut cost")]


def test_a_code_without_a_mark_belongs_to_the_words() -> None:
    (part,) = parts("N95 masks run out", "goal")
    assert part == NodePart("obstacle", "N95 masks run out")
    (alone,) = read("- N95", "goal").lines
    assert (alone.code, alone.kind) == ("N95", "need")


def test_headings_tabs_blanks_and_crooked_indentation_nest() -> None:
    text = "# Hospitals\n\n- G: a\n\t- O: b\n       T: c\n     - N: d (u)\n---\n- G: e\n"
    above = [line.above for line in read(text).lines]
    assert above == [None, 0, 1, 2, 2, 0]


# Details ----------------------------------------------------------------------------------------


def test_the_details_of_every_kind() -> None:
    text = """
- Market: Hospitals
  - Account: Acme (UK) (12.5 %, prospect, also ACM, acme.example)
  - Goal: Cut cost (weight 3, reached)
    - Heard: "We must" (Acme, e, 2025-05-12, Ada, head of it, !3)
    - Measure: cost (14 → 9.5 %)
      - 2025-04-01: 12,5 % (audit)
    - S: Own first
      - Value: More beds
    - N: See (all of it) (m)
      - R: Board (Rota, S: Own first, 6 weeks, shipped 2025-04-20, short)
"""
    _, account, goal, heard, measure, reading, solution, value, need, requirement = parts(text)
    assert account == AccountPart("Acme (UK)", "prospect", 12.5, ("ACM",), ("acme.example",))
    assert goal == NodePart("goal", "Cut cost", None, 3, "reached")
    assert heard == EvidencePart(
        "We must", "Acme", "executive", date(2025, 5, 12), "Ada, head of it", 3
    )
    assert measure == MeasurePart("cost", 14, 9.5, "%")
    assert reading == ReadingPart(date(2025, 4, 1), 12.5, "audit")
    assert (solution, value) == (SolutionPart("Own first"), ValuePart("More beds"))
    assert need == NodePart("need", "See (all of it)", "manager")
    assert requirement == RequirementPart(
        "Board", "Rota", "Own first", 6, "shipped", date(2025, 4, 20), "short"
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("G: Cut cost (by half)", "Cut cost (by half)"),
        ("G: Cut cost (dropped, perhaps)", "Cut cost (dropped, perhaps)"),
        (r"G: Cut cost (dropped\)", "Cut cost (dropped)"),
        ("G: Cut cost(dropped)", "Cut cost(dropped)"),
        ("G: Cut )( cost)", "Cut )( cost)"),
        ("G: Cut ((cost)", "Cut ((cost)"),
    ],
)
def test_a_parenthesis_that_is_not_understood_belongs_to_the_words(line: str, words: str) -> None:
    assert parts(line, "market") == [NodePart("goal", words)]


@pytest.mark.parametrize(
    ("typed", "day"), [("fri", 6), ("today", 13), ("yesterday", 12), ("12 jun", 12), ("-1w", 6)]
)
def test_what_was_heard_was_heard_on_a_day_that_has_come(typed: str, day: int) -> None:
    (part,) = parts(f"Heard: We must (Acme, u, {typed})", "need")
    assert part == EvidencePart("We must", "Acme", "user", date(2025, 6, day))


def test_what_was_heard_is_of_today_unless_a_day_is_said() -> None:
    (part,) = parts("Heard: We must (Acme, u)", "need")
    assert part == EvidencePart("We must", "Acme", "user", TODAY)


def known(text: str, below: LineKind | None = None) -> Outline:
    return read_outline(text, below, TODAY, ["Rota", "Long", "Lumen Pro"])


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Rota: audit trail (committed, 3 w)",
         RequirementPart("audit trail", "Rota", status="committed", effort_weeks=3)),
        ("- **lumen pro:** audit (Lumen Pro, 3w)",
         RequirementPart("audit", "Lumen Pro", effort_weeks=3)),
        ("R: audit (3w, rota)", RequirementPart("audit", "rota", effort_weeks=3)),
        ("R: audit (long, long)", RequirementPart("audit", "long", horizon="long")),
        ("R: audit (product: Short, short)", RequirementPart("audit", "Short", horizon="short")),
    ],
)  # fmt: skip
def test_the_product_of_a_requirement(line: str, part: RequirementPart) -> None:
    outline = known(line, "need")
    assert (outline.problems, [one.part for one in outline.lines]) == ([], [part])
    again = known(text_of(outline.lines))
    assert (again.problems, [one.part for one in again.lines]) == ([], [part])


def test_a_product_of_the_outline_itself_is_known_and_no_other_word_is() -> None:
    text = "N: see (u)\n  Note: audit trail (Fast)\nProduct: Note"
    assert known(text).lines[1].part == RequirementPart("audit trail (Fast)", "Note")
    assert known("Why: so it is", "goal").lines[0].part == NodePart("obstacle", "Why: so it is")


def test_a_doubled_bullet_is_one() -> None:
    assert parts("- - G: a\n  - - -5% cost", "market") == [
        NodePart("goal", "a"), NodePart("obstacle", "-5% cost"),
    ]  # fmt: skip


# What is wrong ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "below", "line", "words"),
    [
        ("T: a\n  G: b", "market", 1, "A tactic can't stand below a market"),
        ("G: a\n\n  T: b\n    O: c", "market", 4, "An obstacle can't stand below a tactic"),
        ("G: a", None, 1, "A goal stands below a market"),
        ("Measure: a", None, 1, "A measure can't stand at the top"),
        ("N: see", "goal", 1, "(executive), (manager) or (user)"),
        ("R: do", "need", 1, "Which product"),
        ("R: do (committed, 3w)", "need", 1, "Which product? Write it in the parenthesis: (Rota)"),
        ("R: do (3w, comitted)", "need", 1, "Which product?"),
        ("tactc: Recount", "goal", 1, "“tactc:” is no kind: did you mean “tactic:”?"),
        ("G: a (weight 9)", "market", 1, "Weight is 1 to 3"),
        ("R: do (Rota, comitted)", "need", 1, "“comitted” is not understood"),
        ("Heard: so", "need", 1, "Who was heard"),
        ("Heard: so (Acme, u, 2025-07-01)", "need", 1, "2025-07-01 has not come yet"),
        ("R: do (Rota, shipped 2025-07-01)", "need", 1, "2025-07-01 has not come yet"),
        ("R: do (Rota, 1e300w)", "need", 1, "“1e300w” is not understood"),
        ("Vision: All (revised 2025-07-01)", None, 1, "2025-07-01 has not come yet"),
        ("soon: 3", "measure", 1, "“2025-04-01: 12.5”"),
        ("2025-02-30: 3", "measure", 1, "“2025-04-01: 12.5”"),
        ("G:", "market", 1, "no words"),
        ("G: \u2060\u3164", "market", 1, "no words"),
    ],
)
def test_problems_are_told_with_their_line(
    text: str, below: LineKind | None, line: int, words: str
) -> None:
    told = problems(text, below)
    assert line in [number for number, _ in told]
    assert words in next(sentence for number, sentence in told if number == line)


def test_the_rest_is_read_around_a_problem() -> None:
    outline = read("G: a\n  N: no layer\n    R: b (Rota)\n  O: c", "market")
    assert [line.part is None for line in outline.lines] == [False, True, False, False]
    assert outline.lines[1].words == "no layer"
    assert [one.line for one in outline.problems] == [2]


# Recognised ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["- Market: x", "\nmarket: x\n", "# Market: x", "**G1** x"])
def test_an_outline_is_recognised(text: str) -> None:
    assert recognises(text.encode("utf-8-sig"))


@pytest.mark.parametrize(
    "text", ["", "Dear Marta", "From: a@b\nSubject: x\n", "{}", "- milk", "\xff\xfe", "Note: x"]
)
def test_other_texts_are_none(text: str) -> None:
    assert not recognises(text.encode("latin-1"))


# Any text ---------------------------------------------------------------------------------------

hostile = st.text(
    st.sampled_from(list("GNRS1:*-() ,\\\n\t#“”!→?%w.<br>\x1b\u202e\r")), max_size=300
)


@given(st.one_of(hostile, st.text(max_size=200)), st.sampled_from([None, *LETTERS.values()]))
@settings(max_examples=60)
def test_no_text_breaks_it(text: str, below: LineKind | None) -> None:
    outline = read_outline(text, below, TODAY)
    for place, line in enumerate(outline.lines):
        assert line.above is None or line.above < place
    assert "\x1b" not in text_of(outline.lines)


@pytest.mark.parametrize(
    "text", ["(" * 100_000 + ")" * 100_000, "\n".join(" " * n + "G: x" for n in range(3_000)),
             "- " * 100_000, "\\" * 99_999 + ")", "G: a (" + "x," * 9_000 + ")", "*" * 100_000,
             "\n".join(["R: a (Rota, 3" + " " * 19_000 + "x)"] * 9)]
)  # fmt: skip
def test_huge_and_deep_texts_are_read_in_time(text: str) -> None:
    assert len(read(text, "market").problems) <= 200


words = st.text(
    st.one_of(st.sampled_from(list('ab ,.:;()\\*_[]<>&~`!?%→“”"#-1S')), st.characters()),
    max_size=30,
)
line_of_words = words.map(lambda one: "w" if is_blank(clean_line(one)) else clean_line(one))
text_of_words = words.map(lambda one: clean(one).strip())
numbers = st.floats(-1e14, 1e14)
days = st.dates(date(1, 1, 1), TODAY)
layer = st.sampled_from(["executive", "manager", "user"])
status = st.sampled_from(["active", "reached", "dropped"])
requirement = st.builds(
    RequirementPart, line_of_words, line_of_words, st.one_of(st.just(""), line_of_words),
    st.one_of(st.none(), st.floats(1e-9, 1e9)),
    st.sampled_from(["candidate", "committed", "shipped", "dropped"]), st.none(),
    st.sampled_from([None, "short", "long"]),
)  # fmt: skip
account = st.builds(
    AccountPart, line_of_words, st.sampled_from(["customer", "prospect", "lost"]),
    st.one_of(st.none(), st.floats(0, 100)), st.lists(line_of_words, max_size=2).map(tuple),
    st.lists(st.sampled_from(["a.example", "_b-c.example", "ü.d.example"]), max_size=2).map(tuple),
)  # fmt: skip
evidence = st.builds(
    EvidencePart, text_of_words, line_of_words, layer, days,
    st.one_of(st.just(""), line_of_words), st.one_of(st.none(), st.integers(0, 3)),
)  # fmt: skip
unit = st.one_of(st.just(""), line_of_words)
measure = st.builds(
    MeasurePart, line_of_words, st.one_of(st.none(), numbers), st.one_of(st.none(), numbers), unit
)
BELOW: dict[str, st.SearchStrategy[Part]] = {
    "market": st.builds(MarketPart, line_of_words),
    "account": account,
    "goal": st.builds(
        NodePart, st.just("goal"), line_of_words, st.none(), st.integers(1, 3), status
    ),
    "obstacle": st.builds(
        NodePart, st.sampled_from(["obstacle", "initiative", "tactic"]), line_of_words
    ),
    "need": st.builds(NodePart, st.just("need"), line_of_words, layer),
    "requirement": requirement,
    "evidence": evidence,
    "measure": measure,
    "reading": st.builds(ReadingPart, days, numbers, text_of_words),
    "solution": st.builds(SolutionPart, line_of_words),
    "value": st.builds(ValuePart, line_of_words),
    "product": st.builds(ProductPart, line_of_words),
    "vision": st.builds(VisionPart, text_of_words, st.one_of(st.none(), days)),
}
SHAPE = (
    ("market", None), ("account", 0), ("goal", 0), ("evidence", 2), ("measure", 2), ("reading", 4),
    ("solution", 2), ("value", 6), ("obstacle", 2), ("need", 8), ("evidence", 9),
    ("requirement", 9), ("product", None), ("vision", 12), ("vision", None),
)  # fmt: skip
"""One of everything, each below a place before it."""


@given(st.tuples(*(BELOW[kind] for kind, _above in SHAPE)))
@settings(max_examples=60)
def test_what_is_written_is_read_as_it_was(drawn: tuple[Part, ...]) -> None:
    lines = [
        OutlineLine(place + 1, above, part.kind, part)
        for place, (part, (_kind, above)) in enumerate(zip(drawn, SHAPE, strict=True))
    ]
    text = text_of(lines)
    outline = read(text)
    assert outline.problems == []
    assert outline.lines == lines
    assert text_of(outline.lines) == text


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    from pmdesk.errors import RefusedError
    from pmdesk.exchange.readers import outline

    path = tmp_path / "x.md"
    path.write_text("- Market: x\n")
    assert outline.read_file(path, None, TODAY).problems == []
    with path.open("ab") as file:
        file.truncate(outline.MOST_CHARACTERS + 1)
    with pytest.raises(RefusedError, match="too large"):
        outline.read_file(path, None, TODAY)
