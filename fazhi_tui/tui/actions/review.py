"""What can be done in the review of an import."""

from __future__ import annotations

from fazhi_tui.tui.actions.command import OTHER, Command, common, lacking, placed

READ, DECIDE = "查看", "决定"


REVIEW: tuple[Command, ...] = (
    *placed("review", READ,
        Command("next_doubt", "n", "f4", "下一存疑", "xia yi cun yi",
            "到下一处存疑；光标移到原件里的那一处。", lacking, hint=True),
        Command("previous_doubt", "N", "f3", "上一存疑", "shang yi cun yi",
            "到上一处存疑。", lacking),
        Command("next_measure", "j", "ctrl+down", "下一条", "xia yi tiao",
            "到下一条措施。", lacking),
        Command("previous_measure", "k", "ctrl+up", "上一条", "shang yi tiao",
            "到上一条措施。", lacking),
    ),
    *placed("review", DECIDE,
        Command("accept", "a", "ctrl+a", "认可", "ren ke",
            "这处存疑看过了，照此导入；写一句理由。", lacking, hint=True),
        Command("join", "m", "f5", "并入上条", "bing ru shang tiao",
            "光标所在的措施不是一条，并入上一条。", lacking, hint=True),
        Command("split", "s", "f6", "拆出一条", "chai chu yi tiao",
            "从光标处另起一条措施。", lacking, hint=True),
        Command("move", "b", "f7", "移界", "yi jie",
            "光标所在或其后的措施改从光标处开始。", lacking),
        Command("renumber", "e", "f8", "改编号", "gai bian hao",
            "改光标所在措施的编号。", lacking),
        Command("heading", "h", "ctrl+e", "章节", "zhang jie",
            "光标处是章标题、节标题，或都不是。", lacking),
        Command("roles", "r", "f9", "分工", "fen gong",
            "改光标所在措施的牵头、参加、责任单位。", lacking, hint=True),
        Command("rename", "u", "ctrl+u", "单位", "dan wei",
            "改一个单位的名称；写成另一个已有的单位就是合并。", lacking),
        Command("date", "d", "ctrl+d", "时限", "shi xian",
            "改光标所在措施一个事项的截止日期。", lacking, hint=True),
        Command("match", "c", "ctrl+k", "对应", "dui ying",
            "修订时，定下光标所在的措施是台账里的哪一条，还是新增的。", lacking),
        Command("undo", "z", "ctrl+z", "撤销", "che xiao",
            "收回最近一个决定。", lacking, hint=True),
        Command("save", "w", "ctrl+s", "存", "cun",
            "把决定写进校订文件；再导入一次，结果相同。", lacking, hint=True),
    ),
    *placed("review", OTHER,
        Command("theme", "t", "ctrl+t", "明暗", "ming an zhu ti",
            "在深色与浅色之间切换。"),
    ),
    *common("review"),
    *placed("review", OTHER,
        Command("quit", "q", "ctrl+q", "退出", "tui chu",
            "退出；没有存的决定先问。", lacking, hint=True),
    ),
)  # fmt: skip

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
