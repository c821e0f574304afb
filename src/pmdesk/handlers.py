"""Which function carries out which action; imported by the writing thread alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmdesk.customers import actions, evidence_actions, outline_actions, product_actions
from pmdesk.customers.handlers import accounts, branches, evidence, moves, nodes, products
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
    outline_actions.AddBranch: branches.add_branch,
    actions.AddMarket: accounts.market_added,
    actions.EditMarket: accounts.market_edited,
    actions.AddAccount: accounts.account_added,
    actions.EditAccount: accounts.account_edited,
    actions.AddNode: nodes.node_added,
    actions.AddBetween: moves.node_added_between,
    actions.EditNode: nodes.node_edited,
    actions.Move: moves.move,
    actions.Reorder: moves.reorder,
    actions.Close: nodes.close,
    actions.Delete: removing.delete,
    product_actions.AddProduct: products.product_added,
    product_actions.EditProduct: products.product_edited,
    product_actions.ReviseVision: products.vision_revised,
    product_actions.AddRequirement: products.requirement_added,
    product_actions.EditRequirement: products.requirement_edited,
    product_actions.AddSolution: products.solution_added,
    product_actions.EditSolution: products.solution_edited,
    evidence_actions.AddMeasure: evidence.measure_added,
    evidence_actions.EditMeasure: evidence.measure_edited,
    evidence_actions.AddReading: evidence.reading_added,
    evidence_actions.EditReading: evidence.reading_edited,
    evidence_actions.AddEvidence: evidence.evidence_added,
    evidence_actions.EditEvidence: evidence.evidence_edited,
    evidence_actions.PutOffGap: evidence.gap_put_off,
    evidence_actions.RecallGap: evidence.gap_recalled,
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
