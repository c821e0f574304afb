"""The forms of the hierarchy: which one adds a kind of thing where, which one edits a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmdesk.customers.item import kind_of, layer_of
from pmdesk.customers.things import (
    PORTFOLIO,
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
    Thing,
)
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.kinds import NodeKind, ThingKind
    from pmdesk.desk import Action
    from pmdesk.ui.dialogs.dialog import Dialog

    Form = Dialog[Action]


def form_to_add(hierarchy: Hierarchy, kind: ThingKind, under_key: str, today: date) -> Form:
    """The form for a new thing below another, or on its own where that is "". A reading where
    nothing is measured yet begins with the measure, the first requirement with a product.
    RefusedError says why it can't stand there."""
    form = _adding(hierarchy, kind, hierarchy.thing(layer_of(under_key)[0]), today)
    asked = form.kind if kind in ("reading", "requirement") else kind
    form.subject = f"add {asked} {under_key}".strip()
    if kind == "requirement" and asked == "product":
        form.then = ("requirement", *filter(None, (under_key,)))
    return form


def form_to_fill(hierarchy: Hierarchy, upper: str, kind: NodeKind, lower: str, today: date) -> Form:
    """The form for a level that is missing between two things; `upper` is "" where the lower
    one hangs on nothing. RefusedError where such a node can't hang on nothing either."""
    below = hierarchy.thing(lower)
    form = _node(hierarchy, kind, hierarchy.thing(upper), today, lower)
    if isinstance(below, Node) and not upper:
        form.about = f"above {below.code} {below.statement}"
    form.subject = f"fill {kind} {lower} {upper}".strip()
    return form


def form_to_edit(hierarchy: Hierarchy, key: str, today: date) -> Form:
    """The form with what there is. RefusedError where there is no such thing."""
    if kind_of(key) == "evidence":
        from pmdesk.ui.dialogs.evidence import form_to_edit as form_to_edit_evidence

        return form_to_edit_evidence(hierarchy, key, today)
    key = layer_of(key)[0]
    form = _editing(hierarchy, key, hierarchy.thing(key), today)
    form.subject = f"edit {key}"
    return form


def form_again(hierarchy: Hierarchy, subject: str, today: date) -> Form:
    """The form that a draft with this subject was typed into. RefusedError where what it was
    about is gone."""
    does, _, rest = subject.partition(" ")
    if does == "edit":
        return form_to_edit(hierarchy, rest, today)
    kind, _, under = rest.partition(" ")
    if does == "fill":
        lower, _, upper = under.partition(" ")
        if hierarchy.thing(lower) is None:
            raise RefusedError(f"{lower} is gone, and this was to stand above it.")
        return form_to_fill(hierarchy, upper, kind, lower, today)  # type: ignore[arg-type]
    if under and under != PORTFOLIO and hierarchy.thing(under) is None:
        raise RefusedError(f"{under} is gone, and this was to stand below it.")
    return form_to_add(hierarchy, kind, under, today)  # type: ignore[arg-type]


# Adding ---------------------------------------------------------------------------------------


def _adding(hierarchy: Hierarchy, kind: ThingKind, under: Thing | None, today: date) -> Form:
    match kind:
        case "market":
            from pmdesk.ui.dialogs.market import MarketForm

            return MarketForm(hierarchy, today)
        case "account":
            return _account(hierarchy, under, today)
        case "product":
            from pmdesk.ui.dialogs.product import ProductForm

            return ProductForm(hierarchy, today)
        case "requirement":
            return _requirement(hierarchy, under, today)
        case "solution":
            from pmdesk.ui.dialogs.solution import SolutionForm

            return SolutionForm(hierarchy, today, _goal(hierarchy, under))
        case "measure":
            return _measure(hierarchy, under, today)
        case "reading":
            return _reading(hierarchy, under, today)
        case "goal" | "obstacle" | "initiative" | "tactic" | "need":
            return _node(hierarchy, kind, under, today)
    raise RefusedError(f"No {kind} is added here.")


def _account(hierarchy: Hierarchy, under: Thing | None, today: date) -> Form:
    from pmdesk.ui.dialogs.account import AccountForm

    if not hierarchy.markets:
        raise RefusedError("An account is in a market, and there is none: add a market first.")
    return AccountForm(hierarchy, today, _market(hierarchy, under))


def _node(
    hierarchy: Hierarchy, kind: NodeKind, under: Thing | None, today: date, lower: str = ""
) -> Form:
    from pmdesk.customers.kinds import may_hang_on
    from pmdesk.phrases import a
    from pmdesk.ui.dialogs.node import NodeForm

    if kind == "goal":
        if not hierarchy.markets:
            raise RefusedError("A goal is a market's, and there is none: add a market first.")
        return NodeForm(hierarchy, today, kind, market=_market(hierarchy, under), lower=lower)
    parent = under if isinstance(under, Node) else None
    if not may_hang_on(kind, parent.kind if parent else None):
        where = f"{parent.code} is {a(parent.kind)}" if parent else "select that first"
        raise RefusedError(f"{a(kind).capitalize()} hangs on something above it: {where}.")
    return NodeForm(hierarchy, today, kind, parent=parent, lower=lower)


