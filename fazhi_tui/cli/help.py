"""Help pages in Chinese, laid out by cells; made from the same declarations that parse the command line."""

from __future__ import annotations

import inspect
import shutil
from typing import Any

from typer.core import TyperArgument, TyperGroup, TyperOption

from fazhi_tui.cli.tables import paragraph
from fazhi_tui.domain.text.cells import cell_len, pad

_LEFT = 26


def usage_line(context: Any) -> str:
    """``fazhi show [选项] 编号``."""
    command = context.command
    words = [context.command_path]
    if any(isinstance(param, TyperOption) for param in command.params):
        words.append("[选项]")
    words += [_argument(param) for param in command.params if isinstance(param, TyperArgument)]
    if isinstance(command, TyperGroup):
        words.append("[命令 | 筛选]")
    return " ".join(words)


def help_page(context: Any) -> str:
    """The whole page: usage, what the command does and examples, arguments, options, commands."""
    command = context.command
    width = max(40, min(shutil.get_terminal_size().columns, 100))
    lines = [f"用法：{usage_line(context)}", ""]
    lines += prose(inspect.cleandoc(command.help or ""), width)
    arguments = [
        (_argument(param), param.help or "")
        for param in command.params
        if isinstance(param, TyperArgument) and param.help
    ]
    options = [
        (_option(param), param.help or "")
        for param in command.get_params(context)
        if isinstance(param, TyperOption) and not param.hidden
    ]
    commands = []
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                commands.append((name, summary(found.help or "")))
    for heading, rows in (("参数", arguments), ("选项", options), ("命令", commands)):
        if rows:
            lines += ["", f"{heading}："]
            left = min(_LEFT, max(cell_len(name) for name, _ in rows)) + 4
            for name, text in rows:
                lines += _entry(name, text, left, width)
    return "\n".join(lines)


def prose(text: str, width: int) -> list[str]:
    """Help text wrapped; indented lines (examples) stay as they are."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line] if line.startswith(" ") else paragraph(line, width)
    return lines


def summary(text: str) -> str:
    """The first line of a help text, without its full stop."""
    return text.partition("\n")[0].removesuffix("。")


def _entry(name: str, text: str, left: int, width: int) -> list[str]:
    body = paragraph(text, width - left)
    head = f"  {name}"
    if cell_len(head) > left - 2:
        return [head, *(" " * left + line for line in body)]
    return [pad(head, left) + body[0], *(" " * left + line for line in body[1:])]


def _argument(param: TyperArgument) -> str:
    name = param.metavar or param.name
    if param.nargs != 1:
        name += "..."
    return name if param.required else f"[{name}]"


def _option(param: TyperOption) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {param.metavar or '值'}"
