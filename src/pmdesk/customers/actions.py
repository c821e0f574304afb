"""What may be asked of the customer hierarchy; its words."""

from typing import Literal

NodeKind = Literal["goal", "obstacle", "initiative", "tactic", "need"]
Layer = Literal["executive", "manager", "user"]
NodeStatus = Literal["active", "reached", "dropped"]
AccountStatus = Literal["customer", "prospect", "lost"]
RequirementStatus = Literal["candidate", "committed", "shipped", "dropped"]
Horizon = Literal["short", "long"]
Function = Literal[
    "customers", "sales", "support", "marketing", "development",
    "design", "executives", "operations", "partners",
]  # fmt: skip
"""Who asks, who owns, whom an hour is spent with (DOMAIN §4)."""