def _requirement(hierarchy: Hierarchy, under: Thing | None, today: date) -> Form:
    from pmdesk.ui.dialogs.requirement import RequirementForm

    if not hierarchy.products:
        from pmdesk.ui.dialogs.product import ProductForm

        form = ProductForm(hierarchy, today)
        form.about = "first the product that must do it; then the requirement"
        return form
    need = product = solution = None
    match under:
        case Node(kind="need"):
            need = under.id
        case Node():
            raise RefusedError(f"A requirement is about a need: select one below {under.code}.")
        case Product():
            product = under.id
        case Solution():
            solution = under.id
        case Requirement():  # one more for the same need
            need, solution = under.need_id, under.solution_id
    return RequirementForm(hierarchy, today, need, product, solution)


def _measure(hierarchy: Hierarchy, under: Thing | None, today: date) -> Form:
    from pmdesk.ui.dialogs.measure import MeasureForm

    of = under if isinstance(under, Product) else _goal(hierarchy, under)
    if of is None:
        raise RefusedError("A measure is of a goal or of a product: select one.")
    return MeasureForm(hierarchy, today, of)


def _reading(hierarchy: Hierarchy, under: Thing | None, today: date) -> Form:
    from pmdesk.ui.dialogs.reading import ReadingForm

    if isinstance(under, Reading):
        under = _measured(hierarchy, under)
    if isinstance(under, Measure):
        return ReadingForm(hierarchy, today, (under,))
    if isinstance(under, Product):
        measures, about = hierarchy.key_results_of.get(under.id, ()), f"of {under.name}"
    else:
        goal = _goal(hierarchy, under)
        if goal is None:
            raise RefusedError("Goals and products are measured: select one of them.")
        measures, about = hierarchy.measures_of.get(goal.id, ()), f"of {goal.code} {goal.statement}"
    if not measures:
        return _measure(hierarchy, under, today)
    return ReadingForm(hierarchy, today, measures, about)


def _market(hierarchy: Hierarchy, under: Thing | None) -> int | None:
    """The market that a thing is in; the only one where it is in none."""
    if isinstance(under, Market):
        return under.id
    if isinstance(under, Node | Account) and under.market_id is not None:
        return under.market_id
    return hierarchy.markets[0].id if len(hierarchy.markets) == 1 else None


def _goal(hierarchy: Hierarchy, under: Thing | None) -> Node | None:
    """The goal that a thing is, hangs below, or speaks of."""
    match under:
        case Node():
            path = hierarchy.path(under.id)
        case Evidence() | Measure():
            path = hierarchy.path(under.node_id)
        case Reading():
            return _goal(hierarchy, _measured(hierarchy, under))
        case Requirement():
            path = hierarchy.path(under.need_id)
        case Solution():
            path = hierarchy.path(under.goal_id)
        case _:
            return None
    return path[0] if path and path[0].kind == "goal" else None


# Editing --------------------------------------------------------------------------------------


def _editing(hierarchy: Hierarchy, key: str, thing: Thing | None, today: date) -> Form:
    match thing:
        case Market():
            from pmdesk.ui.dialogs.market import MarketForm

            return MarketForm(hierarchy, today, thing)
        case Account():
            from pmdesk.ui.dialogs.account import AccountForm

            return AccountForm(hierarchy, today, account=thing)
        case Node():
            from pmdesk.ui.dialogs.node import NodeForm

            return NodeForm(hierarchy, today, thing.kind, node=thing)
        case Product():
            from pmdesk.ui.dialogs.product import ProductForm

            return ProductForm(hierarchy, today, thing)
        case Requirement():
            from pmdesk.ui.dialogs.requirement import RequirementForm

            return RequirementForm(hierarchy, today, requirement=thing)
        case Solution():
            from pmdesk.ui.dialogs.solution import SolutionForm

            return SolutionForm(hierarchy, today, solution=thing)
        case Measure():
            from pmdesk.ui.dialogs.measure import MeasureForm

            return MeasureForm(hierarchy, today, measure=thing)
        case Reading():
            return _edit_reading(hierarchy, thing, today)
        case Evidence() | None:
            if key == PORTFOLIO:
                from pmdesk.ui.dialogs.vision import PortfolioForm

                return PortfolioForm(hierarchy, today)
    raise RefusedError(f"There is no {key} to be edited.")


def _edit_reading(hierarchy: Hierarchy, reading: Reading, today: date) -> Form:
    from pmdesk.ui.dialogs.reading import ReadingForm

    return ReadingForm(hierarchy, today, (_measured(hierarchy, reading),), reading=reading)


def _measured(hierarchy: Hierarchy, reading: Reading) -> Measure:
    return next(one for one in hierarchy.measures if one.id == reading.metric_id)
