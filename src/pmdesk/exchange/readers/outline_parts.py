"""What one line of an outline says of a thing of its kind: words, and details in parentheses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from pmdesk.customers.kinds import (
    AccountStatus,
    Horizon,
    Layer,
    NodeKind,
    NodeStatus,
    RequirementStatus,
)
from pmdesk.customers.outline_actions import (
    AccountPart,
    EvidencePart,
    LineKind,
    MarketPart,
    MeasurePart,
    NodePart,
    Part,
    ProductPart,
    ReadingPart,
    RequirementPart,
    SolutionPart,
    ValuePart,
    VisionPart,
)
from pmdesk.dates import read_date
from pmdesk.errors import RefusedError
from pmdesk.outline_words import folded, meant, parted, pieces, product_among, read_day, read_number
from pmdesk.text import clean_line, is_blank

_LAYERS: dict[str, Layer] = {
    "executive": "executive", "e": "executive", "manager": "manager", "m": "manager",
    "user": "user", "u": "user",
}  # fmt: skip
_WEEKS = ("w", "wk", "wks", "week", "weeks")
_WEIGHT = re.compile(r"w(?:eight)?\s*([+-]?[0-9]+(?:[.,][0-9]+)?)", re.IGNORECASE)
_ALSO = re.compile(r"also\s+(.+)", re.IGNORECASE | re.DOTALL)
_SOLUTION = re.compile(r"(?:solution|s):\s*(.+)|(S[1-9][0-9]*)", re.IGNORECASE | re.DOTALL)
_SHIPPED = re.compile(r"shipped(?:\s+on)?\s+(.+)", re.IGNORECASE)
_DOMAIN = re.compile(r"[^\s@.,;:/\\]+(?:\.[^\s@.,;:/\\]+)+")
_ARROW = re.compile(r"\s*(?:→|->)\s*")
_QUOTES = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"))

Details = dict[str, Any]
Products = Mapping[str, str]
"""Those that are known, by their folded names."""


def read_part(
    kind: LineKind, text: str, below: LineKind | None, above: Part | None, today: date,
    products: Products = MappingProxyType({}),
) -> Part:  # fmt: skip
    """The part that a line is, below a thing of the kind `below`; `above` is what is known of
    that. RefusedError says what is missing."""
    match kind:
        case "goal" | "obstacle" | "initiative" | "tactic" | "need":
            return _node(kind, text)
        case "requirement":
            return _requirement(text, below == "product", today, products)
        case "account":
            words, details = _understood(text, _account_detail)
            aliases, domains = (tuple(details.pop(one, ())) for one in ("aliases", "domains"))
            return AccountPart(_name(words), **details, aliases=aliases, domains=domains)
        case "measure":
            return _measure(text)
        case "reading":
            return _reading(text, above, today)
        case "evidence":
            return _evidence(text, today)
        case "vision":
            words, details = _understood(text, lambda piece: _revised(piece, today))
            return VisionPart(meant(words), **details)
        case "value":
            return ValuePart(_needed(meant(text), "Say what the customer gains."))
        case "market":
            return MarketPart(_name(text))
        case "product":
            return ProductPart(_name(text))
    return SolutionPart(_name(text))


def _name(words: str) -> str:
    return _needed(clean_line(meant(words)), "There are no words after what it is.")


def _needed(words: str, sentence: str) -> str:
    if is_blank(words):
        raise RefusedError(sentence)
    return words


def _understood(text: str, understand: Callable[[str], Details | None]) -> tuple[str, Details]:
    """The words of a line and its details. What is not understood wholly belongs to the words."""
    words, inside = parted(text)
    details: Details = {}
    for piece in pieces(inside or ""):
        said = understand(piece)
        if said is None:
            return text, {}
        for name, value in said.items():
            details[name] = (*details.get(name, ()), *value) if isinstance(value, tuple) else value
    return (words, details) if details else (text, {})


# Their side -----------------------------------------------------------------------------------


def _account_detail(piece: str) -> Details | None:
    low = piece.lower()
    if low in ("customer", "prospect", "lost"):
        return {"status": cast(AccountStatus, low)}
    if found := _ALSO.fullmatch(piece):
        return {"aliases": (clean_line(meant(found[1])),)}
    if (share := read_number(piece)) and share[1] == "%" and 0 <= share[0] <= 100:
        return {"revenue_share": share[0]}
    name = meant(piece)
    return {"domains": (name,)} if _DOMAIN.fullmatch(name) else None


def _node(kind: NodeKind, text: str) -> NodePart:
    def understand(piece: str) -> Details | None:
        low = piece.lower()
        if low in ("active", "reached", "dropped"):
            return {"status": cast(NodeStatus, low)}
        if kind == "goal" and (found := _WEIGHT.fullmatch(piece)):
            if found[1] not in ("1", "2", "3"):
                raise RefusedError("Weight is 1 to 3: (weight 3) is the heaviest.")
            return {"weight": int(found[1])}
        return {"layer": _LAYERS[low]} if kind == "need" and low in _LAYERS else None

    words, details = _understood(text, understand)
    statement = _name(words)
    if kind == "need" and "layer" not in details:
        raise RefusedError("Whose need is it? End the line with (executive), (manager) or (user).")
    return NodePart(kind, statement, **details)


def _evidence(text: str, today: date) -> EvidencePart:
    words, inside = parted(text)
    account, *rest = pieces(inside or "") or [""]
    layer, day, importance = None, None, None
    if rest and (found := re.fullmatch(r"!([0-3])", rest[-1])):
        importance = int(found[1])
        rest.pop()
    if rest and rest[0].lower() in _LAYERS:
        layer = _LAYERS[rest.pop(0).lower()]
    if rest and (day := _past_day(rest[0], today)):
        rest.pop(0)
    if not account or layer is None:
        raise RefusedError(
            "Who was heard, and in which layer? End the line like (Northmoor, manager, "
            "2025-05-12, Maureen Tate, !3)."
        )
    person = clean_line(meant(", ".join(rest)))
    named = clean_line(meant(account))
    return EvidencePart(_unquoted(meant(words)), named, layer, day or today, person, importance)


def _unquoted(quote: str) -> str:
    for opening, closing in _QUOTES:
        if len(quote) > 1 and quote.startswith(opening) and quote.endswith(closing):
            return quote[1:-1].strip()
    return quote


# Our side -------------------------------------------------------------------------------------


def requirement_of(product: str, text: str, today: date) -> RequirementPart:
    """A line that begins with the name of a known product, after that."""

    def understand(piece: str) -> Details | None:
        again = folded(piece) == product.casefold()
        return {} if again else _requirement_detail(piece, today)

    words, details = _understood(text, understand)
    return RequirementPart(_name(words), product, **details)


def _requirement(
    text: str, below_product: bool, today: date, products: Products
) -> RequirementPart:
    words, inside = parted(text)
    product, rest = product_among(pieces(inside or ""), products)
    if below_product and folded(product) not in products:
        words, details = _understood(text, lambda piece: _requirement_detail(piece, today))
        return RequirementPart(_name(words), **details)
    if not product:
        example = next(iter(products.values()), "Rota")
        raise RefusedError(f"Which product? Write it in the parenthesis: ({example}).")
    details = {}
    for piece in rest:
        said = _requirement_detail(piece, today)
        if said is None:
            raise RefusedError(
                f"“{clean_line(meant(piece))}” is not understood: after the product may stand "
                "6w, committed, shipped 2025-04-20, long, S1; write \\) for a parenthesis that "
                "belongs to the words."
            )
        details |= said
    return RequirementPart(_name(words), clean_line(meant(product)), **details)


def _requirement_detail(piece: str, today: date) -> Details | None:
    low = piece.lower()
    if low in ("candidate", "committed", "shipped", "dropped"):
        return {"status": cast(RequirementStatus, low)}
    if low in ("short", "long"):
        return {"horizon": cast(Horizon, low)}
    if (found := _SHIPPED.fullmatch(piece)) and (day := read_day(found[1])):
        return {"status": "shipped", "shipped_on": _come(day, today)}
    if found := _SOLUTION.fullmatch(piece):
        return {"solution": clean_line(meant(found[1])) if found[1] else found[2].upper()}
    weeks = read_number(piece)
    if weeks and weeks[0] > 0 and weeks[1].lower() in _WEEKS:
        return {"effort_weeks": weeks[0]}
    return None


def _revised(piece: str, today: date) -> Details | None:
    day = re.sub(r"revised\s+", "", piece, count=1, flags=re.IGNORECASE)
    found = read_day(day) or (today if day.lower() == "today" else None)
    return {"revised": _come(found, today)} if found else None


# Measures -------------------------------------------------------------------------------------


def _measure(text: str) -> MeasurePart:
    words, inside = parted(text)
    ends = _ARROW.split(inside, maxsplit=1) if inside else []
    if len(ends) == 2:
        (baseline, of_baseline), (target, unit) = map(_perhaps_number, ends)
        unit = unit or of_baseline
        if baseline is not ... and target is not ... and of_baseline in ("", unit):
            return MeasurePart(_name(words), baseline, target, clean_line(meant(unit)))
    return MeasurePart(_name(text))


def _perhaps_number(text: str) -> tuple[Any, str]:
    """A number, None for “?”, or … for neither; and what follows it."""
    if text.startswith("?"):
        return None, text[1:].strip()
    return read_number(text) or (..., text)


def _reading(text: str, measure: Part | None, today: date) -> ReadingPart:
    words, note = parted(text)
    day, colon, rest = words.partition(":")
    value = read_number(rest.strip())
    taken_on = _past_day(day.strip(), today)
    if not colon or value is None or taken_on is None:
        raise RefusedError("A reading is a day that has come and a number: “2025-04-01: 12.5”.")
    unit = measure.unit if isinstance(measure, MeasurePart) else value[1]
    if value[1] not in ("", unit):
        raise RefusedError(
            f"“{clean_line(value[1])}” after the number is not understood; a note stands in "
            "parentheses: “2025-04-01: 12.5 (after the audit)”."
        )
    return ReadingPart(taken_on, value[0], meant(note or ""))


def _past_day(text: str, today: date) -> date | None:
    """The day that is meant, as dates are typed, the latest that has come: “fri” is last Friday.
    RefusedError where an ISO date has not come."""
    if day := read_day(text):
        return _come(day, today)
    for form in ("{}", "last {}", f"{{}} {today.year}", f"{{}} {today.year - 1}"):
        with suppress(RefusedError):
            day = read_date(form.format(text), today)
            if day <= today:
                return day
    return None


def _come(day: date, today: date) -> date:
    """The day. RefusedError where it has not come."""
    if day > today:
        raise RefusedError(f"{day} has not come yet: write the day on which it was.")
    return day
