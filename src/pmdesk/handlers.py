"""Which function carries out which action; imported by the writing thread alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmdesk.customers import (
    account_handlers,
    actions,
    branch_handlers,
    evidence_actions,
    evidence_handlers,
    move_handlers,
    outline_actions,
    product_actions,
    product_handlers,
)
from pmdesk.customers import handlers as customers
from pmdesk.hours import removing
from pmdesk.requests import handlers as requests
from pmdesk.requests import intake
from pmdesk.requests.actions import (
    Capture,
    Collect,
    Decline,
    Finish,
    ImportRequests,
    Keep,
    Park,
)
from pmdesk.review import handlers as review
from pmdesk.review.actions import LoadDesk
from pmdesk.store.writing import Handler

_CUSTOMERS: Mapping[type[Any], Handler] = {
    outline_actions.AddBranch: branch_handlers.add_branch,
    actions.AddMarket: account_handlers.market_added,
    actions.EditMarket: account_handlers.market_edited,
    actions.AddAccount: account_handlers.account_added,
    actions.EditAccount: account_handlers.account_edited,
    actions.AddNode: customers.node_added,
    actions.AddBetween: move_handlers.node_added_between,
    actions.EditNode: customers.node_edited,
    actions.Move: move_handlers.move,
    actions.Reorder: move_handlers.reorder,
    actions.Close: customers.close,
    actions.Delete: removing.delete,
    product_actions.AddProduct: product_handlers.product_added,
    product_actions.EditProduct: product_handlers.product_edited,
    product_actions.ReviseVision: product_handlers.vision_revised,
    product_actions.AddRequirement: product_handlers.requirement_added,
    product_actions.EditRequirement: product_handlers.requirement_edited,
    product_actions.AddSolution: product_handlers.solution_added,
    product_actions.EditSolution: product_handlers.solution_edited,
    evidence_actions.AddMeasure: evidence_handlers.measure_added,
    evidence_actions.EditMeasure: evidence_handlers.measure_edited,
    evidence_actions.AddReading: evidence_handlers.reading_added,
    evidence_actions.EditReading: evidence_handlers.reading_edited,
    evidence_actions.AddEvidence: evidence_handlers.evidence_added,
    evidence_actions.EditEvidence: evidence_handlers.evidence_edited,
    evidence_actions.PutOffGap: evidence_handlers.gap_put_off,
    evidence_actions.RecallGap: evidence_handlers.gap_recalled,
}

HANDLERS: Mapping[type[Any], Handler] = {
    **_CUSTOMERS,
    Capture: requests.capture,
    Keep: requests.keep,
    Finish: requests.finish,
    Park: requests.park,
    Decline: requests.decline,
    ImportRequests: intake.import_requests,
    Collect: intake.collect,
    LoadDesk: review.load_desk,
}

BACKED_UP_FIRST = (ImportRequests, LoadDesk)
