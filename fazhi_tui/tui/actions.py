"""The one table of what can be done in the main screen.

Key bindings, the hints at the foot, the help screen and the palette are all made from it, so that
they cannot differ.  A second key stands beside every letter, because a Chinese IME swallows letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.binding import Binding

from fazhi_tui.tui.words import key_name


@dataclass(frozen=True, slots=True)
class Situation:
    """What the possibility of an action depends on, as the screen stands now.

    ``git_refuses`` says why nothing can be committed here, and is empty where it can; ``past`` that an
    earlier state is shown, and which.
    """

    ready: bool = False
    has_measure: bool = False
    broken_file: str = ""
    has_query: bool = False
    unit: str = ""
    git_refuses: str = ""
    past: str = ""


#: Says why an action is not possible now; an empty string where it is.
Why = Callable[[Situation], str]


def _always(_now: Situation) -> str:
    return ""


def _loaded(now: Situation) -> str:
    return "" if now.ready else "台账还在读取"


def _on_measure(now: Situation) -> str:
    if now.broken_file:
        return f"{now.broken_file} 读不出来，先按问题提示改好文件"
    return "" if now.has_measure else "没有选中措施"


def _reportable(now: Situation) -> str:
    return _past(now) or now.git_refuses or _on_measure(now)


def _committable(now: Situation) -> str:
    return _past(now) or now.git_refuses or _loaded(now)


def _exchangeable(now: Situation) -> str:
    return _past(now) or now.git_refuses or _loaded(now)


def _with_history(now: Situation) -> str:
    return now.git_refuses or _loaded(now)


def _past(now: Situation) -> str:
    return f"现在看的是 {now.past} 的情形，按 t 回到现在" if now.past else ""


def _filtered(now: Situation) -> str:
    return "" if now.has_query else "现在没有筛选条件"


def _own_unit(now: Situation) -> str:
    return _loaded(now) or ("" if now.unit else "还没有设置本单位，按 i 设置")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done: ``key`` is one letter or sign, ``second`` needs no letter.

    ``pinyin`` is what the palette also matches, initials included; ``hint`` puts it on the foot line.
    """

    id: str
    key: str
    second: str
    name: str
    help: str
    group: str
    pinyin: str
    why_not: Why = _always
    hint: bool = False

    @property
    def keys_text(self) -> str:
        """Both keys as people write them."""
        return f"{key_name(self.key)} 或 {key_name(self.second)}"


FIND, READ, WRITE, OTHER = "查找", "查看", "填报", "其他"

