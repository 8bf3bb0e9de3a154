"""Terminals with few colours or none, and windows of every size."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.conftest import git
from tests.journeys.conftest import as_unit
from tests.journeys.tmux import NEEDS_TMUX, Tmux

pytestmark = NEEDS_TMUX

_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


@pytest.mark.parametrize(
    "environ",
    [{"NO_COLOR": "1"}, {"TERM": "xterm-16color"}, {"TERM": "screen", "COLORTERM": ""}, {"TERM": "linux"}],
    ids=["no-color", "16-colours", "tmux-without-truecolor", "console"],
)
def test_the_cursor_stands_out_and_lights_are_words(
    demo: Path, size: tuple[int, int], environ: dict[str, str], terminal_at: Callable[..., Tmux]
) -> None:
    terminal = terminal_at(demo, size, environ)
    terminal.type("fazhi '灯:红'\n")
    shown = terminal.wait_for("5/48", "分支 main", "!!红 5")
    rows = [line for line in shown.splitlines() if "2025-12-31" in line or "推进中" in line]
    assert sum("!!红" in line for line in rows) >= 5
    for down, number in ((0, "6"), (2, "31")):
        terminal.press(*["Down"] * down)
        terminal.wait_until(
            lambda _, wanted=number: _reversed_numbers(terminal) == [wanted],  # type: ignore[misc]
            f"the line of {number} alone reversed",
        )
    # In a menu, too, the line in hand is not as the others are.
    terminal.type("u")
    terminal.wait_for("按单位筛选", "市政府办公室")
    terminal.wait_until(
        lambda _: _look_of(terminal, "市司法局  ") != _look_of(terminal, "市政府办公室  "), "the unit lit"
    )
    terminal.press("Escape")
    terminal.wait_for("5/48", gone="按单位筛选")
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")


def test_a_window_of_any_size_keeps_cursor_filter_and_draft(
    demo: Path, terminal_at: Callable[..., Tmux]
) -> None:
    as_unit(demo, "市司法局")
    # Some shells export the size of the moment they started: it is the window's own that counts.
    terminal = terminal_at(demo, (80, 24), {"COLUMNS": "80", "LINES": "24"})
    terminal.type("fazhi '牵头:市司法局'\n")
    terminal.wait_for("21/48", "分支 main")
    terminal.type("28")
    terminal.wait_until(lambda _: "28" in _lit_numbers(terminal), "the cursor on 28")
    for columns, lines in _sizes():
        terminal.resize(columns, lines)
        terminal.wait_until(
            lambda shown: "21/48" in shown and _width_of(shown) <= columns and "28" in _lit_numbers(terminal),  # noqa: B023
            f"the list with the cursor on 28 at {columns}x{lines}",
        )
    # The other ways of looking, and the form with something typed in it.
    for key, name in (("K", "[看板]"), ("T", "[时间线]"), ("a", "[汇总]"), ("L", "[列表]")):
        terminal.resize(80, 24)
        terminal.type(key)
        terminal.wait_for(name)
        for columns, lines in ((60, 15), (200, 50), (90, 30)):
            terminal.resize(columns, lines)
            terminal.wait_for("21/48")
        terminal.wait_for(name)
    terminal.type("s")
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：窗口变来变去")
    terminal.wait_for("示例：窗口变来变去")
    for columns, lines in _sizes():
        terminal.resize(columns, lines)
        terminal.wait_until(
            lambda shown: "填报第 28 条" in shown and _width_of(shown) <= columns,  # noqa: B023
            f"the form at {columns}x{lines}",
        )
    terminal.resize(80, 24)
    terminal.type("也不丢")
    terminal.wait_for("填报第 28 条", "示例：窗口变来变去也不丢")
    terminal.press("F2")
    terminal.wait_for("28 进展：示例：窗口变来变去也不丢")
    terminal.resize(60, 15)
    terminal.press("F2")
    terminal.wait_for("21/48", "已提交", gone="预览填报")
    assert git(demo, "log", "-1", "--format=%s").strip() == "28 进展：示例：窗口变来变去也不丢"
    terminal.type("q")
    shown = terminal.wait_for("$", gone="21/48")
    assert "Traceback" not in shown


@dataclass(frozen=True)
class Look:
    """What of a style is seen in any terminal, and the background."""

    reverse: bool = False
    underline: bool = False
    ground: str = ""

    def after(self, codes: str) -> Look:
        """After an escape sequence of these codes."""
        look, rest = self, codes.split(";") if codes else ["0"]
        while rest:
            code, *rest = rest
            if code in ("38", "48"):
                size = 2 if rest[0] == "5" else 4
                if code == "48":
                    look = replace(look, ground=";".join(rest[:size]))
                rest = rest[size:]
            elif code == "0":
                look = Look()
            elif code in ("7", "27"):
                look = replace(look, reverse=code == "7")
            elif code in ("4", "24"):
                look = replace(look, underline=code == "4")
            elif re.fullmatch("4[0-79]|10[0-7]", code):
                look = replace(look, ground="" if code == "49" else code)
        return look


def _sizes() -> list[tuple[int, int]]:
    """From 60x15 to 200x50, each pane's border crossed."""
    widths = (60, 79, 80, 99, 100, 131, 132, 170, 200)
    heights = (15, 23, 24, 29, 30, 40, 50)
    return [(width, heights[at % len(heights)]) for at, width in enumerate(widths)] + [
        (200, 15), (60, 50), (140, 40), (80, 24),
    ]  # fmt: skip


def _width_of(shown: str) -> int:
    return max(len(line) for line in shown.splitlines())


def _pieces(terminal: Tmux) -> list[list[tuple[Look, str]]]:
    """For each line of the screen its pieces: how each looks, and its text."""
    look, lines = Look(), [[]]  # type: ignore[var-annotated]
    # tmux carries a style over from line to line: read as one text, then cut into lines.
    text = "\n".join(terminal.styled())
    at = 0
    for match in [*_ESCAPE.finditer(text), None]:
        first, *rest = text[at : match.start() if match else len(text)].split("\n")
        lines[-1].append((look, first))
        lines += [[(look, more)] for more in rest]
        if match is not None:
            look, at = look.after(match[1]), match.end()
    return lines


def _reversed_numbers(terminal: Tmux) -> list[str]:
    """The numbers of the measures whose line in the list is reversed."""
    return [number for number, look in _rows(terminal) if look.reverse]


def _lit_numbers(terminal: Tmux) -> list[str]:
    """The numbers of the measures whose line looks other than most lines do."""
    rows = _rows(terminal)
    looks = [look for _, look in rows]
    common = max(looks, key=looks.count, default=None)
    return [number for number, look in rows if look != common]


def _rows(terminal: Tmux) -> list[tuple[str, Look]]:
    """Number and look of each measure in the list, which may stand beside the facets."""
    return [
        (match[1], look)
        for line in _pieces(terminal)
        for look, text in line
        if (match := re.match(r" ?([0-9]{1,2}) {3,}\S", text))
    ]


def _look_of(terminal: Tmux, text: str) -> Look:
    """How a text on the screen looks."""
    return next((look for line in _pieces(terminal) for look, piece in line if text in piece), Look())
