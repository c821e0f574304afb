"""Makes the pictures of this folder from the example desk: `python docs/pictures.py`.

Needs pmdesk installed, and writes `docs/*.svg` anew.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when textual is imported
os.environ.pop("NO_COLOR", None)

from textual.widgets import Input, TextArea

from pmdesk import config
from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.settings import Settings
from pmdesk.ui.app import PmdeskApp

FOLDER = Path(__file__).parent
FRIDAY = date(2025, 6, 13)


@dataclass(frozen=True)
class Picture:
    name: str
    size: tuple[int, int]
    keys: str = ""
    theme: str = "pmdesk-dark"
    colour: bool = True
    """Without, as with NO_COLOR."""


PICTURES = (
    Picture("workspace", (176, 44), "j"),
    Picture("workspace-light", (176, 44), "j", "pmdesk-light"),
    Picture("balance", (100, 36), "3 z"),
    Picture("decide", (100, 30), "d"),
    Picture("keys", (100, 30), "?"),
    Picture("trace", (100, 30), "1 j T"),
    Picture("gaps", (110, 30), "1 !"),
    Picture("priorities", (120, 30), "1 P"),
    Picture("outline", (110, 30), "1 j A"),
    *(
        Picture(f"customers-{width}x{height}-{look}", (width, height), "1 j", theme, colour)
        for width, height in ((80, 24), (120, 30), (200, 60))
        for look, theme, colour in (
            ("dark", "pmdesk-dark", True),
            ("light", "pmdesk-light", True),
            ("nocolor", "pmdesk-dark", False),
        )
    ),
)


class FridayAfternoon(Clock):
    """The last day of the example desk, at five past two."""

    def now(self) -> datetime:
        return datetime(2025, 6, 13, 13, 5, tzinfo=UTC)


async def make(picture: Picture, folder: Path) -> str:
    """The screen after the keys, as SVG."""
    desk = example(folder / f"{picture.name}.db")
    if not picture.colour:
        os.environ["NO_COLOR"] = "1"
    app = PmdeskApp(desk, Settings(theme=picture.theme))
    os.environ.pop("NO_COLOR", None)
    try:
        async with app.run_test(size=picture.size) as pilot:
            await settled(app)
            for key in picture.keys.split():
                await pilot.press(key)
                await settled(app)
            return without_fonts(app.export_screenshot(title="pmdesk"))
    finally:
        desk.close()


def example(file: Path) -> Desk:
    desk = Desk.open(file, FridayAfternoon(ZoneInfo("Europe/London"), FRIDAY), create=True)
    text = (config.resources("fixtures/demo") / "harbourlight.json").read_text("utf-8")
    desk.load(json.loads(text)["tables"], "the demo", made_by="desk")
    return desk


async def settled(app: PmdeskApp) -> None:
    """Until nothing on the screen has changed for a while, the blinking of a cursor aside."""
    before, same = "", 0
    while same < 7:
        for field in (*app.screen.query(Input), *app.screen.query(TextArea)):
            field.cursor_blink = False
        await asyncio.sleep(0.05)
        now = app.export_screenshot()
        before, same = now, same + 1 if now == before else 0


def without_fonts(svg: str) -> str:
    """Without the web fonts, which a picture in a README must not fetch."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    monospace = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
    return re.sub(r"font-family:\s*[^;}]*Fira Code[^;}]*;", f"font-family: {monospace};", svg)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        for picture in PICTURES:
            svg = asyncio.run(make(picture, Path(folder)))
            (FOLDER / f"{picture.name}.svg").write_text(svg, "utf-8")
            print(f"docs/{picture.name}.svg")


if __name__ == "__main__":
    main()
