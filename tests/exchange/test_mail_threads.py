"""Mails joined to threads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.readers.mail_message import Mail
from pmdesk.exchange.readers.mail_threads import drafts, in_order, is_reply, threads, title_of
from pmdesk.requests.actions import MessageDraft

from .mailmaking import made, request

MONDAY = datetime(2025, 6, 9, 8, 0, tzinfo=UTC)


def mail(
    name: str, subject: str = "", references: Sequence[str] = (), hours: int | None = 0
) -> Mail:
    sent = None if hours is None else MONDAY + timedelta(hours=hours)
    message = MessageDraft(name, "Ada", "ada@quayside.example", "text", sent)
    return Mail(message, name, subject, tuple(references))


def names(found: list[list[Mail]]) -> list[list[str]]:
    return [[one.message.source_id for one in thread] for thread in found]


def test_a_reply_joins_what_it_answers() -> None:
    mails = [mail("a", "Berths"), mail("b", "Cranes"), mail("c", "Re: Berths", ["a"], 2)]
    assert names(threads(mails)) == [["a", "c"], ["b"]]


def test_two_replies_to_an_absent_mail_are_one_thread() -> None:
    assert names(threads([mail("a", references=["gone"]), mail("b", references=["gone"])])) == [
        ["a", "b"]
    ]


def test_a_cycle_of_references_is_harmless() -> None:
    mails = [mail("a", references=["b"]), mail("b", references=["a", "b"], hours=1)]
    assert names(threads(mails)) == [["a", "b"]]


def test_a_reply_without_references_joins_by_its_subject() -> None:
    mails = [
        mail("a", "[quay] Berth times"),
        mail("b", "AW: Berth times", hours=1),
        mail("c", "Re: [quay] berth times", hours=2),
    ]
    assert names(threads(mails)) == [["a", "b", "c"]]


def test_the_same_subject_alone_joins_nothing() -> None:
    assert len(threads([mail("a", "Question"), mail("b", "Question", hours=1)])) == 2
    assert len(threads([mail("a", "Fwd: Question"), mail("b", "Fwd: Question", hours=1)])) == 2


def test_a_reply_that_names_its_thread_is_not_joined_by_its_subject() -> None:
    mails = [mail("a", "Question"), mail("b", "Re: Question", ["elsewhere"], 1)]
    assert len(threads(mails)) == 2


def test_empty_subjects_join_nothing() -> None:
    assert len(threads([mail("a", "Re:"), mail("b", "Re: ", hours=1), mail("c", "")])) == 3


def test_oldest_first_and_unknown_dates_stay_where_they_stand() -> None:
    mails = [mail("late", hours=9), mail("unknown", hours=None), mail("early", hours=1)]
    assert [one.where for one in in_order(mails)] == ["early", "late", "unknown"]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Fwd: AW: Berths", "Berths"),
        ("RE[2]: WG: Berths", "Berths"),
        ("[quay] Re: Berths", "[quay] Berths"),
        ("回复：Berths", "Berths"),
        ("", "(no subject)"),
        ("Re:", "(no subject)"),
        ("Reform: what now", "Reform: what now"),
        ("R: a language", "R: a language"),
    ],
)
def test_the_title_is_the_subject_without_prefixes(subject: str, title: str) -> None:
    assert title_of(subject) == title


def test_only_a_reply_prefix_makes_a_reply() -> None:
    assert is_reply("Re: a")
    assert is_reply("[list] SV: a")
    assert not is_reply("Fwd: a")
    assert not is_reply("Regarding: a")


def test_a_thread_is_one_request_with_all_messages_and_names() -> None:
    mails = [mail("b", "Re: Berths", ["a", "gone"], 5), mail("a", "Berths", hours=1)]
    (draft,) = drafts(mails)
    assert draft.items == 2
    asked = draft.request
    assert (asked.source, asked.source_id, asked.title) == ("mail", "a", "Berths")
    assert asked.arrived_at == MONDAY + timedelta(hours=1)
    assert [one.source_id for one in asked.messages] == ["a", "b"]
    assert set(asked.references) == {"a", "b", "gone"}


def test_a_forwarded_mail_keeps_what_was_forwarded() -> None:
    body = (
        "See below.\n\nFrom: Bo <bo@fleet.example>\nSent: Monday\nTo: Ada\n"
        "Subject: Crane\n\nThe crane stops at 30 knots."
    )
    assert "30 knots" in request(made(body, subject="FW: Crane")).body
    assert "30 knots" not in request(made(body, subject="Re: Crane")).body


IDS = st.sampled_from([f"id{n}" for n in range(12)])
MAILS = st.lists(
    st.builds(
        mail,
        name=IDS,
        subject=st.sampled_from(["", "a", "Re: a", "Re: b", "b", "Fwd: a"]),
        references=st.lists(IDS, max_size=3),
        hours=st.one_of(st.none(), st.integers(0, 50)),
    ),
    unique_by=lambda one: one.message.source_id,
    max_size=12,
)


@given(MAILS)
def test_each_mail_is_in_one_thread_and_who_shares_a_name_is_together(mails: list[Mail]) -> None:
    found = threads(mails)
    assert sorted(one for thread in names(found) for one in thread) == sorted(
        one.message.source_id for one in mails
    )
    place = {one.message.source_id: n for n, thread in enumerate(found) for one in thread}
    speaking_of: dict[str, int] = {}
    for one in mails:
        for name in (one.message.source_id, *one.references):
            expected = speaking_of.setdefault(name, place[one.message.source_id])
            assert place[one.message.source_id] == expected


@given(MAILS)
def test_by_ids_alone_the_order_in_the_file_changes_no_thread(mails: list[Mail]) -> None:
    quiet = [mail(one.where, "", one.references) for one in mails]
    turned = list(reversed(quiet))
    as_sets = {frozenset(thread) for thread in names(threads(quiet))}
    assert {frozenset(thread) for thread in names(threads(turned))} == as_sets


@pytest.mark.parametrize(
    ("subject", "fields", "title"),
    [
        ("[users@httpd] Proxy", {"list_post": "<mailto:users@httpd.example>"}, "Proxy"),
        ("Re: [users@httpd] Re: Proxy", {"list_post": "<mailto:users@httpd.example>"}, "Proxy"),
        ("[harbour] Cranes", {"list_id": "Harbour talk <harbour.lists.example>"}, "Cranes"),
        ("[urgent] Cranes", {"list_id": "Harbour talk <harbour.lists.example>"}, "[urgent] Cranes"),
        ("[harbour] Cranes", {}, "[harbour] Cranes"),
        ("[harbour]", {"list_id": "<harbour.lists.example>"}, "(no subject)"),
    ],
)
def test_a_title_goes_without_what_a_mailing_list_puts_before_it(
    subject: str, fields: dict[str, str], title: str
) -> None:
    assert request(made(subject=subject, **fields)).title == title
