"""Whatever is done: undone, the desk equals what it was; redone, what it became."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.config import Clock
from pmdesk.desk import Action, Desk
from pmdesk.errors import RefusedError
from pmdesk.requests.actions import (
    Capture,
    Decline,
    Finish,
    ImportRequests,
    Keep,
    MessageDraft,
    Park,
    RequestDraft,
)
from pmdesk.store.bulk import Value, everything

SEQUENCES = int(os.environ.get("PMDESK_UNDO_SEQUENCES", "40"))

Tables = dict[str, list[dict[str, Value]]]

ids = st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True).map(tuple)
texts = st.text(max_size=30)


def draft(name: int, reply: bool, text: str) -> RequestDraft:
    names = (f"m{name}", f"r{name}") if reply else (f"m{name}",)
    messages = tuple(MessageDraft(each, "Ann", "ann@x.example", text, None) for each in names)
    title = f"Imported {name}"
    return RequestDraft("mail", f"m{name}", title, text, messages=messages, references=names)


actions: st.SearchStrategy[Action] = st.one_of(
    st.builds(lambda text: Capture(RequestDraft("capture", None, f"Captured {text}", text)), texts),
    st.builds(lambda chosen, why: Keep(chosen, "other", f"because {why}"), ids, texts),
    st.builds(Finish, ids, texts),
    st.builds(lambda chosen: Park(chosen, date(2025, 7, 1), "later"), ids),
    st.builds(lambda chosen, reply: Decline(chosen, "cost", reply), ids, texts),
    st.builds(
        lambda drafts: ImportRequests(tuple(drafts), "some.mbox"),
        st.lists(st.builds(draft, st.integers(1, 12), st.booleans(), texts), max_size=5),
    ),
)
commands = st.lists(st.one_of(actions, actions, st.sampled_from(["undo", "redo"])), max_size=25)


@contextmanager
def empty_desk() -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        clock = Clock(ZoneInfo("Europe/London"), date(2025, 6, 13))
        desk = Desk.open(Path(folder, "desk.db"), clock, create=True)
        try:
            yield desk
        finally:
            desk.close()


def content(desk: Desk) -> Tables:
    """All rows but the numbers given, which no undo takes back."""
    tables = desk.ask(everything)
    del tables["counter"]
    return tables


def check_index(desk: Desk) -> None:
    with desk._writing()._engine.raw() as db:
        for table in ("request", "message", "node"):
            db.execute(
                f"INSERT INTO {table}_text ({table}_text, rank) VALUES ('integrity-check', 1)"
            )


@settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(commands)
def test_undo_and_redo_are_exact(sequence: list[Action | str]) -> None:
    with empty_desk() as desk:
        before: list[Tables] = []
        after: list[Tables] = []
        for command in sequence:
            now = content(desk)
            try:
                if command == "undo":
                    desk.undo()
                    assert content(desk) == before[-1]
                    after.append(now)
                    before.pop()
                elif command == "redo":
                    desk.redo()
                    assert content(desk) == after.pop()
                    before.append(now)
                elif not isinstance(command, str) and desk.perform(command).changed:
                    before.append(now)
                    after.clear()
            except RefusedError:
                assert content(desk) == now
        while before:
            desk.undo()
            assert content(desk) == before.pop()
        assert content(desk)["request"] == content(desk)["message"] == []
        check_index(desk)
