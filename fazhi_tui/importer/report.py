"""The account of an import in Markdown: what is doubtful, worst first, and where everything stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.importer.document import Document
from fazhi_tui.importer.result import Imported, LogEntry, LogKind, Placed
from fazhi_tui.importer.text.source_map import INSERTED, MappedText

#: Words in a doubt's message, worst first: what may have lost or misplaced text stands before what may
#: have misread a unit, and this before what leaves a date open.
WORST_FIRST = (
    ("未归入", "没有配对", "不闭合", "括号"),
    ("编号", "没有第", "重号", "重复"),
    ("没有认出", "没有单位", "没有牵头"),
    ("单位", "名称"),
    ("年份", "日期", "时限", "期限", "截止"),
)
#: How much of a stretch that was left out is quoted.
QUOTED = 60
_MARKS = re.compile(r"([\\`*_{}\[\]<>|#~])")


def doubts_of(imported: Imported) -> tuple[str, ...]:
    """Everything a person should look at, worst first, each in one line with its place in the source."""
    placed = ((_place(entry), entry.message) for entry in ranked_doubts(imported))
    return tuple(one_line(f"{place}：{message}" if place else message) for place, message in placed)


def ranked_doubts(imported: Imported) -> tuple[LogEntry, ...]:
    """Everything a person should look at, worst first; those that are equally bad in the document's order."""

    def rank(entry: LogEntry) -> int:
        ranks = (at for at, words in enumerate(WORST_FIRST) if any(word in entry.message for word in words))
        return next(ranks, len(WORST_FIRST))

    return tuple(sorted((entry for entry in imported.log if entry.kind is LogKind.DOUBT), key=rank))


def report(imported: Imported, document: Document, source: str = "") -> str:
    """The whole account.  ``source`` is the file's name; equal imports give equal reports.

    Time and length are linear in the source's.
    """
    places = _Places(imported, document)
    parts = [
        ["# 导入报告", "", *_facts(imported, document, source), ""],
        _doubts(imported),
        _left_out(imported, document),
        _remarks(imported),
        _measures(imported, places),
        _items(imported, places),
        _units(imported, places),
        _others(places),
    ]
    return "\n".join(line for part in parts for line in part)


# ------------------------------------------------------------------ where things stand


class _Places:
    """Where in the source each part of the result stands."""

    def __init__(self, imported: Imported, document: Document) -> None:
        self._document = document
        self.parts: dict[str, list[MappedText]] = {}
        self.of_measures: dict[str, list[Placed]] = {}
        for placed in imported.placed:
            self.parts.setdefault(placed.where, []).append(placed.text)
            head, _, _ = placed.where.partition(" ")
            self.of_measures.setdefault(head, []).append(placed)

    def span(self, texts: Iterable[MappedText]) -> str:
        """From where to where some stretches stand, or one place if both are the same."""
        origins = [offset for text in texts for offset in text.origin if offset != INSERTED]
        if not origins:
            return ""
        first, last = (self._document.place_of(offset) for offset in (min(origins), max(origins)))
        return first if first == last else f"{first}至{last}"

    def measure(self, number: str) -> str:
        """Where a measure stands, with its number, title and units."""
        return self.span(placed.text for placed in self.of_measures.get(_head(number), ()))

    def words(self, number: str, part: str, words: str) -> str:
        """Where words stand in one part of a measure; where that part begins if they are not in it so."""
        texts = self.parts.get(f"{_head(number)} {part}", [])
        for text in texts:
            at = text.text.find(words)
            if at >= 0 and words:
                return self.span([text.cut(at, at + 1)])
        return self.span([text.cut(0, 1) for text in texts[:1]])


def _head(number: str) -> str:
    return f"第{number}条"


# ------------------------------------------------------------------ the parts of the report


def _facts(imported: Imported, document: Document, source: str) -> Iterator[str]:
    plan = imported.plan
    doubts = sum(entry.kind is LogKind.DOUBT for entry in imported.log)
    yield f"- 标题：{_plain(plan.title)}"
    if source:
        yield f"- 原件：{_plain(source)}（{_plain(document.kind)}，{len(document.text)} 字）"
    yield f"- 期间：{plan.period.start} 至 {plan.period.end}"
    yield (
        f"- 结果：{len(imported.measures)} 条措施，{len(plan.gaps)} 条缺失，"
        f"{len(imported.register.units)} 个单位，"
        f"{sum(len(measure.items) for measure in imported.measures)} 个事项，{len(imported.notes)} 条进展"
    )
    yield f"- 存疑：{doubts} 处"
    yield "- 位置都是原件里的位置：纯文本是行，分页的文件是页和段。"


