"""Pages of lines that lead somewhere: the summary (a), who has not reported (n), 我的单位 (w)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Situation
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.pages.text import HEADING, MUTED, Line, Page, Target
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.line_list import LineList


@dataclass(frozen=True)
class Chosen:
    """What was asked for: to go where the line leads, or to urge the measures of the line."""

    target: Target
    urge: bool = False


class PagesScreen(ActionScreen[Chosen | None]):
    """One page at a time; Enter goes where the line leads, e urges its measures."""

    app: TrackerApp
    place = "pages"
    BINDINGS = bindings("pages")

    def __init__(self, title: str, pages: Callable[[int], tuple[Page, ...]], shown: int = 0) -> None:
        """``pages`` makes the pages for a width in cells; ``shown`` is the one to begin with."""
        super().__init__()
        self._title, self._make, self._shown = title, pages, shown
        self._pages: tuple[Page, ...] = ()
        self._lines: tuple[Line, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, names of the pages, the lines, hints."""
        yield Static(plain(self._title, "bold"), classes="screen-title")
        yield Static("", id="page-names", markup=False)
        yield LineList(id="page-lines", markup=False)
        yield HintLine(self.hints(), id="hints")

    def on_mount(self) -> None:
        """Lines are made for the width there is."""
        self._fill()
        self._listing.focus()

    def on_resize(self, event: events.Resize) -> None:
        """A terminal may change its size at any moment."""
        del event
        if self._pages:
            self._fill(self._listing.highlighted)

    @property
    def _listing(self) -> OptionList:
        return self.query_one("#page-lines", OptionList)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._shown]

    def _fill(self, keep: int | None = None) -> None:
        self._pages = self._make(max(self.app.size.width - 7, 30))
        self._shown %= len(self._pages)
        names = [
            (f" [{page.name}]", HEADING) if page is self.page else (f"  {page.name} ", MUTED)
            for page in self._pages
        ]
        heading = self.query_one("#page-names", Static)
        heading.update(Content.assemble(*names))
        heading.display = len(self._pages) > 1
        self._lines = self.page.lines
        self._listing.set_options(Option(line.content, disabled=line.target is None) for line in self._lines)
        able = [at for at, line in enumerate(self._lines) if line.target is not None]
        self._listing.highlighted = keep if keep in able else next(iter(able), None)

    @property
    def situation(self) -> Situation:
        """Whether the line in hand leads anywhere."""
        lacks = "" if self._target is not None else "这一行只是说明"
        return Situation(ready=True, read_only=self.app.read_only, lacks=lacks)

    @property
    def _target(self) -> Target | None:
        at = self._listing.highlighted
        return self._lines[at].target if at is not None else None

    def action_turn_on(self) -> None:
        """To the next page."""
        self._turn(1)

    def action_turn_back(self) -> None:
        """To the previous page."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        """To the next or the previous page, round the end."""
        self._shown = (self._shown + by) % len(self._pages)
        self._fill()
        self._listing.scroll_home(animate=False)

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    def action_urge(self) -> None:
        """Urge the measures of the line."""
        target = self._target
        if target is not None and target.urges:
            self.dismiss(Chosen(target, urge=True))
        else:
            self.say("不能催办这些：这一行不是措施")

    @on(OptionList.OptionSelected, "#page-lines")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Go where the line leads."""
        target = self._target
        if target is not None:
            self.dismiss(Chosen(target))
