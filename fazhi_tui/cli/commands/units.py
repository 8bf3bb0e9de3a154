"""``fazhi units``: the bodies and how many measures name them; and what changes the register."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import typer

from fazhi_tui.cli.completion.values import Pairs, complete_shares, complete_unit, complete_units_listed
from fazhi_tui.cli.options import argument, flag, one_day, option
from fazhi_tui.cli.prompts import commit_action
from fazhi_tui.cli.read_context import YES, ReadContext, command
from fazhi_tui.cli.tables import Column, table
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import past_of
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.reporting.stats import UnitLoad, unit_loads

_COMMAS = re.compile("[,，、]")
_SIGN = re.compile("[=＝]")

COLUMNS = (
    Column("单位", least=20),
    Column("类别"),
    *(Column(name, right=True) for name in ("牵头", "参加", "责任", "合计")),
    Column("别名、原名", least=10),
)


@dataclass(frozen=True)
class Verb:
    """One way to change the register: how it is written, how many names it takes, and its own options.

    ``most`` is None where any number of names may follow; ``needs`` are the ``options`` that must be there.
    """

    usage: str
    least: int
    most: int | None
    options: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


VERBS = {
    "rename": Verb("rename 旧名 新名", 2, 2),
    "merge": Verb("merge 甲 乙 --into 丙", 1, None, ("--into",), ("--into",)),
    "split": Verb("split 甲 --into 乙,丙", 1, 1, ("--into", "--measures"), ("--into",)),
    "abolish": Verb("abolish 甲 --to 乙", 1, 1, ("--to",)),
    "transfer": Verb("transfer 甲 乙 --measures 3,5", 2, 2, ("--measures",), ("--measures",)),
    "contact": Verb("contact 甲 --name 姓名 --email 邮箱", 1, 1, ("--name", "--email", "--until"), ()),
}


def complete_units(context: typer.Context, incomplete: str) -> Pairs:
    """What ``fazhi units`` may be followed by: what is to be done, names of units."""
    verbs = {} if context.params.get("words") else VERBS
    begun = [(name, verb.usage) for name, verb in verbs.items() if name.startswith(incomplete)]
    return [*begun, *complete_unit(context, incomplete)]


_WORDS = argument(
    "[文字 | 动作 单位…]",
    "名称的一部分、别名、拼音或拼音首字母，不写则列出全部；或一个动作："
    "rename 更名，merge 合并，split 分设，abolish 撤销，transfer 划转职责，contact 联络员。",
    complete_units,
)


@command("units", "members", "at", "json", "repo", "today", words=_WORDS)
def units(
    read: ReadContext,
    into: list[str] | None = option(  # noqa: B008 - a declaration
        "--into",
        metavar="单位",
        help="合并、分设为哪些单位；名录里没有的，即为新设立。",
        complete=complete_units_listed,
    ),
    to: list[str] | None = option(  # noqa: B008 - a declaration
        "--to", metavar="单位", help="撤销以后由哪个单位承接。", complete=complete_units_listed
    ),
    measures: list[str] | None = option(  # noqa: B008 - a declaration
        "--measures",
        metavar="编号",
        help="划转哪些措施，如 3,5；分设时写明归谁，如 乙局=3,5。",
        complete=complete_shares,
    ),
    name: str | None = option("--name", metavar="姓名", help="联络员的姓名。"),
    email: str | None = option("--email", metavar="邮箱", help="联络员的邮箱，与其 git 的 user.email 一致。"),
    until: str | None = option("--until", metavar="日期", help="联络员任到哪一天为止，含当天。"),
    since: str | None = option("--from", metavar="日期", help="从哪一天起；不写则从今天起。"),
    reason: str | None = option("--reason", metavar="理由", help="为什么改动；写进提交说明。"),
    dry_run: bool = flag("--dry-run", help="只显示将提交什么，不改动任何文件。"),
    yes: bool = YES,
) -> int:
    """列出单位，以及各自牵头、参加、负责的措施数；改动单位名录。

    类别为集合的（如 市政府各委办局）只计条文直接写明它的措施；加 --members 才也计入成员单位。
    改动单独作一个提交，写明理由和从哪一天起；以前的名称、职责记在沿革里，以前各期的数字不变。
    更名只改名录；合并、分设、撤销还把措施里的职责交给承接的单位，没有写明归谁的由各承接单位共同承担。

    例：
      fazhi units
      fazhi units sfj
      fazhi units 应急 --json
      fazhi units rename 市金融办 市委金融办 --from 2025-01-01 --reason '示例：机构改革' --dry-run
      fazhi units merge 市民政局 市教育局 --into 市社会事务局 --reason '示例：机构改革' --dry-run
      fazhi units split 市金融办 --into 市委金融办,市地方金融局 --reason '示例：机构改革' --dry-run
      fazhi units abolish 市金融办 --to 市商务局 --reason '示例：机构改革' --dry-run
      fazhi units transfer 市司法局 市公安局 --measures 28 --reason '示例：职责调整' --dry-run
      fazhi units contact 市司法局 --name 示例 --email sfj@example.org --reason '示例：换人' --dry-run
    """
    words = [word.strip() for word in read.words if word.strip()]
    given = {
        "--into": _names(into), "--to": _names(to), "--measures": measures or [], "--name": name,
        "--email": email, "--until": until, "--from": since, "--reason": reason,
    }  # fmt: skip
    if not words or words[0] not in VERBS:
        _refuse_options(given, (), "只在改动名录时写")
        _list(read, " ".join(words))
        return 0
    verb, names = words[0], words[1:]
    if "--measures" in VERBS[verb].options:
        # 乙=3,5 丙=7 behind one --measures: the second word stands by itself.
        given["--measures"] = [*given["--measures"], *(word for word in names if _SIGN.search(word))]  # type: ignore[misc]
        names = [word for word in names if not _SIGN.search(word)]
    _refuse_misuse(verb, names, given)
    from fazhi_tui.service.plan import register

    reader, why, day = read.reader, reason or "", one_day("--from", since)
    match verb:
        case "rename":
            action = register.prepare_rename(reader, names[0], names[1], day, why)
        case "merge":
            action = register.prepare_merge(reader, names, _names(into)[0], day, why)
        case "split":
            action = register.prepare_split(reader, names[0], _names(into), given["--measures"], day, why)  # type: ignore[arg-type]
        case "abolish":
            action = register.prepare_abolish(reader, names[0], _names(to), day, why)
        case "transfer":
            action = register.prepare_transfer(reader, names[0], names[1], measures or (), day, why)
        case _:
            end = one_day("--until", until)
            action = register.prepare_contact(reader, names[0], name or "", email or "", day, end, why)
    return commit_action(read.writer, action, "提交这次改动？", dry_run=dry_run, yes=yes)


def _names(values: Sequence[str] | None) -> list[str]:
    """The names in an option that may be repeated and hold several."""
    return [part.strip() for value in values or () for part in _COMMAS.split(value) if part.strip()]


def _refuse_misuse(verb: str, names: Sequence[str], given: Mapping[str, object]) -> None:
    """Raise :class:`UsageError` where names or options of a verb are missing, or are another's."""
    known = VERBS[verb]
    usage = f"例如 fazhi units {known.usage} --reason 理由"
    missing = [option for option in known.needs if not given[option]]
    if len(names) < known.least or missing:
        what = "单位" if len(names) < known.least else missing[0]
        raise UsageError(f"{verb} 要写明{what}", usage)
    if len(names) > (known.most or len(names)):
        raise UsageError(f"多出的参数：{' '.join(one_line(word, 40) for word in names[known.most :])}", usage)
    _refuse_options(given, (*known.options, "--from", "--reason"), f"不和 {verb} 一起用")


