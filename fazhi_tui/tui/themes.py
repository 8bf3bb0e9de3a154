"""Two calm themes, dark and light, with enough contrast for muted text to stay readable."""

from __future__ import annotations

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


class WholeCells(ScrollBarRender):
    """Scroll bars that end on whole cells: Textual's eighths are characters of ambiguous width."""

    VERTICAL_BARS = (" ",) * 8  # type: ignore[assignment]
    HORIZONTAL_BARS = (" ",) * 8  # type: ignore[assignment]
