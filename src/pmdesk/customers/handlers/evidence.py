"""How measures, readings, what was heard, and gaps that are put off change."""

from __future__ import annotations

import re

from sqlmodel import select

from pmdesk.customers.actions import quoted
from pmdesk.customers.evidence_actions import (
    AddEvidence,
    AddMeasure,
    AddReading,
    EditEvidence,
    EditMeasure,
    EditReading,
    EvidenceDraft,
    PutOffGap,
    RecallGap,
)
from pmdesk.customers.gap_rules import RULES
from pmdesk.customers.handlers.rows import (
    by_key,
    capital,
    day,
    edited,
    finite,
    finite_or_none,
    found,
    id_of,
    line,
    line_or_none,
    named,
    not_ahead,
    set_all,
    text_or_none,
)
from pmdesk.customers.meanwhile import rebased
from pmdesk.customers.tables import Account, Evidence, GapSnooze, Metric, Node, Product, Reading
from pmdesk.errors import RefusedError
from pmdesk.store.work import Work
from pmdesk.text import shorten

_IT = re.compile(r"\bit(s?)\b")
"""How the words of a rule name what it is about."""

# Measures and their readings ------------------------------------------------------------------


def add_measure(work: Work, action: AddMeasure) -> Metric:
    """A new measure of a goal or a product. Raises RefusedError."""
    of = by_key(work, action.of)
    if not isinstance(of, Product) and not (isinstance(of, Node) and of.kind == "goal"):
        raise RefusedError(f"A measure is of a goal or a product, not of {named(work, of)}.")
    subject = {"node_id" if isinstance(of, Node) else "product_id": id_of(of)}
    measure = Metric.model_validate(_measure_fields(action) | subject)
    work.session.add(measure)
    work.session.flush()
    return measure


def measure_added(work: Work, action: AddMeasure) -> None:
    measure = add_measure(work, action)
    work.words = f"Measure {named(work, by_key(work, action.of))} by {quoted(measure.name)}"


def measure_edited(work: Work, action: EditMeasure) -> None:
    one = measure = found(work, Metric, action.id)
    now = EditMeasure(action.id, one.name, one.unit or "", one.baseline, one.target)
    action = rebased(action, action.was, now, named(work, measure))
    changed = set_all(measure, **_measure_fields(action))
    work.words = edited(named(work, measure), changed)


def _measure_fields(action: AddMeasure | EditMeasure) -> dict[str, object]:
    baseline = finite_or_none(action.baseline, "The baseline")
    target = finite_or_none(action.target, "The target")
    if baseline is not None and baseline == target:
        raise RefusedError("Baseline and target are the same: there is no way between them.")
    return {
        "name": line(action.name, "The name of the measure"),
        "unit": line_or_none(action.unit),
        "baseline": baseline,
        "target": target,
    }


def add_reading(work: Work, action: AddReading) -> Reading:
    """A new reading of a measure. Raises RefusedError."""
    measure = found(work, Metric, action.measure)
    fields = _reading_fields(work, action)
    reading = Reading.model_validate(fields | {"metric_id": id_of(measure)})
    work.session.add(reading)
    work.session.flush()
    return reading


def reading_added(work: Work, action: AddReading) -> None:
    reading = add_reading(work, action)
    measure = found(work, Metric, reading.metric_id)
    work.words = f"Read {reading.value:g} for {quoted(measure.name)}"


def reading_edited(work: Work, action: EditReading) -> None:
    reading = found(work, Reading, action.id)
    now = EditReading(action.id, reading.taken_on, reading.value, reading.note or "")
    action = rebased(action, action.was, now, named(work, reading))
    changed = set_all(reading, **_reading_fields(work, action))
    work.words = edited(named(work, reading), changed)


def _reading_fields(work: Work, action: AddReading | EditReading) -> dict[str, object]:
    return {
        "taken_on": not_ahead(work, action.taken_on, "The reading"),
        "value": finite(action.value, "The value"),
        "note": text_or_none(action.note),
    }


# What was heard -------------------------------------------------------------------------------


