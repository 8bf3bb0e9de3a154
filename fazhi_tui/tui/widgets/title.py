"""The first line: the plan, the views (a click changes them), the day that lights count from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from fazhi_tui.domain.text.cells import pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.main.layout import MIN_HEIGHT, MIN_WIDTH, THREE_PANES
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.part_line import Part, PartLine


class TitleLine(PartLine):
    """A line that says where one is; warnings take its whole width."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: View | None = None
        self._today: date | None = None
        self._views: Sequence[tuple[str, str, str]] = ()
        self._shown = self._back = ""

    def show(
        self, view: View | None, today: date, views: Sequence[tuple[str, str, str]], shown: str, back: str
    ) -> None:
        """``views`` are (action's id, name, key as written), ``shown`` is the id of the one on the screen;
        ``back`` says how one comes back from an earlier day.
        """
        self._view, self._today, self._views = view, today, tuple(views)
        self._shown, self._back = shown, back
        self.refresh()

    def parts(self) -> Iterator[Part]:
        """The name from the left, the rest from the right; what does not fit goes from the left."""
        screen = self.app.size
        if screen.width < MIN_WIDTH or screen.height < MIN_HEIGHT:
            text = f" 窗口 {screen.width}x{screen.height} 小于 {MIN_WIDTH}x{MIN_HEIGHT}，有的内容显示不全"
            yield plain(text, "bold $text-warning"), ""
            return
        view = self._view
        past = view.past if view else None
        plan = view.tracker.plan if view else None
        name = one_line(plan.title) if plan else "plan.yaml 读不出来" if view else "法治政府建设台账"
        style = "bold"
        if past is not None:
            name, style = one_line(past.said), "bold reverse $text-warning"
        # While an earlier day is shown, the way to now stands where else today's date does.
        right = f" {self._back} " if past is not None else f" 今日 {self._today} " if self._today else ""
        rest = [
            *self._view_parts(),
            (Content.styled(right, style if past is not None else "$text-muted"), ""),
        ]
        left = self.size.width - sum(content.cell_length for content, _ in rest)
        yield plain(pad(f" {name}", max(left, 0)), style), ""
        yield from rest

    def _view_parts(self) -> Iterator[Part]:
        """All views; in a small window that shows an earlier day only the one that is on."""
        past = self._view is not None and self._view.past is not None
        for name, word, key in self._views:
            shown = name == self._shown
            if shown or not past or self.size.width >= THREE_PANES:
                style = "bold $text-primary" if shown else "$text-muted"
                content = Content.assemble(
                    (f"[{word}]" if shown else f" {word}", style), (f"{key} ", "$footer-key-foreground")
                )
                yield content, f"screen.do('{name}')"
