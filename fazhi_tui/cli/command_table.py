"""The table of commands and how one is found, parsed and explained.

A command's module is imported when that command is used (or listed in the help), no sooner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword
from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from fazhi_tui.cli.help import help_page
from fazhi_tui.cli.read_context import DECLARED
from fazhi_tui.cli.typer_internals import keep_as_typed
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line

#: The commands in the order of the help; each is declared in the module of its name.
COMMAND_NAMES = (
    "list", "board", "timeline", "show", "units", "mine", "views",
    "stats", "digest", "urge",
    "report", "undo", "amend", "settings",
    "log", "diff", "check", "audit",
    "sync", "resolve", "submit", "bundle",
    "init", "import", "demo", "serve", "doctor", "completion",
)  # fmt: skip

#: Commands that write without opening a tracker first, and so must be refused where nothing may be changed.
MAKING = ("init", "import", "demo")

#: What a word that is no command opens: the screen, filtered by it.
SCREEN = "screen"

# A term that is turned round by a leading "-": its field is Chinese, or Latin followed by a comparison.
_NEGATED = re.compile(r"-(?:[^\x00-\x7f]|[A-Za-z]+(?:[:：=＝<>＜＞]))")


class Command(TyperCommand):
    """A command with Chinese help; ``takes_query`` is true where its words are a query."""

    takes_query = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_as_typed(self.params)

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """``--help``, explained in Chinese."""
        return in_chinese(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:
        """The help page in Chinese."""
        return help_page(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; what is left over is refused in Chinese."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, shielded(args) if self.takes_query else args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(
                f"多出的参数：{' '.join(one_line(word, 40) for word in rest)}",
                f"{ctx.command_path} --help 查看用法；含空格的值要加引号",
            )
        return rest


class QueryCommand(Command):
    """A command whose words are a query, so that ``-节:…`` is a term and no option."""

    takes_query = True


class Commands(TyperGroup):
    """``fazhi`` itself: the commands of :data:`COMMAND_NAMES`; any other word is a query for the screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_as_typed(self.params)
        self._built: dict[str, TyperCommand] = {}

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        """The names in the table's order."""
        return list(COMMAND_NAMES)

    def get_command(
        self,
        ctx: Any,  # noqa: ARG002 - Typer's signature
        cmd_name: str,
    ) -> TyperCommand | None:
        """Import and build one command; None where no command has that name."""
        return self._build(cmd_name) if cmd_name in COMMAND_NAMES else None

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """``--help``, explained in Chinese."""
        return in_chinese(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:
        """The help page in Chinese."""
        return help_page(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options before the command; a query may begin with a negated term."""
        return super().parse_args(ctx, shielded(args, first_only=True))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the first word names, else the screen with all words as its query.

        Raises :class:`UsageError` where the word looks like a command mistyped.
        """
        if ctx.resilient_parsing or args[0] in COMMAND_NAMES:
            return super().resolve_command(ctx, args)
        refuse_mistyped(args)
        return SCREEN, self._build(SCREEN), args

    def _build(self, name: str) -> TyperCommand:
        if name not in self._built:
            # "import" is a word of Python's own, and its module is import_.
            module = f"{name}_" if iskeyword(name) else name
            import_module(f"fazhi_tui.cli.commands.{module}")
            declared = DECLARED[name]
            kind = QueryCommand if declared.query else Command
            info = CommandInfo(name, cls=kind, callback=declared.callback, hidden=declared.hidden)
            built = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
            assert isinstance(built, TyperCommand)
            self._built[name] = built
        return self._built[name]


def in_chinese(option: TyperOption | None) -> TyperOption | None:
    """Typer's own ``--help`` with Chinese words."""
    if option is not None:
        option.help = "显示这份帮助。"
        keep_as_typed([option])
    return option


def shielded(args: Sequence[str], *, first_only: bool = False) -> list[str]:
    """``args`` with negated terms marked as no option, by a blank before them that a query ignores.

    With ``first_only`` just the leading one: what follows belongs to some other command.
    """
    done: list[str] = []
    for place, word in enumerate(args):
        if word == "--":
            return done + list(args[place:])
        negated = _NEGATED.match(word) is not None
        done.append(f" {word}" if negated else word)
        if first_only and (negated or not word.startswith("-")) and not _is_value(args, place):
            return done + list(args[place + 1 :])
    return done


def _is_value(args: Sequence[str], place: int) -> bool:
    return place > 0 and args[place - 1] in ("--repo", "--today", "--at", "--view")


def refuse_mistyped(args: Sequence[str]) -> None:
    """Raise :class:`UsageError` where a word looks like a command's name with a slip in it.

    Only a bare Latin word alone or before options is taken so: a query has Chinese, digits or a field.
    """
    word = args[0]
    if not re.fullmatch(r"[A-Za-z][A-Za-z-]+", word):
        return
    near = get_close_matches(word.lower(), COMMAND_NAMES, n=2, cutoff=0.7)
    if near:
        raise UsageError(
            f"没有命令 {word}",
            f"是不是 fazhi {' 或 fazhi '.join(near)}？要按「{word}」筛选，请用 fazhi list {word}",
        )
