"""The tables of the weekly review; `model_validate` makes a row that is valid."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from pmdesk.store.types import Day, Flag, Instant


class Review(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    week: str = Field(regex=r"^\d{4}-W\d{2}$")
    started_at: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    zone: str
    answers: str = "{}"
    report: str | None = None


class Commitment(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    kind: Literal["stop", "streamline", "hand-over", "conversation", "other"] = Field(sa_type=Text)
    text: str = Field(min_length=1)
    due: date | None = Field(default=None, sa_type=Day)
    kept: bool | None = Field(default=None, sa_type=Flag)
