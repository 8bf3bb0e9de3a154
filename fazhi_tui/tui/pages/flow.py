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
    stats = stats_of(view, view.rows)
    names, rhythm = view.settings.light_names, view.settings.rhythm
    title = f"统计  截至 {view.today}"
    pages = PagesScreen(title, lambda width: stats_pages(stats, names, rhythm, width), _MISSING)
    screen.app.push_screen(pages, lambda chosen: _go(screen, chosen))


def open_home(screen: MainView) -> None:
    """What waits for one's own unit."""
    view, unit = screen.view, screen.app.tracker.unit
    if not unit:
        return
    home = home_of(view, view.index.canonical(unit))
    names = view.settings.light_names
    pages = PagesScreen(f"我的单位  {view.today}", lambda width: (home_page(home, names, width),))
    screen.app.push_screen(pages, lambda chosen: _go(screen, chosen))


def _go(screen: MainView, chosen: Chosen | None) -> None:
    if chosen is None:
        return
    target = chosen.target
    if chosen.urge:
        begin_urging(screen, target.urges)
    elif target.measure:
        screen.go_to_number(target.measure)
    elif target.query:
        screen.set_query(target.query)
