"""The first line: the plan, the ways to look (a click changes them), the day that lights count from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import events
from textual.content import Content
from textual.widget import Widget

from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.main.layout import MIN_HEIGHT, MIN_WIDTH, THREE_PANES
from fazhi_tui.tui.styles import plain


class TitleLine(Widget):
    """A line that says where one is; warnings take its whole width."""

    DEFAULT_CSS = "TitleLine { height: 1; background: $panel; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: View | None = None
        self._today: date | None = None
        self._looks: Sequence[tuple[str, str, str]] = ()
        self._look = self._back = ""

    def show(
        self, view: View | None, today: date, looks: Sequence[tuple[str, str, str]], look: str, back: str
    ) -> None:
        """``looks`` are (action's id, name, key as written), ``look`` is the id of the one shown; ``back``
        says how one comes back from an earlier day.
        """
        self._back = back
        self._view, self._today, self._looks, self._look = view, today, tuple(looks), look
        self.refresh()

    def render(self) -> Content:
        """The name from the left, the rest from the right; what does not fit goes from the left."""
        screen = self.app.size
        if screen.width < MIN_WIDTH or screen.height < MIN_HEIGHT:
            text = f" 窗口 {screen.width}x{screen.height} 小于 {MIN_WIDTH}x{MIN_HEIGHT}，有的内容显示不全"
            return plain(text, "bold $text-warning")
        view = self._view
        past = view.past if view else None
        plan = view.tracker.plan if view else None
        name = one_line(plan.title) if plan else "plan.yaml 读不出来" if view else "法治政府建设台账"
        style, right = "bold", self._right()
        if past is not None:
            name, style = one_line(past.said), "bold reverse $text-warning"
        parts: list[Content] = [plain(pad(f" {name}", max(self._left_width(), 0)), style)]
        for look, word, key in self._shown_looks():
            shown = look == self._look
            ink = "bold $text-primary" if shown else "$text-muted"
            parts.append(Content.styled(f"[{word}]" if shown else f" {word}", ink))
            parts.append(Content.styled(f"{key} ", "$footer-key-foreground"))
        parts.append(Content.styled(right, style if past is not None else "$text-muted"))
        return Content("").join(parts)

    def _right(self) -> str:
        """The day that lights count from; while one looks back, the way to now."""
        if self._view is not None and self._view.past is not None:
            return f" {self._back} "
        return f" 今日 {self._today} " if self._today else ""

    def _shown_looks(self) -> Sequence[tuple[str, str, str]]:
        """All ways to look; in a small window that shows an earlier day only the one that is on."""
        past = self._view is not None and self._view.past is not None
        if past and self.size.width < THREE_PANES:
            return [one for one in self._looks if one[0] == self._look]
        return self._looks

    def _wide(self, look: tuple[str, str, str]) -> int:
        name, word, key = look
        return cell_len(word) + (2 if name == self._look else 1) + cell_len(key) + 1

    def _left_width(self) -> int:
        return self.size.width - sum(map(self._wide, self._shown_looks())) - cell_len(self._right())

    async def on_click(self, event: events.Click) -> None:
        """A click on a way to look shows it."""
        at = max(self._left_width(), 0)
        for look in self._shown_looks():
            wide = self._wide(look)
            if at <= event.x < at + wide:
                await self.run_action(f"screen.do('{look[0]}')")
                return
            at += wide
