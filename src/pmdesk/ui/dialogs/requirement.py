"""A requirement: what one product must do about one need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.widget import Widget

from pmdesk.customers.kinds import Horizon, RequirementStatus
from pmdesk.customers.numbers import read_weeks, say_weeks
from pmdesk.customers.product_actions import AddRequirement, EditRequirement, RequirementDraft
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs import picks
from pmdesk.ui.dialogs.thing_form import LONG_FORM, ThingForm, filled
from pmdesk.ui.widgets.choice_field import ChoiceField
from pmdesk.ui.widgets.day_field import DayField
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.statement_field import StatementField

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Requirement
    from pmdesk.desk import Action

STATUSES = tuple((one, one) for one in ("candidate", "committed", "shipped", "dropped"))
_HORIZONS = (("", "not said"), ("short", "short"), ("long", "long"))


class RequirementForm(ThingForm):
    kind: ClassVar[str] = "requirement"
    VERTICAL_BREAKPOINTS = LONG_FORM

    def __init__(
        self,
        hierarchy: Hierarchy,
        today: date,
        need: int | None = None,
        product: int | None = None,
        solution: int | None = None,
        requirement: Requirement | None = None,
    ) -> None:
        """With what is known of a new one; or one to edit."""
        if not hierarchy.products:
            raise RefusedError("A requirement is on a product, and there is none: add one first.")
        one = requirement
        about = f"{one.code} {one.statement}" if one else _about(hierarchy, need, product, solution)
        title = "Edit the requirement" if one else "Add a requirement"
        super().__init__(hierarchy, today, title, about)
        if product is None and len(hierarchy.products) == 1:
            product = hierarchy.products[0].id
        self.need = one.need_id if one else need
        self.product = one.product_id if one else product
        self.solution = one.solution_id if one else solution
        self.requirement = one
        self.editing = one is not None

    def body(self) -> Iterator[Widget]:
        one = self.requirement
        example = "such as Coverage board across sites"
        statement = one.statement if one else ""
        yield StatementField("statement", "what the product must do", example, statement)
        yield picks.pick_field("product", "product", picks.products(self.hierarchy), self.product)
        need = self.hierarchy.node.get(self.need or 0)
        known = [picks.node(self.hierarchy, need)] if need else []
        yield picks.pick_field("need", "need", known, self.need, "empty: a gap, serves nobody yet")
        if solutions := picks.solutions(self.hierarchy):
            yield picks.pick_field("solution", "solution", solutions, self.solution,
                                   "empty: in none")  # fmt: skip
        yield ChoiceField("status", "status", STATUSES, one.status if one else "candidate")
        shipped_already = one is not None and one.status == "shipped"
        day = None if shipped_already else self.today
        shipped = filled(
            DayField(
                "shipped", "shipped on", self.today, day, "unknown" if shipped_already else ""
            ),
            one.shipped_on.isoformat() if one and one.shipped_on else "",
        )
        shipped.display = shipped_already
        yield shipped
        effort = one.effort_weeks if one else None
        yield self.number("effort", "effort in weeks", effort, read_weeks, say_weeks,
                          "such as 3, 0.5w or 3d; empty: unknown")  # fmt: skip
        yield ChoiceField("horizon", "horizon", _HORIZONS, (one.horizon if one else None) or "")

    def on_mount(self) -> None:
        needs = self.query_one("#field-need", picks.ThingField)
        needs.offer_from(lambda: picks.needs(self.hierarchy, self.need), self.hierarchy)

    @on(Field.Changed)
    def _shows_day(self, event: Field.Changed) -> None:
        if event.field.name == "status":
            self.refilled()

    def refilled(self) -> None:
        shipped = self.query_one("#field-shipped", DayField)
        shipped.display = self.typed("status") == "shipped"

    def result(self) -> Action:
        status = cast("RequirementStatus", self.typed("status"))
        shipped = self.query_one("#field-shipped", DayField)
        day = self.value("shipped", lambda _text: shipped.day) or shipped.default
        statement = self.words("statement", "Write what the product must do, or esc.")
        product = self.picked("product", "Choose the product that must do it.")
        assert product is not None
        draft = RequirementDraft(
            statement,
            product,
            self.picked("need"),
            self.picked("solution") if self.hierarchy.solutions else None,
            status,
            self.value("effort", read_weeks),
            cast("Horizon | None", self.typed("horizon") or None),
            day if status == "shipped" else None,
        )
        if self.requirement:
            return EditRequirement(self.requirement.id, draft)
        return AddRequirement(draft)


def _about(
    hierarchy: Hierarchy, need: int | None, product: int | None, solution: int | None
) -> str:
    if one := hierarchy.node.get(need or 0):
        return f"for {one.code} {one.statement}"
    if bundle := hierarchy.solution.get(solution or 0):
        return f"in {bundle.code} {bundle.name}"
    on_ = hierarchy.product.get(product or 0)
    return f"on {on_.name}" if on_ else ""
