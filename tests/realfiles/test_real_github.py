"""Real GitHub files, where the folder that holds them is named: each item is accounted for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pmdesk.exchange.formats import reader_for
from pmdesk.exchange.reading import Draft, Failed, Progress, Skipped

_NAMED = os.environ.get("PMDESK_REALFILES", "")
FILES = sorted(Path(_NAMED, "github").glob("*.json*")) if _NAMED else []

pytestmark = pytest.mark.skipif(not FILES, reason="PMDESK_REALFILES names no folder with github/")


def raw_items(path: Path) -> list[dict[str, Any]]:
    text = path.read_text("utf-8")
    if text.lstrip().startswith("["):
        return list(json.loads(text))
    return [json.loads(line) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("path", FILES or [Path("none")], ids=lambda path: path.name)
def test_every_item_is_accounted_for(path: Path) -> None:
    reader = reader_for(path)
    assert reader.NAME == "GitHub issues"
    items = list(reader.read(path, Progress()))
    raw = raw_items(path)
    assert len(items) == len(raw)
    assert [item for item in items if isinstance(item, Failed)] == []
    pulls = [issue.get("pull_request") is not None for issue in raw]
    assert [isinstance(item, Skipped) for item in items] == pulls


@pytest.mark.parametrize("path", FILES or [Path("none")], ids=lambda path: path.name)
def test_every_issue_has_a_name_a_title_and_a_date(path: Path) -> None:
    items = list(reader_for(path).read(path, Progress()))
    drafts = [item.request for item in items if isinstance(item, Draft)]
    issues = [issue for issue in raw_items(path) if issue.get("pull_request") is None]
    for draft, issue in zip(drafts, issues, strict=True):
        title = " ".join(issue["title"].split())
        assert draft.title.startswith(title[:20])
        assert draft.arrived_at is not None
        created = issue.get("created_at") or issue["createdAt"]
        assert draft.arrived_at.isoformat() == created.replace("Z", "+00:00")
        assert draft.closed is (str(issue.get("state", "open")).lower() == "closed")
    assert len({draft.source_id for draft in drafts}) == len(drafts)
