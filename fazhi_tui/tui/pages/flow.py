"""The ways to the pages: the summary, who has not reported, what waits for one's own unit."""

from __future__ import annotations

from fazhi_tui.service.reporting.my_unit import home_of
from fazhi_tui.service.reporting.stats import stats_of
from fazhi_tui.tui.pages.screen import Chosen, PagesScreen
from fazhi_tui.tui.pages.text import home_page, stats_pages
from fazhi_tui.tui.protocols import MainView
from fazhi_tui.tui.report.flow import begin_urging

#: Which page of the summary tells who has not reported.
_MISSING = 5


def open_missing(screen: MainView) -> None:
    """Who has not reported, and the other pages of the summary of the whole plan."""
    view = screen.view
    stats = stats_of(view)
    names, rhythm = view.settings.light_names, view.settings.rhythm
    title = f"统计  截至 {view.today}"
    _open(screen, PagesScreen(title, lambda width: stats_pages(stats, names, rhythm, width), _MISSING))


def open_home(screen: MainView) -> None:
    """What waits for one's own unit."""
    view, unit = screen.view, screen.app.tracker.unit
    if not unit:
        return
    home = home_of(view, view.index.canonical(unit))
    names = view.settings.light_names
    _open(screen, PagesScreen(f"我的单位  {view.today}", lambda width: (home_page(home, names, width),)))


def _open(screen: MainView, pages: PagesScreen) -> None:
    def go(chosen: Chosen | None) -> None:
        if chosen is not None and chosen.urge:
            begin_urging(screen, chosen.target.urges)
        elif chosen is not None and chosen.target.measure:
            screen.go_to_number(chosen.target.measure)
        elif chosen is not None and chosen.target.query:
            screen.set_query(chosen.target.query)

    screen.app.push_screen(pages, go)
