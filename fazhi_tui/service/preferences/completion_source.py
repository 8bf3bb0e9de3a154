"""What the filter bar completes with, made ready once a view; to be called in a worker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fazhi_tui.domain.query.completion_source import CompletionSource
from fazhi_tui.domain.query.values import Context

if TYPE_CHECKING:
    from fazhi_tui.service.preferences.user_store import UserStore
    from fazhi_tui.service.view import View

#: The pinyin of titles: derived, and made anew where it is missing.
NAME = "readings.json"


def completion_source_of(view: View, store: UserStore | None = None) -> CompletionSource:
    """Names, titles and counts of a view, all made; takes a third of a second at 10,000 measures.

    Where a title's pinyin was never asked for here, the pinyin table is loaded (0.2 s) and the answer kept in
    ``store``.
    """
    context = Context(view.index, view.today, members=view.members, light_names=view.settings.light_names)
    return CompletionSource(context, view.rows, view.tracker.plan, readings_of(_titles(view), store)).warm()


def _titles(view: View) -> Iterable[str]:
    chapters = view.tracker.plan.chapters if view.tracker.plan else ()
    yield from (chapter.title for chapter in chapters)
    yield from (section for chapter in chapters for section in chapter.sections)
    for row in view.rows:
        yield from filter(None, (row.measure.chapter, row.measure.section))


def readings_of(titles: Iterable[str], store: UserStore | None = None) -> dict[str, str]:
    """Title to pinyin, syllables parted by blanks."""
    wanted = list(dict.fromkeys(titles))
    found = store.load(NAME) if store is not None else None
    kept = found if isinstance(found, dict) else {}
    known = {title: reading for title, reading in kept.items() if isinstance(reading, str)}
    if any(title not in known for title in wanted):
        from fazhi_tui.domain.text.pinyin import pinyin_of

        known = {title: known[title] if title in known else pinyin_of(title) for title in wanted}
        if store is not None:
            store.save(NAME, known)
    return {title: known[title] for title in wanted}
