"""All of Typer that is not public, in this one module; a test holds that no other touches it.

What breaks here with a newer Typer: values that stay as typed, the kinds of complaint, completion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption
from typer._click.exceptions import UsageError as TyperUsageError
from typer._coercion import RuntimeParam

__all__ = [
    "BadOptionUsage",
    "BadParameter",
    "MissingParameter",
    "NoSuchOption",
    "TyperUsageError",
    "candidates",
    "keep_as_typed",
]


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
