"""Issues of GitHub: every shape becomes requests, and every item is accounted for."""

from __future__ import annotations

import json
import random
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.exchange.readers import github
from pmdesk.exchange.reading import Draft, Failed, Item, Progress, Skipped
from pmdesk.requests.actions import RequestDraft
from pmdesk.text import clean, clean_line

FOLDER = Path(__file__).parents[2] / "fixtures/imports/github"
shared_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

_leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
_any = st.recursive(
    _leaf, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
)
KEYS = """title body user author labels state number url html_url repository repository_url
comments created_at createdAt closed_at pull_request message documentation_url items"""
_keys = st.sampled_from(KEYS.split())
any_issues = st.lists(st.dictionaries(_keys, _any, max_size=8) | _any, max_size=4)


def items_of(name: str) -> list[Item]:
    return list(github.read(FOLDER / name, Progress()))


def read(tmp_path: Path, *issues: object) -> list[Item]:
    path = tmp_path / "issues.json"
    path.write_text(json.dumps(list(issues)), "utf-8")
    return list(github.read(path, Progress()))


def request(tmp_path: Path, **issue: object) -> RequestDraft:
    (item,) = read(tmp_path, {"title": "T"} | issue)
    assert isinstance(item, Draft)
    return item.request


def kinds(items: list[Item]) -> list[str]:
    return [type(item).__name__ for item in items]


def test_what_the_rest_interface_gives() -> None:
    items = items_of("rest.json")
    assert kinds(items) == ["Draft", "Skipped", "Draft", "Draft"]
    assert items[1] == Skipped("rest.json, item 2", "a pull request")
    first, _, nobody, closed = (getattr(item, "request", None) for item in items)
    assert first == RequestDraft(
        source="github",
        source_id="https://github.com/harbourlight/rota/issues/11",
        title="Night shift is counted twice (rota#11)",
        body="Every shift across midnight\nappears on both days.\n\nSeen since the weekend."
        "\n\nLabels: Bug, ward view",
        arrived_at=datetime(2025, 6, 12, 8, 15, tzinfo=UTC),
        requester="kerry-h",
        topic="bug",
    )
    assert isinstance(nobody, RequestDraft)
    assert (nobody.requester, nobody.body, nobody.topic) == ("", "", "enhancement")
    assert isinstance(closed, RequestDraft)
    assert (closed.closed, closed.topic, closed.body) == (True, None, "Please. – Bitte. – 夜勤")


def test_what_gh_gives() -> None:
    talk, closed = items_of("gh.json")
    assert isinstance(talk, Draft)
    assert isinstance(closed, Draft)
    assert talk.request.source_id == "https://github.com/harbourlight/insight/issues/7"
    assert talk.request.title == "Export the list of wards (insight#7)"
    assert [(m.sender, m.body) for m in talk.request.messages] == [
        ("kerry-h", "It is one list, for heaven's sake."),
        ("jude-o", "Which columns?"),
        ("kerry-h", "All of them."),
    ]
    assert [m.source_id.rpartition("/")[2] for m in talk.request.messages] == [
        "7", "7#issuecomment-1", "7#issuecomment-2",
    ]  # fmt: skip
    assert talk.request.messages[2].sent_at == datetime(2025, 6, 3, 9, 20, tzinfo=UTC)
    assert talk.items == 3
    assert (closed.request.closed, closed.request.requester, closed.items) == (True, "ghost", 1)


def test_a_line_each() -> None:
    first, bad, pull, strange = items_of("lines.jsonl")
    assert isinstance(first, Draft)
    assert [m.body for m in first.request.messages[1:]] == [
        "We see this too.", "Cut by hand since May.",
    ]  # fmt: skip
    assert isinstance(bad, Failed)
    assert bad.where == "lines.jsonl, item 2"
    assert "not valid JSON" in bad.reason
    assert isinstance(pull, Skipped)
    assert isinstance(strange, Draft)
    assert strange.request.title == "Rename � a route ␛]0;x␇ (rota#24)"


def test_flattened_lists() -> None:
    url, bare, nothing = (
        item.request for item in items_of("flattened.json") if isinstance(item, Draft)
    )
    assert url.source_id == "https://github.com/harbourlight/stock/issues/10"
    assert (url.title, url.topic) == ("List what expires (stock#10)", "good first issue")
    assert (bare.title, bare.topic, bare.closed) == ("Totals are rounded (#3)", "numbers", True)
    assert bare.body == "Labels: numbers, reports"
    assert nothing.arrived_at is None
    assert nothing.date_note == "The date “some day” can't be read."
    assert len({url.source_id, bare.source_id, nothing.source_id} - {None}) == 3


def test_an_array_that_ends_early_keeps_what_was_read() -> None:
    *items, last = items_of("truncated.json")
    assert kinds(items) == ["Draft", "Skipped"]
    assert isinstance(last, Failed)
    assert last.where == "truncated.json, item 3"
    assert last.reason == ("the file ends early, after 2 items; nothing more could be read")