def _refuse_options(given: Mapping[str, object], allowed: Collection[str], why: str) -> None:
    for option_name, value in given.items():
        if value and option_name not in allowed:
            raise UsageError(f"{option_name} {why}", "fazhi units --help 查看用法")


def _list(read: ReadContext, wanted: str) -> None:
    loads = unit_loads(read.view, wanted)
    if wanted and not loads and not read.json:
        # Nothing found is an answer with a hint for a person; a script reads an empty list.
        raise UsageError(f"没有叫「{one_line(wanted, 30)}」的单位", read.view.index.hint(wanted))
    read.answer(
        lambda: [{**to_json(load.unit), "类别": load.unit.kind.value, **_figures(load)} for load in loads],
        lambda width: table(COLUMNS, [_cells(load) for load in loads], width),
    )


def _figures(load: UnitLoad) -> dict[str, int]:
    return {"牵头": load.lead, "参加": load.participant, "责任": load.responsible, "合计": load.total}


def _cells(load: UnitLoad) -> tuple[str, ...]:
    kind = load.unit.kind.value if load.unit.kind is UnitKind.COLLECTIVE else ""
    aliases = one_line("；".join(filter(None, ("、".join(load.unit.aliases), past_of(load.unit)))))
    return (one_line(load.unit.name), kind, *map(str, _figures(load).values()), aliases)
