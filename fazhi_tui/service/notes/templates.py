"""Templates of notes: the program's own and the city's (``plan/templates.yaml``), and filling them in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from fazhi_tui.domain.deadlines.occurrences import occurrences
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.measure import Item
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.template import Template, TemplateRegister
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.check.templates import BLANK, FACT
from fazhi_tui.records.reader import read_yaml
from fazhi_tui.service.reporting.my_unit import current_period
from fazhi_tui.service.view import View

_OWN = "templates.yaml"


@dataclass(frozen=True, slots=True)
class OfferedTemplate:
    """A template, and whether it is the city's own."""

    template: Template
    shared: bool

    @property
    def whose(self) -> str:
        """共用 (the city's) or 自带 (the program's)."""
        return "共用" if self.shared else "自带"


@lru_cache(maxsize=1)
def own_templates() -> tuple[Template, ...]:
    """The program's own."""
    data = (resources.files("fazhi_tui.service.notes") / _OWN).read_bytes()
    register, problems = read_yaml(TemplateRegister, data, _OWN)
    assert register is not None
    assert not problems, problems
    return register.templates


def templates_for(view: View, kind: NoteKind | None) -> tuple[OfferedTemplate, ...]:
    """What can be written for a kind of note (for any where it is None), the city's own first.

    One of the program's own gives way to one of the city's for the same kind with its name.
    """
    shared = view.tracker.templates
    hidden = {(fold_text(template.name), template.kind) for template in shared}
    every = [OfferedTemplate(template, True) for template in shared]
    every += [
        OfferedTemplate(template, False)
        for template in own_templates()
        if (fold_text(template.name), template.kind) not in hidden
    ]
    return tuple(offered for offered in every if kind is None or offered.template.kind in (kind, None))


def template_named(view: View, name: str, kind: NoteKind | None) -> Template:
    """The template of that name (or of the only name that holds it), for a kind where one is given.

    Raises :class:`UsageError`, naming what there is.
    """
    known = [offered.template for offered in templates_for(view, kind)]
    wanted = fold_text(name)
    found = [template for template in known if fold_text(template.name) == wanted]
    found = found or [template for template in known if wanted and wanted in fold_text(template.name)]
    if len(found) == 1:
        return found[0]
    which = f"{kind}的模板" if kind else "模板"
    said = "不止一个" if found else "没有"
    named = [f"{template.kind or ''}/{template.name}".lstrip("/") for template in found or known]
    names = "、".join(one_line(text, 30) for text in named)
    raise UsageError(f"{said}{which}叫「{one_line(name, 20)}」", f"有：{names}" if names else "")


def filled_in(
    template: Template, view: View, rows: Iterable[Row], unit: str, *, item: str = "", occurrence: str = ""
) -> str:
    """A template's text with its facts filled in for one measure or several; blanks stay blanks.

    A fact that there is none of (a period where nothing recurs, one title for several measures) becomes a
    blank of its name.
    """
    rows = tuple(rows)
    titles = [row.measure.display_title for row in rows]
    facts = {
        "措施": "、".join(row.measure.id for row in rows),
        "标题": titles[0] if len(titles) == 1 else "",
        "单位": unit,
        "期": occurrence or (_period(view, rows[0], item) if len(rows) == 1 else _reports(view)),
        "日期": day_text(view.today),
    }

    def fill(asked: re.Match[str]) -> str:
        name = asked[1]
        return facts[name] or f"【{name}】" if name in facts else asked[0]

    return FACT.sub(fill, template.text).strip("\n")


def day_text(day: date) -> str:
    """A day as documents write it: ``2023年2月1日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def _period(view: View, row: Row, item: str) -> str:
    """The period that the view's day lies in: of the chosen item, of the reports, of any item that recurs."""
    chosen = [known for known in row.measure.items if known.id == item]
    return _recurring(view, chosen) or _reports(view) or _recurring(view, row.measure.items)


def _recurring(view: View, items: Iterable[Item]) -> str:
    for item in items:
        if item.period is not None:
            for occurrence in occurrences(item, view.tracker.plan):
                if occurrence.start <= view.today <= occurrence.due:
                    return occurrence.label
    return ""


def _reports(view: View) -> str:
    period = current_period(view)
    return period.label if period else ""


def blanks_of(text: str) -> tuple[str, ...]:
    """The blanks that nobody has filled in."""
    return tuple(BLANK.findall(text))


def first_blank(text: str, start: int = 0) -> tuple[int, int] | None:
    """Where the next blank at or after ``start`` stands: its first character and the one behind it."""
    found = BLANK.search(text, start)
    return found.span() if found else None
