"""What is typed about the customers and left with `esc esc` is gone on with from the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen

from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.keys import _classes
from pmdesk.ui.workspace import Workspace

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import Until

LEFT = (
    ("market 1", "e"), ("market 1", "a", "a"), ("G1", "a", "o"), ("G1", "a", "e"),
    ("measure 1", "a", "v"), ("product 2", "p"), ("R1", "e"), ("portfolio", "a", "p"),
    ("portfolio", "e"),
    ("G1", "S"), ("account 1 executive", "n", "tab"), ("N1", "n"), ("evidence 1", "e"),
    ("account 1 executive", "I", "f"), ("G1", "A"), ("G4", "exclamation_mark", "s", "w"),
)  # fmt: skip
"""On which thing which keys lead to a field of a dialog whose text is kept."""
ELSEWHERE = {"capture", "keep", "park", "decline"}


async def test_every_dialog_of_the_customers_is_left_and_gone_on_with(
    demo: Desk, until: Until
) -> None:
    kinds: set[str] = set()
    async with PmdeskApp(demo).run_test(size=(110, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("1", "z")
        customers = user.workspace.customers
        await until(pilot, lambda: customers.hierarchy and customers.counts)
        for thing, *keys in LEFT:
            await customers.go_to(thing).wait()
            user.blurt(*keys, *"3z")
            await until(pilot, lambda: "3z" in typed_into(user))
            dialog = here(user)
            typed = dialog.typed_values()
            kinds.add(dialog.kind)
            user.blurt("escape", "escape")
            await back(user)
            await go_on(user)
            again = here(user)
            assert type(again) is type(dialog)
            await until(pilot, lambda again=again, typed=typed: again.typed_values() == typed)  # type: ignore[misc]
            assert (again.heading, again.about, again.subject) == (
                dialog.heading, dialog.about, dialog.subject,
            )  # fmt: skip
            again.action_throw_away()
            await back(user)
            await until(pilot, lambda: not user.workspace.changes.unfinished.drafts)
    assert kinds == {one.kind for one in _classes(ModalScreen) if issubclass(one, Dialog)} - {
        "",
        *ELSEWHERE,
    }


def typed_into(user: Session) -> str:
    """Whatever stands in the fields of the dialog."""
    dialog = user.app.screen
    return " ".join(dialog.typed_values().values()) if isinstance(dialog, Dialog) else ""


def here(user: Session) -> Dialog[Any]:
    dialog = user.app.screen
    assert isinstance(dialog, Dialog)
    return dialog


async def back(user: Session) -> None:
    """Over pages that it was opened from, to the tree."""
    for _ in user.app.screen_stack:
        await user.until(user.pilot, lambda: not isinstance(user.app.screen, Dialog))
        if not isinstance(user.app.screen, Workspace):
            await user.press("escape")
    assert user.app.screen is user.workspace


async def go_on(user: Session) -> None:
    """As the palette does, which offers what was left."""
    changes = user.workspace.changes
    await user.until(user.pilot, lambda: changes.unfinished.drafts)
    ((words, _, run),) = changes.left()
    assert words.startswith("Go on: ")
    assert "a text for" not in words
    run()
    await user.until(user.pilot, lambda: isinstance(user.app.screen, Dialog) and user.app.focused)
