"""One measure: from what was cut out of the text to the value that lies in its file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.measure import Completeness, Item, Measure, Measuring, Role
from fazhi_tui.importer.clauses.find import find_clause, parse_clause
from fazhi_tui.importer.clauses.values import Clause, Convention, RoleUnits, merged, renamed
from fazhi_tui.importer.corrections.model import Corrections, ItemDecision, sentence
from fazhi_tui.importer.recognise.items import FoundItem, FoundItems, find_all_items
from fazhi_tui.importer.recognise.outline import MeasurePart
from fazhi_tui.importer.recognise.paragraphs import MeasureText, read_paragraphs
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.tables.cells import clause_of, differing_units, times_of
from fazhi_tui.importer.tables.headers import ROLES, Column
from fazhi_tui.importer.tables.rows import Row
from fazhi_tui.importer.text.apply_corrections import reword, shown
from fazhi_tui.importer.text.sentences import one_a_line, split_sentences
from fazhi_tui.importer.text.source_map import NOTHING, MappedText, join
from fazhi_tui.importer.times.dates import TimeContext


@dataclass(frozen=True, slots=True)
class Built:
    """A measure, the units of its clause in printed order, and what stands behind its clause.

    ``bracketed`` tells whether the clause is printed in brackets; None without a clause.  ``named`` are
    the names in it before 更名 changed any.
    """

    measure: Measure
    clause: Clause
    bracketed: bool | None
    behind: MappedText
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MeasureBuilder:
    """Builds the measures of one document, with every correction that names them."""

    corrections: Corrections
    ledger: Ledger
    convention: Convention
    times: TimeContext

    def build(self, part: MeasurePart, *, last: bool, joints: Sequence[str]) -> Built:
        """A measure from its part.

        What stands behind the clause of the ``last`` measure is handed back (the closing of the document);
        elsewhere it is part of the text.  ``joints`` are remarks on pages that meet inside this measure.
        Raises CorrectionError for a correction that does not fit exactly once.
        """
        where = f"第{part.id}条"
        body, _ = reword(self.corrections, part.id, part.body, self.ledger, where)
        self.ledger.place(f"{where} 编号", part.label)
        if part.in_paragraphs:
            read = read_paragraphs(where, body, self.ledger, self.convention, last=last)
        else:
            read = self._read_running(where, body, last=last, headless=part.headless)
        printed_clause = self._clause(where, part, read.clause)
        named = frozenset(printed_clause.names)
        renamings = {entry.old: entry.new for entry in self.corrections.units.renamings}
        clause = renamed(printed_clause, renamings)
        sentences = split_sentences(read.text)
        self.ledger.place(f"{where} 正文", join(sentences))
        self.ledger.leave_out_breaks(read.text)
        # A measure that is nothing but its title says there what is owed.
        said = [text.text for text in sentences] or [read.title or ""]
        found = self._find_items(where, part, [*said, read.clause.time], read.title or "")
        items, decisions = self._items(part.id, found.items, body.text)
        self._tell_times(part.id, found, body)
        is_misprinted = part.printed not in (None, part.number) and (part.misprinted or not part.identity)
        measure = Measure(
            id=part.id,
            title=read.title,
            chapter=part.chapter,
            section=part.section,
            leads=clause.units(Role.LEAD),
            participants=clause.units(Role.PARTICIPANT),
            responsible=clause.units(Role.RESPONSIBLE),
            by_duties=clause.by_duties,
            open_list=clause.open_list,
            items=items,
            text=one_a_line(sentences),
            printed_id=str(part.printed) if is_misprinted else None,
            completeness=Completeness.DAMAGED if part.cut_short or part.headless else Completeness.WHOLE,
            remarks=(
                *self.corrections.remarks_on(part.id),
                *joints,
                *decisions,
                *clause.remarks(),
                *(f"原表备注：{text.text}" for text in (part.row.texts(Column.REMARK) if part.row else ())),
            ),
        )
        return Built(measure, clause, read.bracketed, read.behind, named)

    # ------------------------------------------------------------------ text and units

    def _read_running(self, where: str, body: MappedText, *, last: bool, headless: bool) -> MeasureText:
        """A measure of a text without line breaks: a title sentence, text, one clause."""
        title, rest = (None, body) if headless else self._title(where, body)
        start, stop = find_clause(rest.text) or (len(rest), len(rest))
        before, clause_text, after = rest.cut(0, start), rest.cut(start, stop), rest.cut(stop)
        self.ledger.place(f"{where} 单位", clause_text)
        return MeasureText(
            title=title,
            text=before if last else join((before, after)),
            clause=parse_clause(clause_text.text),
            bracketed=clause_text.text.startswith("（") if clause_text else None,
            behind=after if last else NOTHING,
        )

    def _title(self, where: str, body: MappedText) -> tuple[str, MappedText]:
        """The first sentence after the number, without its full stop."""
        first = split_sentences(body)[0] if body.text.strip() else NOTHING
        title = first.cut(0, len(first.text.rstrip("。")))
        start = body.text.find(first.text)
        self.ledger.leave_out(f"{where}标题前的断行", body.cut(0, start))
        self.ledger.place(f"{where} 标题", title)
        self.ledger.place(f"{where} 标题后的句号", first.cut(len(title)))
        return title.text, body.cut(start + len(first))

    def _clause(self, where: str, part: MeasurePart, inside: Clause) -> Clause:
        """The units of a measure: as a person wrote them, else as its text, else as a table names them."""
        clause = self._row_clause(where, part.row, inside) if part.row is not None else inside
        clause = self._repeated(where, part, clause) or clause
        assigned = [entry for entry in self.corrections.assignments if entry.measure == part.id]
        if not assigned:
            return clause
        units = (assigned[-1].leads, assigned[-1].participants, assigned[-1].responsible)
        roles = (RoleUnits(role, names) for role, names in zip(Role, units, strict=True))
        return Clause(tuple(role for role in roles if role.units))

    def _row_clause(self, where: str, row: Row, inside: Clause) -> Clause:
        """The units that the cells of a task name, and those that its own words name beside them."""
        clause = clause_of(row, self.convention)
        for text in row.texts(*ROLES):
            self.ledger.place(f"{where} 单位", text)
        for cell in row.of(Column.OTHER):
            self.ledger.leave_out(f"表中“{cell.header}”一栏", cell.text)
        for text in row.texts(Column.REMARK):
            self.ledger.place(f"{where} 备注", text)
        return dataclasses.replace(
            clause, roles=(*clause.roles, *inside.roles), printed={**inside.printed, **clause.printed}
        )

    def _repeated(self, where: str, part: MeasurePart, clause: Clause) -> Clause | None:
        """The units that a table names for a measure whose text names none; differences are doubts."""
        listed = merged([clause_of(row, self.convention) for row in part.also])
        if not listed.roles:
            return None
        near = part.also[0].words
        if clause.roles:
            differing_units(where, clause, listed, near, self.ledger)
            return None
        self.ledger.changed(f"{where}：单位据表格。", near)
        return listed

    # ------------------------------------------------------------------ items

    def _find_items(self, where: str, part: MeasurePart, said: Sequence[str], title: str) -> FoundItems:
        """The items that a measure says, and that cells of tables say of it.

        A deadline that stands among the units (责任单位：甲，2024年6月底前完成) is the measure's own, and so
        is one that a table names where its text names none.
        """
        times = dataclasses.replace(self.times, title=title)
        own: list[str] = []
        if part.row is not None:
            own = times_of(part.row)
            for text in part.row.texts(Column.TIME):
                self.ledger.place(f"{where} 时限", text)
        found = find_all_items([*said, *own], times)
        if not part.also:
            return found
        listed = find_all_items([words for row in part.also for words in times_of(row)], times)
        dues = {item.due for item in found.items if item.due}
        more = tuple(item for item in listed.items if item.due and item.due not in dues)
        if not dues:
            return FoundItems((*found.items, *more), (*found.doubts, *listed.doubts))
        for item in more:
            message = f"{where}的时限，表中为「{item.source}」，与正文不同；按正文。"
            self.ledger.doubt(message, part.also[0].words)
        return found

    def _items(
        self, measure: str, found: Sequence[FoundItem], body: str
    ) -> tuple[tuple[Item, ...], list[str]]:
        """The items in order, with the decisions of 事项; and remarks on those decided or doubtful."""
        decisions = {entry.source: entry for entry in self.corrections.items if entry.measure == measure}
        items: list[Item] = []
        told: list[str] = []
        for index, item in enumerate(self._with_added(measure, found, decisions, body), start=1):
            entry = decisions.get(item.source)
            due = entry.due if entry else item.due
            quantity = entry.quantity if entry else item.quantity
            measuring = (entry.measuring if entry else None) or item.measuring
            items.append(
                Item(
                    id=f"{measure}.{index}",
                    content=item.content,
                    due=due,
                    period=(entry.period if entry else None) or item.period,
                    quantity=quantity,
                    measure_word=entry.measure_word if entry else item.measure_word,
                    measuring=Measuring.TOTAL if quantity is None else measuring,
                    source=item.source,
                )
            )
            if entry:
                told.append(f"事项 {measure}.{index}：{sentence(entry.reason)}")
            elif item.doubt:
                told.append(f"事项 {measure}.{index}：{item.doubt}{f'，暂按 {due}' if due else ''}。")
        return tuple(items), told

    def _with_added(
        self, measure: str, found: Sequence[FoundItem], decisions: Mapping[str, ItemDecision], body: str
    ) -> list[FoundItem]:
        """What was found and, each at its place in the text, what only a person saw to be owed."""
        items = list(found)
        for entry in decisions.values():
            if any(item.source == entry.source for item in found):
                continue
            place = body.find(entry.source)
            if place < 0:
                message = f"第{measure}条没有原文为「{entry.source}」的事项。"
                raise self.corrections.error(
                    entry.line, message, "核对“原文”：须是条文里一字不差的一个分句。"
                )
            at = next((i for i, item in enumerate(items) if body.find(item.source) > place), len(items))
            items.insert(at, FoundItem(entry.source, entry.source))
        return items

    def _tell_times(self, measure: str, found: FoundItems, body: MappedText) -> None:
        """A doubt for every time that can be read two ways or has no year, those decided excepted."""
        decided = {entry.source for entry in self.corrections.items if entry.measure == measure}
        doubtful = [(item.source, item.doubt) for item in found.items if item.doubt]
        for words, doubt in (*doubtful, *found.doubts):
            if words not in decided:
                at = max(body.text.find(words), 0)
                self.ledger.doubt(f"第{measure}条{shown(words)}：{doubt}。", body.cut(at, at + len(words)))
