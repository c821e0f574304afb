"""Keys of one's own: checked here, since Textual takes unknown ids and clashes in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

from pmdesk.errors import RefusedError
from pmdesk.ui.panes.balance import Balance
from pmdesk.ui.panes.customers import CustomerTree
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.widgets.virtual_list import VirtualList
from pmdesk.ui.workspace import Workspace

_CHAINS: tuple[tuple[type[DOMNode], ...], ...] = (
    (VirtualList, Inbox, Workspace),
    (CustomerTree, Workspace),
    (Balance, Workspace),
    (FilterLine,),
)
"""What hears the same key: the parts of the screen from the cursor upwards."""


def checked(keymap: Mapping[str, str]) -> dict[str, str]:
    """The keymap as Textual takes it. RefusedError for an unknown id or a clash."""
    known = {binding.id for chain in _CHAINS for binding in _bindings(chain)}
    for id_ in keymap:
        if id_ not in known:
            raise RefusedError(f"The settings remap {id_!a}, which is no key of pmdesk.")
    remapped = {id_: _normal(keys) for id_, keys in keymap.items()}
    for chain in _CHAINS:
        _refuse_clash(chain, remapped)
    return {id_: ",".join(keys) for id_, keys in remapped.items()}


def _refuse_clash(chain: tuple[type[DOMNode], ...], remapped: dict[str, list[str]]) -> None:
    taken: dict[str, str] = {}
    for binding in _bindings(chain):
        id_ = binding.id or ""
        for key in remapped.get(id_, _normal(binding.key)):
            if taken.setdefault(key, id_) != id_:
                raise RefusedError(
                    f"The settings give one key, {key}, to both {taken[key]} and {id_}: "
                    "choose another for one of them."
                )


def _bindings(chain: tuple[type[DOMNode], ...]) -> Iterator[Binding]:
    for part in chain:
        yield from (one for one in vars(part)["BINDINGS"] if isinstance(one, Binding))


def _normal(keys: str) -> list[str]:
    """ "?,f5" as Textual names them: question_mark, f5."""
    names = [key.strip() for key in keys.split(",")]
    return [_character_to_key(name) if len(name) == 1 else name for name in names if name]
