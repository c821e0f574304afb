"""How sure a share is: "k of n", a percentage where n bears it, an interval while n is small."""

from __future__ import annotations

from math import sqrt

_LEAST = 5
"""Cases from which a percentage says something (DOMAIN §5, uncertainty rule 1)."""
_ENOUGH = 30
"""Cases from which it needs no interval."""
_Z = 1.959963984540054
"""Of the normal distribution: 95 % lie within."""


def percent(part: float, whole: float) -> float | None:
    """Part of the whole in percent; None where there is no whole."""
    return 100 * part / whole if whole else None


def rate(hits: int, cases: int) -> float | None:
    """Percent; None where the cases are too few to say one."""
    return percent(hits, cases) if cases >= _LEAST else None


def interval(hits: int, cases: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval in percent; None where no rate is said, or it needs no interval."""
    return wilson(hits, cases) if _LEAST <= cases < _ENOUGH else None


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, in percent; all of it where there are no cases."""
    if not cases:
        return 0.0, 100.0
    share, square = hits / cases, _Z * _Z
    middle = share + square / (2 * cases)
    reach = _Z * sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
    low, high = ((middle + side * reach) / (1 + square / cases) for side in (-1, 1))
    return max(0.0, 100 * low), min(100.0, 100 * high)


def share_words(hits: int, cases: int) -> str:
    """ "6 of 9 (66.7 %, between 35.4 and 87.9 %)", or as much of it as the cases bear."""
    words = f"{hits:,} of {cases:,}"
    share, bounds = rate(hits, cases), interval(hits, cases)
    if share is None:
        return words
    between = f", between {bounds[0]:.1f} and {bounds[1]:.1f} %" if bounds else ""
    return f"{words} ({share:.1f} %{between})"
