"""Our own themes: two calm ones, dark and light, and two of high contrast."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.scrollbar import ScrollBarRender
from textual.theme import Theme

DARK = Theme(
    name="fazhi-dark",
    primary="#7fb4d8",
    secondary="#5b8fb3",
    accent="#d3a95c",
    warning="#e0b354",
    error="#ef7d73",
    success="#86c08a",
    foreground="#dcdfe4",
    background="#16191d",
    surface="#1c2025",
    panel="#272c33",
    dark=True,
    variables={
        "text-primary": "#8fc1e3",
        "text-accent": "#dcb86f",
        "text-warning": "#e6bd66",
        "text-error": "#f58d84",
        "text-success": "#93cb97",
        "text-muted": "#98a1ad",
        "text-disabled": "#6c7580",
        "block-cursor-background": "#2f5f85",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#2b3a48",
        "block-cursor-blurred-foreground": "#e6e9ee",
        "block-cursor-blurred-text-style": "none",
        "footer-key-foreground": "#8fc1e3",
        "footer-foreground": "#b6bdc7",
        "input-selection-background": "#7fb4d8 35%",
        "scrollbar": "#3a424c",
        "scrollbar-hover": "#4b5561",
        "scrollbar-active": "#7fb4d8",
        "scrollbar-background": "#1c2025",
        "scrollbar-background-hover": "#1c2025",
        "scrollbar-background-active": "#1c2025",
        "scrollbar-corner-color": "#1c2025",
    },
)

LIGHT = Theme(
    name="fazhi-light",
    primary="#1d5f91",
    secondary="#3f7ba8",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3261e",
    success="#2c6e31",
    foreground="#22272e",
    background="#eceff2",
    surface="#f8f9fa",
    panel="#dde3e9",
    dark=False,
    variables={
        "text-primary": "#1d5f91",
        "text-accent": "#7d5200",
        "text-warning": "#7d5200",
        "text-error": "#b3261e",
        "text-success": "#2c6e31",
        "text-muted": "#5a6470",
        "text-disabled": "#868f99",
        "block-cursor-background": "#1d5f91",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#cbdbe8",
        "block-cursor-blurred-foreground": "#22272e",
        "block-cursor-blurred-text-style": "none",
        "footer-key-foreground": "#1d5f91",
        "footer-foreground": "#454d57",
        "input-selection-background": "#1d5f91 25%",
        "scrollbar": "#b9c2cc",
        "scrollbar-hover": "#9fabb7",
        "scrollbar-active": "#1d5f91",
        "scrollbar-background": "#f8f9fa",
        "scrollbar-background-hover": "#f8f9fa",
        "scrollbar-background-active": "#f8f9fa",
        "scrollbar-corner-color": "#f8f9fa",
    },
)


def _contrast(base: Theme, name: str, colours: dict[str, Any], variables: dict[str, str]) -> Theme:
    """``base`` with nothing muted: all text 7:1 or more against what is behind it (WCAG 2, level AAA)."""
    return replace(base, name=name, variables={**base.variables, **variables}, **colours)


CONTRAST_DARK = _contrast(
    DARK,
    "fazhi-contrast",
    {
        "primary": "#5cc8ff", "accent": "#ffd75f", "warning": "#ffd75f", "error": "#ff9d94",
        "success": "#7dff86", "foreground": "#ffffff", "background": "#000000", "surface": "#000000",
        "panel": "#1c1c1c",
    },
    {
        "text-primary": "#8ad8ff", "text-accent": "#ffd75f", "text-warning": "#ffd75f",
        "text-error": "#ff9d94", "text-success": "#7dff86", "text-muted": "#d6d6d6",
        "text-disabled": "#b2b2b2", "block-cursor-background": "#ffd75f",
        "block-cursor-foreground": "#000000", "block-cursor-blurred-background": "#444444",
        "block-cursor-blurred-foreground": "#ffffff", "footer-key-foreground": "#ffd75f",
        "footer-foreground": "#ffffff", "scrollbar": "#a8a8a8", "scrollbar-hover": "#ffffff",
        "scrollbar-active": "#ffd75f", "scrollbar-background": "#000000",
        "scrollbar-background-hover": "#000000", "scrollbar-background-active": "#000000",
        "scrollbar-corner-color": "#000000", "input-selection-background": "#5f87d7 60%",
    },
)  # fmt: skip

CONTRAST_LIGHT = _contrast(
    LIGHT,
    "fazhi-contrast-light",
    {
        "primary": "#00468b", "accent": "#6b3f00", "warning": "#6b3f00", "error": "#8b0000",
        "success": "#005a0f", "foreground": "#000000", "background": "#ffffff", "surface": "#ffffff",
        "panel": "#e4e4e4",
    },
    {
        "text-primary": "#00468b", "text-accent": "#633a00", "text-warning": "#633a00",
        "text-error": "#8b0000", "text-success": "#00500d", "text-muted": "#303030",
        "text-disabled": "#4a4a4a", "block-cursor-background": "#00325f",
        "block-cursor-foreground": "#ffffff", "block-cursor-blurred-background": "#c6c6c6",
        "block-cursor-blurred-foreground": "#000000", "footer-key-foreground": "#00468b",
        "footer-foreground": "#000000", "scrollbar": "#6c6c6c", "scrollbar-hover": "#303030",
        "scrollbar-active": "#00468b", "scrollbar-background": "#ffffff",
        "scrollbar-background-hover": "#ffffff", "scrollbar-background-active": "#ffffff",
        "scrollbar-corner-color": "#ffffff",
    },
)  # fmt: skip

OWN_THEMES = (DARK, LIGHT, CONTRAST_DARK, CONTRAST_LIGHT)
#: What the program's own themes are called.
OWN = {
    DARK.name: "深色",
    LIGHT.name: "浅色",
    CONTRAST_DARK.name: "高对比度，深色",
    CONTRAST_LIGHT.name: "高对比度，浅色",
}


def other_side(name: str, *, dark: bool) -> str:
    """The theme that ``b`` changes to: light for dark and dark for light, of the same contrast."""
    pairs = {
        DARK.name: LIGHT.name,
        LIGHT.name: DARK.name,
        CONTRAST_DARK.name: CONTRAST_LIGHT.name,
        CONTRAST_LIGHT.name: CONTRAST_DARK.name,
    }
    return pairs.get(name, LIGHT.name if dark else DARK.name)


class WholeCells(ScrollBarRender):
    """Scroll bars that end on whole cells: Textual's eighths are characters of ambiguous width."""

    VERTICAL_BARS = (" ",) * 8  # type: ignore[assignment]
    HORIZONTAL_BARS = (" ",) * 8  # type: ignore[assignment]
