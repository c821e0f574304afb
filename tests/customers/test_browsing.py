"""The lines of the four views: what stands on them, and how far they are read."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.browsing.twigs import VIEWS, WIDE, Browsed, View
from pmdesk.customers.browsing.views import UNASKED, below, browse
from pmdesk.store.reading import reading

from .twiglines import empty_desk, keys, node, paths, requirement, said

TODAY = date(2025, 6, 13)
NOTHING: frozenset[str] = frozenset()


def untouched(db: sqlite3.Connection, view: View) -> Browsed:
    return browse(db, view, TODAY, NOTHING, NOTHING)


@pytest.fixture
def harbourlight(demo_file: Path) -> Iterator[sqlite3.Connection]:
    with reading(demo_file) as db:
        yield db


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = empty_desk()
    yield db
    db.close()


BY_MARKET = """\
▾ Regional hospitals
  ▾ G1 Cut agency staffing from 14% to 9% of payroll this year [weight 3]
    ▸ agency % of payroll [30 % of the way · 12.5 of 14 → 9 %] →G1
    ▾ O1 Wards book agency cover because spare staff elsewhere are invisible →G1
      ▾ I1 One staffing pool shared by all sites →G1
        ▾ T1 Each morning the duty manager moves staff between wards →G1
          ▾ N1 Before 07:00, know which wards are over- and under-covered [manager] →G1
            - R1 Coverage board across sites [Rota] committed →G1
            - R2 06:30 coverage forecast [Insight] →G1
          ▾ N2 Answer a request to move wards without leaving the ward [user] →G1
            - R3 Accept or refuse a move on the phone [Rota] shipped →G1
  ▾ G2 Pass the medicines inspection with no major finding [weight 2]
    ▸ major findings [0 % of the way · 3 of 3 → 0 findings] →G2
    ▾ O2 Expired stock surfaces only at the quarterly count →G2
      ▾ T2 Technicians check dates by hand on every ward, weekly →G2
        ▾ N3 Know what expires in 30 days without walking the ward [user] →G2
          - R4 30-day expiry list [Stock] committed →G2
▾ Cold-chain distributors
  ▾ G3 Reduce write-offs of chilled stock by a third [weight 3]
    ▸ write-offs % [15 % of the way · 5.7 of 6 → 4 %] →G3
    ▾ O3 Temperature failures are known only on delivery →G3
      ▾ I2 Reroute at-risk loads within the hour →G3
        ▾ T3 Dispatchers phone drivers to rearrange drops →G3
          ▾ N4 Weigh loads at risk against spare drop capacity [manager] →G3
            - R5 At-risk load flag [Stock] →G3
            - R6 Spare-capacity map [Insight] →G3
  - G4 Keep both supermarket contracts at renewal [weight 2]
▾ Adrift: under no goal [1 need · 2 requirements] !
  ▾ N5 Get any list into a spreadsheet [user]
    - R7 Export every list [Insight] committed
  - R8 Dark theme [Rota]
  - R9 Polar label format [Stock] committed
"""
BY_ACCOUNT = """\
▾ Regional hospitals [2 accounts]
  ▾ Northmoor [30 % of revenue · heard 31 days ago]
    ▾ Executives [heard 32 days ago]
      ▸ G1 Cut agency staffing from 14% to 9% of payroll this year \
[32 days ago · importance 3]
    ▾ Managers [heard 32 days ago]
      ▸ N1 Before 07:00, know which wards are over- and under-covered \
[32 days ago · importance 3] →G1
    ▾ Users [heard 31 days ago]
      ▸ N2 Answer a request to move wards without leaving the ward \
[31 days ago · importance 2] →G1
    ▸ Not heard on 1 of 2 goals [G2] !
  ▾ Brannoc [20 % of revenue · heard 24 days ago]
    - Executives [never heard] !
    ▾ Managers [heard 24 days ago]
      ▸ N1 Before 07:00, know which wards are over- and under-covered \
[24 days ago · importance 3] →G1
    ▾ Users [heard 24 days ago]
      ▸ N3 Know what expires in 30 days without walking the ward \
[24 days ago · importance 3] →G2
    ▸ Not heard on 2 of 2 goals [G1, G2] !
