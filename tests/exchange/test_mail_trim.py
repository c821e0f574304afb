"""Quotes and signatures trimmed, content never."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.readers.mail_trim import trimmed

ASKED = "Could the pilot roster show the relief?"


@pytest.mark.parametrize(
    "quote",
    [
        "On Mon, Apr 2, 2012 at 6:26 PM, Ada Byrne <a@b.example> wrote:\n\n> Hi\n> there",
        "On Monday the 9th of June 2025 at 09:30,\nAda Byrne <a@b.example> wrote:\n> Hi",
        "Am 09.06.2025 um 09:30 schrieb Ada Byrne:\n> Hallo",
        "Le lun. 9 juin 2025 à 09:30, Ada Byrne <a@b.example> a écrit :\n> Bonjour",
        "El lun, 9 jun 2025 a las 9:30, Ada (<a@b.example>) escribió:\n> Hola",
        "09.06.2025 09:30 пользователь Ada <\na@b.example> написал:\n\n> Hi\n> there",
        "-----Original Message-----\nFrom: Ada\nSent: Monday\nSubject: x\n\nHi",
        "________________________________\nFrom: Ada <a@b.example>\nSent: Monday\nTo: Bo\n"
        "Subject: x\n\nHi",
        "Von: Ada <a@b.example>\nGesendet: Montag\nAn: Bo\nBetreff: x\n\nHallo",
        "> Hi\n> there",
    ],
)
def test_quoted_replies_go(quote: str) -> None:
    assert trimmed(f"{ASKED}\n\n{quote}\n").rstrip("_\n") == ASKED


@pytest.mark.parametrize(
    "signature",
    [
        "--\nAda Byrne\nQuayside Ports\n+353 1 555 0100",
        "Best regards\nAda",
        "Kind regards,\n\nAda Byrne\nQuayside Ports",
        "Mit freundlichen Grüßen\nAda Byrne",
        "Sent from my iPhone",
        "---------------------------------------------\nTo unsubscribe, e-mail: leave@a.example",
    ],
)
def test_signatures_go(signature: str) -> None:
    assert trimmed(f"{ASKED}\n\n{signature}\n") == ASKED


@pytest.mark.parametrize(
    "text",
    [
        ASKED,
        "We need:\n- exports\n- a map\n-tides",
        "Thanks, that worked.\nNow the tides are missing.",
        "Take a look at pier 4\nand at /etc/config\nplease.",
        "On pier 4 the crane wrote:\nERROR 17\nand stopped.",
        "The note on the crane said:\nkeep off\nand we did.",
        "To: be or\nNot to be",
        "Steps:\n> one is a prompt\nand then it fails.",
        "one\n--\ntwo\n" + "\n".join(f"line {n}" for n in range(20)),
        "> only\n> quoted",
        "--\nonly a signature",
        "On Mon, 9 Jun 2025, Ada wrote:\n> only a quote",
    ],
)
def test_content_stays(text: str) -> None:
    assert trimmed(text) == text


def test_an_answer_below_the_quote_stays() -> None:
    text = "On Mon, 9 Jun 2025, Ada <a@b.example> wrote:\n> Which pier?\n\nPier 4.\n"
    assert trimmed(text) == "Pier 4."


@pytest.mark.parametrize(
    "line",
    ["On " + "a " * 95, "On a wrote:", "From:" + " " * 190, "> " * 95, ">" * 199, " " * 199, "- ",
     "Den 1 skrev " + " skrev " * 25 + ":", "On " + "a " * 140 + ":", "From: a\nTo: b\n\nCc: c",
     "[Original Message processed by david" + "x" * 150, "Sent from my " * 5, "2020年1月1日(x):"],
)  # fmt: skip
def test_hostile_texts_cost_no_time(line: str) -> None:
    text = f"{line}\n" * 5000 + "x"
    before = time.process_time()
    trimmed(text[:1_000_000])
    trimmed("\n".join(text.split("\n")[:2900]))
    assert time.process_time() - before < 2


@given(st.text() | st.lists(st.sampled_from(
    ["On a wrote:", "> q", "", "text", "--", "Best regards", "From: a", "Sent: b", "To: c"]
)).map("\n".join))  # fmt: skip
def test_something_is_always_left_and_every_line_was_there(text: str) -> None:
    left = trimmed(text)
    assert bool(left.strip()) == bool(text.strip())
    assert set(left.split("\n")) <= set(text.split("\n")) | {""}
