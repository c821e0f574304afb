"""The interview guide: what it asks, what it never names, and its answers filed back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.customers.evidence_actions import EvidenceDraft
from pmdesk.customers.guides.answers import Filing, file_answers
from pmdesk.customers.guides.interview import MOST, InterviewGuide, interview_guide
from pmdesk.customers.guides.questions import HOW, all_asks
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.kinds import NODE_KINDS, Layer
from pmdesk.customers.things import (
    LAYERS,
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    PutOff,
)
from pmdesk.customers.wording import feature_words
from pmdesk.errors import RefusedError
from pmdesk.text import clean

from . import growing

DAY = date(2025, 6, 13)


@pytest.fixture(scope="module")
def harbourlight(demo_file: Path) -> Hierarchy:
    return growing.harbourlight(demo_file)


def guide_for(hierarchy: Hierarchy, name: str, layer: Layer) -> InterviewGuide:
    account = next(one for one in hierarchy.accounts if one.name == name)
    return interview_guide(hierarchy, account, layer, DAY)


def codes(guide: InterviewGuide) -> list[str]:
    return [one.node.code for one in guide.questions]


def asked(guide: InterviewGuide, code: str) -> tuple[str, ...]:
    return next(one.asks for one in guide.questions if one.node.code == code)


# What it asks ---------------------------------------------------------------------------------


def test_executives_are_asked_of_results_and_obstacles(harbourlight: Hierarchy) -> None:
    guide = guide_for(harbourlight, "Northmoor", "executive")
    assert codes(guide) == ["G1", "G2", "O1", "O2"]
    text = guide.markdown()
    assert text.startswith("# Interview: Northmoor, executives\n\n- Account: Northmoor\n")
    assert "Known: 12 May 2025, Dr Anil Deshmukh, chief operating officer (executive): “E" in text
    assert "Known: agency % of payroll, from 14 to 9 %; 12.5 % on 1 Apr 2025" in text
    assert asked(guide, "G1")[0].startswith("Is this still a result you must reach")
    assert asked(guide, "G2")[0] == "Is this a result you must reach, and who is held to it?"


def test_managers_and_users_are_asked_of_their_work(harbourlight: Hierarchy) -> None:
    assert codes(guide_for(harbourlight, "Polar", "manager")) == [
        "G3", "N4", "I2", "T3", "O3", "G4",
    ]  # fmt: skip
    assert codes(guide_for(harbourlight, "Brannoc", "user")) == ["G1", "N2", "N3", "T1", "T2", "G2"]


def test_gaps_are_open_questions(harbourlight: Hierarchy) -> None:
    guide = guide_for(harbourlight, "Greengate", "executive")
    assert asked(guide, "G4")[1:] == (
        "How do you know that you are there: from where to where, until when?",
        "What makes it hard?",
    )


def test_a_gap_put_off_is_not_asked(harbourlight: Hierarchy) -> None:
    away = PutOff("goal-unmeasured", "G4", date(2025, 7, 1), "they are thinking of one")
    later = replace(harbourlight, put_off=(away,))
    assert asked(guide_for(later, "Greengate", "executive"), "G4")[1:] == ("What makes it hard?",)


def test_one_voice_is_held_against_another(harbourlight: Hierarchy) -> None:
    heard_it = asked(guide_for(harbourlight, "Brannoc", "user"), "N3")
    others = asked(guide_for(harbourlight, "Northmoor", "user"), "N3")
    assert len(others) == len(heard_it) + 1
    assert others[-1].startswith("One organisation has told us of this so far")


def test_nobody_reads_what_another_organisation_said(harbourlight: Hierarchy) -> None:
    text = guide_for(harbourlight, "Greengate", "executive").markdown()
    assert "Known: heard 9 Jun 2025 in another organisation" in text
    assert "Polar" not in text
    assert "Hale" not in text


def test_the_oldest_facts_come_first_and_a_page_is_a_page() -> None:
    nodes = tuple(_node(number, "goal", 1) for number in range(1, 31))
    heard = tuple(
        Evidence(number, number, 1, None, "executive", None, None, date(2025, 1, 31 - number), 1)
        for number in range(1, 21)
    )
    hierarchy = _hierarchy(nodes=nodes, evidence=tuple(reversed(heard)))
    guide = interview_guide(hierarchy, hierarchy.accounts[0], "executive", DAY)
    assert codes(guide) == ["G20", "G19", "G18", "G17", "G21", "G22", "G23", "G24"]
    assert len(guide.questions) == MOST
    assert "22 more questions wait for another talk." in guide.notes


def test_what_names_a_product_is_left_out_and_told(harbourlight: Hierarchy) -> None:
    node = Node(99, "N9", "need", 1, 1, "See Rota on a screen", "manager", "active", None, 9)
    more = replace(harbourlight, nodes=(*harbourlight.nodes, node))
    guide = guide_for(more, "Northmoor", "manager")
    assert "N9" not in guide.markdown()
    assert "N9 is left out: “Rota” is ours, not theirs. Say it without." in guide.notes


def test_no_question_names_a_feature() -> None:
    for words in (*all_asks(), *HOW.values()):
        assert feature_words(words, ()) == ()


# Whatever the hierarchy -----------------------------------------------------------------------

OURS = ("Rota", "Stock", "Lumen Pro")
words = st.lists(
    st.sampled_from(
        ["ward", "shift", "Rota", "Stock", "Lumen", "Pro", "reports", "[G1]", "A*", "!2"]
    ),
    min_size=1, max_size=5,
).map(" ".join)  # fmt: skip
days = st.dates(date(2025, 1, 1), DAY)
layers = st.sampled_from(LAYERS)


def _node(
    number: int, kind: str, market: int, statement: str = "less waste", **more: object
) -> Node:
    given_ = {
        "id": number, "code": f"{kind[0].upper()}{number}", "kind": kind, "market_id": market,
        "parent_id": None, "statement": statement, "layer": None, "status": "active",
        "weight": None, "position": number,
    }  # fmt: skip
    return Node(**{**given_, **more})  # type: ignore[arg-type]


def _hierarchy(**parts: object) -> Hierarchy:
    usual: dict[str, object] = {
        "markets": (Market(1, "Ports", 1),),
        "accounts": (Account(1, 1, "Zeta", "customer", None),),
    }
    return Hierarchy(**{**usual, **parts})  # type: ignore[arg-type]


@st.composite
def hierarchies(draw: st.DrawFn) -> Hierarchy:
    nodes: list[Node] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        kind = draw(st.sampled_from(NODE_KINDS)) if number > 1 else "goal"
        above = [one for one in nodes if NODE_KINDS.index(one.kind) < NODE_KINDS.index(kind)]
        parent = None if kind == "goal" else draw(st.sampled_from(above)).id
        layer = draw(st.none() | layers) if kind == "need" else None
        nodes.append(_node(number, kind, 1, draw(words), parent_id=parent, layer=layer))
    about = st.builds(
        Evidence, st.integers(1), st.sampled_from([one.id for one in nodes]), st.integers(1, 2),
        st.none(), layers, st.none() | words, st.none() | words, days, st.none(),
    )  # fmt: skip
    return _hierarchy(
        accounts=tuple(Account(n, 1, f"{draw(words)} {n}", "customer", None) for n in (1, 2)),
        nodes=tuple(nodes),
        products=tuple(Product(n, name, None, None, n) for n, name in enumerate(OURS, 1)),
        measures=(Measure(1, 1, None, draw(words), draw(words), None, 2.0),),
        evidence=tuple(sorted(draw(st.lists(about, max_size=5)), key=lambda one: one.heard_on)),
    )


@settings(max_examples=60)
@given(hierarchies(), layers)
def test_a_guide_never_names_what_we_make(hierarchy: Hierarchy, layer: Layer) -> None:
    guide = interview_guide(hierarchy, hierarchy.accounts[0], layer, DAY)
    assert feature_words(guide.markdown(), OURS) == ()


answers = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=60).map(
    lambda text: clean(" ".join(text.split()))
)


def _is_plain(answer: str) -> bool:
    """Not one that the guide itself gives a meaning."""
    start = answer.lstrip(" >#*•·–-")
    return (
        start == answer
        and not re.search(r"(^| )!\d+$", answer)
        and not start.startswith(("[", "\\[", "Person", "To be", "Open", "At the"))
    )


@settings(max_examples=60)
@given(hierarchies(), layers, st.data())
def test_what_was_filled_in_is_filed_as_it_was(
    hierarchy: Hierarchy, layer: Layer, data: st.DataObject
) -> None:
    guide = interview_guide(hierarchy, hierarchy.accounts[0], layer, DAY)
    filled: list[EvidenceDraft] = []
    text = guide.markdown().replace("Heard on:", "Heard on: 2025-06-12")
    head, *spaces = text.split("\nAnswer:\n")
    for question in guide.questions:
        lines = data.draw(st.lists(answers.filter(_is_plain), max_size=2), label=question.node.code)
        said = "\n".join(lines).strip()
        mark = data.draw(st.none() | st.integers(0, 3)) if not said.endswith("!") else None
        head += f"\nAnswer:\n{said}" + (f" !{mark}" if mark is not None else "") + spaces.pop(0)
        if said or mark is not None:
            filled.append(
                EvidenceDraft((question.node.id,), 1, layer, date(2025, 6, 12), "", said, mark)
            )
    filing = file_answers(hierarchy, "\nAnswer:\n".join((head, *spaces)), DAY)
    assert (filing.problems, filing.unplaced) == ((), ())
    if filled:
        assert filing.action().notes == tuple(filled)
    else:
        assert filing.filed == ()


# Filing ---------------------------------------------------------------------------------------


def file(hierarchy: Hierarchy, *lines: str) -> Filing:
    return file_answers(hierarchy, "\n".join(lines), DAY)


def test_what_copying_does_to_a_guide_does_not_matter(harbourlight: Hierarchy) -> None:
    filing = file(
        harbourlight,
        "> Interview: Northmoor, executives",
        "> Account: northmoor", "> Layer: Executives", "> Heard on: last fri",
        "> * Person: Dr Deshmukh",
        "> \\[G1\\] Cut agency staffing", "> • What makes it hard?",
        "> **Answer:** Twelve now.", "> And falling. !3",
        "> [G2] Pass the medicines inspection", "> Answer:",
        "> Person: Ms Reed", "> I sign for it.",
    )  # fmt: skip
    assert filing.problems == ()
    first, second = filing.action().notes
    assert (first.nodes, first.person, first.importance) == ((1,), "Dr Deshmukh", 3)
    assert first.quote == "Twelve now.\n> And falling."
    assert (second.nodes, second.person, second.heard_on) == ((7,), "Ms Reed", date(2025, 6, 6))


def test_each_person_below_an_answer_has_a_note_of_their_own(harbourlight: Hierarchy) -> None:
    filing = file(
        harbourlight,
        "Account: Northmoor", "Layer: executive", "Person: Dr Deshmukh",
        "[G1] Cut agency staffing", "Answer:", "- Still the one figure. !3",
        "Person: Ms CFO", "And the board wants 8. !2", "* By spring.",
        "Person: Mr Ode !1", "Person: Ms Late",
        "[G2] Pass the inspection", "Person: Ms Reed", "Answer:", "Answer: - I sign !2",
        "for it. !3",
    )  # fmt: skip
    said = [(one.quote, one.person, one.importance) for one in filing.action().notes]
    assert said == [
        ("Still the one figure.", "Dr Deshmukh", 3),
        ("And the board wants 8.\nBy spring.", "Ms CFO", 2),
        ("", "Mr Ode", 1), ("I sign\nfor it.", "Ms Reed", 3),
    ]  # fmt: skip
    assert filing.unplaced == ()
    assert [one.words for one in filing.problems] == [
        "What did Ms Late say? Write it below the name.",
        "!2 and then !3 for one note: the last counts.",
    ]


def test_what_has_no_place_is_told_with_its_line(harbourlight: Hierarchy) -> None:
    filing = file(
        harbourlight,
        "Account: Northmoor", "Layer: user", "They were late.",
        "[N1] Before 07:00", "It depends on the day.", "Answer: yes !7",
        "[G99] Something", "Answer: indeed", "[new] What should we have asked", "Answer: The beds.",
    )  # fmt: skip
    assert [(one.line, one.words) for one in filing.unplaced] == [
        (3, "They were late."), (5, "It depends on the day."), (7, "indeed"), (9, "The beds."),
    ]  # fmt: skip
    assert [(one.line, one.words) for one in filing.problems] == [
        (7, "G99 is no node of this desk."),
        (4, "!7 is no importance: write !0 to !3."),
    ]
    assert filing.unplaced_text().startswith("From Northmoor: They were late.\n")
    assert [one.quote for one in filing.action().notes] == ["yes !7"]


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("Layer: user", "Whom did you talk to?"),
        ("Account: Nobody\nLayer: user", "Line 1: “Nobody” is no account of this desk."),
        ("Account: Polar", "Who spoke?"),
        ("Account: Polar\nLayer: boss", "Line 2: “boss” is no layer."),
        ("Account: Polar\nLayer: user\nHeard on: soon", "Line 3: “soon” is no date"),
        ("Account: Polar\nLayer: user\nHeard on: 2025-07-01", "Line 3: "),
        ("Account: Polar\nLayer: user", "There is no answer"),
    ],
)
def test_what_is_missing_is_said(harbourlight: Hierarchy, head: str, sentence: str) -> None:
    answer = "" if sentence.startswith("There is no answer") else "yes"
    filing = file_answers(harbourlight, f"{head}\n[G3] x\nAnswer: {answer}", DAY)
    with pytest.raises(RefusedError) as refused:
        filing.action()
    assert str(refused.value).startswith(sentence)
