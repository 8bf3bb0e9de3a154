"""The options that many commands have in common, and what they lead to: one :class:`ReadContext`.

A command names those that it has and is handed the context in their place::

    @command("board", "members", "at", "json", "repo", "today", query="只看合于条件的措施。")
    def board(read: ReadContext) -> None:
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from fazhi_tui.cli.completion.values import complete_query, complete_view
from fazhi_tui.cli.options import Place, argument, flag, option, place_of
from fazhi_tui.cli.output import counted, err, out, out_json, pointing_at
from fazhi_tui.cli.tables import terminal_width
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.domain.model.saved_view import SavedView
    from fazhi_tui.domain.model.tracker import Row
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View
    from fazhi_tui.service.writer import Writer

REPO = option("--repo", metavar="目录", help="台账所在目录；不写则取 FAZHI_REPO，再逐级向上寻找。")
TODAY = option("--today", metavar="日期", help="以这一天计算灯和期限，如 2023-06-30；不写则取今天。")
AT = option(
    "--at", metavar="日期|标签|提交", help="按那时的情形显示，直接从 git 读取，不动工作区；如 2023-06-30。"
)
VIEW = option(
    "--view",
    metavar="视图",
    help="用存下的视图：名称或它的键；fazhi views 列出全部。",
    complete=complete_view,
)
YES = flag("--yes", "-y", help="不再询问。")

#: Name of a common option → its type, and how it is declared.
_COMMON: dict[str, tuple[Any, Any]] = {
    "members": (bool, flag("--members", help="集合（如 市政府各委办局）所担的也算作其成员单位的。")),
    "view": (str | None, VIEW),
    "at": (str | None, AT),
    "json": (bool, flag("--json", help="输出 JSON，键名与文件相同。")),
    "repo": (str | None, REPO),
    "today": (str | None, TODAY),
}


@dataclass(eq=False, repr=False)
class ReadContext:
    """What a command reads, as its options and those before its name say, and how it answers."""

    place: Place
    members: bool = False
    json: bool = False
    words: Sequence[str] = ()

    @classmethod
    def of(
        cls,
        context: typer.Context,
        members: bool = False,
        json: bool = False,
        words: Sequence[str] | None = None,
        **given: Any,
    ) -> ReadContext:
        """From the values of the common options; those after the command's name win over those before it."""
        before = place_of(context)
        place = Place(
            repo=given.get("repo") or before.repo,
            today=given.get("today") or before.today,
            at=given.get("at") or before.at,
            read_only=before.read_only,
            view=before.view if given.get("view", "") is None else given.get("view"),
        )
        return cls(place, members, json, words or ())

    @cached_property
    def reader(self) -> Reader:
        """The tracker.  Raises :class:`RepositoryError` where there is none, UsageError for a bad date."""
        return self.place.open(members=self.members)

    @cached_property
    def writer(self) -> Writer:
        """What writes to it."""
        from fazhi_tui.service.writer import Writer

        return Writer(self.reader)

    @cached_property
    def view(self) -> View:
        """The tracker as it was read, once."""
        return self.reader.load()

    @cached_property
    def saved_view(self) -> SavedView | None:
        """The saved view that ``--view`` names; None where it was left out.

        Raises :class:`UsageError` where there is none of that name.
        """
        wanted = self.place.view
        if wanted is None:
            return None
        from fazhi_tui.service.plan.saved_views import kept_views

        return kept_views(self.reader.root).named(wanted).view

    @property
    def query(self) -> str:
        """The query that was typed, narrowed by that of the saved view where one is named."""
        saved = self.saved_view.query if self.saved_view else ""
        return " ".join(part for part in (saved, *self.words) if part).strip()

    def select(self, query: str) -> tuple[Row, ...]:
        """The measures that a query keeps; a mistake in it is pointed at."""
        with pointing_at(query):
            return self.view.select(query)

    def answer(
        self, value: Callable[[], object], lines: Callable[[int | None], Iterable[str]], note: str = ""
    ) -> None:
        """Print ``value`` as JSON where that is asked for, else the lines for the terminal's width.

        On a terminal ``note`` comes after the lines; last what everybody has to be told (:meth:`warn`).
        """
        if self.json:
            out_json(value())
        else:
            width = terminal_width()
            out("\n".join(lines(width)))
            if note and width is not None:
                err(note)
        self.warn()

    def warn(self) -> None:
        """Say what everybody has to be told: that it is the past, that files have problems."""
        if self.view.past is not None:
            err(one_line(self.view.past.said))
        if self.view.problems:
            problems = counted(problem.severity for problem in self.view.problems)
            from fazhi_tui.service.reporting.unread import lacking

            for found in lacking(self.view):
                err(f"{found.said}。")
            err(f"文件中有 {problems}，运行 fazhi check 查看。")


class DeclaredCommand(NamedTuple):
    """A command as its module declares it: what it calls, and whether its words are a query."""

    callback: Callable[..., Any]
    query: bool
    hidden: bool


#: The commands whose modules have been imported, by name.
DECLARED: dict[str, DeclaredCommand] = {}


def command(
    name: str, *options: str, words: Any = None, query: str | bool = False, hidden: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a command with common options of these names, behind its own and in this order.

    Where it has any, the function's first parameter is the :class:`ReadContext` that they lead to.  ``words``
    declares the argument of any number of words that it has; where they are a ``query`` (its help alone will
    do), ``-节:…`` is one of them and no option.
    """
    if isinstance(query, str):
        words = argument("筛选", query, complete_query)
    common = {"words": (list[str] | None, words)} if words else {}
    common |= {option: _COMMON[option] for option in options}

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        callback = _with_common_options(function, common) if options else function
        DECLARED[name] = DeclaredCommand(callback, bool(query), hidden)
        return function

    return declare


def _with_common_options(
    function: Callable[..., Any], common: Mapping[str, tuple[Any, Any]]
) -> Callable[..., Any]:
    """``function`` as Typer is to see it: with these parameters in place of the context that they make."""

    def callback(context: typer.Context, **values: Any) -> Any:
        given = {name: values.pop(name) for name in common}
        return function(ReadContext.of(context, **given), **values)

    own = signature(function, eval_str=True)
    parameters = [
        Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *(parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in tuple(own.parameters.values())[1:]),
        *(
            Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
            for name, (annotation, default) in common.items()
        ),
    ]
    callback.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    callback.__name__, callback.__doc__, callback.__annotations__ = function.__name__, function.__doc__, {}
    return callback
