"""Running commands in this process, as a person would type them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pmdesk import cli

MAIL = """From {id}@polar.example Thu Jun 12 09:12:00 2025
From: Ana Silva <ana@polar.example>
To: pm@harbourlight.example
Subject: {subject}
Date: Thu, 12 Jun 2025 09:12:00 +0200
Message-ID: <{id}@polar.example>

{body}

"""


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str


Pmdesk = Callable[..., Ran]


@pytest.fixture
def pmdesk(capsys: pytest.CaptureFixture[str]) -> Pmdesk:
    def run(*words: str | Path) -> Ran:
        capsys.readouterr()
        status = cli.main([str(word) for word in words])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return run


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    """Three mails that are three requests."""
    file = tmp_path / "inbox.mbox"
    subjects = ("Labels fall off", "A demo for Polar", "Which wards are covered?")
    file.write_text(
        "".join(
            MAIL.format(id=f"m{place}", subject=subject, body=f"Please look at this: {subject}.")
            for place, subject in enumerate(subjects)
        )
    )
    return file