def _doubts(imported: Imported) -> Iterator[str]:
    doubts = doubts_of(imported)
    yield from (f"## 存疑（{len(doubts)} 处，最要紧的在前）", "")
    yield from (f"{number}. {_plain(doubt)}" for number, doubt in enumerate(doubts, start=1))
    if not doubts:
        yield "没有。"
    yield ""


def _left_out(imported: Imported, document: Document) -> Iterator[str]:
    """One line a reason where only blanks went; one line a stretch where words did."""
    blank: dict[str, tuple[int, str]] = {}
    rows: list[tuple[str, str, str]] = []
    for entry in imported.log:
        if entry.kind is not LogKind.LEFT_OUT:
            continue
        if entry.what.text.strip():
            rows.append((_place(entry), entry.message, _quoted(entry.what.text)))
        else:
            count, first = blank.get(entry.message, (0, _place(entry)))
            blank[entry.message] = (count + len(entry.what.text), first)
    rows.extend(
        (f"{first}起", reason, f"（空白和断行，共 {count} 字）") for reason, (count, first) in blank.items()
    )
    rows.extend(("", "不是正文", what) for what in document.left_out)
    told = "原件的每一个字，不在措施、总体要求、结语、标题里，就在这里。"
    return _table("略去", ("位置", "原因", "文字"), rows, told)


def _remarks(imported: Imported) -> Iterator[str]:
    rows = [(_place(entry), entry.message) for entry in imported.log if entry.kind is LogKind.CHANGED]
    rows += [("全文", remark) for remark in imported.plan.remarks]
    rows += [(_head(measure.id), remark) for measure in imported.measures for remark in measure.remarks]
    return _table("校订和校勘", ("位置", "说明"), list(dict.fromkeys(rows)))


def _measures(imported: Imported, places: _Places) -> Iterator[str]:
    rows = []
    for measure in imported.measures:
        units = places.words(measure.id, "单位", "") or "原文没有写单位"
        rows.append((measure.id, places.measure(measure.id), measure.display_title, units))
    rows += [(gap.id, "原文缺失", gap.reason, "") for gap in imported.plan.gaps]
    return _table("措施", ("编号", "位置", "标题", "单位的位置"), rows)


def _items(imported: Imported, places: _Places) -> Iterator[str]:
    rows = []
    for measure in imported.measures:
        for item in measure.items:
            due = item.due.isoformat() if item.due else ""
            quantity = (
                f"{item.quantity}{item.measure_word or ''}（{item.measuring}）" if item.quantity else ""
            )
            place = places.words(measure.id, "正文", item.source)
            rows.append((item.id, place, due, quantity, item.content))
    return _table("事项", ("编号", "位置", "截止", "数量", "内容"), rows)


def _units(imported: Imported, places: _Places) -> Iterator[str]:
    """Each unit with every measure that names it, and where its name stands there."""
    named: dict[str, list[str]] = {}
    for measure in imported.measures:
        for name in measure.units():
            named.setdefault(name, []).append(measure.id)
    rows = []
    for unit in imported.register.units:
        measures = dict.fromkeys(id for name in (unit.name, *unit.aliases) for id in named.get(name, ()))
        shown = [f"{_head(id)}（{places.words(id, '单位', unit.name)}）" for id in measures]
        rows.append((unit.name, "、".join(unit.aliases), "、".join(shown)))
    return _table("单位", ("名称", "别名", "见于"), rows)


def _others(places: _Places) -> Iterator[str]:
    rows = [
        (places.span(texts), where, _quoted("".join(text.text for text in texts)))
        for where, texts in places.parts.items()
        if not re.match(r"第[0-9-]+条 ", where)
    ]
    return _table("其余部分", ("位置", "归入", "文字"), rows)


# ------------------------------------------------------------------ words


def _place(entry: LogEntry) -> str:
    return entry.place or (f"第{entry.line}行" if entry.line else "")


def _quoted(text: str) -> str:
    """The beginning and end of a stretch: enough to find it, whatever its length."""
    if len(text) <= QUOTED:
        return one_line(text)
    half = QUOTED // 2
    return f"{one_line(text[:half])}……{one_line(text[-half:])}（共 {len(text)} 字）"


def _plain(text: str) -> str:
    """Text as Markdown that shows it as it is."""
    return _MARKS.sub(r"\\\1", one_line(text))


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], told: str = "") -> Iterator[str]:
    yield from (f"## {title}", "")
    if told:
        yield from (told, "")
    if not rows:
        yield "没有。"
    else:
        yield f"| {' | '.join(head)} |"
        yield f"|{' --- |' * len(head)}"
        for row in rows:
            yield f"| {' | '.join(_plain(cell) for cell in row)} |"
    yield ""
