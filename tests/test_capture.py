"""`pmdesk add` as a person runs it: a process of its own, and a file in the drop box."""

import json
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk import capture

Add = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a person whose folders are all in `tmp_path`."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return kept | {
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PMDESK_TODAY": "2025-06-13",
        "TZ": "Europe/Berlin",
        "PYTHONUTF8": "1",
    }


@pytest.fixture
def add(home: dict[str, str]) -> Add:
    def run(
        *words: str | bytes,
        stdin: bytes = b"",
        before: Callable[[], None] | None = None,
        **env: str,
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "pmdesk", *words],
            input=stdin,
            env=home | env,
            capture_output=True,
            preexec_fn=before,
            timeout=30,
        )

    return run


def box(tmp_path: Path, desk: str = "data/pmdesk/desk.db") -> Path:
    return tmp_path / f"{desk}.drop"


def captured(folder: Path) -> list[Path]:
    return sorted((folder / "new").iterdir())


def only(folder: Path) -> dict[str, object]:
    """The one record that was captured."""
    (file,) = captured(folder)
    record = json.loads(file.read_bytes())
    assert isinstance(record, dict)
    return record


def refused(result: subprocess.CompletedProcess[bytes], status: int) -> str:
    """The one sentence on stderr."""
    assert (result.returncode, result.stdout) == (status, b"")
    sentence = result.stderr.decode()
    assert sentence.startswith("pmdesk: ")
    assert sentence.count("\n") == 1
    assert sentence.endswith(".\n")
    return sentence


def test_a_request_is_written_and_echoed_as_understood(add: Add, tmp_path: Path) -> None:
    result = add(
        "add", "Export", "shifts", "@polar", "topic:export", "from:sales", "by:fri", "est:30m"
    )
    assert result.stdout.decode() == (
        "Captured “Export shifts” · account polar · topic export · from sales"
        " · due Fri 20 Jun · estimate ~30m\n"
    )
    assert (result.returncode, result.stderr) == (0, b"")
    record = only(box(tmp_path))
    assert str(record.pop("captured_at")).startswith("2025-06-1")
    assert record == {
        "pmdesk": 1,
        "text": "Export shifts @polar topic:export from:sales by:fri est:30m",
        "title": "Export shifts",
        "body": "",
        "if_unknown": {"title": "Export shifts @polar", "body": ""},
        "account": "polar",
        "topic": "export",
        "from": "sales",
        "due": "2025-06-20",
        "estimate": 30,
        "zone": "Europe/Berlin",
    }
    assert not list((box(tmp_path) / "tmp").iterdir())


def test_a_year_is_written_with_four_digits(add: Add, tmp_path: Path) -> None:
    assert add("--today", "0002-01-01", "add", "x", "by:tomorrow").returncode == 0
    record = only(box(tmp_path))
    assert str(record["captured_at"])[:4] in {"0001", "0002"}
    assert len(str(record["captured_at"])) == len("0002-01-01T00:00:00Z")
    assert record["due"] == "0002-01-02"


def test_names_sort_in_the_order_of_capturing(add: Add, tmp_path: Path) -> None:
    for title in ("one", "two", "three"):
        add("add", title)
    titles = [json.loads(file.read_bytes())["title"] for file in captured(box(tmp_path))]
    assert titles == ["one", "two", "three"]


def test_a_capture_under_no_umask_is_private(add: Add, tmp_path: Path) -> None:
    assert add("add", "secret", before=lambda: os.umask(0) and None).returncode == 0
    (file,) = captured(box(tmp_path))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for folder in list(file.parents)[: file.parts[::-1].index("data") + 1]:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def test_standard_input_reads_lines_and_loose_tokens(add: Add, tmp_path: Path) -> None:
    result = add(
        "add", "-", stdin="\ufeffGrößere Liste #speed ~2h\r\n\r\nzweite Zeile\r\n".encode()
    )
    assert result.stdout.decode() == "Captured “Größere Liste” · topic speed · estimate ~2h\n"
    record = only(box(tmp_path))
    assert (record["title"], record["body"]) == ("Größere Liste", "zweite Zeile")


def test_loose_tokens_in_arguments_are_text(add: Add, tmp_path: Path) -> None:
    add("add", "Liste", "#speed", "-", "~2h")
    assert only(box(tmp_path))["title"] == "Liste #speed - ~2h"


def test_a_mail_is_kept_byte_for_byte(add: Add, tmp_path: Path) -> None:
    mail = b"From: a@b.c\r\nSubject: =?x?q?=1b?=\r\n\r\n\xff\x00 by:fri\r\n"
    result = add("add", "--mail", "-", stdin=mail)
    assert result.stdout == f"Captured a mail of {len(mail)} bytes\n".encode()
    (file,) = captured(box(tmp_path))
    assert file.suffix == ".eml"
    assert file.read_bytes() == mail


