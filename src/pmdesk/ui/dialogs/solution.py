"""A solution: requirements across products for one goal, and what it is worth to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from pmdesk.customers.product_actions import AddSolution, EditSolution
from pmdesk.errors import RefusedError
from pmdesk.ui.dialogs import picks
from pmdesk.ui.dialogs.thing_form import ThingForm
from pmdesk.ui.widgets.statement_field import StatementField

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Node, Solution
    from pmdesk.desk import Action


class SolutionForm(ThingForm):
    kind: ClassVar[str] = "solution"
    long: ClassVar[str] = "value"

    def __init__(
        self,
        hierarchy: Hierarchy,
        today: date,
        goal: Node | None = None,
        solution: Solution | None = None,
    ) -> None:
        """For a goal, where it is known; or one to edit."""
        if not solution and not any(one.kind == "goal" for one in hierarchy.nodes):
            raise RefusedError("A solution serves a goal, and there is none: add a goal first.")
        about = f"for {goal.code} {goal.statement}" if goal else ""
        if solution:
            about = f"{solution.code} {solution.name}"
        title = "Edit the solution" if solution else "Add a solution"
        super().__init__(hierarchy, today, title, about)
        self.goal = goal
        self.solution = solution
        self.editing = solution is not None

    def body(self) -> Iterator[Widget]:
        from pmdesk.ui.dialogs.questions import of_value_statement, words_of

        one = self.solution
        yield self.line("name", "name", one.name if one else "", "such as Own staff first")
        yield StatementField(
            "value",
            "value statement, without features",
            "such as Hospitals fill shifts with their own people and pay less for agency cover",
            (one.value_statement or "") if one else "",
            asks=of_value_statement(self.hierarchy),
            counts=words_of,
        )
        if self.goal is None:
            goals = picks.goals(self.hierarchy)
            yield picks.pick_field("goal", "goal", goals, one.goal_id if one else None)

    def result(self) -> Action:
        name = self.words("name", "Write what the solution is called, or esc.")
        value = self.text("value")
        goal = self.goal.id if self.goal else self.picked("goal", "Choose the goal it serves.")
        assert goal is not None
        if self.solution:
            return EditSolution(self.solution.id, goal, name, value)
        return AddSolution(goal, name, value)
