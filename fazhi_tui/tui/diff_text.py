"""A commit's diff as blocks, what concerns the measure in hand first; pure."""

from __future__ import annotations

from fazhi_tui.model import Event, Measure
from fazhi_tui.tui.widgets.prose import Block
from fazhi_tui.tui.words import moment

#: Lines of a diff that are shown; the first import of a plan is longer than anyone reads here.
LINE_LIMIT = 1500


def diff_blocks(event: Event, diff: str, measure: Measure | None) -> list[Block]:
    """The commit's head, then the files that changed; other measures' files are only counted."""
    blocks = [
        Block(event.subject, "bold"),
        Block(f"{moment(event.time)}  {event.author}  提交 {event.commit[:10]}", "$text-muted"),
        Block(),
    ]
    preamble, files = split_files(diff)
    mine = [text for text in files if measure is not None and _concerns(text, measure)]
    shown = mine or files
    if not shown:
        return blocks + [Block(line) for line in preamble.splitlines()]
    others = len(files) - len(shown)
    lines = [line for text in shown for line in text.splitlines()]
    blocks += [Block(line, _line_style(line)) for line in lines[:LINE_LIMIT]]
    if len(lines) > LINE_LIMIT:
        blocks.append(Block(f"还有 {len(lines) - LINE_LIMIT} 行没有显示", "$text-warning"))
    if others:
        blocks += [Block(), Block(f"这次提交还改了另外 {others} 个文件", "$text-muted")]
    return blocks


def split_files(diff: str) -> tuple[str, list[str]]:
    """What comes before the first file, and the text of each file's part."""
    preamble: list[str] = []
    files: list[list[str]] = []
    for line in diff.splitlines():
        if line.startswith("diff --git "):
            files.append([])
        (files[-1] if files else preamble).append(line)
    return "\n".join(preamble), ["\n".join(lines) for lines in files]


def _concerns(text: str, measure: Measure) -> bool:
    head = text.split("\n", 1)[0]
    return f"plan/{measure.stem}.yaml" in head or f"status/{measure.stem}/" in head


def _line_style(line: str) -> str:
    if line.startswith("diff --git "):
        return "bold $text-primary"
    if line.startswith(("+++", "---", "index ", "new file", "deleted file", "similarity", "rename")):
        return "$text-muted"
    if line.startswith("@@"):
        return "$text-accent"
    if line.startswith("+"):
        return "$text-success"
    if line.startswith("-"):
        return "$text-error"
    return ""
