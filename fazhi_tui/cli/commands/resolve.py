"""``fazhi resolve``: settle a merge in which both sides changed one place."""

from __future__ import annotations

from fazhi_tui.cli.options import argument, flag, option
from fazhi_tui.cli.output import out, out_json, paint
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.tables import labelled, terminal_width
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.merge import Side
from fazhi_tui.service.exchange.merge import Settlement
from fazhi_tui.service.exchange.sync import Exchange, Settling


@command("resolve", "json", "repo")
def resolve(
    read: ReadContext,
    word: str | None = argument("编号|文件", "选定哪一条措施（或哪个文件）；不写则列出全部待选定之处。"),
    take: list[str] | None = option(  # noqa: B008 - a declaration
        "--take", metavar="[项=]一方", help="取哪一方：我方、对方、原来；可逐项写，如 截止=对方。"
    ),
    abort: bool = flag("--abort", help="放弃这次合并，回到合并以前；两边的提交都还在。"),
) -> int:
    """解决合并：同一处两边都改了的，逐项列出原来、我方、对方，选定一方；全部选定后自动提交合并。

    没有选的一方写在合并的提交说明里。还有没选定的，退出码为 1。

    例：
      fazhi resolve
      fazhi resolve 28 --take 截止=对方 --take 正文=我方
      fazhi resolve plan/plan.yaml --take 我方
    """
    exchange = Exchange(read.reader.root, read_only=read.reader.read_only)
    if abort:
        exchange.give_up()
        out("已放弃这次合并，回到合并以前；两边的提交都还在，可以再 fazhi sync。")
        return 0
    settling = exchange.settling()
    if word is not None:
        file = _named(settling, word)
        exchange.settle(file, _sides(file, take or []))
        out(f"已选定：{one_line(file.title)}")
        settling = exchange.settling()
    elif take:
        raise UsageError("没有写选定哪一条", "例如 fazhi resolve 28 --take 对方")
    if read.json:
        out_json(
            [
                {
                    "文件": file.path,
                    "标题": file.title,
                    "待选定": [
                        {"项": clash.field, "原来": clash.base, "我方": clash.ours, "对方": clash.theirs}
                        for clash in file.clashes
                    ],
                }
                for file in settling.files
            ]
        )
    else:
        _tell(settling)
    if settling.files:
        return 1
    commit = exchange.finish()
    if not read.json:
        out(f"全部选定，合并已提交 {commit[:8]}；fazhi sync 推送。")
    return 0


def _tell(settling: Settling) -> None:
    width = terminal_width()
    for file in settling.files:
        out(paint(f"{one_line(file.title)}  {one_line(file.path)}", "1"))
        if not file.clashes:
            out("  两边改的各是各的，可以都采用：选任何一方即可")
        for clash in file.clashes:
            out(f"  {one_line(clash.field)}")
            for side in (Side.BASE, Side.OURS, Side.THEIRS):
                said = clash.said_by(side)
                text = "（没有）" if said is None else one_line(said)
                out("\n".join(labelled(f"    {side}", text, width)))


def _named(settling: Settling, word: str) -> Settlement:
    wanted = word.strip()
    stem = f"plan/{wanted.zfill(2)}.yaml"
    for file in settling.files:
        if file.path in (wanted, stem):
            return file
    known = "、".join(file.path for file in settling.files) or "没有"
    raise UsageError(f"「{one_line(wanted, 40)}」不在待选定之列", f"待选定的有：{known}")


def _sides(file: Settlement, take: list[str]) -> list[Side]:
    """The answer to each clash; raises :class:`UsageError` where one has none or a word is not understood."""
    whole: Side | None = None
    by_field: dict[str, Side] = {}
    for answer in take:
        name, sign, side = answer.replace("＝", "=").rpartition("=")
        if sign:
            if not any(_means(clash.field, name) for clash in file.clashes):
                known = "、".join(dict.fromkeys(clash.field for clash in file.clashes))
                raise UsageError(f"「{one_line(name, 30)}」不是待选定的项", f"待选定的有：{known}")
            by_field[name] = _side(side)
        else:
            whole = _side(side)
    answers: list[Side] = []
    for clash in file.clashes:
        named = next((side for name, side in by_field.items() if _means(clash.field, name)), whole)
        if named is None:
            raise UsageError(
                f"{clash.field} 还没有写取哪一方", f"加上 --take {clash.field}=我方（或 对方、原来）"
            )
        answers.append(named)
    return answers


def _means(field: str, name: str) -> bool:
    return field == name or field.partition("（")[0] == name


def _side(text: str) -> Side:
    known = {side.value: side for side in Side}
    known |= {"ours": Side.OURS, "theirs": Side.THEIRS, "base": Side.BASE}
    try:
        return known[text.strip()]
    except KeyError:
        raise UsageError(f"不认识的一方「{one_line(text, 20)}」", "可以写：我方、对方、原来") from None
