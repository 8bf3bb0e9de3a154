"""A commit's diff as blocks, what concerns the measure in hand first; pure."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.history.commit_summary import CommitSummary
from fazhi_tui.service.reporting.compare import FieldChange
from fazhi_tui.tui.detail.text import note_lines
from fazhi_tui.tui.styles import moment
from fazhi_tui.tui.widgets.prose import Block

#: Lines of a diff that are shown; the first import of a plan is longer than anyone reads here.
LINE_LIMIT = 1500
#: How the lines of a diff begin, and their styles; the first that fits counts.
LINE_STYLES: tuple[tuple[str | tuple[str, ...], str], ...] = (
    ("diff --git ", "bold $text-primary"),
    (("+++", "---", "index ", "new file", "deleted file", "similarity", "rename"), "$text-muted"),
    ("@@", "$text-accent"),
    ("+", "$text-success"),
    ("-", "$text-error"),
)


def summary_blocks(story: CommitSummary, measure: Measure | None) -> list[Block]:
    """The commit's head, what it changed field by field and sentence by sentence, then git's own diff.

    With ``measure`` other measures are only counted, as long as there is anything of this one.
    """
    event = story.event
    blocks = [
        Block(event.subject, "bold"),
        Block(f"{moment(event.time)}  {event.author}  提交 {event.commit[:10]}", "$text-muted"),
    ]
    if event.undone_by:
        blocks.append(Block(f"已由 {event.undone_by[:10]} 撤销", "$text-warning"))
    if event.ratified_by:
        blocks.append(Block(f"已由 {event.ratified_by[:10]} 追认", "$text-warning"))
    only = measure.id if measure is not None and story.touches(measure.id) else ""
    blocks += [Block(), *_fields(story, only)]
    return [*blocks, *_diff(story.diff, measure)]


def _fields(story: CommitSummary, only: str) -> Iterator[Block]:
    last = ""
    others: set[str] = set()
    for number, change in story.fields:
        if only and number != only:
            others.add(number)
            continue
        if number != last:
            yield Block(f"第 {number} 条", "bold $text-primary")
            last = number
        yield from _change(change)
    for note in (*story.notes, *story.removed):
        if only and note.measure != only:
            others.add(note.measure)
            continue
        word = "撤销" if note in story.removed else "进展"
        yield Block(f"第 {note.measure} 条  {word}", "bold $text-primary")
        yield from note_lines(note)
    if others:
        yield Block(f"这次提交还改了另外 {len(others)} 条措施", "$text-muted")
    yield Block()


def _change(change: FieldChange) -> Iterator[Block]:
    if change.field == "正文":
        yield Block("正文", label="  ")
        if change.before:
            yield Block(change.before, "$text-error", label="  - ", label_style="$text-error")
        if change.after:
            yield Block(change.after, "$text-success", label="  + ", label_style="$text-success")
    else:
        label = f"  {one_line(change.field)}  "
        yield Block(f"{change.before or '（无）'} -> {change.after or '（无）'}", label=label)


def _diff(diff: str, measure: Measure | None) -> list[Block]:
    """The files that changed, as git writes them; other measures' files are only counted."""
    preamble, files = split_files(diff)
    own = (f"plan/{measure.stem}.yaml", f"status/{measure.stem}/") if measure is not None else ()
    mine = [text for text in files if any(path in text.split("\n", 1)[0] for path in own)]
    shown = mine or files
    if not shown:
        return [Block(line) for line in preamble.splitlines()]
    others = len(files) - len(shown)
    lines = [line for text in shown for line in text.splitlines()]
    blocks = [Block("git 记录的改动", "$text-muted")]
    blocks += [Block(line, diff_style(line)) for line in lines[:LINE_LIMIT]]
    if len(lines) > LINE_LIMIT:
        blocks.append(Block(f"还有 {len(lines) - LINE_LIMIT} 行没有显示", "$text-warning"))
    if others:
        blocks += [Block(), Block(f"这次提交还改了另外 {others} 个文件", "$text-muted")]
    return blocks


def diff_style(line: str) -> str:
    """The style of one line of a diff."""
    return next((style for starts, style in LINE_STYLES if line.startswith(starts)), "")


def split_files(diff: str) -> tuple[str, list[str]]:
    """What comes before the first file, and the text of each file's part."""
    preamble: list[str] = []
    files: list[list[str]] = []
    for line in diff.splitlines():
        if line.startswith("diff --git "):
            files.append([])
        (files[-1] if files else preamble).append(line)
    return "\n".join(preamble), ["\n".join(lines) for lines in files]
