"""How the panes share the screen: which of them show, and how wide each is."""

from __future__ import annotations

from collections.abc import Sequence

TWO_PANES = 100
THREE_PANES = 160
USUAL = (1.15, 1.65, 1.0)
"""The shares of customers, inbox and balance."""
_LEAST = (38, 46, 38)
"""Cells below which a pane can't be read."""
_STEP = 4
"""Cells by which one key makes a pane wider."""

Shares = tuple[float, float, float]


def panes_shown(width: int, current: int, beside: int, zoomed: bool) -> tuple[int, ...]:
    """Which of the panes 1 to 3 there is room for; the current one always shows."""
    if zoomed or width < TWO_PANES:
        return (current,)
    return (1, 2, 3) if width >= THREE_PANES else tuple(sorted({current, beside}))


def widths(total: int, shown: Sequence[int], shares: Shares) -> tuple[int, ...]:
    """Cells of each of the panes that show, `total` in all; none gets less than it needs as
    long as there is enough for all of them."""
    given = _at_least(total, shown, shares)
    wanting = [pane for pane in shown if pane not in given]
    free = total - sum(given.values())
    whole = sum(shares[pane - 1] for pane in wanting)
    reached, before = 0.0, 0
    for pane in wanting:
        reached += shares[pane - 1]
        end = round(free * reached / whole)  # so that the sum is rounded once
        given[pane] = end - before
        before = end
    return tuple(given[pane] for pane in shown)


def _at_least(total: int, shown: Sequence[int], shares: Shares) -> dict[int, int]:
    """The panes whose share would be less than they need, with what they need."""
    given: dict[int, int] = {}
    if sum(_LEAST[pane - 1] for pane in shown) > total:
        return given
    while wanting := [pane for pane in shown if pane not in given]:
        free = total - sum(given.values())
        whole = sum(shares[pane - 1] for pane in wanting)
        tight = [p for p in wanting if free * shares[p - 1] / whole < _LEAST[p - 1]]
        if not tight:
            break
        given |= {pane: _LEAST[pane - 1] for pane in tight}
    return given


def widened(
    total: int, shown: Sequence[int], shares: Shares, current: int, by: int
) -> Shares | None:
    """The shares after the current pane was made a step wider (`by` 1) or narrower (-1); None
    where it or all others are at their least. A hidden pane keeps its share of all."""
    others = [pane for pane in shown if pane != current]
    now = dict(zip(shown, widths(total, shown, shares), strict=True))
    spare = sum(now[pane] - _LEAST[pane - 1] for pane in others)
    own = now[current] - _LEAST[current - 1]
    step = min(_STEP, spare) if by > 0 else -min(_STEP, own)
    if not others or by * step <= 0:
        return None
    cells = {pane: float(now[pane]) for pane in shown}
    cells[current] += step
    for pane in others:
        part = (now[pane] - _LEAST[pane - 1]) / spare if spare > 0 and step > 0 else 1 / len(others)
        cells[pane] -= step * part
    whole = sum(shares[pane - 1] for pane in shown)
    new = list(shares)
    for pane in shown:
        new[pane - 1] = cells[pane] / total * whole
    return (new[0], new[1], new[2])
