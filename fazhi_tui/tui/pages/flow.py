"""The ways to the pages: the summary, who has not reported, what waits for one's own unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.service.reporting.my_unit import home_of
from fazhi_tui.service.reporting.stats import stats_of
from fazhi_tui.tui.pages.screen import Chosen, PagesScreen
from fazhi_tui.tui.pages.text import home_page, stats_pages
from fazhi_tui.tui.report.flow import begin_urging

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import MainView

#: Which page of the summary tells who has not reported.
MISSING_PAGE = 5


def open_stats(screen: MainView, shown: int = 0) -> None:
    """The summary of what is listed now: the filter stays."""
    view = screen.view
    if view is None:
        return
    # Missing reports are asked of the whole plan; the other pages count what the filter keeps.
    rows = view.rows if shown == MISSING_PAGE else view.select(screen.query_text)
    stats = stats_of(view, rows)
    names, rhythm = view.settings.light_names, view.settings.rhythm
    only = "" if len(rows) == len(view.rows) else f"  筛选：{screen.query_text}"
    pages = PagesScreen(
        f"统计  截至 {view.today}{only}", lambda w: stats_pages(stats, names, rhythm, w), shown
    )
    screen.app.push_screen(pages, lambda chosen: _go(screen, chosen))


def open_home(screen: MainView) -> None:
    """What waits for one's own unit."""
    view, unit = screen.view, screen.app.unit
    if view is None or not unit:
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
