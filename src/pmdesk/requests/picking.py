"""What of the inbox can be picked in a dialog, the likeliest first."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from pmdesk.customers.picking import MOST
from pmdesk.fuzzy import Pickable, Pickables
from pmdesk.requests.actions import counted


def accounts_to_pick(db: sqlite3.Connection, most: int = MOST) -> Pickables:
    """By id, with their market and aliases; those that ask most come first."""
    also: defaultdict[int, list[str]] = defaultdict(list)
    for account, alias in db.execute("SELECT account_id, alias FROM account_alias ORDER BY id"):
        also[account].append(alias)
    rows = db.execute(
        """SELECT a.id, a.name, m.name FROM account a
           JOIN market m ON m.id = a.market_id
           LEFT JOIN (SELECT account_id, count(*) AS asked FROM request
                      WHERE account_id IS NOT NULL GROUP BY account_id) r ON r.account_id = a.id
           ORDER BY r.asked DESC, a.name, a.id LIMIT ?""",
        (most,),
    )
    entries = tuple(Pickable(id_, name, note, tuple(also[id_])) for id_, name, note in rows)
    (total,) = db.execute("SELECT count(*) FROM account").fetchone()
    return Pickables(entries, total - len(entries))


def owners_to_pick(db: sqlite3.Connection, most: int = MOST) -> Pickables:
    """By id, with their function and person; those who were handed most come first."""
    rows = db.execute(
        """SELECT o.id, o.name, o.function, coalesce(o.person, '') FROM owner o
           LEFT JOIN (SELECT owner_id, count(*) AS handed FROM handoff GROUP BY owner_id) h
             ON h.owner_id = o.id
           ORDER BY h.handed DESC, o.name, o.id LIMIT ?""",
        (most,),
    )
    entries = tuple(
        Pickable(
            id_,
            name,
            function if person in ("", name) else f"{function}, {person}",
            (person,) if person else (),
        )
        for id_, name, function, person in rows
    )
    (total,) = db.execute("SELECT count(*) FROM owner").fetchone()
    return Pickables(entries, total - len(entries))


def topics_to_pick(db: sqlite3.Connection, most: int = MOST) -> Pickables:
    """By their name, with how often they were asked about; the most asked about first.

    A topic has no row of its own: it is there because a request or a rule names it.
    """
    rows = db.execute(
        """SELECT min(topic), sum(asked), count(*) OVER () FROM (
             SELECT topic, count(*) AS asked FROM request
               WHERE topic IS NOT NULL GROUP BY from_function, topic
             UNION ALL SELECT topic, 0 FROM rule)
           GROUP BY topic COLLATE NOCASE ORDER BY 2 DESC, 1 LIMIT ?""",
        (most,),
    ).fetchall()
    entries = tuple(
        Pickable(topic, topic, counted(asked) if asked else "in a rule only")
        for topic, asked, _total in rows
    )
    return Pickables(entries, rows[0][2] - len(rows) if rows else 0)
