"""pmdesk's own two themes: calm, and each colour with one meaning.

`theirs` is the customers' world, `mine` my hours (strategic full, tactical dimmed) and our
products, `sight` a line of sight, `warning` what calls for something, `accent` a key.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="pmdesk-dark",
    dark=True,
    primary="#82aacb",
    secondary="#93a0b2",
    accent="#d9b571",
    success="#93bd9a",
    warning="#dfa163",
    error="#d87f80",
    foreground="#cfd4db",
    background="#14171b",
    surface="#181c21",
    panel="#20252c",
    variables={
        "muted": "#8791a0",
        "line": "#323944",
        "chosen": "#2c3a49",
        "chosen-blurred": "#222931",
        "theirs": "#82aacb",
        "mine": "#b7a0dc",
        "sight": "#93bd9a",
        "strategic": "#b7a0dc",
        "tactical": "#85799f",
        "overhead": "#6f7987",
        "input-selection-background": "#82aacb 30%",
        "block-cursor-background": "#2c3a49",
        "block-cursor-foreground": "#e6e9ee",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#222931",
        "scrollbar": "#2b313a",
        "scrollbar-hover": "#3a424d",
        "scrollbar-active": "#82aacb",
        "scrollbar-background": "#14171b",
        "scrollbar-background-hover": "#14171b",
        "scrollbar-background-active": "#14171b",
    },
)

LIGHT = Theme(
    name="pmdesk-light",
    dark=False,
    primary="#2c5c86",
    secondary="#5c6672",
    accent="#8a5d10",
    success="#2f6f40",
    warning="#96560a",
    error="#a23338",
    foreground="#262a30",
    background="#fbfaf7",
    surface="#f5f3ee",
    panel="#ebe8e0",
    variables={
        "muted": "#666d77",
        "line": "#cfcabf",
        "chosen": "#d3e0ec",
        "chosen-blurred": "#e8e6df",
        "theirs": "#2c5c86",
        "mine": "#6d4b9c",
        "sight": "#2f6f40",
        "strategic": "#6d4b9c",
        "tactical": "#9a87b8",
        "overhead": "#8b9098",
        "input-selection-background": "#2c5c86 25%",
        "block-cursor-background": "#d3e0ec",
        "block-cursor-foreground": "#14181d",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e8e6df",
        "scrollbar": "#d9d5ca",
        "scrollbar-hover": "#c3beb1",
        "scrollbar-active": "#2c5c86",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
    },
)


def own_variables(theme: Theme) -> dict[str, str]:
    """The names that our stylesheets use, of colours that a theme of any hand has."""
    made = theme.to_color_system().generate()
    return {
        "muted": made["text-muted"],
        "line": made["panel-lighten-2"],
        "chosen": made["primary-muted"],
        "chosen-blurred": made["panel"],
        "theirs": made["primary"],
        "mine": made["secondary"],
        "sight": made["success"],
        "strategic": made["secondary"],
        "tactical": made["secondary-darken-2"],
        "overhead": made["text-muted"],
    }
