"""What changed since (y): the last visit, some days ago, a tag or a day; marked in the list with a sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import plain

#: Results that are no moment: since the last visit, no marks, only the marked ones.
VISIT, NONE, ONLY = "*visit", "*none", "*only"


class ChangesScreen(Picker[str]):
    """The result is a moment as ``--at`` takes it, or one of the words above."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(closed_by="main.changes")
    heading = "变动"
    manual_page = "past"
    placeholder = "日期、标签或提交号，如 2023-06-30、v1"

    def __init__(self, today: date, now: str, count: int) -> None:
        super().__init__()
        self._today = today
        self._now = now
        self._count = count

    def find(self, typed: str) -> Sequence[Pick[str]]:
        """What was typed; else the usual choices."""
        if typed:
            return [Pick(plain(f"标出 {one_line(typed)} 以来的变动"), typed)]
        picks = [Pick(plain(f"只看这 {self._count} 条", "bold"), ONLY)] if self._count else []
        picks.append(Pick(plain("上次打开以来"), VISIT))
        for days, word in ((1, "昨天"), (7, "7 天前"), (30, "30 天前"), (90, "90 天前")):
            day = self._today - timedelta(days=days)
            picks.append(Pick(plain(f"{word}以来    {day}"), day.isoformat()))
        return [*picks, Pick(plain("不标变动"), NONE)]

    def about(self) -> Content:
        """What is marked now."""
        return plain(f"现在标的是{self._now}以来的 {self._count} 条变动，左边标 +", "$text-muted")
