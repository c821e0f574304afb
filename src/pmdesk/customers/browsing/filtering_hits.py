"""What of the hierarchy is found by what is typed: the newest of each kind."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pmdesk.customers.searching import infix, match_expression

_LOOKED_THROUGH = 2_000
"""So many of what holds the words are asked for their product or account."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids of what is found."""

    nodes: tuple[int, ...] = ()
    requirements: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    markets: tuple[int, ...] = ()
    accounts: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    solutions: tuple[int, ...] = ()
    portfolio: bool = False
    more: bool = False
    """Whether some nodes, requirements or evidence are left out."""


def hits(db: sqlite3.Connection, typed: str, most: int) -> Hits:
    """What holds every word typed, the last as the beginning of one; by a whole code just what
    has it. A word may be the name of the product or of the account, the others in what is
    asked of the product, or what somebody of the account said."""
    named = _by_code(db, typed.strip())
    if named is not None:
        return named
    words = words_in(typed)
    if not words:
        return Hits()
    every, read = match_expression(typed), most + 1
    (nodes, requirements, evidence), more = _shared(
        most,
        _holding(db, "node", every, read),
        _newest(
            _holding(db, "requirement", every, read),
            _holding_of(db, "requirement", "product", words, read),
        ),
        _newest(
            _holding(db, "evidence", every, read),
            _holding_of(db, "evidence", "account", words, read),
        ),
    )
    return Hits(
        nodes,
        requirements,
        evidence,
        markets=_called(db, "market", ("name",), words),
        accounts=_called(db, "account", ("name",), words),
        products=_called(db, "product", ("name", "vision"), words),
        solutions=_called(db, "solution", ("name", "value_statement"), words),
        portfolio=bool(_called(db, "desk", ("'portfolio'", "vision"), words)),
        more=more,
    )


def words_in(typed: str) -> list[str]:
    return [word for word in typed.split() if any(sign.isalnum() for sign in word)]


def _by_code(db: sqlite3.Connection, code: str) -> Hits | None:
    def called(table: str) -> tuple[int, ...]:
        return tuple(
            row[0] for row in db.execute(f"SELECT id FROM {table} WHERE code = upper(?)", (code,))
        )

    found = Hits(
        nodes=called("node"), requirements=called("requirement"), solutions=called("solution")
    )
    return found if found != Hits() else None


def _shared(most: int, *kinds: tuple[int, ...]) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """The newest `most` of several kinds together, none crowding out another; whether some had
    to be left out."""
    left, shares = most, {}
    for done, place in enumerate(sorted(range(len(kinds)), key=lambda one: len(kinds[one]))):
        shares[place] = kinds[place][: left // (len(kinds) - done)]
        left -= len(shares[place])
    return tuple(shares[place] for place in range(len(kinds))), any(
        len(shares[place]) < len(kind) for place, kind in enumerate(kinds)
    )


def _newest(some: tuple[int, ...], others: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({*some, *others}, reverse=True))


def _holding(db: sqlite3.Connection, table: str, words: str, most: int) -> tuple[int, ...]:
    """The newest rows whose text matches."""
    rows = db.execute(
        f"""SELECT rowid FROM {table}_text WHERE {table}_text MATCH ?
            ORDER BY rowid DESC LIMIT ?""",
        (words, most),
    )
    return tuple(row[0] for row in rows)


def _holding_of(
    db: sqlite3.Connection, table: str, owner: str, words: list[str], most: int
) -> tuple[int, ...]:
    """The newest rows of those owners whose names hold some of the words, with the other words
    in their text."""
    owners: set[int] = set()
    others = []
    for word in words:
        called = _named(db, owner, word)
        both = owners & called if owners else called
        if both:
            owners = both
        else:
            others.append(word)
    if not owners:
        return ()
    ids = ",".join(map(str, sorted(owners)))
    if not others:
        rows = db.execute(
            f"SELECT id FROM {table} WHERE {owner}_id IN ({ids}) ORDER BY id DESC LIMIT ?", (most,)
        )
        return tuple(row[0] for row in rows)
    found = _holding(db, table, match_expression(" ".join(others)), _LOOKED_THROUGH)
    rows = db.execute(
        f"""SELECT id FROM {table} WHERE id IN ({",".join(map(str, found))})
            AND {owner}_id IN ({ids}) ORDER BY id DESC LIMIT ?""",
        (most,),
    )
    return tuple(row[0] for row in rows)


def _named(db: sqlite3.Connection, table: str, word: str) -> set[int]:
    """Those of which a word of the name begins so; of accounts also of an alias."""
    begins = r"{0} LIKE ?1 ESCAPE '\' OR {0} LIKE ?2 ESCAPE '\'"
    sql = f"SELECT id FROM {table} WHERE {begins.format('name')}"
    if table == "account":
        sql += f" UNION SELECT account_id FROM account_alias WHERE {begins.format('alias')}"
    start = infix(word)[1:]
    return {row[0] for row in db.execute(sql, (start, f"% {start}"))}


def _called(
    db: sqlite3.Connection, table: str, columns: tuple[str, ...], words: list[str]
) -> tuple[int, ...]:
    """Those that hold every word in one of some columns. There are few of them."""
    every = " AND ".join([r"{0} LIKE ? ESCAPE '\'"] * len(words))
    where = " OR ".join(every.format(column) for column in columns)
    values = [infix(word) for word in words] * len(columns)
    return tuple(row[0] for row in db.execute(f"SELECT id FROM {table} WHERE {where}", values))
