"""Our own themes: two calm ones, dark and light, and two of high contrast."""

from __future__ import annotations

from typing import Any

from textual.scrollbar import ScrollBarRender
from textual.theme import Theme

#: What the program's own themes are called; the tables below have a column for each, in this order.
OWN = {
    "fazhi-dark": "深色",
    "fazhi-light": "浅色",
    "fazhi-contrast": "高对比度，深色",
    "fazhi-contrast-light": "高对比度，浅色",
}
# Those of high contrast mute nothing: all text 7:1 or more against what is behind it (WCAG 2, level AAA).
# fmt: off
_COLOURS = {
    "primary": ("#7fb4d8", "#1d5f91", "#5cc8ff", "#00468b"),
    "secondary": ("#5b8fb3", "#3f7ba8", "#5b8fb3", "#3f7ba8"),
    "accent": ("#d3a95c", "#8a5a00", "#ffd75f", "#6b3f00"),
    "warning": ("#e0b354", "#8a5a00", "#ffd75f", "#6b3f00"),
    "error": ("#ef7d73", "#b3261e", "#ff9d94", "#8b0000"),
    "success": ("#86c08a", "#2c6e31", "#7dff86", "#005a0f"),
    "foreground": ("#dcdfe4", "#22272e", "#ffffff", "#000000"),
    "background": ("#16191d", "#eceff2", "#000000", "#ffffff"),
    "surface": ("#1c2025", "#f8f9fa", "#000000", "#ffffff"),
    "panel": ("#272c33", "#dde3e9", "#1c1c1c", "#e4e4e4"),
}
_VARIABLES = {
    "text-primary": ("#8fc1e3", "#1d5f91", "#8ad8ff", "#00468b"),
    "text-accent": ("#dcb86f", "#7d5200", "#ffd75f", "#633a00"),
    "text-warning": ("#e6bd66", "#7d5200", "#ffd75f", "#633a00"),
    "text-error": ("#f58d84", "#b3261e", "#ff9d94", "#8b0000"),
    "text-success": ("#93cb97", "#2c6e31", "#7dff86", "#00500d"),
    "text-muted": ("#98a1ad", "#5a6470", "#d6d6d6", "#303030"),
    "text-disabled": ("#6c7580", "#868f99", "#b2b2b2", "#4a4a4a"),
    "block-cursor-background": ("#2f5f85", "#1d5f91", "#ffd75f", "#00325f"),
    "block-cursor-foreground": ("#ffffff", "#ffffff", "#000000", "#ffffff"),
    "block-cursor-blurred-background": ("#2b3a48", "#cbdbe8", "#444444", "#c6c6c6"),
    "block-cursor-blurred-foreground": ("#e6e9ee", "#22272e", "#ffffff", "#000000"),
    "footer-key-foreground": ("#8fc1e3", "#1d5f91", "#ffd75f", "#00468b"),
    "footer-foreground": ("#b6bdc7", "#454d57", "#ffffff", "#000000"),
    "input-selection-background": ("#7fb4d8 35%", "#1d5f91 25%", "#5f87d7 60%", "#1d5f91 25%"),
    "scrollbar": ("#3a424c", "#b9c2cc", "#a8a8a8", "#6c6c6c"),
    "scrollbar-hover": ("#4b5561", "#9fabb7", "#ffffff", "#303030"),
    "scrollbar-active": ("#7fb4d8", "#1d5f91", "#ffd75f", "#00468b"),
}
# fmt: on


def _theme(at: int, name: str) -> Theme:
    colours: dict[str, Any] = {key: values[at] for key, values in _COLOURS.items()}
    variables = {key: values[at] for key, values in _VARIABLES.items()}
    variables |= {"block-cursor-text-style": "bold", "block-cursor-blurred-text-style": "none"}
    # A scroll bar's track is not to be seen.
    tracks = ("background", "background-hover", "background-active", "corner-color")
    variables |= {f"scrollbar-{track}": colours["surface"] for track in tracks}
    return Theme(name=name, dark=at % 2 == 0, variables=variables, **colours)


OWN_THEMES = tuple(_theme(at, name) for at, name in enumerate(OWN))
DARK, LIGHT, CONTRAST_DARK, CONTRAST_LIGHT = OWN_THEMES


def other_side(name: str, *, dark: bool) -> str:
    """The theme that ``b`` changes to: light for dark and dark for light, of the same contrast."""
    names = list(OWN)
    return names[names.index(name) ^ 1] if name in OWN else (LIGHT if dark else DARK).name


class WholeCells(ScrollBarRender):
    """Scroll bars that end on whole cells: Textual's eighths are characters of ambiguous width."""

    VERTICAL_BARS = (" ",) * 8  # type: ignore[assignment]
    HORIZONTAL_BARS = (" ",) * 8  # type: ignore[assignment]