COMMANDS: tuple[Command, ...] = (
    Command(
        "filter", "slash", "f3", "筛选",
        "编辑筛选条件，边输入边出结果；Enter 保留，Esc 退回原来的条件。",
        FIND, "shai xuan", _loaded, hint=True,
    ),
    Command(
        "units", "u", "f4", "单位",
        "单位列表及各自的措施数；输入汉字、拼音或首字母缩小范围，Tab 换角色，Enter 筛选。",
        FIND, "dan wei", _loaded, hint=True,
    ),
    Command(
        "deadlines", "d", "f6", "时限",
        "按时限筛选：逾期、30 天内、90 天内、某年、某季度或自己写的起止日期。",
        FIND, "shi xian", _loaded, hint=True,
    ),
    Command(
        "mine", "m", "ctrl+u", "本单位",
        "只看本单位牵头、参加或负责的措施；再按一次取消。",
        FIND, "ben dan wei", _own_unit,
    ),
    Command(
        "clear", "c", "ctrl+l", "清除筛选",
        "去掉全部筛选条件，显示所有措施。",
        FIND, "qing chu shai xuan", _filtered,
    ),
    Command(
        "goto", "g", "ctrl+g", "转到编号",
        "按编号转到一条措施；在列表里直接输入数字也可以。",
        FIND, "zhuan dao bian hao", _loaded,
    ),
    Command(
        "facets", "f", "ctrl+f", "分类",
        "到左侧分类栏（窗口宽 100 列以上）；Enter 按该类筛选，再按一次取消。",
        FIND, "fen lei", _loaded,
    ),
    Command(
        "sort", "S", "f12", "排序",
        "按编号、标题、牵头单位、状态、时限、灯、更新或进度排列；再选同一列就倒过来。",
        FIND, "pai xu", _loaded,
    ),
    Command(
        "home", "w", "ctrl+w", "我的单位",
        "本单位的红灯、被退回、催办、近期到期和待填报；统筹单位另有待审核、延期、分歧和漏报。",
        FIND, "wo de dan wei", _own_unit,
    ),
    Command(
        "stats", "a", "ctrl+r", "统计",
        "各灯、各状态、各节、各单位的条数，逾期最多的单位，每月填报；Enter 按那一行筛选。",
        READ, "tong ji hui zong", _loaded, hint=True,
    ),
    Command(
        "missing", "n", "ctrl+n", "漏报",
        "上一期哪些单位、哪些措施没有填报；按 e 催办。",
        READ, "lou bao", _loaded,
    ),
    Command(
        "time", "t", "ctrl+k", "回看",
        "回看某一天、某个标签或提交时的情形，直接从 git 读取，只供查看；再按 t 可回到现在。",
        READ, "hui kan guo qu", _loaded,
    ),
    Command(
        "open", "o", "enter", "详情",
        "打开选中措施的详情；小窗口里详情占满整屏，Esc 返回列表。",
        READ, "xiang qing", _loaded, hint=True,
    ),
    Command(
        "next_tab", "right_square_bracket", "right", "下一页签",
        "详情换到下一个页签：原文、进展、历史、变更。",
        READ, "xia yi ye qian",
    ),
    Command(
        "previous_tab", "left_square_bracket", "left", "上一页签",
        "详情换到上一个页签。",
        READ, "shang yi ye qian",
    ),
    Command(
        "next", "j", "ctrl+down", "下一条",
        "选中下一条措施，看详情时也可以。",
        READ, "xia yi tiao", _loaded,
    ),
    Command(
        "previous", "k", "ctrl+up", "上一条",
        "选中上一条措施，看详情时也可以。",
        READ, "shang yi tiao", _loaded,
    ),
    Command(
        "history", "h", "f7", "历史",
        "选中措施的历史，一行一次提交；Enter 看那一次改了什么。",
        READ, "li shi", _on_measure,
    ),
    Command(
        "record", "l", "ctrl+d", "全部记录",
        "全部提交，可按单位、类型、改动的项和日期查找；Enter 看改了什么，g 转到措施，z 撤销那一次。",
        READ, "quan bu ji lu", _with_history,
    ),
    Command(
        "changes", "y", "ctrl+s", "变动",
        "标出某时以来有变动的措施（左边标 +）：上次打开、几天前、某日或某个标签以来；也可只看这些。",
        READ, "bian dong", _loaded,
    ),
    Command(
        "problems", "x", "f9", "问题",
        "检查全部文件，列出问题、位置和改法。",
        READ, "wen ti jian cha", _loaded,
    ),
    Command(
        "report", "s", "f2", "填报",
        "填报选中措施的进展：先填写，再预览文件和提交，最后提交一次。",
        WRITE, "tian bao jin zhan", _reportable, hint=True,
    ),
    Command(
        "mark", "v", "ctrl+x", "标记",
        "标记选中的措施，或去掉标记，空格也可以；有标记时，填报和催办对全部有标记的措施。",
        WRITE, "biao ji", _on_measure,
    ),
    Command(
        "mark_all", "asterisk", "ctrl+a", "标记全部",
        "标记列出的全部措施；都已标记时，去掉全部标记。",
        WRITE, "biao ji quan bu", _loaded,
    ),
    Command(
        "urge", "e", "ctrl+e", "催办",
        "催办选中的或有标记的措施：写明要求，预览，一条一次提交或合为一次；只有统筹单位能催办。",
        WRITE, "cui ban", _committable,
    ),
    Command(
        "undo", "z", "f8", "撤销",
        "撤销自己最近一次填报：先看要撤什么，确认后以一次新的提交撤销。",
        WRITE, "che xiao", _committable, hint=True,
    ),
    Command(
        "sync", "p", "f10", "同步",
        "与服务器同步：取回、合并、推送，可随时停下；两边改了同一处时逐处选定。合并没做完时接着做。",
        WRITE, "tong bu", _exchangeable, hint=True,
    ),
    Command(
        "submit", "P", "ctrl+v", "提交审核",
        "把自己的提交推送为一个分支并发起合并请求；先按审核规则查一遍。",
        WRITE, "ti jiao shen he", _exchangeable,
    ),
    Command(
        "identity", "i", "ctrl+o", "设置本人",
        "设置本单位、姓名和邮箱，存于本仓库的 git 配置。",
        WRITE, "she zhi ben ren dan wei xing ming", _committable,
    ),
    Command(
        "members", "M", "ctrl+y", "集合计入成员",
        "集合（如 市政府各委办局）所担的措施是否也算作成员单位的；成员见 plan/units.yaml。",
        OTHER, "ji he ji ru cheng yuan", _loaded,
    ),
    Command(
        "refresh", "r", "f5", "刷新",
        "重新读取文件和 git 状态；别的程序改动的文件两秒内也会自动读入。",
        OTHER, "shua xin",
    ),
    Command(
        "theme", "b", "ctrl+t", "明暗",
        "在深色与浅色之间切换。",
        OTHER, "ming an zhu ti",
    ),
    Command(
        "palette", "colon", "ctrl+p", "命令",
        "按名称查找操作、措施和单位，可用拼音或首字母。",
        OTHER, "ming ling mian ban",
    ),
    Command(
        "help", "question_mark", "f1", "帮助",
        "全部按键和筛选写法。",
        OTHER, "bang zhu", hint=True,
    ),
    Command(
        "quit", "q", "ctrl+q", "退出",
        "退出程序；没有提交的填报留作草稿。",
        OTHER, "tui chu", hint=True,
    ),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}

#: Keys that need no entry of their own in the palette: moving about, the same everywhere.
MOVING: tuple[tuple[str, str], ...] = (
    ("上 下 PgUp PgDn Home End", "在列表里移动，在详情里滚动"),
    ("Tab 和 Shift+Tab", "在列表、详情、分类、筛选框之间换"),
    ("0-9", "在列表里输入编号，转到那一条"),
    ("Esc", "退回：收起详情，关闭窗口，放弃正在改的筛选条件"),
)


def bindings() -> list[Binding]:
    """Both keys of every command, bound to ``do('<id>')``."""
    return [
        Binding(f"{command.key},{command.second}", f"do('{command.id}')", command.name, show=False)
        for command in COMMANDS
    ]


def matches(command: Command, typed: str) -> bool:
    """Whether what was typed names this command: part of its name, its pinyin or initials."""
    wanted = typed.strip().lower()
    if not wanted or wanted in command.name.lower():
        return True
    syllables = command.pinyin.split()
    joined = "".join(syllables)
    first_letters = "".join(syllable[0] for syllable in syllables)
    squeezed = wanted.replace(" ", "")
    return joined.startswith(squeezed) or first_letters.startswith(squeezed)
