"""What may be asked of our side: products, requirements, solutions, visions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pmdesk.customers.actions import quoted
from pmdesk.customers.kinds import Horizon, RequirementStatus


@dataclass(frozen=True, slots=True)
class AddProduct:
    name: str
    vision: str = ""
    vision_revised: date | None = None

    def words(self) -> str:
        return f"Add the product {quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class EditProduct:
    id: int
    name: str
    vision: str = ""
    vision_revised: date | None = None
    was: EditProduct | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return f"Edit the product {quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class ReviseVision:
    """The vision of the portfolio."""

    vision: str
    revised: date | None
    was: ReviseVision | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return "Revise the vision of the portfolio"


@dataclass(frozen=True, slots=True)
class RequirementDraft:
    statement: str
    product: int
    need: int | None = None
    solution: int | None = None
    status: RequirementStatus = "candidate"
    effort_weeks: float | None = None
    horizon: Horizon | None = None
    shipped_on: date | None = None


@dataclass(frozen=True, slots=True)
class AddRequirement:
    requirement: RequirementDraft

    def words(self) -> str:
        return f"Add the requirement {quoted(self.requirement.statement)}"


@dataclass(frozen=True, slots=True)
class EditRequirement:
    id: int
    requirement: RequirementDraft
    was: EditRequirement | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return f"Edit the requirement {quoted(self.requirement.statement)}"


@dataclass(frozen=True, slots=True)
class AddSolution:
    goal: int
    name: str
    value_statement: str = ""

    def words(self) -> str:
        return f"Add the solution {quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class EditSolution:
    id: int
    goal: int
    name: str
    value_statement: str = ""
    was: EditSolution | None = field(default=None, compare=False)
    """As it stood when it was opened: what is the same there stays as the desk has it now."""

    def words(self) -> str:
        return f"Edit the solution {quoted(self.name)}"
