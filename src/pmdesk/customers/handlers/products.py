"""How our side changes: products, requirements, solutions, visions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func
from sqlmodel import select

from pmdesk.customers.actions import quoted
from pmdesk.customers.handlers.rows import (
    edited,
    finite,
    found,
    id_of,
    line,
    named,
    not_ahead,
    refuse_taken,
    set_all,
    text_or_none,
)
from pmdesk.customers.meanwhile import rebased
from pmdesk.customers.product_actions import (
    AddProduct,
    AddRequirement,
    AddSolution,
    EditProduct,
    EditRequirement,
    EditSolution,
    RequirementDraft,
    ReviseVision,
)
from pmdesk.customers.tables import Desk, Node, Product, Requirement, Solution
from pmdesk.errors import RefusedError
from pmdesk.store.work import Work

# Products and visions -------------------------------------------------------------------------


def add_product(work: Work, action: AddProduct) -> Product:
    """A new product, the last of them. Raises RefusedError."""
    last = work.session.exec(select(func.max(Product.position))).one()
    fields = _product_fields(work, action, None) | {"position": (last or 0) + 1}
    product = Product.model_validate(fields)
    work.session.add(product)
    work.session.flush()
    return product


def product_added(work: Work, action: AddProduct) -> None:
    product = add_product(work, action)
    work.words = f"Add the product {quoted(product.name)}"


def product_edited(work: Work, action: EditProduct) -> None:
    product = found(work, Product, action.id)
    now = EditProduct(action.id, product.name, product.vision or "", product.vision_revised)
    action = rebased(action, action.was, now, named(work, product))
    changed = set_all(product, **_product_fields(work, action, product))
    work.words = edited(named(work, product), changed)


def vision_revised(work: Work, action: ReviseVision) -> None:
    desk = work.session.get_one(Desk, 1)
    now = ReviseVision(desk.vision or "", desk.vision_revised)
    action = rebased(action, action.was, now, "the portfolio")
    was = (desk.vision, desk.vision_revised)
    fields = _vision(work, action.vision, action.revised, "the portfolio", was)
    same = not set_all(desk, **fields)
    work.words = "The vision of the portfolio is as it was" if same else action.words()


def _product_fields(
    work: Work, action: AddProduct | EditProduct, own: Product | None
) -> dict[str, object]:
    name = line(action.name, "The name of the product")
    others = work.session.exec(select(Product.id, Product.name)).all()
    refuse_taken(
        name, "The product", (other for row_id, other in others if own is None or row_id != own.id)
    )
    was = (own.vision, own.vision_revised) if own else (None, None)
    vision = _vision(work, action.vision, action.vision_revised, quoted(name), was)
    return {"name": name} | vision


def _vision(
    work: Work, text: str, revised: date | None, of: str, was: tuple[str | None, date | None]
) -> dict[str, object]:
    """Columns. A day without a text is refused, unless it `was` so, as in imported desks."""
    vision = text_or_none(text)
    if revised is not None and (vision, revised) != was:
        if vision is None:
            raise RefusedError(f"The vision of {of} is empty: it can't have been revised.")
        not_ahead(work, revised, f"The revision of the vision of {of}")
    return {"vision": vision, "vision_revised": revised}


# Requirements ---------------------------------------------------------------------------------


def add_requirement(work: Work, draft: RequirementDraft) -> Requirement:
    """A new requirement with a fresh code. Raises RefusedError."""
    fields = _requirement_fields(work, draft, None)
    code = f"R{work.take_numbers('R')}"
    requirement = Requirement.model_validate(fields | {"code": code})
    work.session.add(requirement)
    work.session.flush()
    return requirement


def requirement_added(work: Work, action: AddRequirement) -> None:
    requirement = add_requirement(work, action.requirement)
    work.words = f"Add {requirement.code} {quoted(requirement.statement)}"


def requirement_edited(work: Work, action: EditRequirement) -> None:
    one = requirement = found(work, Requirement, action.id)
    now = RequirementDraft(
        one.statement, one.product_id, one.need_id, one.solution_id, one.status,
        one.effort_weeks, one.horizon, one.shipped_on,
    )  # fmt: skip
    opened = action.was.requirement if action.was else None
    draft = rebased(action.requirement, opened, now, one.code)
    fields = _requirement_fields(work, draft, requirement)
    work.words = edited(requirement.code, set_all(requirement, **fields))


def _requirement_fields(
    work: Work, draft: RequirementDraft, was: Requirement | None
) -> dict[str, object]:
    """Columns of a requirement, which may be there already."""
    found(work, Product, draft.product)
    if draft.need is not None and (need := found(work, Node, draft.need)).kind != "need":
        raise RefusedError(f"A requirement is about a need; {need.code} is a {need.kind}.")
    if draft.solution is not None:
        found(work, Solution, draft.solution)
    effort = draft.effort_weeks
    if effort is not None and finite(effort, "The effort") <= 0:
        raise RefusedError("The effort is weeks above 0, or empty where unknown.")
    return {
        "statement": line(draft.statement, "The statement of the requirement"),
        "product_id": draft.product,
        "need_id": draft.need,
        "solution_id": draft.solution,
        "status": draft.status,
        "effort_weeks": None if effort is None else float(effort),
        "horizon": draft.horizon,
        "shipped_on": _shipped_on(work, draft, was),
    }


def _shipped_on(work: Work, draft: RequirementDraft, was: Requirement | None) -> date | None:
    """Today where it is shipped now and no day is given; none where it is shipped no longer."""
    was_shipped = was is not None and was.status == "shipped"
    if draft.status == "shipped":
        if draft.shipped_on is None:
            return None if was_shipped else work.today
        return not_ahead(work, draft.shipped_on, "Shipping")
    if draft.shipped_on is not None and not was_shipped:
        raise RefusedError(f"What is {draft.status} has no day of shipping: leave it empty.")
    return None


# Solutions ------------------------------------------------------------------------------------


def add_solution(work: Work, action: AddSolution) -> Solution:
    """A new solution with a fresh code. Raises RefusedError."""
    fields = _solution_fields(work, action)
    code = f"S{work.take_numbers('S')}"
    solution = Solution.model_validate(fields | {"code": code})
    work.session.add(solution)
    work.session.flush()
    return solution


def solution_added(work: Work, action: AddSolution) -> None:
    solution = add_solution(work, action)
    work.words = f"Add {solution.code} {quoted(solution.name)}"


def solution_edited(work: Work, action: EditSolution) -> None:
    solution = found(work, Solution, action.id)
    value = solution.value_statement or ""
    now = EditSolution(action.id, solution.goal_id, solution.name, value)
    action = rebased(action, action.was, now, solution.code)
    work.words = edited(solution.code, set_all(solution, **_solution_fields(work, action)))


def _solution_fields(work: Work, action: AddSolution | EditSolution) -> dict[str, object]:
    goal = found(work, Node, action.goal)
    if goal.kind != "goal":
        raise RefusedError(f"A solution is for a goal; {goal.code} is no goal.")
    return {
        "goal_id": id_of(goal),
        "name": line(action.name, "The name of the solution"),
        "value_statement": text_or_none(action.value_statement),
    }
