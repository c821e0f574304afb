"""Paths as they are typed, pasted and dropped."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.paths import completed, read_paths


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two mailboxes, a folder and a file with a blank, in which one stands."""
    for name in ("inbox.mbox", "inbox-old.mbox", "My mail.mbox", ".hidden"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "archive").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        ("", []),
        ("  inbox.mbox  ", ["inbox.mbox"]),
        ("inbox.mbox issues.json", ["inbox.mbox", "issues.json"]),
        ("My mail.mbox", ["My mail.mbox"]),  # it is there, so it is one
        (r"My\ mail.mbox inbox.mbox", ["My mail.mbox", "inbox.mbox"]),
        ("'My mail.mbox' \"inbox.mbox\"", ["My mail.mbox", "inbox.mbox"]),
        ("file:///tmp/My%20mail.mbox", ["/tmp/My mail.mbox"]),
        ("'My ma", ["'My ma"]),
        ("~nobody-of-that-name/x", ["~nobody-of-that-name/x"]),
        ("a\0b", ["a\0b"]),
    ],
)
def test_a_line_of_paths(line: str, paths: list[str]) -> None:
    assert [str(path) for path in read_paths(line)] == paths


def test_home_is_meant_by_its_sign(here: Path) -> None:
    assert read_paths("~/archive ~/x") == (here / "archive", here / "x")


@given(st.lists(st.text(st.characters(exclude_characters="\0\n\r"), min_size=1), max_size=4))
def test_what_a_shell_would_quote_is_read_back(names: list[str]) -> None:
    paths = [f"/nowhere/{name}" for name in names]
    assert read_paths(shlex.join(paths)) == tuple(Path(path) for path in paths)


@given(st.text(max_size=60))
def test_no_line_makes_it_fail(line: str) -> None:
    assert all(str(path) for path in read_paths(line))
    assert completed(line)[0] or not line


@pytest.mark.parametrize(
    ("line", "longer", "names"),
    [
        ("in", "inbox", ("inbox-old.mbox", "inbox.mbox")),
        ("inbox.", "inbox.mbox", ()),
        ("arch", "archive/", ()),
        ("My", r"My\ mail.mbox", ()),
        ("inbox.mbox ~/arch", "inbox.mbox ~/archive/", ()),
        ("~", "~/", ()),
        (".hid", ".hidden", ()),
        ("nothing", "nothing", ()),
        (r"My\ ma", r"My\ mail.mbox", ()),
        ("", "", ("My mail.mbox", "archive", "inbox-old.mbox", "inbox.mbox")),
    ],
)
def test_tab_goes_as_far_as_one_thing_is_meant(
    line: str, longer: str, names: tuple[str, ...]
) -> None:
    assert completed(line) == (longer, names)
