"""What may be done with which kinds of things, and why not (`ui.panes.customers`)."""

from __future__ import annotations

from collections.abc import Sequence

from pmdesk.customers.kinds import NODE_KINDS, below

_HANGING = (*NODE_KINDS, "requirement")
_NAMES = {"layer": "layer of an account", "portfolio": "portfolio", "evidence": "piece of evidence"}

_ONLY: dict[str, tuple[str, ...]] = {
    "outline": ("market", *NODE_KINDS),
    "edit_in_editor": (*_HANGING, "solution", "product", "portfolio", "evidence"),
    "move": ("account", *_HANGING),
    "reorder": ("market", "product", *NODE_KINDS),
    "close": ("account", *_HANGING),
    "note": ("market", "account", "layer", "evidence", "solution", "measure", *_HANGING),
    "reading": ("goal", "product", "measure", "reading"),
    "requirement": ("product", "solution", *_HANGING),
    "solution": ("solution", *_HANGING),
    "interview": ("market", "account", "layer", *_HANGING),
    "value": ("solution", *_HANGING),
    "trace": ("solution", "measure", "evidence", *_HANGING),
}
"""By action the kinds of things it is for; any kind where it is not named."""

_REASONS: dict[str, str] = {
    "outline": "A branch begins at a market or a node: {one} has none.",
    "edit_in_editor": "{One} has no statement: {customers.edit} edits it.",
    "move": "{One} can't be moved.",
    "reorder": "{Several} have no order of their own.",
    "close": "{One} can't be closed: {customers.delete} deletes it.",
    "note": "What was heard is noted on an account or a node, not on {one}.",
    "reading": "Readings are taken of measures: go to a goal, a product or its measure.",
    "requirement": "A requirement hangs on a need, a product or a solution, not on {one}.",
    "solution": "A solution serves a goal: go to the goal or something below it.",
    "interview": "An interview is with an account: go to one, or to a node or market.",
    "value": "A value statement belongs to a solution: go to one, or to its goal.",
    "trace": "Traced are nodes, requirements and solutions, not {several}.",
}
_MANY = frozenset({"move", "close", "delete", "note", "priorities", "gaps"})
"""What is done with several things at once."""
_ANYWHERE = frozenset({
    "add", "outline", "note", "requirement", "priorities", "gaps", "interview",
})  # fmt: skip
"""What needs no thing to begin with."""
_WHOLE = frozenset({"delete", "move", "close", "reorder"})


def why_not(what: str, kinds: Sequence[str]) -> str:
    """Why it can't be done with things of these kinds, in a sentence; empty if it can. Keys
    stand in it by their ids, in braces."""
    if not kinds:
        return "" if what in _ANYWHERE else "There is nothing here that this could be done with."
    if len(kinds) > 1 and what not in _MANY:
        return f"{len(kinds)} are marked, and this is for one: {{customers.back}} unmarks."
    return next(filter(None, (_of_kind(what, kind) for kind in kinds)), "")


def _of_kind(what: str, kind: str) -> str:
    if what == "add":
        return _why_not_add(kind)
    if kind == "layer" and what in _WHOLE:
        return "A layer is a part of its account: go to the account for that."
    if what == "delete" and kind == "portfolio":
        return "The portfolio stays: delete its products one by one."
    if kind in _ONLY.get(what, (kind,)):
        return ""
    one = _one(kind)
    words = {"{one}": one, "{One}": one[0].upper() + one[1:], "{several}": _several(kind)}
    words["{Several}"] = words["{several}"].capitalize()
    sentence = _REASONS[what]
    for place, said in words.items():
        sentence = sentence.replace(place, said)
    return sentence


def _why_not_add(kind: str) -> str:
    if kind in ("account", "layer"):
        return "Nothing hangs below an account: {customers.note} notes what it said."
    if below(kind):  # type: ignore[arg-type]
        return ""
    return f"Nothing is added below {_one(kind)}: go to what it hangs on."


def _one(kind: str) -> str:
    """ "a goal", "an obstacle"."""
    if kind == "portfolio":
        return "the portfolio"
    name = _NAMES.get(kind, kind)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _several(kind: str) -> str:
    return {"evidence": "pieces of evidence", "layer": "layers"}.get(kind, f"{kind}s")
