"""What can be done in the review of an import."""

from __future__ import annotations

from fazhi_tui.tui.actions.command import Command, Situation
from fazhi_tui.tui.actions.common import OTHER, common

LOOK, DECIDE = "查看", "决定"


def _free(now: Situation) -> str:
    return now.lacks


def _act(
    id: str, key: str, second: str, name: str, help: str, group: str, pinyin: str, *, hint: bool = False
) -> Command:
    return Command(id, key, second, name, help, group, pinyin, _free, hint, place="review")


REVIEW: tuple[Command, ...] = (
    _act(
        "next_doubt",
        "n",
        "f4",
        "下一存疑",
        "到下一处存疑；光标移到原件里的那一处。",
        LOOK,
        "xia yi cun yi",
        hint=True,
    ),
    _act("previous_doubt", "N", "f3", "上一存疑", "到上一处存疑。", LOOK, "shang yi cun yi"),
    _act("next_measure", "j", "ctrl+down", "下一条", "到下一条措施。", LOOK, "xia yi tiao"),
    _act("previous_measure", "k", "ctrl+up", "上一条", "到上一条措施。", LOOK, "shang yi tiao"),
    _act(
        "accept", "a", "ctrl+a", "认可", "这处存疑看过了，照此导入；写一句理由。", DECIDE, "ren ke", hint=True
    ),
    _act(
        "join",
        "m",
        "f5",
        "并入上条",
        "光标所在的措施不是一条，并入上一条。",
        DECIDE,
        "bing ru shang tiao",
        hint=True,
    ),
    _act("split", "s", "f6", "拆出一条", "从光标处另起一条措施。", DECIDE, "chai chu yi tiao", hint=True),
    _act("move", "b", "f7", "移界", "光标所在或其后的措施改从光标处开始。", DECIDE, "yi jie"),
    _act("renumber", "e", "f8", "改编号", "改光标所在措施的编号。", DECIDE, "gai bian hao"),
    _act("heading", "h", "ctrl+e", "章节", "光标处是章标题、节标题，或都不是。", DECIDE, "zhang jie"),
    _act("roles", "r", "f9", "分工", "改光标所在措施的牵头、参加、责任单位。", DECIDE, "fen gong", hint=True),
    _act(
        "rename", "u", "ctrl+u", "单位", "改一个单位的名称；写成另一个已有的单位就是合并。", DECIDE, "dan wei"
    ),
    _act("date", "d", "ctrl+d", "时限", "改光标所在措施一个事项的截止日期。", DECIDE, "shi xian", hint=True),
    _act("undo", "z", "ctrl+z", "撤销", "收回最近一个决定。", DECIDE, "che xiao", hint=True),
    _act("save", "w", "ctrl+s", "存", "把决定写进校订文件；再导入一次，结果相同。", DECIDE, "cun", hint=True),
    Command(
        "theme", "t", "ctrl+t", "明暗", "在深色与浅色之间切换。", OTHER, "ming an zhu ti", place="review"
    ),
    *common("review"),
    _act("quit", "q", "ctrl+q", "退出", "退出；没有存的决定先问。", OTHER, "tui chu", hint=True),
)

#: What moves about, beside the commands.
REVIEW_MOVING: tuple[tuple[str, str], ...] = (
    ("上 下", "在原件里逐段移动，在存疑里逐处移动"),
    ("左 右", "在段里逐句移动光标"),
    ("PgUp PgDn Home End", "翻页，到头，到尾"),
    ("Tab", "在原件、措施、存疑之间换"),
)

#: What the labels in the source mean.
REVIEW_LABELS: tuple[tuple[str, str], ...] = (
    ("[第28条]", "一条措施从这里开始，这是它的编号"),
    ("[标题] [正文]", "措施的标题、正文"),
    ("[单位] [时限]", "牵头、参加、责任单位；写明期限或数量的分句"),
    ("[章] [节]", "章标题、节标题"),
    ("[引言] [总体要求] [结语]", "不属于任何措施，记入方案本身"),
    ("[略:页码]", "没有导入的文字和原因"),
    ("[?存疑]", "程序没有把握的地方"),
)
