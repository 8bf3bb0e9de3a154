"""``fazhi views``: saved views, listed, kept and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.cli.completion.values import complete_views
from fazhi_tui.cli.options import argument, choose, flag, option
from fazhi_tui.cli.output import err, out, out_json
from fazhi_tui.cli.prompts import commit_action
from fazhi_tui.cli.read_context import YES, ReadContext, command
from fazhi_tui.cli.tables import Column, table, terminal_width
from fazhi_tui.domain.model.errors import QueryError, UsageError
from fazhi_tui.domain.model.saved_view import SavedView, Shape
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.plan.saved_views import (
    KeptView,
    kept_views,
    prepare_view,
    prepare_view_removal,
    remove_own_view,
    save_own_view,
)

if TYPE_CHECKING:
    from fazhi_tui.service.view import View

COLUMNS = (
    Column("视图", least=8),
    Column("键"),
    Column("条数", right=True),
    Column("范围"),
    Column("筛选", least=16),
    Column("形式"),
    Column("排序"),
    Column("说明", least=8),
)


@command(
    "views",
    "json",
    "repo",
    "today",
    words=argument(
        "[add 名称 筛选 | remove 名称]", "存一个视图，或删去一个；不写则列出全部。", complete_views
    ),
    query=True,
)
def views(
    read: ReadContext,
    key: str | None = option("--key", metavar="键", help="在界面里打开它的键，一个字符。"),
    shape: str | None = option("--shape", metavar="形式", help="列表、看板、时间线或汇总；不写则是列表。"),
    order: str | None = option("--sort", metavar="列", help="按哪一列排序，如 时限，或 '时限 倒序'。"),
    columns: str | None = option("--columns", metavar="列", help="列表里有哪些列，用逗号隔开。"),
    about: str | None = option("--about", metavar="说明", help="这个视图是看什么的。"),
    shared: bool = flag("--shared", help="大家共用：写进 plan/views.yaml 并提交；不写则只自己用。"),
    dry_run: bool = flag("--dry-run", help="共用的只显示将提交什么，不改动任何文件。"),
    yes: bool = YES,
) -> int:
    """存下常用的筛选，给它一个名称：列出、保存、删去视图。

    个人视图存在这个仓库的 .git 里，不进历史，别人看不到；同名时它盖过共用的。
    用视图：fazhi list --view 名称，或 fazhi --view 名称 打开界面。

    例：
      fazhi views
      fazhi views add 逾期 到期:逾期 --key y --sort 时限
      fazhi views add 红灯 灯:红 --shared --dry-run
      fazhi list --view 逾期
      fazhi views remove 逾期
    """
    action, *rest = [word.strip() for word in read.words] or [""]
    if not action:
        _list(read)
        return 0
    if action == "add" and rest:
        saved = SavedView(
            name=rest[0],
            key=key,
            query=" ".join(rest[1:]).strip(),
            shape=choose("--shape", shape, Shape) or Shape.LIST,
            order=order,
            columns=tuple(filter(None, (columns or "").replace("，", ",").replace("、", ",").split(","))),
            about=about or "",
        )
        return _add(read, saved, shared=shared, dry_run=dry_run, yes=yes)
    if action == "remove" and len(rest) == 1:
        return _remove(read, rest[0], shared=shared, dry_run=dry_run, yes=yes)
    if action in ("add", "remove"):
        raise UsageError(f"{action} 后面要写视图的名称", "例如 fazhi views add 红灯 灯:红")
    raise UsageError(
        f"不认识「{one_line(action, 20)}」",
        f"不写则列出视图；保存写 add，删去写 remove；打开写 fazhi --view {one_line(action, 20)}",
    )


def _list(read: ReadContext) -> None:
    view = read.view
    kept = kept_views(read.reader.root, view)
    if read.json:
        out_json(
            [
                {**to_json(saved.view), "范围": saved.whose, "条数": _count(view, saved.view.query)}
                for saved in kept.views
            ]
        )
    elif kept.views:
        out("\n".join(table(COLUMNS, [_cells(view, saved) for saved in kept.views], terminal_width())))
    else:
        err("还没有存过视图：fazhi views add 名称 筛选")
    for problem in kept.problems:
        err(one_line(f"{problem.severity}：{problem.place}：{problem.message}"))


def _count(view: View, query: str) -> int | None:
    try:
        return len(view.select(query))
    except QueryError:
        return None


def _cells(view: View, kept: KeptView) -> tuple[str, ...]:
    saved = kept.view
    count = _count(view, saved.query)
    return (
        one_line(saved.name),
        one_line(saved.key or ""),
        "有误" if count is None else str(count),
        kept.whose,
        one_line(saved.query),
        saved.shape.value,
        one_line(saved.order or ""),
        one_line(saved.about),
    )


def _add(read: ReadContext, saved: SavedView, *, shared: bool, dry_run: bool, yes: bool) -> int:
    reader, view = read.reader, read.view
    count = len(read.select(saved.query))
    if shared:
        action = prepare_view(reader, view, saved)
        return commit_action(read.writer, action, "提交？", dry_run=dry_run, yes=yes)
    if dry_run:
        raise UsageError("个人视图不提交，没有可预览的", "--dry-run 与 --shared 一起用")
    save_own_view(reader, view, saved)
    out(f"已存个人视图「{one_line(saved.name)}」，现有 {count} 条措施。")
    return 0


def _remove(read: ReadContext, name: str, *, shared: bool, dry_run: bool, yes: bool) -> int:
    reader, view = read.reader, read.view
    if shared:
        action = prepare_view_removal(reader, view, name)
        return commit_action(read.writer, action, "提交？", dry_run=dry_run, yes=yes)
    kept = kept_views(reader.root, view).named(name)
    if kept.shared:
        raise UsageError(
            f"「{one_line(kept.view.name)}」是共用视图，删去它是一次提交",
            f"确定要删，请加 --shared：fazhi views remove {one_line(name, 30)} --shared",
        )
    remove_own_view(reader, kept.view.name)
    out(f"已删去个人视图「{one_line(kept.view.name)}」。")
    return 0