def test_an_answer_of_github_in_place_of_issues() -> None:
    (item,) = items_of("answer.json")
    assert isinstance(item, Failed)
    assert "API rate limit exceeded" in item.reason


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_every_shape_is_recognised(name: str) -> None:
    path = FOLDER / name
    assert github.recognises(path, path.read_bytes()[: 64 * 1024])


def test_reading_again_gives_the_same() -> None:
    for path in FOLDER.iterdir():
        assert items_of(path.name) == items_of(path.name)


def test_comments_that_share_an_address_are_all_kept(tmp_path: Path) -> None:
    url = "https://github.com/o/r/issues/7"
    comments = [{"html_url": url, "body": text} for text in ("one", "two", "two")]
    other = {"html_url": f"{url}#issuecomment-1", "body": "three"}
    draft = request(
        tmp_path, title="A wish", html_url=url, number=7, body="zero",
        comments=[*comments, other, {**other, "body": "four"}, other],
    )  # fmt: skip
    assert [message.body for message in draft.messages] == ["zero", "one", "two", "three", "four"]
    ids = [message.source_id for message in draft.messages]
    assert ids[0] == draft.source_id == url
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("created", ["0001-01-01T00:00:00Z", "9999-12-31T23:00:00Z"])
def test_a_moment_at_the_end_of_the_calendar_is_none(created: str, tmp_path: Path) -> None:
    draft = request(tmp_path, title="A wish", number=7, created_at=created)
    assert draft.arrived_at is None
    assert draft.date_note == f"The date “{created}” can't be read."


def test_rest_and_gh_name_the_same_issue_alike(tmp_path: Path) -> None:
    api = "https://api.github.com/repos/a/b"
    web = "https://github.com/a/b/issues/5"
    named: list[dict[str, object]] = [
        {"html_url": web, "url": f"{api}/issues/5", "number": 5},
        {"url": f"{api}/issues/5"},
        {"url": web + "#issuecomment-9"},
        {"repository_url": api, "number": 5},
    ]
    assert {request(tmp_path, **issue).source_id for issue in named} == {web}
    assert {request(tmp_path, **issue).title for issue in named} == {"T (b#5)"}


@pytest.mark.parametrize(
    "repository", ["a/b", {"nameWithOwner": "a/b", "name": "b"}, {"full_name": "a/b"}]
)
def test_without_an_address_repository_and_number_name_it(
    repository: object, tmp_path: Path
) -> None:
    draft = request(tmp_path, repository=repository, number=5)
    assert (draft.source_id, draft.title) == ("a/b#5", "T (b#5)")


def test_what_names_nothing_is_known_by_its_words_and_date(tmp_path: Path) -> None:
    one = request(tmp_path, created_at="2025-01-01T00:00:00Z")
    again = request(tmp_path, created_at="2025-01-01T00:00:00Z", body="edited")
    other = request(tmp_path, created_at="2025-01-02T00:00:00Z")
    assert one.source_id == again.source_id
    assert one.source_id != other.source_id


@pytest.mark.parametrize(
    "issue",
    [
        {"pull_request": {"url": "x"}},
        {"isPullRequest": True},
        {"html_url": "https://github.com/a/b/pull/5"},
        {"url": "https://api.github.com/repos/a/b/pulls/5"},
    ],
)
def test_pull_requests_are_skipped(issue: dict[str, object], tmp_path: Path) -> None:
    assert read(tmp_path, {"title": "T"} | issue) == [
        Skipped("issues.json, item 1", "a pull request")
    ]


def test_a_pull_request_of_null_is_an_issue(tmp_path: Path) -> None:
    assert request(tmp_path, pull_request=None, isPullRequest=False).title == "T"


@pytest.mark.parametrize(
    ("labels", "topic", "tail"),
    [
        ([{"name": "A b"}, {"name": "C"}], "a b", "Labels: A b, C"),
        (["A", "A", "B"], "a", "Labels: A, B"),
        ("A, B", "a", "Labels: A, B"),
        ({"nodes": [{"name": "A"}], "totalCount": 1}, "a", ""),
        ([None, 3, {"name": None}, {}, " ", "A"], "a", ""),
        (["\x1b[31m​"], "␛[31m", ""),
        (None, None, ""),
        (7, None, ""),
    ],
)
def test_the_first_label_is_the_topic_and_none_is_lost(
    labels: object, topic: str | None, tail: str, tmp_path: Path
) -> None:
    draft = request(tmp_path, labels=labels)
    assert (draft.topic, draft.body) == (topic, tail)


@pytest.mark.parametrize(
    ("created", "hour"),
    [
        ("2024-02-03T01:01:09Z", 1),
        ("2024-02-03T01:01:09+02:00", 23),
        ("2024-02-03T01:01:09", 1),
        ("2024-02-03", 0),
        ("2024-02-03T01:01:09.123Z", 1),
    ],
)
def test_dates_are_utc(created: str, hour: int, tmp_path: Path) -> None:
    for key in ("created_at", "createdAt"):
        draft = request(tmp_path, **{key: created})
        assert draft.arrived_at is not None
        assert (draft.arrived_at.utcoffset() or draft.arrived_at.hour) == hour or hour == 0
        assert draft.arrived_at.hour == hour
        assert draft.date_note is None


