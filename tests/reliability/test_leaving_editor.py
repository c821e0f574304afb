"""pmdesk ends while a text is open in an editor: what was typed and what was saved is offered
at the next start, and what the editor alone knows of is named.
"""

from __future__ import annotations

import shlex
import signal
import sys
from pathlib import Path

import pytest

from pmdesk.desk import Desk
from pmdesk.drafts import drafts_folder
from pmdesk.requests.actions import Capture, RequestDraft

from ..terminal import Terminal, workspace

EDITOR = """
import os, pathlib, signal, sys, time
path = pathlib.Path(sys.argv[1])
def end(*_):
    path.with_name(".text.md.swp").write_text("half a sentence")
    sys.exit(1)
if "swap" in sys.argv[0]:
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
if "saved" in sys.argv[0]:
    path.write_text(path.read_text() + "an hour of text")
print("EDITOR", flush=True)
time.sleep(60)
"""
NEXT = "“Go on” opens it"


def left(desk: Desk, tmp_path: Path, editor: str, ending: signal.Signals) -> Terminal:
    """The next start, after pmdesk ended with an editor open on a reply just begun."""
    desk.perform(Capture(RequestDraft("mail", "1", "Labels", "Please")))
    script = tmp_path / f"{editor}.py"
    script.write_text(EDITOR)
    visual = shlex.join([sys.executable, "-S", "-E", str(script)])
    with workspace(desk.path, VISUAL=visual) as terminal:
        terminal.wait_for("Labels")
        terminal.type("r")
        terminal.wait_for("Decline")
        terminal.type("n")
        terminal.wait_for("your reply")
        terminal.type("before\x05")
        terminal.wait_for("EDITOR")
        terminal.process.send_signal(ending)
        assert terminal.end() == (-9 if ending == signal.SIGKILL else 128 + ending)
    return workspace(desk.path, size=(200, 30))


@pytest.mark.parametrize(
    ("editor", "ending"),
    [("nothing", signal.SIGKILL), ("saved", signal.SIGKILL), ("saved", signal.SIGTERM)],
)
def test_the_reply_is_offered_with_what_was_saved(
    desk: Desk, tmp_path: Path, editor: str, ending: signal.Signals
) -> None:
    with left(desk, tmp_path, editor, ending) as terminal:
        terminal.wait_for(NEXT)
        terminal.type("r")
        terminal.wait_for("an hour of text" if editor == "saved" else "before")
        terminal.type("\x13")
        terminal.wait_for("Declined")
        terminal.type("q")
        assert terminal.end() == 0
    assert not drafts_folder(desk.path).exists(), "nothing is left where nothing is unfinished"


def test_a_swap_file_is_named_once_and_stays(desk: Desk, tmp_path: Path) -> None:
    with left(desk, tmp_path, "saved swap", signal.SIGTERM) as terminal:
        terminal.wait_for(".text.md.swp")
        terminal.wait_for(NEXT)
        terminal.type("q")
        assert terminal.end() == 0
    (swap,) = drafts_folder(desk.path).glob("editor-*/.text.md.swp")
    assert swap.read_text() == "half a sentence"
    with workspace(desk.path, size=(200, 30)) as terminal:
        terminal.wait_for(NEXT)
        terminal.type("q")
        assert terminal.end() == 0
        assert b".swp" not in terminal.shown
    assert swap.exists()
