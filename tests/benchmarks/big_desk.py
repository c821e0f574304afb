"""A desk of any size, made in seconds: the rows by SQL, the full text by its rebuild."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdesk.config import Clock
from pmdesk.desk import Desk

NEWEST = "The newest request of all"

_ROWS = """
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :requests)
INSERT INTO request (number, title, body, arrived_at, arrived_on, zone, source, state, requester,
                     from_function, topic, reason)
SELECT n,
       CASE WHEN n = :requests THEN :newest ELSE
         'Request ' || n || ' for ' || substr('export label invoice password ward', 1 + n % 25, 9)
       END,
       'As discussed, case ' || (n * 7919 % 1000003) || ' still waits.',
       strftime('%Y-%m-%dT%H:%M:%SZ', '2005-01-01', (n * 620) || ' seconds'),
       date('2005-01-01', (n * 620) || ' seconds'),
       'UTC', 'made',
       CASE n % 5 WHEN 0 THEN 'kept' WHEN 1 THEN 'kept' WHEN 2 THEN 'declined' ELSE 'new' END,
       'Requester ' || (n % 997),
       CASE n % 3 WHEN 0 THEN 'sales' WHEN 1 THEN 'support' ELSE 'customers' END,
       CASE n % 4 WHEN 0 THEN 'bug' WHEN 1 THEN 'label' ELSE 'feature' END,
       CASE n % 5 WHEN 0 THEN 'promised' WHEN 1 THEN 'promised' WHEN 2 THEN 'cost' END
FROM n
"""
_GOALS, _OBSTACLES = 4, 5
_CUSTOMERS = f"""
INSERT INTO market (id, name, position) VALUES (1, 'Ports', 1);
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {_GOALS})
INSERT INTO node (id, code, kind, market_id, statement, status, weight, position)
SELECT n, 'G' || n, 'goal', 1, 'Goal ' || n || ' of an executive', 'active', 2, n FROM n;
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {_GOALS * _OBSTACLES})
INSERT INTO node (code, kind, market_id, parent_id, statement, status, position)
SELECT 'O' || n, 'obstacle', 1, 1 + (n - 1) / {_OBSTACLES}, 'Obstacle ' || n || ' in its way',
       'active', n
FROM n;
INSERT INTO counter (letter, last) VALUES ('G', {_GOALS}), ('O', {_GOALS * _OBSTACLES});
"""


def make(path: Path, requests: int) -> Path:
    """A desk with so many requests and a few customers; the newest is new and called NEWEST."""
    Desk.open(path, Clock(ZoneInfo("UTC"), date(2025, 6, 13)), create=True).close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN")
    db.execute(_ROWS, {"requests": requests, "newest": NEWEST})
    db.execute("UPDATE request SET state = 'new', reason = NULL WHERE number = ?", (requests,))
    db.execute("INSERT INTO counter (letter, last) VALUES ('#', ?)", (requests,))
    db.execute("INSERT INTO request_text (request_text) VALUES ('rebuild')")
    db.execute("COMMIT")
    db.executescript(_CUSTOMERS)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return path
