"""Writers killed (-9) at any moment: what was acknowledged is there, no import is half there.

PMDESK_KILLS sets how many; a landing is tried with 300.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

KILLS = os.environ.get("PMDESK_KILLS", "25")


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    script = Path(__file__).with_name("kill_loop.py")
    told = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "desk.db"), KILLS],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(told.stdout)
    print(told.stdout)
    assert found["kills"] == int(KILLS)
    assert found["captures_acknowledged"] > 0
    assert found["imports_acknowledged"] > 0
    assert found["undone_acknowledged"] > 0
    assert (found["lost"], found["half"], found["damaged"]) == ([], [], [])
