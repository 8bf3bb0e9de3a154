"""A small app that holds one view, and measures to show."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import MouseDown, MouseUp
from textual.message import Message
from textual.pilot import Pilot

import fazhi_tui
from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import MeasureState, Row, Tracker
from fazhi_tui.service.view import View, view_of
from fazhi_tui.tui.jobs import JobApp
from fazhi_tui.tui.theme.themes import DARK, LIGHT
from fazhi_tui.tui.views.base import ViewWidget
from fazhi_tui.tui.views.entries import Entry, entries_of
from tests.tui.helpers import settled

STYLES = Path(fazhi_tui.__file__).parent / "tui" / "theme" / "fazhi.tcss"
TODAY = date(2025, 11, 20)
PLAN = Plan(
    "示例方案",
    Span(date(2022, 8, 1), date(2025, 12, 31)),
    chapters=(Chapter("一、示例章", ("（一）示例节",)),),
    settings=Settings(coordinator="市统筹办"),
)
SIZES = ((80, 22), (100, 28), (140, 38), (200, 48), (40, 8), (24, 5))
L = TypeVar("L", bound=ViewWidget)


def a_measure(number: int, title: str = "", *items: Item, lead: str = "市甲局") -> Measure:
    """A measure of the small plan."""
    return Measure(
        str(number),
        title or f"示例措施{number}",
        "一、示例章",
        "（一）示例节",
        leads=(lead,) if lead else (),
        items=items,
        text="示例。\n",
    )


def a_note(number: int, day: date, kind: NoteKind = NoteKind.PROGRESS, **more: Any) -> Note:
    """A note of 09:00 of a day; the office's where only that may write it."""
    office = kind in (NoteKind.CLOSE, NoteKind.RETURN)
    return Note(
        str(number),
        unit="市统筹办" if office else "市甲局",
        author="示例 <x@example.org>",
        time=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        kind=kind,
        body="示例\n",
        path=f"status/{number:02}/{day:%Y%m%d}T090000-x-{kind.name.lower()}.md",
        **more,
    )


def small_view(broken: Sequence[str] = (), today: date = TODAY, plan: Plan | None = PLAN) -> View:
    """Seven measures, one or two in nearly every status, and files that could not be read."""
    yearly = Item("2.1", "每年一次", period=Period.YEARLY)
    measures = (
        a_measure(1, "示例：标题很长的一条措施，长到一张卡片的两行里也放不下，只好截断"),
        a_measure(2, "", yearly),
        a_measure(3, "", Item("3.1", "示例", due=date(2023, 6, 30)), lead="市乙局"),
        a_measure(4),
        a_measure(5, "", Item("5.1", "示例", due=date(2024, 12, 31))),
        a_measure(6, lead=""),
        a_measure(7, "", Item("7.1", "示例", due=date(2026, 1, 15)), lead="市乙局"),
    )
    going: dict[str, Any] = {"status": Status.IN_PROGRESS, "status_before": Status.NOT_STARTED}
    notes = (
        a_note(2, date(2022, 12, 1), **going),
        a_note(2, date(2023, 12, 1)),
        a_note(3, date(2023, 5, 1), **going),
        a_note(4, date(2023, 5, 1), **going),
        a_note(4, date(2025, 11, 1), NoteKind.REQUEST_CLOSE, status=Status.PENDING_REVIEW),
        a_note(5, date(2024, 11, 1), NoteKind.REQUEST_CLOSE, status=Status.PENDING_REVIEW),
        a_note(5, date(2025, 1, 10), NoteKind.CLOSE),
        a_note(6, date(2023, 5, 1), status=Status.ONGOING),
    )
    files = dict.fromkeys(broken, "")
    problems = tuple(Problem(path, 3, 1, "yaml", "示例：读不懂") for path in broken)
    return view_of(Tracker("", plan, (), measures, notes, problems, files), today)


class ViewApp(JobApp, Generic[L]):
    """One view, its screen's keys, and what it has told."""

    CSS_PATH = str(STYLES)
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("shift+right,greater_than_sign", "drag(1)", show=False),
        Binding("shift+left,less_than_sign", "drag(-1)", show=False),
        Binding("escape,left,right", "told", show=False),
    ]

    def __init__(self, widget: L, view: View, *, light: bool = False) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = LIGHT.name if light else DARK.name
        self.widget, self.view = widget, view
        self.told: list[Message] = []
        #: Keys that the view left to the screen.
        self.left = 0

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.widget.take_view(self.view)
        self.widget.focus()

    def action_drag(self, by: int) -> None:
        self.widget.drag_card(by)  # type: ignore[attr-defined]

    def action_told(self) -> None:
        self.left += 1

    def refused(self, error: FazhiError) -> None:
        raise error

    def show(self, query: str = "") -> None:
        self.widget.show(entries_of(self.view, self.view.select(query)), "没有符合条件的措施")

    def keep(self, message: Message) -> None:
        self.told.append(message)

    on_entry_highlighted = on_entry_opened = on_card_moved = on_card_stays = on_facet_chosen = keep


@asynccontextmanager
async def showing(
    widget: L, view: View | None = None, *, size: tuple[int, int] = (80, 24), light: bool = False
) -> AsyncIterator[tuple[ViewApp[L], Pilot[None]]]:
    """The app with everything shown."""
    app = ViewApp(widget, view or small_view(), light=light)
    async with app.run_test(size=size) as pilot:
        app.show()
        await settled(pilot)
        yield app, pilot


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the mouse at one place of the screen and let it go at another, as a terminal tells it."""
    driver = pilot.app._driver
    assert driver is not None
    for kind, (x, y) in ((MouseDown, start), (MouseUp, end)):
        driver.send_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await settled(pilot)


def lines_of(widget: ViewWidget) -> list[str]:
    """The view's lines as text; each exactly as wide as it is told to be."""
    lines = [widget.render_line(y) for y in range(widget.size.height)]
    for line in lines:
        assert line.cell_length == widget.inner_width
        assert cell_len(line.text) == widget.inner_width
    return [line.text for line in lines]


TITLES = st.text(st.sampled_from("市司法局，。（）《》abc 12.-\u202e"), min_size=1, max_size=60)


@st.composite
def entries(draw: st.DrawFn, most: int = 12) -> tuple[Entry, ...]:
    """Measures in any status with any deadline, and broken files among them."""
    found: list[Entry] = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        if draw(st.integers(0, 5)) == 0:
            path = f"plan/{number:02}.yaml"
            said = (Problem(path, 1, 1, "yaml", draw(TITLES)),) * draw(st.integers(0, 1))
            found.append(Entry(path, draw(st.sampled_from(["", str(number)])), None, path, said))
            continue
        state = MeasureState(
            status=draw(st.sampled_from(Status)),
            notes=(),
            progress=None,
            updated=None,
            due=None,
            next_due=draw(st.none() | st.dates(date(2021, 1, 1), date(2027, 12, 31))),
            next_label="",
            light=draw(st.sampled_from(Light)),
            why="",
            overdue=draw(st.booleans()),
        )
        row = Row(a_measure(number, draw(TITLES)), state)
        found.append(Entry(row.measure.id, row.measure.id, row))
    return tuple(found)
