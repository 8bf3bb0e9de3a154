"""What the detail says about one entry, as blocks of prose; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fazhi_tui.domain.deadlines.lights import LIGHT_RULES
from fazhi_tui.domain.measure_history import measure_history, since_when, withdrawal
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.measure import Completeness, Item, Measure, Role
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.problem_order import told_problems
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import DUTIES
from fazhi_tui.tui.actions.keymap import Keymap
from fazhi_tui.tui.styles import LIGHT_STYLES, SEVERITY_STYLES, STATUS_STYLES, light_word, moment
from fazhi_tui.tui.views.entries import Entry
from fazhi_tui.tui.widgets.prose import Block

HEADING = "bold $text-primary"
MUTED = "$text-muted"


def measure_blocks(
    row: Row,
    names: LightNames = LightNames(),  # noqa: B008 - frozen
    measures: Sequence[Measure] = (),
) -> list[Block]:
    """The whole of a measure: where it stands and by which rule, units by role, items, text, 沿革, remarks.

    ``measures`` are all there are: some may have come of it.
    """
    measure = row.measure
    blocks = [Block(one_line(f"第 {measure.id} 条  {measure.display_title}"), "bold")]
    if measure.completeness is not Completeness.WHOLE:
        blocks.append(Block(f"原文{measure.completeness}", "bold $text-warning"))
    place = " / ".join(part for part in (measure.chapter, measure.section) if part)
    if place:
        blocks.append(Block(place, MUTED))
    if gone := withdrawal(measure, measures):
        blocks.append(Block(gone, "bold $text-error", label="废止  "))
    blocks += [Block(), *_state(row, names), Block()]
    blocks += [
        Block("、".join(units) + _since(measure, field), label=f"{role}  ")
        for role, field in zip(Role, DUTIES, strict=True)
        if (units := measure.units(role))
    ]
    remarks = ["按职责分工负责"] if measure.by_duties else []
    remarks += ["等部门"] if measure.open_list else []
    if remarks:
        blocks.append(Block("；".join(remarks), MUTED, label="说明  "))
    if measure.items:
        blocks += [Block(), Block("事项", HEADING)]
        for item in measure.items:
            blocks += _item(item)
    if history := measure_history(measure, measures):
        blocks += [Block(), Block("沿革", HEADING)]
        blocks += [Block(one_line(line.said), label=f"{line.date}  ") for line in history]
    blocks += [Block(), Block("正文", HEADING), Block(measure.joined_text or "（正文缺失）")]
    if measure.remarks:
        blocks += [Block(), Block("校勘", HEADING)]
        blocks += [Block(remark, label="- ") for remark in measure.remarks]
    if measure.printed_id:
        blocks.append(Block(f"原文印作第 {measure.printed_id} 条", label="- "))
    blocks += [Block(), Block(f"plan/{measure.stem}.yaml", MUTED, label="文件  ")]
    return blocks


def _state(row: Row, names: LightNames) -> Iterator[Block]:
    state = row.state
    for unread in state.unread:
        yield Block(one_line(f"{unread.path}：{unread.reason}"), "bold $text-error", label="读不出  ")
    if state.disagreement is not None:
        first, second = (f"{note.unit} {moment(note.time)} 报为{note.status}" for note in state.disagreement)
        said = f"{first}，{second}，都从{state.disagreement[1].status_before}开始；用更正、办结或退回定下来"
        yield Block(said, "bold $text-error", label="分歧  ", label_style="bold $text-error")
    for note, why in state.refused:
        yield Block(f"{note.unit} {note.kind}（{note.id}）：{why}", "$text-warning", label="不计  ")
    if row.measure.withdrawn is not None:
        # Nothing is judged of what is no longer in force.
        yield Block(f"{state.status}（废止以前）", STATUS_STYLES[state.status], label="状态  ")
        return
    progress = f"  进度 {state.progress}%" if state.progress is not None else ""
    yield Block(f"{state.status}{progress}", STATUS_STYLES[state.status], label="状态  ")
    why = f"  {state.why}" if state.why else ""
    yield Block(light_word(state.light, names) + why, LIGHT_STYLES[state.light], label="灯    ")
    if state.rule in LIGHT_RULES:
        yield Block(LIGHT_RULES[state.rule].meaning, MUTED, label="规则  ")
    if state.why_note:
        found = next((note for note in state.notes if note.id == state.why_note), None)
        basis = f"{moment(found.time)} {found.unit} {found.kind}  {found.path}" if found else state.why_note
        yield Block(one_line(basis), MUTED, label="依据  ")
    if state.missing and (state.rule != "unreported" or state.owing > 1):
        yield Block(one_line(state.missing_said), "$text-accent", label="漏报  ")
    if state.next_due:
        label = f"  {state.next_label}" if state.next_label else ""
        late = "  已逾期" if state.overdue else ""
        yield Block(f"{state.next_due}{label}{late}", label="时限  ")
    if state.updated:
        yield Block(moment(state.updated), label="更新  ")


def _item(item: Item) -> Iterator[Block]:
    yield Block(item.content, label=f"{item.id}  ", label_style="bold")
    terms = (
        f"截止 {item.due}{_since(item, 'due')}" if item.due else "",
        f"周期 {item.period}{_since(item, 'period')}" if item.period else "",
        f"数量 {item.quantity} {item.measure_word or ''}".rstrip() + _since(item, "quantity")
        if item.quantity is not None
        else "",
    )
    indent = " " * (len(item.id) + 2)
    if any(terms):
        yield Block("  ".join(filter(None, terms)), "$text-primary", label=indent)
    if item.source and item.source != item.content:
        yield Block(item.source, MUTED, label=indent + "原文：")


def _since(dated: Measure | Item, name: str) -> str:
    day = since_when(dated, name)
    return f"（自 {day} 起）" if day else ""


def note_blocks(row: Row, keys: Keymap) -> list[Block]:
    """The notes of a measure, newest first; where there are none, with which key one reports."""
    if not row.state.notes:
        return [
            Block("还没有填报过进展。", MUTED),
            Block(f"按 {keys.command('main', 'report').keys_text} 填报。", MUTED),
        ]
    blocks: list[Block] = []
    for note in reversed(row.state.notes):
        blocks += [*note_lines(note), Block()]
    return blocks[:-1]


def note_lines(note: Note) -> Iterator[Block]:
    """One note: who, when, what it changes, and its text."""
    # Loaded with the first note that is shown: the first picture is of the plan's own text.
    from fazhi_tui.tui.detail.markdown import note_text_blocks

    head = "  ".join([moment(note.time), one_line(note.unit), note.kind.value])
    yield Block(head, "bold $text-primary")
    moved = note.status is not None and note.status != note.status_before
    facts = (
        f"事项 {one_line(note.item)}" if note.item else "",
        one_line(note.occurrence or ""),
        f"由 {note.status_before or '?'} 到 {note.status}" if moved else "",
        f"进度 {note.progress}%" if note.progress is not None else "",
        f"数量 {note.quantity}" if note.quantity is not None else "",
        f"延期至 {note.new_due}" if note.new_due else "",
        f"更正 {one_line(note.corrects)}" if note.corrects else "",
        f"填报人 {one_line(note.author)}",
    )
    yield Block("  ".join(filter(None, facts)), MUTED)
    yield from note_text_blocks(note.body)
    for name in note.evidence:
        yield Block(one_line(name), label="佐证  ")


def broken_blocks(entry: Entry, keys: Keymap) -> list[Block]:
    """A file that gave no measure: its problems and what to do about each."""
    return [
        *(Block(f"{entry.path} 读不出来", "bold $text-error"), Block()),
        *problem_blocks(entry.problems),
        *(Block(), Block(f"改好文件后会自动重新读入；也可以{keys.press('refresh')} 刷新。", MUTED)),
    ]


def problem_blocks(problems: Sequence[Problem]) -> list[Block]:
    """Problems as ``check`` tells them: level and place, what is wrong, what to do."""
    blocks: list[Block] = []
    for told in told_problems(problems):
        problem = told.problem
        blocks.append(Block(f"{problem.severity}  {problem.place}", SEVERITY_STYLES[problem.severity]))
        blocks.append(Block(told.message, label="  "))
        if problem.hint:
            blocks.append(Block(problem.hint, MUTED, label="  办法："))
    return blocks


def event_line(event: Event) -> str:
    """One commit on one line: day, who, what, and what came of it."""
    name = event.unit or event.author.split(" <")[0]
    came = "  （已撤销）" if event.undone_by else "  （已追认）" if event.ratified_by else ""
    return one_line(f"{event.time:%Y-%m-%d %H:%M}  {name}  {event.subject}{came}")


def events_by_measure(events: Sequence[Event]) -> dict[str, tuple[Event, ...]]:
    """Commits by the measures they are part of, by trailer or by the files they changed; order kept."""
    found: dict[str, list[Event]] = {}
    for event in events:
        numbers = {part.strip() for part in event.measure.split(",")}
        for path in event.paths:
            folder, _, rest = path.partition("/")
            stem = rest.partition("/")[0].removesuffix(".yaml")
            if folder in ("plan", "status") and stem[:1].isdigit():
                numbers.add(stem.lstrip("0"))
        for number in numbers - {""}:
            found.setdefault(number, []).append(event)
    return {number: tuple(commits) for number, commits in found.items()}
