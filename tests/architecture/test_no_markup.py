"""No text of a person reaches a widget as a `str` that Textual would read as markup.

`[@click=app.quit]` in a mail's subject would act, `[/nope]` would end the program. So what
is given to a widget as content is a literal, a `Content`, a rich `Text`, or comes with
`markup=False`. Names, f-strings, calls and sums are none of these.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "src" / "pmdesk" / "ui"

WIDGETS = {
    "Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "Tab", "TabPane",
    "Option", "OptionList", "Select", "SelectionList", "Selection", "Link", "Digits", "Toast",
    "Tree", "ListItem", "Header", "LoadingIndicator",
}  # fmt: skip
METHODS = {
    "update", "notify", "add_option", "add_options", "set_options", "add_column", "add_columns",
    "add_row", "add_rows", "add", "add_leaf", "set_label", "add_tab", "replace_option_prompt",
    "append_text", "panic",
}  # fmt: skip
ATTRIBUTES = {
    "border_title", "border_subtitle", "tooltip", "label", "loading_text", "placeholder_markup",
}  # fmt: skip
CONTENT_WORDS = {"content", "label", "message", "title", "prompt", "renderable", "text"}
SAFE_CALLS = {"Content", "Text", "assemble", "styled", "from_text_plain", "Choices"}
# `set.add` and `dict.update` take no content; a widget's `update` has exactly one argument
PLAIN_RECEIVERS = {"hits", "seen", "folded", "marks", "groups", "lines", "mine"}


def violations(source: str, name: str) -> Iterator[str]:
    """Places in the source that give a widget text it might read as markup."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from (_place(name, bad) for bad in _unsafe_arguments(node))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if (
                    isinstance(target, ast.Attribute)
                    and target.attr in ATTRIBUTES
                    and not _safe(node.value)
                ):
                    yield _place(name, node.value)
        elif isinstance(node, ast.Attribute) and node.attr == "from_markup":
            yield _place(name, node)


def _place(name: str, node: ast.AST) -> str:
    return f"{name}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)}"


def _unsafe_arguments(call: ast.Call) -> Iterator[ast.expr]:
    called = _called(call.func)
    if called not in WIDGETS and not (isinstance(call.func, ast.Attribute) and called in METHODS):
        return
    if _receiver(call.func) in PLAIN_RECEIVERS or _is_markup_off(call):
        return
    words = [word.value for word in call.keywords if word.arg in CONTENT_WORDS]
    for argument in (*call.args[:1], *words):
        if not _safe(argument):
            yield argument


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    if isinstance(function, ast.Subscript):
        return _called(function.value)
    return function.id if isinstance(function, ast.Name) else ""


def _receiver(function: ast.expr) -> str:
    if not isinstance(function, ast.Attribute):
        return ""
    return function.value.id if isinstance(function.value, ast.Name) else ""


def _is_markup_off(call: ast.Call) -> bool:
    return any(
        word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in call.keywords
    )


def _safe(node: ast.expr) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Call():
            return _called(node.func) in SAFE_CALLS or _is_content_builder(node)
        case ast.IfExp():
            return _safe(node.body) and _safe(node.orelse)
    return False


def _is_content_builder(call: ast.Call) -> bool:
    """A function of the same file that says it returns Content."""
    return _called(call.func) in _BUILDERS


_BUILDERS: set[str] = set()


def _collect_builders(tree: ast.Module) -> None:
    _BUILDERS.clear()
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef)
            and isinstance(node.returns, ast.Name)
            and node.returns.id in ("Content", "Text")
        ):
            _BUILDERS.add(node.name)


def check(source: str, name: str) -> list[str]:
    _collect_builders(ast.parse(source))
    return list(violations(source, name))


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.name)
def test_the_screen_never_reads_data_as_markup(path: Path) -> None:
    assert check(path.read_text("utf-8"), path.name) == []


@pytest.mark.parametrize(
    "line",
    [
        "Static(title)",
        'Static(f"{row.title}")',
        "Label(row.title)",
        'Button("Keep " + title)',
        "Static(str(error))",
        "Static(content=title)",
        "Static(title, markup=True)",
        'Static("%s" % title)',
        "self.notify(message)",
        "self.app.notify(str(error), severity='error')",
        'self.notify("Kept", title=words)',
        "self.query_one(Static).update(sentence)",
        'widget.update(f"{count} rows")',
        "options.add_option(row.title)",
        "OptionList(*titles)",
        "tree.root.add(branch.statement)",
        "node.add_leaf(branch.statement)",
        "self.border_title = desk.name",
        "box.border_subtitle = f'{count}'",
        "self.tooltip = row.title",
        "Content.from_markup(title)",
        "Static(title if title else 'none')",
        "Select(choices)",
        "node.set_label(name)",
        "table.add_row(title)",
    ],
)
def test_the_check_finds(line: str) -> None:
    assert check(line, "sample.py")


@pytest.mark.parametrize(
    "line",
    [
        'Static("plain words")',
        "Static(Content(title))",
        "Static(title, markup=False)",
        "Static(Content.assemble((title, 'bold')))",
        "self.notify(message, markup=False)",
        "tree.root.add(Text(title), data)",
        "self.border_title = Content(title)",
        "def words() -> Content: ...\nStatic(words())",
    ],
)
def test_the_check_lets_through(line: str) -> None:
    assert check(line, "sample.py") == []
