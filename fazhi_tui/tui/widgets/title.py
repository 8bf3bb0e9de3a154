"""The first line: the plan, the ways to look (a click changes them), the day that lights count from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from fazhi_tui.service import View
from fazhi_tui.tui.layout import MIN_HEIGHT, MIN_WIDTH
from fazhi_tui.tui.words import plain
from fazhi_tui.tui.wrapping import pad
from fazhi_tui.visible import one_line

#: Cells that the plan's name keeps, whatever else there is.
NAME_WIDTH = 20


class TitleLine(Widget):
    """A line that says where one is; warnings take its whole width."""

    DEFAULT_CSS = "TitleLine { height: 1; background: $panel; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: View | None = None
        self._today: date | None = None
        self._looks: Sequence[tuple[str, str, str]] = ()
        self._look = ""

    def show(self, view: View | None, today: date, looks: Sequence[tuple[str, str, str]], look: str) -> None:
        """``looks`` are (action's id, name, key as written); ``look`` is the id of the one shown."""
        self._view, self._today, self._looks, self._look = view, today, tuple(looks), look
        self.refresh()

    def render(self) -> Content:
        """The name from the left, the rest from the right; what does not fit goes from the left."""
        width = self.size.width
        screen = self.app.size
        if screen.width < MIN_WIDTH or screen.height < MIN_HEIGHT:
            text = f" 窗口 {screen.width}x{screen.height} 小于 {MIN_WIDTH}x{MIN_HEIGHT}，有的内容显示不全"
            return plain(text, "bold $text-warning")
        view = self._view
        if view is not None and view.past is not None:
            # The way back stands at the edge: in a small window it is the commit that is cut.
            back = "  按 t 回到现在 "
            said = pad(f" {one_line(view.past.said)}", max(width - cell_len(back), 0))
            return plain(said + back, "bold reverse $text-warning")
        plan = view.tracker.plan if view else None
        name = one_line(plan.title) if plan else "plan.yaml 读不出来" if view else "法治政府建设台账"
        parts: list[Content] = [plain(pad(f" {name}", max(self._left_width(), 0)), "bold")]
        for at, (_, word, key) in enumerate(self._looks):
            shown = self._looks[at][0] == self._look
            parts.append(
                Content.styled(
                    f"[{word}]" if shown else f" {word}", "bold $text-primary" if shown else "$text-muted"
                )
            )
            parts.append(Content.styled(f"{key} ", "$footer-key-foreground"))
        parts.append(Content.styled(self._day(), "$text-muted"))
        return Content("").join(parts)

    def _day(self) -> str:
        return f" 今日 {self._today} " if self._today else ""

    def _looks_width(self) -> int:
        return sum(
            cell_len(word) + (2 if name == self._look else 1) + cell_len(key) + 1
            for name, word, key in self._looks
        )

    def _left_width(self) -> int:
        return self.size.width - self._looks_width() - cell_len(self._day())

    async def on_click(self, event: events.Click) -> None:
        """A click on a way to look shows it."""
        at = max(self._left_width(), 0)
        for name, word, key in self._looks:
            wide = cell_len(word) + (2 if name == self._look else 1) + cell_len(key) + 1
            if at <= event.x < at + wide:
                await self.run_action(f"screen.do('{name}')")
                return
            at += wide
