"""HTML to text. Nothing is fetched: scripts, styles and images are left out."""

from __future__ import annotations

import re
from html import unescape

LAYOUT_LIMIT = 200 * 1024
"""Characters of HTML in one mail that are laid out; more is only stripped."""
_PADDING_LIMIT = 20_000_000
"""Characters that a layout of tables and lists may blow up to, at worst."""

_SILENT = {name: re.compile(f"</{name}", re.I) for name in ("script", "style", "title", "template")}
# fmt: off
_BREAKING = frozenset((
    "p", "div", "br", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "pre", "blockquote", "section", "article", "dt", "dd", "td", "th",
))
# fmt: on
_STYLE = re.compile(r"""style\s{0,3}=\s{0,3}("[^"]*"|'[^']*'|[^\s>]*)""", re.I)
_LINE_MAKER = re.compile(r"<(?:p|div|br|tr|li|h\d|hr|dt|dd|table|ul|ol)\b", re.I)
_TAG = re.compile(r"<(?:/?([a-zA-Z][a-zA-Z0-9]{0,20})|!--|[!?])")


def html_to_text(html: str) -> str:
    """The text of an HTML mail in its layout; plainly stripped where that would cost too much."""
    html = html.replace("\0", "")
    plain = stripped(html)
    lines = len(_LINE_MAKER.findall(html)) + plain.count("\n")
    if len(html) > LAYOUT_LIMIT or lines * len(plain) > _PADDING_LIMIT:
        return plain
    # margins and paddings become blanks, up to 100,000 for each line
    quiet = _STYLE.sub(lambda style: _hidden(style[1]), html)
    try:
        from inscriptis import get_text

        text = get_text(quiet)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        return plain
    # lxml drops what is nested more than 256 deep
    if len("".join(text.split())) < len("".join(plain.split())) // 2:
        return plain
    return tidy(text)


def _hidden(style: str) -> str:
    return 'style="display:none"' if re.search(r"display\s{0,3}:\s{0,3}none", style, re.I) else ""


def stripped(html: str) -> str:
    """The text without its tags, in one pass of linear time."""
    out: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while (tag := _TAG.search(html, at)) is not None:
        out.append(html[at : tag.start()])
        closing = "-->" if tag[0].startswith("<!--") else ">"
        end = html.find(closing, tag.start())
        if end < 0:
            return tidy(unescape("".join(out)))
        at = end + len(closing)
        name = (tag[1] or "").lower()
        if name in _BREAKING:
            out.append(" " if name in ("td", "th") else "\n")
        elif name in _SILENT and name not in unclosed and not tag[0].startswith("</"):
            if end_tag := _SILENT[name].search(html, at):
                at = end_tag.start()
            else:
                unclosed.add(name)
    return tidy(unescape("".join(out) + html[at:]))


def tidy(text: str) -> str:
    """Lines without white space at their ends, at most two blank ones in a row."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{4,}", "\n\n\n", lines).strip("\n")
