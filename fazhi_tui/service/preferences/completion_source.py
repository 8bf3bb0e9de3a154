"""What the filter bar completes with, made ready once a view; to be called in a worker."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.query.completion_source import Present
from fazhi_tui.domain.query.values import Context
from fazhi_tui.records.files import write_atomic

if TYPE_CHECKING:
    from fazhi_tui.service.view import View

#: The pinyin of titles, kept outside the work tree: derived, and made anew where it is missing.
NAME = "readings.json"


def present_of(view: View, root: Path | None = None) -> Present:
    """Names, titles and counts of a view, all made; takes a third of a second at 10,000 measures.

    Where a title's pinyin was never asked for here, the pinyin table is loaded (0.2 s) and the answer kept in
    ``root``'s private folder.
    """
    context = Context(view.index, view.today, members=view.members, light_names=view.settings.light_names)
    return Present(context, view.rows, view.tracker.plan, readings_of(_titles(view), root)).warm()


def _titles(view: View) -> Iterable[str]:
    chapters = view.tracker.plan.chapters if view.tracker.plan else ()
    yield from (chapter.title for chapter in chapters)
    yield from (section for chapter in chapters for section in chapter.sections)
    for row in view.rows:
        yield from filter(None, (row.measure.chapter, row.measure.section))


def readings_of(titles: Iterable[str], root: Path | None = None) -> dict[str, str]:
    """Title to pinyin, syllables parted by blanks."""
    wanted = list(dict.fromkeys(titles))
    known = _kept(root) if root is not None else {}
    if any(title not in known for title in wanted):
        from fazhi_tui.domain.text.pinyin import pinyin_of

        known = {title: known[title] if title in known else pinyin_of(title) for title in wanted}
        if root is not None:
            _keep(root, known)
    return {title: known[title] for title in wanted}


def _kept(root: Path) -> dict[str, str]:
    from fazhi_tui.vcs.paths import private_dir

    with suppress(OSError, ValueError, FazhiError):
        found = json.loads((private_dir(root) / NAME).read_text("utf-8"))
        if isinstance(found, dict):
            return {key: value for key, value in found.items() if isinstance(value, str)}
    return {}


def _keep(root: Path, readings: dict[str, str]) -> None:
    from fazhi_tui.vcs.paths import private_dir

    with suppress(OSError, FazhiError):
        folder = private_dir(root)
        if folder.parent.is_dir():
            write_atomic(folder / NAME, json.dumps(readings, ensure_ascii=False))
