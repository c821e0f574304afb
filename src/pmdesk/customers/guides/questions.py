"""The words of the interview guide. None of them may name a product or a feature, and the
lines that they make are known again when the answers are filed (`customers.guides.answers`)."""

from __future__ import annotations

from collections.abc import Mapping

from pmdesk.customers.kinds import Layer, NodeKind

TITLE = "Interview"
ACCOUNT, LAYER, HEARD_ON, PERSON = "Account", "Layer", "Heard on", "Person"
KNOWN = "Known:"
ANSWER = "Answer:"
NEW = "new"
"""Stands where a question is about no node."""

THEM: Mapping[Layer, str] = {"executive": "executives", "manager": "managers", "user": "users"}
SECTIONS = ("To be confirmed", "Open questions", "At the end")
LAST = ("What should we have asked and did not?",)

HOW: Mapping[Layer, str] = {
    "executive": "Their results and what stands in the way. Nothing of ours is named.",
    "manager": "What they have set in motion and how their operations run. Nothing of ours is "
    "named.",
    "user": "One working day, as it was. Nothing of ours is named.",
}
FILED = (
    "Their words go below “Answer:”; !0 to !3 at the end of one says how much it matters to "
    "them; a line “Person: …” there says who else spoke. The signs in brackets say where each "
    "is filed."
)

KINDS: Mapping[Layer, tuple[NodeKind, ...]] = {
    "executive": ("goal", "obstacle", "need"),
    "manager": ("initiative", "tactic", "need", "obstacle", "goal"),
    "user": ("need", "tactic", "goal"),
}
"""What each layer can speak of, the nearest to it first."""
GOALS: Mapping[Layer, int] = {"executive": 8, "manager": 2, "user": 1}
"""Of those heard, and of those not heard, on one page."""

ByLayer = Mapping[Layer, str]

_NEED_CONFIRM: ByLayer = {
    "executive": "Is this still what you have to know or decide, and how do you do it now?",
    "manager": "How do you manage this now, and what does it cost you?",
    "user": "When was this the last time, and how did you do it?",
}
_NEED_UNHEARD: ByLayer = {
    "executive": "Is this something you have to know or decide? When was it the last time?",
    "manager": "Is this so with you? Tell me of the last time.",
    "user": "Does this happen in your day? Tell me of the last time.",
}

CONFIRM: Mapping[NodeKind, ByLayer] = {
    "goal": {
        "executive": "Is this still a result you must reach, and what has changed since?",
        "manager": "What does this ask of you and your people?",
        "user": "Where does this show in your day?",
    },
    "obstacle": {
        "executive": "Is this still what stands in the way, and what does it cost you?",
        "manager": "Is it still so, and what do you do about it already?",
        "user": "Where do you run into this?",
    },
    "initiative": {
        "executive": "How far has it come, and what holds it up?",
        "manager": "How far has it come, and what holds it up?",
        "user": "What has it changed in your day?",
    },
    "tactic": {
        "executive": "Does this decide anything you are held to?",
        "manager": "Is it still done so, how often, and where does it stop?",
        "user": "Take me through it: what comes first, and where do you wait?",
    },
    "need": _NEED_CONFIRM,
}
UNHEARD: Mapping[NodeKind, ByLayer] = {
    "goal": {
        "executive": "Is this a result you must reach, and who is held to it?",
        "manager": "Who above you speaks of this, and how does it reach you?",
        "user": "Have you heard of this, and does it show in your day?",
    },
    "obstacle": {
        "executive": "Does this stand in your way, and what does it cost you?",
        "manager": "Is it so with you, and what do you do about it?",
        "user": "Do you run into this, and where?",
    },
    "initiative": {
        "executive": "Do you run something like this? What do you expect of it?",
        "manager": "Do you run something like this? How far has it come?",
        "user": "Have you noticed anything of this?",
    },
    "tactic": {
        "executive": "Does this decide anything you are held to?",
        "manager": "Is it done so with you, how often, and by whom?",
        "user": "Is this how it is done? Take me through the last time.",
    },
    "need": _NEED_UNHEARD,
}
MEASURED: ByLayer = {
    "executive": "Where does the figure stand today, and what moved it?",
    "manager": "Which part of the figure is in your hands?",
    "user": "What do you do that moves this figure?",
}
ONE_VOICE = "One organisation has told us of this so far: how often is it so with you?"

OF_GAPS: tuple[tuple[str, ByLayer], ...] = (
    (
        "goal-unmeasured",
        {
            "executive": "How do you know that you are there: from where to where, until when?",
            "manager": "Which figure are you shown for this, and where does it stand?",
            "user": "How do you notice that it went well?",
        },
    ),
    (
        "goal-unexplained",
        {
            "executive": "What makes it hard?",
            "manager": "What in your operations makes it hard?",
            "user": "What gets in the way of it?",
        },
    ),
    (
        "branch-dead-end",
        {
            "executive": "What have you set in motion because of it, and who runs that?",
            "manager": "What does it mean for the daily work: what is done, by whom, how often?",
            "user": "What would you have to know or be able to do for it?",
        },
    ),
    (
        "need-adrift",
        {
            "executive": "Which of your results gets better by it?",
            "manager": "What is it for: which result gets better by it?",
            "user": "What do you do with it next, and who waits for it?",
        },
    ),
)  # fmt: skip
"""What a gap (its rule) asks of whom, beside the first question."""


def all_asks() -> frozenset[str]:
    """Every line that may stand between a statement and the space for its answer."""
    by_kind = (*CONFIRM.values(), *UNHEARD.values(), MEASURED, *(one for _, one in OF_GAPS))
    return frozenset({words for each in by_kind for words in each.values()} | {ONE_VOICE})