def test_json_tells_what_was_written_and_where(add: Add, tmp_path: Path) -> None:
    told = json.loads(add("add", "--json", "Export").stdout)
    (file,) = captured(box(tmp_path))
    assert told.pop("file") == str(file)
    assert told == json.loads(file.read_bytes())


@pytest.mark.parametrize(
    "words",
    [
        ("--desk", "{0}/my.db", "add", "x"),
        ("add", "x", "--desk={0}/my.db"),
        ("--desk", "{0}/link.db", "--today", "fri", "add", "x"),
    ],
)
def test_the_desk_that_is_named_has_its_own_drop_box(
    add: Add, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "my.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "my.db")
    result = add(*(word.format(tmp_path) for word in words), PMDESK_DESK="/nowhere/else.db")
    assert result.stdout == "Captured “x”\n".encode()
    assert only(box(tmp_path, "my.db"))["title"] == "x"


def test_a_desk_that_is_not_there_yet_is_told(add: Add, tmp_path: Path) -> None:
    result = add("add", "x", PMDESK_DESK=str(tmp_path / "deep" / "typo.db"))
    assert result.stdout.decode() == f"Captured “x” · waits for a desk at {tmp_path}/deep/typo.db\n"
    assert only(box(tmp_path, "deep/typo.db"))["title"] == "x"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add",), "There is nothing to capture"),
        (("add", " ", "\t"), "There is nothing to capture"),
        (("add", "-"), "There is nothing to capture"),
        (("add", "--mail", "-"), "There is no mail on standard input"),
        (("add", "--mail", "x"), "A mail is read on standard input"),
        (("add", "--jsn", "x"), "--jsn is no option of pmdesk add"),
        (("add", "--\x1b[2J", "x"), "--␛[2J is no option of pmdesk add"),
        (("add", "x", "--desk"), "--desk needs a value"),
        (("add", "x", "--desk="), "--desk needs a value"),
        (("add", "x", "--desk", "/"), "/ is a folder, not a desk"),
        (("add", "x", "--today", "nonsense"), "“nonsense” is no date"),
        (("add", "x", "--today", "0001-01-01"), "Today can't be in the year 1"),
    ],
)
def test_what_cannot_be_captured_is_refused_in_a_sentence(
    add: Add, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused(add(*words), 2)
    assert not (tmp_path / "data").exists()


def test_a_text_beyond_all_measure_is_refused(add: Add, tmp_path: Path) -> None:
    assert "more than 2 MB" in refused(add("add", "-", stdin=b"x" * (2 * 1024 * 1024 + 1)), 2)
    assert not (tmp_path / "data").exists()


def test_two_hyphens_end_the_options(add: Add, tmp_path: Path) -> None:
    add("add", "--", "--json", "is", "broken", "--", "add")
    assert only(box(tmp_path))["title"] == "--json is broken -- add"


def test_help_captures_nothing(add: Add, tmp_path: Path) -> None:
    for words in (("add", "--help"), ("add", "-h"), ("add", "--mail", "--help")):
        assert add(*words).stdout.startswith(b"Usage: pmdesk add")
    assert not (tmp_path / "data").exists()


def test_bytes_that_are_no_text_and_control_characters_are_made_safe(
    add: Add, tmp_path: Path
) -> None:
    result = add("add", b"gr\xfc\xdfe \x1b]0;owned\x07 by:x\x1b[2J")
    assert result.returncode == 0
    assert "gr��e ␛]0;owned␇" in result.stdout.decode()
    assert not any(byte < 0x20 and byte != 0x0A for byte in result.stdout)
    assert only(box(tmp_path))["title"] == "gr��e ␛]0;owned␇ by:x␛[2J"


def test_a_terminal_without_unicode_gets_question_marks(add: Add, tmp_path: Path) -> None:
    result = add("add", "Größe", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stdout) == (0, b"Captured ?Gr??e?\n")
    assert only(box(tmp_path))["title"] == "Größe"


def test_a_full_disk_is_told_and_leaves_nothing(add: Add, tmp_path: Path) -> None:
    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))

    sentence = refused(add("add", "x", before=no_room), 1)
    assert sentence.startswith(f"pmdesk: Nothing was captured: {box(tmp_path)} can't be written")
    assert [path for path in box(tmp_path).rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_made_is_told(add: Add, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    assert "Nothing was captured" in refused(add("add", "x"), 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_without_permission_is_told(add: Add, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    assert "Permission denied" in refused(add("add", "x"), 1)


def test_nobody_listening_is_no_failure(home: dict[str, str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-m", "pmdesk", "add", "x"],
        env=home, stdout=writing, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(writing)
    assert (result.returncode, result.stderr) == (0, b"")
    assert only(box(tmp_path))["title"] == "x"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(
    st.recursive(
        st.one_of(st.none(), st.integers(), texts),
        lambda inner: st.dictionaries(texts, inner, max_size=4),
    )
)
def test_records_are_json(value: object) -> None:
    assert json.loads(capture.as_json(value).encode()) == value