▾ Cold-chain distributors [2 accounts]
  ▾ Polar [35 % of revenue · heard 4 days ago]
    ▾ Executives [heard 4 days ago]
      ▸ G3 Reduce write-offs of chilled stock by a third [4 days ago · importance 3]
    ▾ Managers [heard 4 days ago]
      ▸ N4 Weigh loads at risk against spare drop capacity [4 days ago · importance 3] →G3
    - Users [never heard] !
    ▸ Not heard on 1 of 2 goals [G4] !
  ▾ Greengate [15 % of revenue · heard 17 days ago]
    - Executives [never heard] !
    ▾ Managers [heard 17 days ago]
      ▸ N4 Weigh loads at risk against spare drop capacity [17 days ago · importance 2] →G3
    - Users [never heard] !
    ▸ Not heard on 2 of 2 goals [G3, G4] !
"""
BY_PRODUCT = """\
- Portfolio [vision revised 43 days ago · Hospitals and distributors run their scarce people and \
stock as one pool, across sites.]
▾ Rota [3 requirements · vision revised 104 days ago] !
  - R8 Dark theme [no need] !
  ▸ R1 Coverage board across sites [N1 ▸ G1] committed →G1
  ▸ R3 Accept or refuse a move on the phone [N2 ▸ G1] shipped →G1
▾ Stock [3 requirements · no vision] !
  - R9 Polar label format [no need] committed !
  ▸ R4 30-day expiry list [N3 ▸ G2] committed →G2
  ▸ R5 At-risk load flag [N4 ▸ G3] →G3
▾ Insight [3 requirements · vision revised 24 days ago]
  ▸ R7 Export every list [N5 under no goal] committed !
  ▸ R2 06:30 coverage forecast [N1 ▸ G1] →G1
  ▸ R6 Spare-capacity map [N4 ▸ G3] →G3
"""
BY_SOLUTION = """\
▾ S1 Own staff first [G1 · Rota, Insight] →G1
  - G1 Cut agency staffing from 14% to 9% of payroll this year [weight 3]
  ▾ Rota [2 requirements]
    - R1 Coverage board across sites [N1] committed →G1
    - R3 Accept or refuse a move on the phone [N2] shipped →G1
  ▾ Insight [1 requirement]
    - R2 06:30 coverage forecast [N1] →G1
▾ S2 Chilled loads saved on the road [G3 · Stock, Insight] →G3
  - G3 Reduce write-offs of chilled stock by a third [weight 3]
  ▾ Stock [1 requirement]
    - R5 At-risk load flag [N4] →G3
  ▾ Insight [1 requirement]
    - R6 Spare-capacity map [N4] →G3
▾ In no solution [4 requirements]
  - R4 30-day expiry list [Stock · N3] committed →G2
  - R7 Export every list [Insight · N5] committed
  - R8 Dark theme [Rota · no need]
  - R9 Polar label format [Stock · no need] committed
▾ Without a solution [2 goals]
  - G2 Pass the medicines inspection with no major finding [weight 2]
  - G4 Keep both supermarket contracts at renewal [weight 2]
