"""Where the entry goes, and how it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pmdesk import __main__, capture, cli


@pytest.mark.parametrize(
    ("words", "goes_to"),
    [
        (["add", "x"], "capture"),
        (["--desk", "my.db", "add", "x"], "capture"),
        (["--desk=my.db", "--json", "--today", "fri", "add"], "capture"),
        (["--desk", "add", "inbox"], "cli"),
        (["inbox", "add"], "cli"),
        (["--today", "add"], "cli"),
        (["--help"], "cli"),
        ([], "cli"),
    ],
)
def test_only_add_goes_straight_to_capture(
    words: list[str], goes_to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["pmdesk", *words])
    given: dict[str, list[str]] = {}
    for name, module in (("capture", capture), ("cli", cli)):
        monkeypatch.setattr(
            module, "main", lambda argv, name=name: len(given.setdefault(name, argv))
        )
    assert __main__.main() == len(words)
    assert given == {goes_to: words}


def test_an_interrupt_ends_quietly(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _READY + "from pmdesk.__main__ import main; sys.exit(main())"],
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        assert (process.wait(30), process.stderr.read()) == (130, b"")
    assert not (tmp_path / "data").exists()


_READY = """
import sys
sys.argv = ["pmdesk", "add", "-"]
from pmdesk import capture
class Stdin:
    class buffer:
        def read(size, stdin=sys.stdin):
            print("ready", flush=True)
            return stdin.buffer.read(size)
sys.stdin = Stdin
"""


def test_capture_loads_the_standard_library_and_little_of_it() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, pmdesk.capture, pmdesk.__main__; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    ours = {name for name in loaded if name.partition(".")[0] == "pmdesk"}
    names = ("capture", "config", "dates", "errors", "text", "tokens", "__main__")
    assert ours == {"pmdesk", *(f"pmdesk.{name}" for name in names)}
    others = {name.partition(".")[0] for name in loaded} - {"pmdesk", "__main__"}
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert others - set(sys.stdlib_module_names) <= {name.partition(".")[0] for name in bare}
    heavy = {"sqlite3", "dataclasses", "argparse", "typing", "pathlib", "zoneinfo", "tomllib"}
    assert not heavy & (others - set(bare))
