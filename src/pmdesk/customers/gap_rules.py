"""The rules of gaps in words: what is missing, why that matters, what fills it (DOMAIN §5)."""

from __future__ import annotations

from dataclasses import dataclass

from pmdesk.customers import gap_finding as finding


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    words: str
    """What is missing, in plain words."""
    why: str
    """Why that matters."""
    fills: str
    """The action of the customers' pane that fills it."""
    does: str
    """That action in words, as one is told to do it."""
    finds: finding.Finds


RULES = (
    Rule(
        "goal-unmeasured",
        "Nobody measures it",
        "Without a measure nobody can tell an outcome from output.",
        "reading",
        "give it a measure",
        finding.goal_unmeasured,
    ),
    Rule(
        "goal-unheard",
        "No executive has spoken of it",
        "A goal that no executive stated is our guess at their business.",
        "note",
        "note what an executive says of it",
        finding.goal_unheard,
    ),
    Rule(
        "goal-unexplained",
        "Nothing below it says what stands in its way",
        "Only what makes a goal hard to reach shows where we can help.",
        "add",
        "add what stands in its way",
        finding.goal_unexplained,
    ),
    Rule(
        "goal-one-product",
        "One product alone serves it",
        "One product helps with a task; several that serve the goal together make a solution.",
        "requirement",
        "add what another product does for it",
        finding.goal_one_product,
    ),
    Rule(
        "branch-dead-end",
        "Nothing hangs below it",
        "Their strategy is carried out in daily operations; this branch ends above them.",
        "add",
        "add what hangs below it",
        finding.branch_dead_end,
    ),
    Rule(
        "need-adrift",
        "It hangs under no goal",
        "Operations that serve no goal have no value that anybody can name.",
        "move",
        "hang it under what it serves",
        finding.need_adrift,
    ),
    Rule(
        "need-unserved",
        "No requirement serves it",
        "A need that none of our products answers is an opportunity.",
        "requirement",
        "add what a product does about it",
        finding.need_unserved,
    ),
    Rule(
        "need-one-voice",
        "A single account has spoken of it",
        "The loudest customer is not the market: ask a second one.",
        "note",
        "note what another account says of it",
        finding.need_one_voice,
    ),
    Rule(
        "requirement-orphan",
        "It answers no need",
        "What is built for no need makes a factory of features.",
        "move",
        "hang it on the need it answers",
        finding.requirement_orphan,
    ),
    Rule(
        "commit-without-sight",
        "It is committed or shipped without a line of sight",
        "Weeks are spent on it, and nobody can say which goal of a customer they serve.",
        "move",
        "hang it on a need that has a goal",
        finding.commit_without_sight,
    ),
    Rule(
        "shipped-unmeasured",
        "It shipped more than 30 days ago, and its goal was not read since",
        "Without a later reading nobody knows whether it changed anything.",
        "reading",
        "note a reading of its goal’s measure",
        finding.shipped_unmeasured,
    ),
    Rule(
        "value-names-features",
        "Its value statement names products or features",
        "Customers want the time, not the watch: say what they gain.",
        "edit",
        "word it anew",
        finding.value_names_features,
    ),
    Rule(
        "key-result-silo",
        "We measure ourselves by it, and it reaches no customer goal",
        "A measure of ours that no goal of theirs depends on makes a silo stronger.",
        "requirement",
        "add what it does for a need",
        finding.key_result_silo,
    ),
    Rule(
        "vision-missing",
        "It has no vision",
        "Without a long-term aim every request looks equally right.",
        "edit",
        "write it down",
        finding.vision_missing,
    ),
    Rule(
        "vision-stale",
        "Its vision has not been revised for more than 90 days",
        "Customers and markets move; a vision that nobody returns to stops deciding anything.",
        "edit",
        "revise it",
        finding.vision_stale,
    ),
    Rule(
        "account-no-executive",
        "No executive of it was heard in the last 90 days",
        "Users say what hurts today, executives where the business has to go.",
        "note",
        "note what an executive says",
        finding.account_no_executive,
    ),
)
"""In the order in which they are told."""