"""
WHOLE: dict[View, str] = {
    "market": BY_MARKET, "account": BY_ACCOUNT, "product": BY_PRODUCT, "solution": BY_SOLUTION,
}  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_the_worked_example(harbourlight: sqlite3.Connection, view: View) -> None:
    shown = untouched(harbourlight, view)
    assert "\n".join(said(shown.roots)) + "\n" == WHOLE[view]
    assert shown.counts == (("market", 2), ("account", 4), ("product", 3), ("solution", 2))
    each = list(paths(shown.roots))
    assert len(each) == len(set(each))


def test_what_does_not_open_by_itself(harbourlight: sqlite3.Connection) -> None:
    def under(view: View, path: str) -> list[str]:
        return list(said(below(harbourlight, view, TODAY, path)))

    assert under("market", "market 1/G1/measure 1")[0] == "- 12.5 % [Tue 1 Apr]"
    assert under("account", "market 1/account 2/account 2 user/N3") == [
        "- “Wednesday is date-checking day: four of us, every cupboard, and we still miss some.”"
        " [Iain Mackie, chief pharmacy technician · Tue 20 May · importance 3]"
    ]
    assert under("account", "market 2/account 3/unheard") == [
        "- G4 Keep both supermarket contracts at renewal [weight 2]"
    ]
    assert under("product", "product 2/R5") == [
        "- N4 Weigh loads at risk against spare drop capacity [manager] →G3",
        "- G3 Reduce write-offs of chilled stock by a third [weight 3]",
    ]
    assert under("product", "product 3/R7") == ["- N5 Get any list into a spreadsheet [user]"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "path",
    ["", "market 9", "market 1/G99", "market 1/account 9", "market 1/account 9/account 9 user",
     "market 1/account 9/account 9 user/N99", "product 9", "R99", "S9", "S9/product 1",
     "a/b/c/d/e"],
)  # fmt: skip
def test_below_what_is_gone_there_is_nothing(
    harbourlight: sqlite3.Connection, view: View, path: str
) -> None:
    assert below(harbourlight, view, TODAY, path) == ()


# What gives sight -----------------------------------------------------------------------------


def test_only_an_active_goal_gives_sight(db: sqlite3.Connection) -> None:
    over = node(db, "G1", status="reached")
    need = node(db, "N1", node(db, "O1", over))
    requirement(db, "R1", need)
    requirement(db, "R2", need, "dropped")
    requirement(db, "R3", node(db, "N2", node(db, "G2")))
    assert list(said(untouched(db, "market").roots)) == [
        "▾ Ports",
        "  ▾ G1 The goal G1 [weight 2] reached",
        "    ▾ O1 The obstacle O1",
        "      ▾ N1 The need N1 [user]",
        "        - R1 The requirement R1 [Rota]",
        "        - R2 The requirement R2 [Rota] dropped",
        "  ▾ G2 The goal G2 [weight 2]",
        "    ▾ N2 The need N2 [user] →G2",
        "      - R3 The requirement R3 [Rota] →G2",
    ]
    assert list(said(untouched(db, "product").roots))[1:] == [
        "▾ Rota [2 requirements · no vision] !",
        "  ▸ R1 The requirement R1 [N1 ▸ G1 reached] !",
        "  ▸ R3 The requirement R3 [N2 ▸ G2] →G2",
        "  ▸ R2 The requirement R2 [N1 ▸ G1 reached] dropped",
    ]


def test_an_executive_must_be_heard_again_after_90_days(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO account (market_id, name, status) VALUES (1, 'Dover', 'lost')")
    goal = node(db, "G1")
    for layer in ("executive", "user"):
        db.execute(
            """INSERT INTO evidence (node_id, account_id, layer, heard_on, importance)
               VALUES (?1, 1, ?2, '2025-03-01', 1), (?1, 1, ?2, '2025-03-14', NULL)""",
            (goal, layer),
        )
    lines = list(said(untouched(db, "account").roots))
    assert lines[1:4] == [
        "  ▾ Dover [heard 91 days ago] lost",
        "    ▾ Executives [heard 91 days ago] !",
        "      ▸ G1 The goal G1 [91 days ago · 2 times]",
    ]
    assert "    ▾ Users [heard 91 days ago]" in lines
    quotes = below(db, "account", TODAY, "market 1/account 1/account 1 user/G1")
    assert [twig.words for twig in quotes] == ["No words noted"] * 2


def test_what_hangs_in_a_circle_has_no_sight(db: sqlite3.Connection) -> None:
    tactic = node(db, "T1", node(db, "I1", node(db, "G1")))
    db.execute("UPDATE node SET parent_id = ? WHERE code = 'I1'", (tactic,))
    requirement(db, "R1", node(db, "N1", tactic))
    (line,) = below(db, "product", TODAY, "product 1")
    assert (line.goal, line.warns) == ("", True)


# How far it is read ---------------------------------------------------------------------------


@pytest.fixture
def wide(db: sqlite3.Connection) -> sqlite3.Connection:
    """Goal G1 with 330 needs, of which N1 has the requirement R1; goal G2 with one."""
    first = node(db, "G1")
    for number in range(1, 331):
        node(db, f"N{number}", first)
    requirement(db, "R1", first + 1)
    node(db, "N400", node(db, "G2"))
    return db


def test_a_wide_level_is_cut(wide: sqlite3.Connection) -> None:
    cut = below(wide, "market", TODAY, "market 1/G1")
    assert [twig.key for twig in cut[298:]] == ["N299", "N300", ""]
    assert (cut[-1].kind, cut[-1].note, cut[-1].path) == ("more", "30", "market 1/G1/more")
    assert len(below(wide, "market", TODAY, "market 1/G1", 330)) == 330
    opened = frozenset({"market 1", "market 1/G1"})
    shown = browse(wide, "market", TODAY, opened, NOTHING, {"market 1/G1": 305}).roots[0]
    assert shown.below
    assert shown.below[0].below
    assert [twig.note for twig in shown.below[0].below[-2:]] == ["user", "25"]


def test_a_few_more_are_shown_rather_than_told(wide: sqlite3.Connection) -> None:
    shown = below(wide, "market", TODAY, "market 1/G1", 310)
    assert (len(shown), shown[-1].key) == (330, "N330")
    node(wide, "N331", 1)
    assert [one.note for one in below(wide, "market", TODAY, "market 1/G1", 310)[309:]] == [
        "user", "21",
    ]  # fmt: skip


def test_whole_levels_open_as_far_as_there_is_room(wide: sqlite3.Connection) -> None:
    shown = untouched(wide, "market")
    assert len(list(paths(shown.roots))) == 1 + 2 + WIDE + 1 + 1 + 1
    for number in range(401, 500):
        node(wide, f"N{number}", 332)
    assert len(list(paths(untouched(wide, "market").roots))) == 3 <= UNASKED


def test_what_the_person_opened_and_closed_stays_so(wide: sqlite3.Connection) -> None:
    for number in range(401, 500):
        node(wide, f"N{number}", 332)
    opened = browse(wide, "market", TODAY, frozenset({"market 1/G2"}), NOTHING)
    assert "market 1/G2/N400" in set(paths(opened.roots))
    closed = browse(wide, "market", TODAY, NOTHING, frozenset({"market 1/G1", "market 7"}))
    assert keys(closed.roots).startswith("market 1 (G1 G2 (N400 ")
    assert keys(browse(wide, "market", TODAY, NOTHING, frozenset({"market 1"})).roots) == "market 1"


def test_what_reaches_no_goal_is_on_top_of_the_widest_product(db: sqlite3.Connection) -> None:
    need = node(db, "N1", node(db, "G1"))
    for number in range(1, 20):
        requirement(db, f"R{number}", need)
    requirement(db, "R20", node(db, "N2"))
    requirement(db, "R21")
    requirement(db, "R22", node(db, "N3", node(db, "G2", status="dropped")))
    lines = below(db, "product", TODAY, "product 1", 5)
    assert [twig.key for twig in lines] == ["R21", "R20", "R22", "R1", "R2", ""]
    assert lines[-1].note == "17"


@st.composite
def hierarchies(draw: st.DrawFn) -> list[tuple[str, int | None, str]]:
    """Nodes and requirements: the code, the place of what it hangs on, the status."""
    grown: list[tuple[str, int | None, str]] = []
    for number in range(1, draw(st.integers(1, 25)) + 1):
        letter = draw(st.sampled_from("GOITNR"))
        above = [at for at, one in enumerate(grown) if may_hang(letter, one[0][0])]
        at = draw(st.sampled_from([None, *above])) if above else None
        if at is None and letter in "OIT":
            continue
        status = draw(st.sampled_from(["active", "reached", "dropped"]))
        grown.append((f"{letter}{number}", at, status))
    return grown


def may_hang(letter: str, above: str) -> bool:
    if "R" in (letter, above):
        return (letter, above) == ("R", "N")
    return "GOITN".index(above) < "GOITN".index(letter)


@pytest.fixture(scope="module")
def shared() -> Iterator[sqlite3.Connection]:
    db = empty_desk()
    yield db
    db.close()


@given(grown=hierarchies())
def test_by_market_everything_stands_once(
    shared: sqlite3.Connection, grown: list[tuple[str, int | None, str]]
) -> None:
    """Whatever was planted is reached by opening everything, and told its sight."""
    shared.execute("BEGIN")
    ids: list[int] = []
    for code, at, status in grown:
        above = None if at is None else ids[at]
        if code[0] == "R":
            ids.append(requirement(shared, code, above))
        else:
            ids.append(node(shared, code, above, status))
    found: Counter[str] = Counter()
    sights: dict[str, str] = {}
    waiting = list(untouched(shared, "market").roots)
    while waiting:
        twig = waiting.pop()
        found[twig.key] += twig.kind not in ("market", "heading")
        sights[twig.key] = twig.goal
        lower = below(shared, "market", TODAY, twig.path) if twig.has_below else ()
        assert bool(lower) is twig.has_below
        waiting += lower
    shared.execute("ROLLBACK")
    assert +found == Counter(code for code, _, _ in grown)
    for place, (code, _, _) in enumerate(grown):
        root = place
        while (higher := grown[root][1]) is not None:
            root = higher
        goal, _, status = grown[root]
        assert sights[code] == (goal if goal[0] == "G" and status == "active" else "")