@pytest.mark.parametrize("created", [None, "", 17, "soon", "0001-01-01T00:00:00+14:00", "99999"])
def test_a_date_is_never_invented(created: object, tmp_path: Path) -> None:
    draft = request(tmp_path, created_at=created)
    assert draft.arrived_at is None
    assert draft.date_note


@pytest.mark.parametrize(
    ("issue", "closed"),
    [
        ({"state": "closed"}, True),
        ({"state": "CLOSED"}, True),
        ({"state": "OPEN", "closedAt": "2024-01-01T00:00:00Z"}, False),
        ({"closed_at": "2024-01-01T00:00:00Z"}, True),
        ({"closed": True}, True),
        ({"closed_at": None}, False),
        ({}, False),
    ],
)
def test_closed_there_is_done_here(issue: dict[str, object], closed: bool, tmp_path: Path) -> None:
    assert request(tmp_path, **issue).closed is closed


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("text", "no issue"),
        (7, "no issue"),
        (None, "no issue"),
        ({}, "no title"),
        ({"title": " ​\n"}, "no title"),
        ({"title": 7, "number": 7}, "no title"),
        ({"message": "Not Found\x1b]0;x\x07"}, "GitHub answered “Not Found␛]0;x␇”"),
    ],
)
def test_what_is_no_issue_fails_alone(value: object, reason: str, tmp_path: Path) -> None:
    bad, good = read(tmp_path, value, {"title": "T"})
    assert isinstance(bad, Failed)
    assert reason in bad.reason
    assert isinstance(good, Draft)


def test_pages_are_taken_apart(tmp_path: Path) -> None:
    page = [{"title": "A", "number": 1}, {"title": "B", "number": 2}]
    path = tmp_path / "issues.json"
    for text in (
        json.dumps([page, page]),
        json.dumps(page) + json.dumps(page),
        json.dumps({"total_count": 2, "items": page}) + "\n" + json.dumps({"items": page}),
    ):
        path.write_text(text)
        assert kinds(list(github.read(path, Progress()))) == ["Draft"] * 4
        assert github.recognises(path, text.encode())


@shared_folder
@given(issues=any_issues)
def test_whatever_an_issue_holds_it_is_accounted_for_and_safe(
    issues: list[object], tmp_path: Path
) -> None:
    items = read(tmp_path, *issues)
    pages = [i for i in issues if isinstance(i, list) or (isinstance(i, dict) and "items" in i)]
    assert len(items) == len(issues) or pages
    for item in items:
        if isinstance(item, Draft):
            draft = item.request
            assert draft.source_id
            assert draft.title == clean_line(draft.title) != ""
            assert draft.body == clean(draft.body)
            for text in (draft.topic or "", draft.requester, draft.source_id):
                assert text == clean_line(text)
            assert item.items == max(1, len(draft.messages))


@shared_folder
@given(st.binary(max_size=60))
def test_no_head_makes_it_crash(head: bytes) -> None:
    github.recognises(Path("x"), head)
    github.recognises(Path("x"), b'[{"title": "' + head)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 200_000,
        b"From a@b Thu Jan  1 00:00:00 1970\n",
        b'{"format": "pmdesk"}',
        b'[{"uuid": "1", "description": "a task", "entry": "20230811T170622Z"}]',
        b'{"id": "5", "name": "a board", "cards": [{"title": "x", "number": 1}]}',
        b'[{"title": "a note", "url": "https://example.org/7"}]',
        b'{"message": "no issue"}',
    ],
)
def test_other_files_are_not_taken_for_issues(head: bytes) -> None:
    assert not github.recognises(Path("x.json"), head)


def test_an_issue_longer_than_the_head_is_recognised() -> None:
    issue = {"title": "T", "url": "https://github.com/a/b/issues/5", "body": "x" * 100_000}
    for issues in (issue, [issue], issue | {"number": 5}):
        assert github.recognises(Path("x"), json.dumps(issues).encode()[: 64 * 1024])


def test_reading_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "issues.json"
    path.write_text(json.dumps([{"title": "T"}] * 10))
    read_so_far: list[Item] = []
    for item in github.read(path, Progress(cancelled=lambda: len(read_so_far) >= 3)):
        read_so_far.append(item)
    assert len(read_so_far) == 3


def test_a_file_that_vanishes_is_told(tmp_path: Path) -> None:
    (item,) = github.read(tmp_path / "gone.json", Progress())
    assert isinstance(item, Failed)
    assert "No such file" in item.reason


def test_a_long_array_is_read_as_a_stream(tmp_path: Path) -> None:
    words = random.Random(7)
    body = "".join(words.choices(string.ascii_letters + " \n", k=2_000))
    path = tmp_path / "many.json"
    with path.open("w") as file:
        file.write("[")
        file.write(
            ",".join(json.dumps({"title": "T", "number": n, "body": body}) for n in range(1, 3_001))
        )
        file.write("]")
    told: list[int] = []
    issues = github.read(path, Progress(told.append))
    next(issues)
    assert told[-1] < path.stat().st_size / 10
    assert sum(isinstance(item, Draft) for item in issues) == 2_999
