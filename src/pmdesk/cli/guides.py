"""guide: pages to take along, and the answers of one filed back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pmdesk.cli.ctrl_c import finishing
from pmdesk.cli.desks import desk_path, open_desk
from pmdesk.cli.output import say, say_line, tell
from pmdesk.cli.parsing import Commands, UsageError
from pmdesk.cli.paths import spare_desks, typed_text
from pmdesk.errors import RefusedError

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.guides.answers import Filing
    from pmdesk.customers.guides.pages import Guide
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Account

_FORMS = "interview ACCOUNT LAYER, value SOLUTION, referee, or file ANSWERS.md"
_LONGEST = 1_000_000
"""Bytes of a filled guide."""


def add_to(commands: Commands) -> None:
    command = commands.add(
        "guide",
        "writes a page to take along, as Markdown, or files the answers of one",
        "pmdesk guide interview Northmoor executive -o northmoor.md",
        guide,
        more="  interview ACCOUNT LAYER   what to ask executives, managers or users of an account\n"
        "  value SOLUTION            the value statement of a solution, with its blanks\n"
        "  referee                   what competes, ranked by what it reaches\n"
        "  file ANSWERS.md           files the answers in a filled interview guide; “-” reads\n"
        "                            them from standard input",
    )
    command.add_argument("what", metavar="WHAT", choices=("interview", "value", "referee", "file"))
    command.add_argument("words", metavar="OF", nargs="*", help="the account and layer, the code …")
    command.add_argument(
        "-o", dest="file", metavar="FILE", type=typed_text, default="-", help="write into a file"
    )
    command.add_argument("--force", action="store_true", help="write over an existing file")
    command.add_argument(
        "--dry-run", action="store_true", help="with “file”: show what would be filed"
    )


def guide(arguments: Namespace) -> int:
    if arguments.what == "file":
        return _file(arguments)
    from pmdesk.customers.loading import whole

    file = None if arguments.file == "-" else Path(arguments.file)
    if file is not None:
        spare_desks(file, desk_path(arguments))
    with open_desk(arguments) as desk:
        guides = _guides(arguments, desk.ask(whole), desk.clock.today())
    text = "\n".join(one.markdown() for one in guides)
    for one in guides:
        for note in one.notes:
            tell(f"pmdesk: {note}")
    if file is None:
        say(text.rstrip("\n"))
    else:
        from pmdesk.exchange.saving import save

        save(file, [text.encode()], replace=arguments.force)
        tell(f"pmdesk: wrote {file}")
    return 0


def _guides(arguments: Namespace, hierarchy: Hierarchy, today: date) -> list[Guide]:
    match arguments.what, *arguments.words:
        case "interview", name, layer:
            from pmdesk.customers.guides.answers import layer_called
            from pmdesk.customers.guides.interview import interview_guide

            account = _account(hierarchy, name)
            if (meant := layer_called(layer)) is None:
                raise RefusedError(f"“{layer}” is no layer: write executive, manager or user.")
            return [interview_guide(hierarchy, account, meant, today)]
        case "value", code:
            from pmdesk.customers.guides.value_statement import solutions_meant, value_statement

            key = code.upper()
            if hierarchy.thing(key) is None:
                raise RefusedError(f"There is no {code} in this desk.")
            return [
                value_statement(hierarchy, one, today) for one in solutions_meant(hierarchy, key)
            ]
        case ("referee",):
            from pmdesk.customers.guides.referee import referee_brief

            return [referee_brief(hierarchy, today)]
    raise UsageError(f"a guide is one of: {_FORMS}.")


def _account(hierarchy: Hierarchy, name: str) -> Account:
    """The one called so, or the only one whose name begins so."""
    from pmdesk.customers.guides.answers import accounts_called

    found = list(accounts_called(hierarchy, name))
    if not found:
        beginning = name.strip().casefold()
        found = [one for one in hierarchy.accounts if one.name.casefold().startswith(beginning)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(one.name for one in found[:5])
        raise RefusedError(f"“{name}” may be {names}: write more of it.")
    raise RefusedError(f"There is no account “{name}” in this desk.")


# Filing -----------------------------------------------------------------------------------------


def _file(arguments: Namespace) -> int:
    """Files what has a place; the rest is printed, so that nothing is lost."""
    if len(arguments.words) != 1:
        raise UsageError("“guide file” takes the filled guide: guide file ANSWERS.md.")
    text = _read(arguments.words[0])
    from pmdesk.customers.guides.answers import file_answers
    from pmdesk.customers.loading import whole

    with open_desk(arguments) as desk, finishing() as made:
        filing = file_answers(desk.ask(whole), text, desk.clock.today())
        action = filing.action()
        done = "Would note what was heard"
        if not arguments.dry_run:
            done = desk.perform(action).words
            made("the answers were filed")
    for line in _told(filing, done):
        say_line(line)
    return 0


def _told(filing: Filing, done: str) -> Iterator[str]:
    from pmdesk.customers.guides.answers import said

    account, layer, day = filing.account, filing.layer, filing.heard_on
    assert account is not None
    count = len(filing.filed)
    answers = f"{count} answer{'' if count == 1 else 's'}"
    yield f"{done}: {answers} of {account.name}, {layer}, on {day}"
    for one in filing.filed:
        mark = f" !{one.answer.importance}" if one.answer.importance is not None else ""
        yield f"  {one.node.code}  {one.answer.words}{mark}"
    for problem in filing.problems:
        yield f"  ! {said(problem)}"
    if filing.unplaced:
        yield "Not filed, since it belongs to no node (“pmdesk add” captures it):"
        yield from (f"  {said(one)}" for one in filing.unplaced)


def _read(name: str) -> str:
    if name == "-":
        import sys

        data = sys.stdin.buffer.read(_LONGEST + 1)
    else:
        try:
            with Path(name).open("rb") as file:
                data = file.read(_LONGEST + 1)
        except OSError as error:
            raise RefusedError(f"{name} can't be read: {error.strerror}.") from None
    if len(data) > _LONGEST:
        raise RefusedError(f"{name} is too long to be a filled guide.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(f"{name} is not UTF-8 text.") from None
