"""The tables of the inbox; `model_validate` makes a row that is valid."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from pmdesk.customers.kinds import Function
from pmdesk.requests.actions import Authority, DeclineReason, KeptReason
from pmdesk.requests.lifecycle import State
from pmdesk.store.types import Day, Flag, Instant


class Owner(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(min_length=1)
    function: Function = Field(sa_type=Text)
    person: str | None = None


class Rule(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    from_function: Function = Field(sa_type=Text)
    topic: str = Field(min_length=1)
    owner_id: int = Field(foreign_key="owner.id")
    reply: str | None = None
    active: bool = Field(default=True, sa_type=Flag)
    trained_on: date | None = Field(default=None, sa_type=Day)


class Request(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(ge=1)
    title: str = Field(min_length=1)
    body: str = ""
    arrived_at: datetime = Field(sa_type=Instant)
    arrived_on: date = Field(sa_type=Day)
    zone: str
    date_note: str | None = None
    source: str = Field(min_length=1)
    source_id: str | None = None
    state: State = Field(default="new", sa_type=Text)
    parked_until: date | None = Field(default=None, sa_type=Day)
    from_function: Function | None = Field(default=None, sa_type=Text)
    requester: str | None = None
    address: str | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id")
    topic: str | None = Field(default=None, min_length=1)
    due: date | None = Field(default=None, sa_type=Day)
    reason: KeptReason | DeclineReason | None = Field(default=None, sa_type=Text)
    reason_text: str | None = None
    reply: str | None = None
    estimate_minutes: int | None = Field(default=None, ge=1, le=60000)
    merged_into_id: int | None = Field(default=None, foreign_key="request.id")
    node_id: int | None = Field(default=None, foreign_key="node.id")
    requirement_id: int | None = Field(default=None, foreign_key="requirement.id")
    decided_at: datetime | None = Field(default=None, sa_type=Instant)


class RequestMessage(SQLModel, table=True):
    """One message of a request's thread, whole, as it came."""

    __tablename__ = "message"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    source: str
    source_id: str
    sender: str | None = None
    address: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    zone: str | None = None
    body: str
    attachments: str | None = None


class Handoff(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    owner_id: int = Field(foreign_key="owner.id")
    authority: Authority = Field(sa_type=Text)
    handed_at: datetime = Field(sa_type=Instant)
    zone: str
    follow_up: date = Field(sa_type=Day)
    nudges: int = Field(default=0, ge=0)
    outcome: Literal["open", "closed", "returned"] = Field(default="open", sa_type=Text)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    returned_why: Literal["wrong-owner", "not-trained", "no-capacity", "really-mine"] | None = (
        Field(default=None, sa_type=Text)
    )


class Collected(SQLModel, table=True):
    """A file of the drop box that is in the desk already."""

    id: int | None = Field(default=None, primary_key=True)
    source: str
    file_name: str
