"""Who reads what: by content, with a sentence for whatever nobody reads."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from pmdesk.errors import RefusedError
from pmdesk.exchange.formats import HEAD_BYTES, READERS, guess, is_desk, reader_for
from pmdesk.exchange.reading import Draft, Progress

FIXTURES = Path(__file__).parents[2] / "fixtures"
MAIL = (
    b"From: Priya <priya@harbourlight.example>\nTo: you@harbourlight.example\n"
    b"Subject: Locked out\nDate: Mon, 2 Jun 2025 08:41:00 +0100\nMessage-ID: <1@x.example>\n\nHi.\n"
)


def refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        reader_for(path)
    return str(refused.value)


def made(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_issues_are_read_as_issues(tmp_path: Path) -> None:
    # The name says nothing: a file may be called anything.
    path = made(tmp_path / "export.mbox", (FIXTURES / "imports/github/rest.json").read_bytes())
    reader = reader_for(path)
    assert reader.NAME == "GitHub issues"
    assert any(isinstance(item, Draft) for item in reader.read(path, Progress()))


@pytest.mark.parametrize("data", [MAIL, b"From a@b Mon Jun  2 08:41:00 2025\n" + MAIL])
def test_mail_is_read_as_mail(data: bytes, tmp_path: Path) -> None:
    path = made(tmp_path / "thing.json", data)
    assert reader_for(path).NAME == "mail"
    assert guess(path, data) is reader_for(path)


def test_each_reader_is_called_what_its_module_is_called() -> None:
    for reader in READERS:
        module = import_module(f"pmdesk.exchange.readers.{reader.NAME.split()[0].lower()}")
        assert reader.NAME == module.NAME


def test_a_desk_is_no_list_of_requests() -> None:
    demo = FIXTURES / "demo/harbourlight.json"
    assert is_desk(demo)
    assert not is_desk(FIXTURES / "imports/github/rest.json")
    assert guess(demo, demo.read_bytes()[:HEAD_BYTES]) is None
    assert "empty desk" in refusal(demo)


@pytest.mark.parametrize("data", [b"\0\x01\x02" * 99, b"[]", b"PK\x03\x04", b"hello"])
def test_what_nobody_reads_is_refused_with_what_can_be_read(data: bytes, tmp_path: Path) -> None:
    words = refusal(made(tmp_path / "thing", data))
    assert words == (
        "“thing” is no file that pmdesk can read; it reads GitHub issues, mail, outline "
        "and pmdesk desk."
    )


def test_an_empty_file(tmp_path: Path) -> None:
    assert refusal(made(tmp_path / "e.mbox", b"")) == "“e.mbox” is empty; there is nothing to read."


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no\x1b[31m.json") == (
        "There is no file or folder “no␛[31m.json”; check the path."
    )


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "file/child"])
def test_a_path_that_cannot_be(name: str, tmp_path: Path) -> None:
    made(tmp_path / "file", b"x")
    assert refusal(tmp_path / name).endswith(".")


def test_a_folder_without_mail(tmp_path: Path) -> None:
    assert "is no folder that pmdesk can read" in refusal(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_without_permission(tmp_path: Path) -> None:
    path = made(tmp_path / "secret", MAIL)
    path.chmod(0)
    assert "may not be read" in refusal(path)


def test_without_permission_even_for_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert "may not be read" in refusal(made(tmp_path / "secret", MAIL))


def test_a_pipe_and_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "device or a pipe" in refusal(pipe)
    assert "device or a pipe" in refusal(Path("/dev/null"))


def test_choosing_a_format_loads_no_reader() -> None:
    program = (
        "import sys; from pmdesk.exchange import formats; formats.known_formats();"
        "print([m for m in sys.modules if m.startswith(('ijson', 'inscriptis', 'mailparser_reply',"
        " 'pmdesk.exchange.readers.mail', 'pmdesk.exchange.readers.github'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
