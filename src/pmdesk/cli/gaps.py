"""gaps: what the customer hierarchy lacks, rule by rule."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from pmdesk.cli.desks import open_desk
from pmdesk.cli.output import say, say_json, say_table
from pmdesk.cli.parsing import Commands
from pmdesk.dates import say_date

if TYPE_CHECKING:
    from pmdesk.customers.gaps import Gap
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import PutOff


def add_to(commands: Commands) -> None:
    command = commands.add(
        "gaps",
        "lists what the customer hierarchy lacks",
        "pmdesk gaps",
        gaps,
        more="Rule by rule: the layers, links, voices and measures that are missing, why that "
        "matters, and what to do.",
    )
    command.add_argument("--all", action="store_true", help="also those put off")
    command.add_argument("--json", action="store_true", help="as JSON: names by rule")


def gaps(arguments: Namespace) -> int:
    from pmdesk.customers import gaps as rules
    from pmdesk.customers.loading import whole

    with open_desk(arguments) as desk:
        hierarchy, today = desk.ask(whole), desk.clock.today()
    find = rules.all_gaps if arguments.all else rules.gaps
    found, away = find(hierarchy, today), rules.put_off(hierarchy, today)
    if arguments.json:
        say_json(by_rule(found))
        return 0
    for line in _summary(found, rules.all_gaps(hierarchy, today), len(away), arguments.all):
        say(line)
    for rule_id, hits in groupby(found, key=lambda one: one.rule):
        one = rules.rule(rule_id)
        listed = list(hits)
        say(f"\n{one.words} ({len(listed):,})")
        say(f"  {one.why}")
        _say_hits(hierarchy, listed, away, today)
        say(f"  → {one.does}")
    return 0


def by_rule(found: Sequence[Gap]) -> dict[str, list[str]]:
    """The names of what each rule hits; every rule is there."""
    from pmdesk.customers.gaps import RULES

    names: dict[str, list[str]] = {rule.id: [] for rule in RULES}
    for one in found:
        names[one.rule].append(one.name)
    return names


def _summary(found: Sequence[Gap], every: Sequence[Gap], away: int, all_of_them: bool) -> list[str]:
    put_off = len(every) - len(found)
    if not every:
        return ["No gaps: every layer, link, voice and measure is there."]
    if not found:
        return [f"No gaps but {put_off:,} put off: “pmdesk gaps --all” lists them."]
    said = f"{len(found):,} {'gap' if len(found) == 1 else 'gaps'}"
    if all_of_them:
        return [f"{said}, {away:,} of them put off." if away else f"{said}."]
    return [f"{said}; {put_off:,} more put off." if put_off else f"{said}."]


def _say_hits(
    hierarchy: Hierarchy,
    hits: Sequence[Gap],
    away: Mapping[tuple[str, str], PutOff],
    today: date,
) -> None:
    from pmdesk.customers.gaps import told_of

    rows = [
        ("", one.name, told_of(hierarchy, one.subject), _note(one, away, today)) for one in hits
    ]
    say_table(rows[0], rows[1:], shrinks=2)


def _note(gap: Gap, away: Mapping[tuple[str, str], PutOff], today: date) -> str:
    later = away.get((gap.rule, gap.subject))
    until = f"put off until {say_date(later.until, today)}: {later.reason}" if later else ""
    return ", ".join(filter(None, (gap.note, until)))
