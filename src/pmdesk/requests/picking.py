"""What of the inbox can be picked in a dialog, the likeliest first."""

from __future__ import annotations

import sqlite3

from pmdesk.fuzzy import Pickable, Pickables
from pmdesk.requests.actions import counted

MOST = 20_000
"""Entries of a picker: more are found too slowly (`pmdesk.fuzzy`)."""


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