def add_evidence(work: Work, draft: EvidenceDraft) -> list[Evidence]:
    """One piece of evidence on each node. Raises RefusedError."""
    if not draft.nodes:
        raise RefusedError("Choose what it was said about: a goal, a need, or what is between.")
    rows = [
        Evidence.model_validate(_evidence_fields(work, draft, node))
        for node in dict.fromkeys(draft.nodes)
    ]
    work.session.add_all(rows)
    work.session.flush()
    return rows


def evidence_added(work: Work, action: AddEvidence) -> None:
    rows = [row for draft in action.notes for row in add_evidence(work, draft)]
    if not rows:
        raise RefusedError("Nothing was noted.")
    names = list(dict.fromkeys(found(work, Account, row.account_id).name for row in rows))
    who = shorten(names[0], 30) if len(names) == 1 else f"{len(names)} accounts"
    codes = list(dict.fromkeys(found(work, Node, row.node_id).code for row in rows))
    more = f" and {len(codes) - 1} more" if len(codes) > 1 else ""
    work.words = f"Note what {who} said on {codes[0]}{more}"


def evidence_edited(work: Work, action: EditEvidence) -> None:
    evidence = found(work, Evidence, action.id)
    if len(action.note.nodes) != 1:
        raise RefusedError("A piece of evidence is about one thing: choose which.")
    one = evidence
    now = EvidenceDraft(
        (one.node_id,), one.account_id, one.layer, one.heard_on, one.person or "",
        one.quote or "", one.importance,
    )  # fmt: skip
    was = action.was.note if action.was else None
    note = rebased(action.note, was, now, named(work, evidence))
    changed = set_all(evidence, **_evidence_fields(work, note, note.nodes[0]))
    work.words = edited(named(work, evidence), changed)


def _evidence_fields(work: Work, draft: EvidenceDraft, node: int) -> dict[str, object]:
    if draft.importance not in (None, 0, 1, 2, 3):
        raise RefusedError("The importance is 0, 1, 2 or 3, or empty where unknown.")
    return {
        "node_id": id_of(found(work, Node, node)),
        "account_id": id_of(found(work, Account, draft.account)),
        "layer": draft.layer,
        "person": line_or_none(draft.person),
        "quote": text_or_none(draft.quote),
        "heard_on": not_ahead(work, draft.heard_on, "What was heard"),
        "importance": draft.importance,
    }


# Gaps -----------------------------------------------------------------------------------------


def gap_put_off(work: Work, action: PutOffGap) -> None:
    """Until a later day, or with another reason, where it is put off already."""
    rule = line(action.rule, "The rule")
    reason = line(action.reason, "The reason for putting it off")
    if action.until <= work.today:
        raise RefusedError(f"{day(action.until)} is not ahead: put it off until a later day.")
    if action.subject != "portfolio":
        by_key(work, action.subject)
    what = _what_is_missing(work, rule, action.subject)
    snooze = _put_off(work, rule, action.subject)
    if snooze is None:
        fields = {"rule": rule, "subject": action.subject, "until": action.until, "reason": reason}
        work.session.add(GapSnooze.model_validate(fields))
    elif not set_all(snooze, until=action.until, reason=reason):
        work.words = f"{capital(what)} is put off so already"
        return
    year = f" {action.until.year}" if action.until.year != work.today.year else ""
    work.words = f"Put off until {action.until.day} {action.until:%b}{year} {what}"


def gap_recalled(work: Work, action: RecallGap) -> None:
    snooze = _put_off(work, action.rule, action.subject)
    if snooze is None:
        raise RefusedError("This gap is not put off.")
    work.session.delete(snooze)
    work.words = f"Tell again {_what_is_missing(work, snooze.rule, snooze.subject)}"


def _what_is_missing(work: Work, rule_id: str, subject: str) -> str:
    """ "that no executive has spoken of G4"."""
    name = "the portfolio" if subject == "portfolio" else named(work, by_key(work, subject))
    words = next((one.words for one in RULES if one.id == rule_id), f"{rule_id} is told of it")
    said = words[0].lower() + words[1:]
    return f"that {_IT.sub(lambda it: name + (it[1] and '’s'), said, count=1)}"


def _put_off(work: Work, rule: str, subject: str) -> GapSnooze | None:
    wanted = select(GapSnooze).where(GapSnooze.rule == rule, GapSnooze.subject == subject)
    return work.session.exec(wanted).first()
