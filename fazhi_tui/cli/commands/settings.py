"""``fazhi settings``: the rules that differ from city to city, since when they hold, and changing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fazhi_tui.cli.completion.values import complete_setting
from fazhi_tui.cli.options import argument, flag, one_day, option
from fazhi_tui.cli.prompts import commit_action
from fazhi_tui.cli.read_context import YES, ReadContext, command
from fazhi_tui.cli.tables import Column, table
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import json_value
from fazhi_tui.service.plan.settings import Setting, prepare_setting, setting_text, settings_of

if TYPE_CHECKING:
    from fazhi_tui.domain.dated import Stretch

COLUMNS = (
    Column("设置"),
    Column("值", least=8),
    Column("来由"),
    Column("自"),
    Column("以前", least=10),
)


@command(
    "settings",
    "at",
    "json",
    "repo",
    "today",
    words=argument("[set 项 值]", "改一项设置；不写则列出全部。", complete_setting),
)
def settings(
    read: ReadContext,
    since: str | None = option("--from", metavar="日期", help="从哪一天起；不写则从今天起。"),
    reason: str | None = option("--reason", metavar="理由", help="为什么改；写进提交说明和沿革。"),
    correct: bool = flag("--correct", help="原来就记错了：直接改正，不记沿革。"),
    dry_run: bool = flag("--dry-run", help="只显示将提交什么，不改动任何文件。"),
    yes: bool = YES,
) -> int:
    """列出各项设置：现在是什么、从哪一天起、以前是什么；或从某一天起改一项，单独作一个提交。

    改设置不改过去：以前各期的漏报、灯、通报都照当时的设置算。值写成空的，就是去掉这一项。

    例：
      fazhi settings
      fazhi settings --json
      fazhi settings set 报送周期 每月25日 --from 2023-07-01 --reason '示例：改为月报' --dry-run
      fazhi settings set 预警天数 45 --reason '示例' --yes
    """
    action, *rest = [word.strip() for word in read.words] or [""]
    if action == "set" and len(rest) >= 2:
        prepared = prepare_setting(
            read.reader, rest[0], " ".join(rest[1:]), reason, one_day("--from", since), correct=correct
        )
        return commit_action(read.writer, prepared, "提交这项设置？", dry_run=dry_run, yes=yes)
    if action == "set":
        raise UsageError("set 后面要写项和值", "例如 fazhi settings set 报送周期 每月25日 --from 2025-01-01")
    if action:
        raise UsageError(f"不认识「{one_line(action, 20)}」", "不写则列出全部设置；改一项写 set 项 值")
    found = settings_of(read.view)
    read.answer(
        lambda: [_json(setting) for setting in found],
        lambda width: table(COLUMNS, [_cells(setting) for setting in found], width),
    )
    return 0


def _json(setting: Setting) -> dict[str, Any]:
    former = [_former(stretch) for stretch in setting.former]
    since = {"自": setting.since.isoformat()} if setting.since else {}
    value = json_value(setting.value)
    return {"设置": setting.field.key, "值": value, "默认": setting.is_default, **since, "以前": former}


def _former(stretch: Stretch) -> dict[str, Any]:
    return {"至": json_value(stretch.end), "值": json_value(stretch.value)}


def _cells(setting: Setting) -> tuple[str, ...]:
    former = "；".join(f"至 {held.end} {setting_text(held.value) or '（无）'}" for held in setting.former)
    return (
        setting.field.key,
        one_line(setting_text(setting.value)),
        "默认" if setting.is_default else "设定",
        str(setting.since or ""),
        one_line(former),
    )
