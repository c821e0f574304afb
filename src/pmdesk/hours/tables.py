"""The tables of the hours; `model_validate` makes a row that is valid."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from pmdesk.customers.kinds import Function
from pmdesk.hours.actions import AuditVerdict, KindOfWork
from pmdesk.store.types import Day, Flag, Instant

_WEEK = r"^\d{4}-W\d{2}$"


class Category(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(min_length=1)
    kind: KindOfWork = Field(sa_type=Text)
    position: int


class Entry(SQLModel, table=True):
    """Time spent. `day` and `week` are in the user's zone."""

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(sa_type=Day)
    week: str = Field(regex=_WEEK)
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    minutes: int = Field(ge=0, le=1500)
    zone: str
    running: bool = Field(default=False, sa_type=Flag)
    category_id: int = Field(foreign_key="category.id")
    with_function: Function | None = Field(default=None, sa_type=Text)
    reactive: bool = Field(default=False, sa_type=Flag)
    note: str | None = None
    verdict: AuditVerdict | None = Field(default=None, sa_type=Text)
    hand_to_id: int | None = Field(default=None, foreign_key="owner.id")
    request_id: int | None = Field(default=None, foreign_key="request.id")
    node_id: int | None = Field(default=None, foreign_key="node.id")
    market_id: int | None = Field(default=None, foreign_key="market.id")
    source: str | None = None
    source_id: str | None = None


class Target(SQLModel, table=True):
    """The share of strategic hours aimed at, from a week on."""

    id: int | None = Field(default=None, primary_key=True)
    from_week: str = Field(regex=_WEEK)
    share: float = Field(ge=0, le=1)


class Block(SQLModel, table=True):
    """A stretch of strategic work committed for a week."""

    id: int | None = Field(default=None, primary_key=True)
    week: str = Field(regex=_WEEK)
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    zone: str


class DayOff(SQLModel, table=True):
    __tablename__ = "day_off"
    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(sa_type=Day)
    note: str | None = None
