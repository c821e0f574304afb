"""The tables of the customer hierarchy; `model_validate` makes a row that is valid."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from pmdesk.customers.kinds import (
    AccountStatus,
    Function,
    Horizon,
    Layer,
    NodeKind,
    NodeStatus,
    RequirementStatus,
)
from pmdesk.store.types import Day


class Desk(SQLModel, table=True):
    """What the desk as a whole is about; one row."""

    id: int = Field(default=1, primary_key=True)
    name: str = Field(min_length=1)
    zone: str
    vision: str | None = None
    vision_revised: date | None = Field(default=None, sa_type=Day)
    old_function: Function | None = Field(default=None, sa_type=Text)
    contracted_minutes: int = Field(default=2400, ge=0, le=10080)
    settings: str = "{}"


class Market(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(min_length=1)
    position: int


class Account(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    market_id: int = Field(foreign_key="market.id")
    name: str = Field(min_length=1)
    status: AccountStatus = Field(default="customer", sa_type=Text)
    revenue_share: float | None = Field(default=None, ge=0, le=100)


class AccountAlias(SQLModel, table=True):
    __tablename__ = "account_alias"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    alias: str = Field(min_length=1)


class AccountDomain(SQLModel, table=True):
    __tablename__ = "account_domain"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    domain: str = Field(min_length=3)


class Node(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    code: str
    kind: NodeKind = Field(sa_type=Text)
    market_id: int | None = Field(default=None, foreign_key="market.id")
    parent_id: int | None = Field(default=None, foreign_key="node.id")
    statement: str = Field(min_length=1)
    layer: Layer | None = Field(default=None, sa_type=Text)
    status: NodeStatus = Field(default="active", sa_type=Text)
    weight: int | None = Field(default=None, ge=1, le=3)
    position: int


class Product(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(min_length=1)
    vision: str | None = None
    vision_revised: date | None = Field(default=None, sa_type=Day)
    position: int


class Solution(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    code: str
    goal_id: int = Field(foreign_key="node.id")
    name: str = Field(min_length=1)
    value_statement: str | None = None


class Requirement(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    code: str
    need_id: int | None = Field(default=None, foreign_key="node.id")
    product_id: int = Field(foreign_key="product.id")
    solution_id: int | None = Field(default=None, foreign_key="solution.id")
    statement: str = Field(min_length=1)
    status: RequirementStatus = Field(default="candidate", sa_type=Text)
    effort_weeks: float | None = Field(default=None, gt=0)
    horizon: Horizon | None = Field(default=None, sa_type=Text)
    shipped_on: date | None = Field(default=None, sa_type=Day)


class Metric(SQLModel, table=True):
    """A measure of a goal (theirs) or of a product (ours)."""

    id: int | None = Field(default=None, primary_key=True)
    node_id: int | None = Field(default=None, foreign_key="node.id")
    product_id: int | None = Field(default=None, foreign_key="product.id")
    name: str = Field(min_length=1)
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None


class Reading(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    metric_id: int = Field(foreign_key="metric.id")
    taken_on: date = Field(sa_type=Day)
    value: float
    note: str | None = None


class Evidence(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    node_id: int = Field(foreign_key="node.id")
    account_id: int = Field(foreign_key="account.id")
    request_id: int | None = Field(default=None, foreign_key="request.id")
    layer: Layer = Field(sa_type=Text)
    person: str | None = None
    quote: str | None = None
    heard_on: date = Field(sa_type=Day)
    importance: int | None = Field(default=None, ge=0, le=3)


class GapSnooze(SQLModel, table=True):
    __tablename__ = "gap_snooze"
    id: int | None = Field(default=None, primary_key=True)
    rule: str = Field(min_length=1)
    subject: str = Field(min_length=1)
    until: date = Field(sa_type=Day)
    reason: str = Field(min_length=1)
