"""What may be done with which kinds of things, and why not (`ui.panes.customers`)."""

from __future__ import annotations

from collections.abc import Sequence

from pmdesk.customers.kinds import NODE_KINDS, addable
from pmdesk.phrases import a

_HANGING = (*NODE_KINDS, "requirement")
_NAMES = {"layer": "layer of an account", "portfolio": "portfolio", "evidence": "piece of evidence"}

_ONLY: dict[str, tuple[str, ...]] = {
    "edit_in_editor": (*_HANGING, "solution", "product", "portfolio", "evidence"),
    "move": ("account", *_HANGING),
    "reorder": ("market", "product", *NODE_KINDS),
    "close": ("account", *_HANGING),
    "delete": (
        "market", "account", *_HANGING, "product", "solution", "measure", "reading", "evidence",
    ),
    "note": ("market", "account", "layer", "evidence", "solution", "measure", *_HANGING),
    "reading": ("goal", "product", "measure", "reading"),
    "requirement": ("need", "requirement", "product", "portfolio", "solution"),
    "value": ("solution", *_HANGING),
    "trace": ("solution", "measure", "evidence", *_HANGING),
}  # fmt: skip
"""By action the kinds of things it is for; any kind where it is not named."""

_REASONS: dict[str, str] = {
    "add": "Nothing is added below {one}: go to what it hangs on.",
    "edit_in_editor": "{One} has no long text: {customers.edit} edits it here.",
    "move": "{One} can't be moved.",
    "reorder": "{Several} stand in the order in which they were added.",
    "close": "{One} isn't closed: {customers.delete} deletes it.",
    "delete": "{One} can't be deleted.",
    "note": "They speak of their business, not of {several}: go to an account, a need or a goal.",
    "reading": "{Several} aren't measured: go to a goal, a product or a measure.",
    "requirement": "A requirement answers a need: go to one, or to a product or a solution.",
    "value": "A value statement tells what a solution is worth: go to one, or to its goal.",
    "trace": "{One} has no line of sight to trace: go to a node, requirement or solution.",
}
_REASONS_OF: dict[str, dict[str, str]] = {
    "add": {
        "layer": "Nothing hangs below a layer: {customers.note} notes what it said.",
        "requirement": "Nothing hangs below a requirement: {customers.requirement} adds another.",
        "reading": "Nothing hangs below a reading: {customers.reading} adds another.",
        "evidence": "Nothing hangs below what was heard: go to the node it speaks of.",
    },
    "edit_in_editor": {
        "layer": "A layer has no text of its own: {customers.edit} edits its account.",
    },
    "move": {
        "layer": "A layer stays with its account: go to the account to move that.",
        "market": "A market hangs on nothing: {customers.down} and {customers.up} order them.",
        "product": "A product hangs on nothing: {customers.down} and {customers.up} order them.",
        "portfolio": "All products are in the portfolio: it stays where it is.",
        "solution": "A solution stays below its goal: {customers.edit} chooses another goal.",
        "measure": "A measure stays with what it measures: add it there, and delete it here.",
        "reading": "A reading stays with its measure: {customers.edit} edits it.",
        "evidence": "What was heard isn't moved: {customers.edit} says which nodes it speaks of.",
    },
    "reorder": {
        "portfolio": "There is one portfolio: its products can be moved up and down.",
        "requirement": "Requirements have no order: {customers.priorities} ranks them.",
        "reading": "Readings stand in the order of their days.",
        "evidence": "What was heard stands in the order of its days.",
        "layer": "The layers of an account stand always in this order.",
    },
    "close": {
        "market": "A market isn't closed: its goals are, or {customers.delete} deletes it.",
        "product": "A product isn't closed: its requirements are, or {customers.delete} "
        "deletes it.",
        "solution": "A solution isn't closed: its requirements are, or {customers.delete} "
        "deletes it.",
        "portfolio": "The portfolio isn't closed: requirements of its products are.",
        "layer": "A layer isn't closed: its account is.",
    },
    "delete": {
        "portfolio": "The portfolio stays: delete its products one by one.",
        "layer": "A layer is a part of its account: go to the account to delete that.",
    },
    "note": {
        "reading": "What was heard isn't about a reading: go to the goal that is measured.",
        "portfolio": "They speak of their business, not of our products: go to an account, a need "
        "or a goal.",
    },
    "reading": {
        "portfolio": "The portfolio isn't measured: go to one of its products.",
    },
    "requirement": dict.fromkeys(
        NODE_KINDS[:-1],
        "A requirement answers a need: go to one below this, or {customers.add} adds one.",
    ),
    "trace": {
        "reading": "A reading has no line of sight to trace: go to its measure.",
        "product": "A product has no line of sight to trace: its requirements have.",
        "market": "A market has no line of sight to trace: its goals have.",
    },
}  # fmt: skip
"""Where more is to be said than of other kinds."""
_MANY = frozenset({"move", "close", "delete", "note", "priorities", "gaps"})
"""What is done with several things at once."""
_ANYWHERE = frozenset({
    "add", "outline", "note", "requirement", "solution", "priorities", "gaps", "interview",
})  # fmt: skip
"""What needs no thing to begin with."""
_NO_THING: dict[str, str] = {
    "heading": "This line is a heading: go to one below it.",
    "more": "This line stands for more of them: {list.open} shows them.",
    "filtered": "Nothing is found: {customers.back} clears the filter.",
    "": "There is nothing here yet: {customers.add} adds the first.",
}
"""Why nothing can be done with a line of this kind, or where there is no line."""


def why_not(what: str, kinds: Sequence[str], line: str = "") -> str:
    """Why it can't be done with things of these kinds, in a sentence; empty if it can. Keys
    stand in it by their ids, in braces. `line` says what there is instead of things: a
    "heading", "more", "filtered" where a filter leaves none."""
    if not kinds:
        return "" if what in _ANYWHERE else _NO_THING[line]
    if len(kinds) > 1 and what not in _MANY:
        return f"{len(kinds)} are marked, and this is for one: {{customers.back}} unmarks."
    return next(filter(None, (_of_kind(what, kind) for kind in kinds)), "")


def _of_kind(what: str, kind: str) -> str:
    may = addable(kind) if what == "add" else kind in _ONLY.get(what, (kind,))  # type: ignore[arg-type]
    if may:
        return ""
    one, several = _one(kind), _several(kind)
    words = {
        "{one}": one, "{One}": one[0].upper() + one[1:],
        "{several}": several, "{Several}": several.capitalize(),
    }  # fmt: skip
    sentence = _REASONS_OF.get(what, {}).get(kind) or _REASONS[what]
    for place, said in words.items():
        sentence = sentence.replace(place, said)
    return sentence


def _one(kind: str) -> str:
    """ "a goal", "an obstacle"."""
    if kind == "portfolio":
        return "the portfolio"
    return a(_NAMES.get(kind, kind))


def _several(kind: str) -> str:
    return {"evidence": "pieces of evidence", "layer": "layers"}.get(kind, f"{kind}s")
