"""A capture takes hardly longer than Python takes to start."""

import shutil
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.benchmark

RUNS = 25
SERIES = 3  # at most: a busy machine spoils one, a slower program spoils all
BAR = 2.5  # × `python -c pass`


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def test_a_capture_takes_at_most_two_and_a_half_times_bare_python(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # an installed pmdesk is compiled
    text = ["add", "--desk", str(tmp_path / "desk.db"), "Export of shifts", "@polar", "by:fri"]
    commands = {"python -m pmdesk add": [sys.executable, "-m", "pmdesk", *text]}
    script = shutil.which("pmdesk", path=sysconfig.get_path("scripts"))
    if script:
        commands["pmdesk add"] = [script, *text]
    commands["python -c pass"] = [sys.executable, "-c", "pass"]
    for command in commands.values():
        _seconds(command)

    for _ in range(SERIES):
        slowest = _measure(commands, capsys)
        if slowest <= BAR:
            break
    assert slowest <= BAR


def _measure(commands: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> float:
    """One series, told as it is: the slowest capture as a multiple of bare Python."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            taken[name].append(_seconds(command))

    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    bare = medians.pop("python -c pass")
    with capsys.disabled():
        sys.stdout.write(f"\npython -c pass: {bare * 1000:.1f} ms\n")
        for name, median in medians.items():
            sys.stdout.write(f"{name}: {median * 1000:.1f} ms, {median / bare:.2f} × that\n")
    return max(medians.values()) / bare
