"""Typer's own complaints about a command line, in Chinese."""

from __future__ import annotations

import typer

from fazhi_tui.cli.help import usage_line
from fazhi_tui.cli.typer_internals import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    TyperUsageError,
)
from fazhi_tui.domain.model.errors import FazhiError, UsageError
from fazhi_tui.domain.text.visible import one_line


def in_chinese(error: typer.TyperException) -> FazhiError:
    """The same complaint as one of ours: what is wrong, and how the command is used."""
    context = getattr(error, "ctx", None)
    usage = f"用法：{usage_line(context)}" if context is not None else "fazhi --help 查看用法"
    match error:
        case NoSuchOption():
            name = one_line(error.option_name, 40)
            near = sorted(error.possibilities or ())
            path = context.command_path if context is not None else "fazhi"
            hint = f"是不是 {' 或 '.join(near)}？" if near else f"{path} --help 列出全部选项"
            return UsageError(f"没有选项 {name}", hint)
        case MissingParameter() if error.param is not None:
            param = error.param
            if param.param_type_name == "argument":
                return UsageError(f"缺少参数 {param.metavar or param.name}", usage)
            return UsageError(f"缺少选项 {param.opts[0]}", usage)
        case BadOptionUsage():
            name = one_line(error.option_name, 40)
            if "does not take" in error.message:
                return UsageError(f"选项 {name} 不带值", usage)
            return UsageError(f"选项 {name} 后面缺少值", usage)
        case BadParameter():
            return UsageError(f"参数不对：{one_line(error.message)}", usage)
        case TyperUsageError():
            return UsageError(f"用法不对：{one_line(error.message)}", usage)
    return UsageError(one_line(error.message), usage)
