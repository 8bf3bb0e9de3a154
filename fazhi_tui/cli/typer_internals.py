"""All of Typer that is not public, in this one module; a test holds that no other touches it.

What breaks here with a newer Typer: values that stay as typed, the kinds of complaint, completion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import typer
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption
from typer._click.exceptions import UsageError as TyperUsageError
from typer._coercion import RuntimeParam

from fazhi_tui.cli.help import usage_line
from fazhi_tui.domain.model.errors import FazhiError, UsageError
from fazhi_tui.domain.text.visible import one_line

__all__ = ["candidates", "in_chinese", "keep_as_typed"]


@dataclass(frozen=True)
class AsTyped(RuntimeParam):
    """Values reach the commands as the text that was typed (see ``options.py``)."""

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - Typer's signature
        return value


def keep_as_typed(params: Iterable[Any]) -> None:
    """Spare parameters Typer's conversion, which would import pydantic."""
    for param in params:
        descriptor = param.type_descriptor
        param._runtime_param = AsTyped(
            parameter_info=descriptor.parameter_info, annotation=descriptor.annotation
        )


def candidates(group: Any, words: list[str], typed: str) -> list[tuple[str, str]]:
    """(value, help) of everything that may stand where ``typed`` stands after ``words``.

    A parameter's own completer is asked directly: Typer would drop what does not begin with what was typed,
    and 市司法局 does not begin with ``sf``.
    """
    # Loaded when it is needed: no command completes anything.
    from typer._click.shell_completion import _resolve_context, _resolve_incomplete

    context = _resolve_context(group, {}, "fazhi", words)
    found, incomplete = _resolve_incomplete(context, words, typed)
    descriptor = getattr(found, "type_descriptor", None)
    complete: Callable[[Any, str], Iterable[tuple[str, str]]] | None = (
        descriptor and descriptor.parameter_info.autocompletion
    )
    if complete is not None:
        return list(complete(context, incomplete))
    return [(str(item.value), item.help or "") for item in found.shell_complete(context, incomplete)]


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
