"""A capture takes hardly longer than Python takes to start."""

import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

RUNS = 25
BAR = 2.5  # × `python -c pass`


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def test_a_capture_takes_at_most_two_and_a_half_times_bare_python(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed pmdesk is compiled
    text = ["add", "--desk", str(tmp_path / "desk.db"), "Export of shifts", "@polar", "by:fri"]
    commands = {"python -m pmdesk add": [sys.executable, "-m", "pmdesk", *text]}
    script = shutil.which("pmdesk", path=sysconfig.get_path("scripts"))
    if script:
        commands["pmdesk add"] = [script, *text]
    commands["python -c pass"] = [sys.executable, "-c", "pass"]
    for command in commands.values():
        _seconds(command, environment)

    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            taken[name].append(_seconds(command, environment))

    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    bare = medians.pop("python -c pass")
    with capsys.disabled():
        sys.stdout.write(f"\npython -c pass: {bare * 1000:.1f} ms\n")
        for name, median in medians.items():
            sys.stdout.write(f"{name}: {median * 1000:.1f} ms, {median / bare:.2f} × that\n")
    assert max(medians.values()) <= BAR * bare
    kept = list((tmp_path / "desk.db.drop" / "new").iterdir())
    assert len(kept) == len(medians) * (RUNS + 1)
