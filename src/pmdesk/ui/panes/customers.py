"""The customers: their tree by market, and what the selected thing serves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode

from pmdesk.customers.queries import Branch, Hierarchy, MarketTree, hierarchy
from pmdesk.customers.sight import band
from pmdesk.ui.empty_states import no_customers
from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.pane import Pane
from pmdesk.ui.widgets.pane_head import PaneHead
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.copying import Copyable
    from pmdesk.desk import Desk

_BESIDE = 100
"""Columns from which the selected thing stands beside the tree."""

Item = Branch | MarketTree | None
_TOGGLES = Style.from_meta({"toggle": True})
"""By this Tree knows a click on the sign from one on the words."""


class CustomerTree(Tree[Item]):
    """`h l` fold and unfold; `enter` does either."""

    BINDING_GROUP_TITLE = "Tree"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Next", id="tree.down", show=False),
        Binding("k", "cursor_up", "Previous", id="tree.up", show=False),
        Binding("h", "fold", "Fold", id="tree.fold"),
        Binding("left", "fold", "Fold", id="tree.fold.arrow", show=False),
        Binding("l", "unfold", "Unfold", id="tree.unfold"),
        Binding("right", "unfold", "Unfold", id="tree.unfold.arrow", show=False),
        Binding("enter", "toggle_node", "Fold or unfold", id="tree.open", show=False),
        Binding("g", "first", "First", id="tree.first", show=False),
        Binding("G", "last", "Last", id="tree.last", show=False),
    ]
    # Textual's own lays out the whole screen again whenever a branch folds.
    virtual_size = Reactive(Size(0, 0), repaint=False)
    _line_style: Style | None = None

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "customers--theirs", "customers--operations", "customers--ours", "customers--sight",
        "customers--no-sight", "customers--quiet", "customers--market",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__("", id="tree")
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False  # a click on a statement is to read it, not to fold it

    def watch_virtual_size(self, size: Size) -> None:
        self._scroll_update(size)

    def render_lines(self, crop: Region) -> list[Strip]:
        self._line_style = super().rich_style  # Tree would work it out for every line
        try:
            return super().render_lines(crop)
        finally:
            self._line_style = None

    @property
    def rich_style(self) -> Style:
        return super().rich_style if self._line_style is None else self._line_style

    def action_first(self) -> None:
        self.cursor_line = 0

    def action_last(self) -> None:
        self.cursor_line = self.last_line

    def action_fold(self) -> None:
        """Closes the branch; on a closed one goes to what it hangs on."""
        node = self.cursor_node
        if node is not None and node.is_expanded and node.children:
            node.collapse()
        elif node is not None and node.parent is not None and not node.parent.is_root:
            self.move_cursor(node.parent)
        else:
            self._say("There is nothing to fold here.")

    def action_unfold(self) -> None:
        """Opens the branch; on an open one goes to its first child."""
        node = self.cursor_node
        if node is None or not node.children:
            self._say("Nothing hangs below this." if node else "There is nothing to unfold here.")
        elif node.is_expanded:
            self.move_cursor(node.children[0])
        else:
            node.expand()

    def action_toggle_node(self) -> None:
        if self.cursor_node is not None and self.cursor_node.children:
            super().action_toggle_node()
        else:
            self.action_unfold()

    def _say(self, why_not: str) -> None:
        self.post_message(Said(why_not, warning=True))

    def render_label(self, node: TreeNode[Item], base_style: Style, style: Style) -> Text:
        text = Text(no_wrap=True)
        if node.children:
            text.append("▾ " if node.is_expanded else "▸ ", self._part("quiet") + _TOGGLES)
        else:
            text.append("  ")
        item = node.data
        if isinstance(item, Branch):
            self._branch_label(text, item)
        elif isinstance(item, MarketTree):
            text.append(item.name, self._part("market"))
            said = "1 account" if item.accounts == 1 else f"{item.accounts} accounts"
            text.append(f"  {said}", self._part("quiet"))
        else:
            text.append(str(node.label), self._part("no-sight"))
        text.truncate(max(8, self.size.width - self._indent(node)), overflow="ellipsis")
        text.stylize_before(style)
        return text

    def _indent(self, node: TreeNode[Item]) -> int:
        """Cells left of a label: the guides of all that it hangs on."""
        depth, above = 0, node.parent
        while above is not None and not above.is_root:
            depth, above = depth + 1, above.parent
        return depth * self.guide_depth + 1

    def _branch_label(self, text: Text, item: Branch) -> None:
        text.append(f"{item.code:<3} ", self._part(_BAND_STYLES[band(item.kind)]))
        quiet = item.status in ("reached", "dropped")
        text.append(item.statement, self._part("quiet") if quiet else None)
        if not item.goal:
            text.append("  △" if not quiet else f"  {item.status}", self._part("no-sight"))

    def _part(self, name: str) -> Style:
        if not self.is_mounted:  # Tree measures its root before the styles are there
            return Style.null()
        return self.get_component_rich_style(f"customers--{name}", partial=True)


_BAND_STYLES = {
    "THEIR STRATEGY": "theirs",
    "THEIR OPERATIONS": "operations",
    "OUR PRODUCTS": "ours",
}


class Customers(Pane):
    BINDING_GROUP_TITLE = "Customers"
    SHOWS = frozenset({"market", "account", "node", "requirement", "product"})

    _read: Hierarchy | None = None
    _wanted: str = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PaneHead("1", "Customers"), "customers")

    def body(self) -> Iterator[Widget]:
        yield Static(Content(""), id="customers-empty", classes="empty", markup=False)
        line = Static(Content(""), id="line", markup=False)
        yield Widget(CustomerTree(), line, id="customers-both")

    def on_mount(self) -> None:
        self.head.tell(note="by market")

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= _BESIDE, "-beside")

    @property
    def tree_widget(self) -> CustomerTree:
        return self.query_one(CustomerTree)

    def take_focus(self) -> None:
        self.tree_widget.focus()

    def reload(self) -> None:
        begin(self, self._load, "customers.load")

    def go_to(self, key: str) -> None:
        """Puts the cursor on a node or requirement by its code, or on "market 3", as soon as
        it is listed."""
        self._wanted = key
        if self._read is not None:
            self._reach()

    def _reach(self) -> None:
        key, self._wanted = self._wanted, ""
        found = next((node for node in _nodes(self.tree_widget.root) if _key(node) == key), None)
        if found is None:
            self.post_message(Said(f"{key} is not among what is listed here.", warning=True))
            return
        step = found.parent
        while step is not None:
            step.expand()
            step = step.parent
        self.call_after_refresh(self.tree_widget.move_cursor, found)

    async def _load(self) -> None:
        read = await self.ask(hierarchy)
        if read != self._read:
            self._fill(read)
            self._read = read
        if self._wanted:
            self._reach()

    def _fill(self, read: Hierarchy) -> None:
        tree = self.tree_widget
        folded = {
            _key(node) for node in _nodes(tree.root) if node.children and not node.is_expanded
        }
        current = _key(tree.cursor_node) if tree.cursor_node else ""
        tree.clear()
        for market in read.markets:
            node = tree.root.add(Text(market.name), market)
            for goal in market.goals:
                _grow(node, goal)
        if read.adrift:
            node = tree.root.add(Text("Adrift: under no goal"), None)
            for branch in read.adrift:
                _grow(node, branch)
        tree.root.expand()
        for node in _nodes(tree.root):
            if node.children and _key(node) not in folded:
                node.expand()
        self._put_cursor(current)
        self._empty(read)

    def _put_cursor(self, key: str) -> None:
        """On the thing it stood on, else on the first goal, which has something to say."""
        tree = self.tree_widget
        nodes = list(_nodes(tree.root))
        found = next((node for node in nodes if _key(node) == key), None)
        found = found or next((node for node in nodes if isinstance(node.data, Branch)), None)
        if found is not None:
            self.call_after_refresh(tree.move_cursor, found)

    def _empty(self, read: Hierarchy) -> None:
        empty = not read.markets and not read.adrift
        self.set_class(empty, "-empty")
        if empty:
            self.query_one("#customers-empty", Static).update(Content(no_customers(self.app)))

    @property
    def has_copyables(self) -> bool:
        return self._filled and self.tree_widget.cursor_node is not None

    async def copyables(self) -> tuple[Copyable, ...]:
        from pmdesk.customers.copying import of_selected

        node = self.tree_widget.cursor_node
        if node is None or self._read is None:
            return ()
        return of_selected(self._read, node.data, _above(node))

    @on(Tree.NodeHighlighted)
    def _highlighted(self, event: Tree.NodeHighlighted[Item]) -> None:
        self.refresh_bindings()
        line = self.query_one("#line", Static)
        line.update(_line(event.node, max(12, line.size.width)))


def _grow(above: TreeNode[Item], branch: Branch) -> None:
    """A branch with all below it, everything unfolded."""
    if not branch.children:
        above.add_leaf(Text(branch.code), branch)
        return
    node = above.add(Text(branch.code), branch)
    for child in branch.children:
        _grow(node, child)


def _nodes(root: TreeNode[Item]) -> Iterator[TreeNode[Item]]:
    for child in root.children:
        yield child
        yield from _nodes(child)


def _key(node: TreeNode[Item]) -> str:
    match node.data:
        case Branch():
            return node.data.code
        case MarketTree():
            return f"market {node.data.id}"
    return "adrift"


def _line(node: TreeNode[Item], width: int) -> Content:
    """The selected thing, and by band what it hangs on, from the goal down."""
    item = node.data
    if isinstance(item, MarketTree):
        return Content.styled(item.name, "bold $foreground")
    if not isinstance(item, Branch):
        return Content("What hangs under no goal: gaps, not errors.")
    detail = " · ".join(filter(None, (item.kind, item.detail, _status(item))))
    parts: list[tuple[str, str]] = [
        (f"{item.code}  ", "$accent"),
        (item.statement, "bold $foreground"),
        (f"  {detail}\n", "$muted"),
        _sight(item),
    ]
    said = ""
    for above in _above(node):
        if band(above.kind) != said:
            said = band(above.kind)
            parts.append((f"\n{said}", "$muted"))
        parts.append((f"\n  {above.code:<3} ", "$accent"))
        parts.append((elide(above.statement, width - 6), "$foreground"))
    return Content.assemble(*parts)


def _above(node: TreeNode[Item]) -> list[Branch]:
    """What a thing hangs on, the goal first."""
    path: list[Branch] = []
    step = node.parent
    while step is not None and isinstance(step.data, Branch):
        path.append(step.data)
        step = step.parent
    return path[::-1]


def _status(item: Branch) -> str:
    return "" if item.status == "active" else item.status


def _sight(item: Branch) -> tuple[str, str]:
    if item.goal == item.code:
        return "▲ an active goal", "$sight"
    if item.goal:
        return f"▲ line of sight to {item.goal}", "$sight"
    return "△ no line of sight to an active goal", "$warning"
