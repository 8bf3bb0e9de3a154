"""``fazhi amend``: change the plan itself, with a reason, as a commit of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.cli.completion.values import (
    complete_any_commit,
    complete_assignment,
    complete_into,
    complete_item,
    complete_measure,
    complete_measures,
)
from fazhi_tui.cli.options import argument, flag, one_day, option
from fazhi_tui.cli.prompts import commit_action, edited
from fazhi_tui.cli.read_context import YES, ReadContext, command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.system_errors import system_words

if TYPE_CHECKING:
    from fazhi_tui.service.notes.request import Action
    from fazhi_tui.service.plan.structure import Moves

_PARTING = re.compile("[、，,]")
_LAYING_OUT = "改好后保存、退出；编号、增设、来自不用动，正文一句一行。"


@command("amend", "repo")
def amend(
    read: ReadContext,
    number: str | None = argument("编号", "修订哪一条措施。", complete_measure),
    reason: str | None = option("--reason", metavar="理由", help="为什么修订；写进提交说明和沿革。"),
    values: list[str] | None = option(  # noqa: B008 - a declaration
        "--set",
        metavar="项=值",
        help="改一项，如 28.1.截止=2023-06-30；不写则打开编辑器。",
        complete=complete_assignment,
    ),
    since: str | None = option("--from", metavar="日期", help="从哪一天起；不写则从今天起。"),
    correct: bool = flag("--correct", help="原来就记错了：直接改正，不记沿革。"),
    add: str | None = option(
        "--add", metavar="文件", help="增设一条措施，照这个文件（样子同 plan/28.yaml）。"
    ),
    new_id: str | None = option("--id", metavar="编号", help="增设的是第几条；文件里写了就不用写。"),
    split: str | None = option(
        "--split", metavar="编号", help="把一条分成几条，和 --into 一起用。", complete=complete_measure
    ),
    merge: str | None = option(
        "--merge",
        metavar="编号,编号",
        help="把几条并成一条，和 --into 一起用。",
        complete=complete_measures,
    ),
    into: str | None = option(
        "--into", metavar="编号,编号", help="分成哪几条，或并成哪一条。", complete=complete_into
    ),
    items: list[str] | None = option(  # noqa: B008 - a declaration
        "--items",
        metavar="事项,事项",
        help="哪些事项移过去，如 30.2,30.3；分成几条新的写 54=30.2。",
        complete=complete_item,
    ),
    withdraw: str | None = option(
        "--withdraw", metavar="编号", help="废止一条：以后不再执行。", complete=complete_measure
    ),
    ratify: str | None = option(
        "--ratify",
        metavar="提交",
        help="追认审计指出的一个提交，写明理由；只有统筹单位能追认。",
        complete=complete_any_commit,
    ),
    dry_run: bool = flag("--dry-run", help="只显示将提交什么，不改动任何文件。"),
    yes: bool = YES,
) -> int:
    """修订方案本身：改一条措施的文字、单位、期限，或增设、拆分、合并、废止，写明理由，单独作一个提交。

    单位、截止、周期、数量从 --from 那天起改，以前是什么记在沿革里：过去的灯、漏报、通报都照当时的算。
    只有修订能改方案文本，审计和审核都这样看。文件已经手工改好的，直接运行，
    就把它作为修订提交；原件整份修订了的，用 fazhi import --reason。
    拆分、合并成的新条不写 --items 时打开编辑器，写 --yes 则照预填的提交。用过的编号不再用。
    --ratify 不改方案：审计指出的提交说得清的，由统筹单位追认，审计写明，不再算错误。

    例：
      fazhi amend 28 --set 28.1.截止=2023-06-30 --reason '示例：延期' --dry-run
      fazhi amend 28 --set 28.1.截止=2023-06-30 --reason '示例：延期' --yes
      fazhi amend 46 --set 牵头单位=市委组织部、市司法局 --from 2023-06-01 --reason '示例：划转' --yes
      fazhi amend --split 30 --into 30,54 --from 2023-06-01 --reason '示例：分工' --yes
      fazhi amend --merge 30,54 --into 30 --from 2023-06-20 --reason '示例：合并' --yes
      fazhi amend --withdraw 25 --from 2023-06-01 --reason '示例：不再执行' --dry-run
    """
    day, why = one_day("--from", since), reason or ""
    uses = {"编号": number, "--add": add, "--split": split, "--merge": merge}
    uses |= {"--withdraw": withdraw, "--ratify": ratify}
    asked = [name for name, value in uses.items() if value is not None]
    _refuse_mixed(asked, into=into, items=items, new_id=new_id, values=values, correct=correct, day=day)
    if number is not None:
        action = _amendment(read, number, why, values or (), day, correct)
    elif ratify is not None:
        from fazhi_tui.service.audit.ratify import prepare_ratification

        action = prepare_ratification(read.reader, ratify, why)
    else:
        from fazhi_tui.service.plan import structure

        look_over = _unchanged if yes or dry_run or items else _in_editor
        moves = [_moves(text) for text in items or ()]
        if add is not None:
            action = structure.prepare_addition(read.reader, _text_of(add), why, day, number=new_id or "")
        elif split is not None:
            action = structure.prepare_split(
                read.reader, split, _parts(into), why, day, moves=moves, editing=look_over
            )
        elif merge is not None:
            action = structure.prepare_merge(
                read.reader, _parts(merge), into or "", why, day, moves=moves, editing=look_over
            )
        else:
            action = structure.prepare_withdrawal(read.reader, withdraw or "", why, day)
    return commit_action(read.writer, action, "提交这次修订？", dry_run=dry_run, yes=yes)


def _refuse_mixed(
    asked: Sequence[str],
    *,
    into: str | None,
    items: list[str] | None,
    new_id: str | None,
    values: list[str] | None,
    correct: bool,
    day: date | None,
) -> None:
    """One thing at a time, and no option that it does not have."""
    if len(asked) != 1:
        said = f"{'、'.join(asked)} 不能一起用" if asked else "没有写修订哪一条"
        raise UsageError(
            said, "写编号，或 --add、--split、--merge、--withdraw、--ratify 中的一个；fazhi amend --help"
        )
    (use,) = asked
    moving = use in ("--split", "--merge")
    stray = {
        "--into": into is not None and not moving,
        "--items": bool(items) and not moving,
        "--id": new_id is not None and use != "--add",
        "--set": bool(values) and use != "编号",
        "--correct": correct and use != "编号",
        "--from": day is not None and use == "--ratify",
    }
    for name, is_stray in stray.items():
        if is_stray:
            raise UsageError(f"{name} 不和 {use} 一起用", "fazhi amend --help 查看用法")
    if moving and not into:
        raise UsageError(f"{use} 要和 --into 一起用", "例如 --split 30 --into 30,54；--merge 30,54 --into 30")


def _amendment(
    read: ReadContext, number: str, reason: str, values: Sequence[str], day: date | None, correct: bool
) -> Action:
    from fazhi_tui.service.plan.amend import Amendment, prepare_amendment
    from fazhi_tui.service.plan.measure_file import amended_by_hand, measure_text

    after = None
    if not values and not amended_by_hand(read.reader, number):
        explanation = "改好后保存、退出；不改就退出，什么也不会发生。\n编号不能改；正文一句一行。"
        before = measure_text(read.reader, number)
        after = edited(before, explanation, f"{number}.yaml", lambda _text: None).rstrip("\n") + "\n"
    return prepare_amendment(read.reader, number, Amendment(reason, values, after, day, correct))


def _text_of(name: str) -> str:
    try:
        return Path(name).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{name} 不是 UTF-8 编码", "另存为 UTF-8 再试") from None
    except OSError as error:
        raise UsageError(f"读不了 {name}：{system_words(error)}", "核对文件的路径") from None


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in _PARTING.split(text or "") if part.strip()]


def _moves(text: str) -> Moves:
    from fazhi_tui.service.plan.structure import Moves

    to, sign, rest = text.replace("＝", "=", 1).rpartition("=")
    return Moves(to.strip() if sign else "", tuple(_parts(rest)))


def _unchanged(_number: str, text: str) -> str:
    return text


def _in_editor(number: str, text: str) -> str:
    return edited(text, _LAYING_OUT, f"{number}.yaml", lambda _text: None).rstrip("\n") + "\n"
