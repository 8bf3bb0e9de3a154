"""An action before it is committed, as text: its files and its commit."""

from __future__ import annotations

from fazhi_tui.cli.output import out, warn
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.notes.request import Action


def print_preview(action: Action) -> None:
    """The file and the commit as they would be."""
    for path, content in action.writes.items():
        out(f"文件 {one_line(path)}")
        if isinstance(content, str):
            out("\n".join(f"  {line}".rstrip() for line in visible(content).rstrip("\n").split("\n")))
        else:
            out(f"  （佐证材料，{len(content)} 字节）")
        out()
    out("提交")
    out("\n".join(f"  {line}".rstrip() for line in visible(action.message).rstrip("\n").split("\n")))
    for warning in action.warnings:
        warn(warning)
