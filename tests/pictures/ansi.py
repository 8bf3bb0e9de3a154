"""A screen as text with colours (ANSI): what a terminal gets, line by line, small enough to keep hundreds of.

``cat`` shows one in a terminal; a change is a change of lines, to be read in a pull request.
"""

from __future__ import annotations

import re

from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.strip import Strip

RESET = "\x1b[0m"


def picture(app: App[object]) -> str:
    """What the app shows now, windows over screens included."""
    update = app.screen._compositor.render_update(
        full=True, screen_stack=app._background_screens, simplify=True
    )
    assert isinstance(update, LayoutUpdate)
    return "\n".join(_line(Strip.join(list(line))) for line in update.strips) + "\n"


def _line(strip: Strip) -> str:
    parts: list[str] = []
    last: Style | None = None
    for text, style, _ in strip:
        if not text:
            continue
        style = style or Style.null()
        if style != last:
            codes = style._make_ansi_codes(ColorSystem.TRUECOLOR)
            parts.append(f"{RESET}\x1b[{codes}m" if codes else RESET)
            last = style
        parts.append(text)
    return "".join([*parts, RESET])


def plain(text: str) -> str:
    """A picture's words alone, line by line."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
