"""``fazhi diff``: what changed between two points, in the words of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_tui.cli.completion.values import complete_measure
from fazhi_tui.cli.options import argument
from fazhi_tui.cli.output import err, out, out_json, paint
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.tables import labelled, terminal_width
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.compare import MeasureChange, compare_views


@command(
    "diff",
    "json",
    "repo",
    "today",
    words=argument(
        "编号|起..止", "只看一条措施；从哪里到哪里（日期、标签、提交），不写止则到现在。", complete_measure
    ),
)
def diff(read: ReadContext) -> None:
    """比较两个时候：哪些措施的状态、灯、期限、单位、正文变了，来了哪些进展。

    两头可写日期、标签或提交号；只写一头就是从那时到现在。灯各按那一天计算，写了 --today 则都按那一天。

    例：
      fazhi diff HEAD..
      fazhi diff 28 HEAD..HEAD
    """
    reader = read.reader
    number, start, end = _asked(read.words)
    given = reader.today if read.place.today else None
    old = reader.load_at(start, given)
    new = reader.load_at(end, given) if end else read.view
    changes = compare_views(old, new)
    if number is not None:
        try:
            wanted = new.row(number).measure.id
        except UsageError:
            # It may have been there then.
            wanted = old.row(number).measure.id
        changes = tuple(change for change in changes if change.row.measure.id == wanted)
    if read.json:
        out_json(
            [
                {
                    "编号": change.row.measure.id,
                    "新增": change.is_new,
                    "删除": change.is_gone,
                    "变化": [
                        {"项": field.field, "原": field.before, "现": field.after} for field in change.fields
                    ],
                    "进展": [note.path for note in change.notes],
                    "撤销": [note.path for note in change.removed],
                }
                for change in changes
            ]
        )
    elif not changes:
        err("没有不同。")
    else:
        width = terminal_width()
        out("\n".join(line for change in changes for line in _lines(change, width)))


def _asked(words: Sequence[str]) -> tuple[str | None, str, str]:
    """The measure, if one is named, and both ends; the second empty where it is now."""
    numbers = [word for word in words if word.isdecimal() and len(word) < 6]
    spans = [word for word in words if word not in numbers]
    if len(numbers) > 1 or len(spans) != 1:
        raise UsageError("要写明从哪里到哪里", "例如 fazhi diff 2023-01-01..2023-06-30")
    start, dots, end = spans[0].replace("。。", "..").partition("..")
    if not start:
        raise UsageError(f"「{one_line(spans[0], 40)}」没有写从哪里起", "例如 2023-01-01..")
    return (numbers[0] if numbers else None), start, end if dots else ""


def _lines(change: MeasureChange, width: int | None) -> list[str]:
    measure = change.row.measure
    word = "（新增）" if change.is_new else "（已删除）" if change.is_gone else ""
    lines = [paint(f"{measure.id} {one_line(measure.display_title)}{word}", "1")]
    for field in change.fields:
        before, after = one_line(field.before) or "（无）", one_line(field.after) or "（无）"
        if field.field == "正文":
            lines += labelled("  正文 去掉", before, width) if field.before else []
            lines += labelled("  正文 新增", after, width) if field.after else []
        else:
            lines += labelled(f"  {one_line(field.field)}", f"{before} -> {after}", width)
    lines += [line for note in change.notes for line in labelled("  进展", _note(note), width)]
    lines += [line for note in change.removed for line in labelled("  撤销", _note(note), width)]
    return lines


def _note(note: Note) -> str:
    return one_line(f"{note.time:%Y-%m-%d} {note.unit} {note.kind}：{note.first_line}", 120)
