"""The one table of what can be done in the review: keys, names and help; a second key needs no letter."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from fazhi_tui.tui.words import key_name


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done; ``hint`` puts it on the foot line."""

    id: str
    key: str
    second: str
    name: str
    help: str
    hint: bool = False

    @property
    def keys_text(self) -> str:
        """Both keys as people write them."""
        return f"{key_name(self.key)}  {key_name(self.second)}"


ACTS: tuple[Act, ...] = (
    Act("next_doubt", "n", "f4", "下一存疑", "到下一处存疑；光标移到原件里的那一处。", hint=True),
    Act("previous_doubt", "N", "f3", "上一存疑", "到上一处存疑。"),
    Act("accept", "a", "ctrl+a", "认可", "这处存疑看过了，照此导入；写一句理由。", hint=True),
    Act("join", "m", "f5", "并入上条", "光标所在的措施不是一条，并入上一条。", hint=True),
    Act("split", "s", "f6", "拆出一条", "从光标处另起一条措施。", hint=True),
    Act("move", "b", "f7", "移界", "光标所在或其后的措施改从光标处开始。"),
    Act("renumber", "e", "f8", "改编号", "改光标所在措施的编号。"),
    Act("heading", "h", "ctrl+e", "章节", "光标处是章标题、节标题，或都不是。"),
    Act("roles", "r", "f9", "分工", "改光标所在措施的牵头、参加、责任单位。", hint=True),
    Act("rename", "u", "ctrl+u", "单位", "改一个单位的名称；写成另一个已有的单位就是合并。"),
    Act("date", "d", "ctrl+d", "时限", "改光标所在措施一个事项的截止日期。", hint=True),
    Act("next_measure", "j", "ctrl+down", "下一条", "到下一条措施。"),
    Act("previous_measure", "k", "ctrl+up", "上一条", "到上一条措施。"),
    Act("undo", "z", "ctrl+z", "撤销", "收回最近一个决定。", hint=True),
    Act("save", "w", "ctrl+s", "存", "把决定写进校订文件；再导入一次，结果相同。", hint=True),
    Act("theme", "t", "ctrl+t", "明暗", "在深色与浅色之间切换。"),
    Act("help", "question_mark", "f1", "帮助", "全部按键。", hint=True),
    Act("quit", "q", "ctrl+q", "退出", "退出；没有存的决定先问。", hint=True),
)

MOVING: tuple[tuple[str, str], ...] = (
    ("上 下", "在原件里逐段移动，在存疑里逐处移动"),
    ("左 右", "在段里逐句移动光标"),
    ("PgUp PgDn Home End", "翻页，到头，到尾"),
    ("Tab", "在原件、措施、存疑之间换"),
)


def bindings() -> list[Binding]:
    """Both keys of every act, bound to ``act('<id>')``."""
    return [Binding(f"{act.key},{act.second}", f"act('{act.id}')", act.name, show=False) for act in ACTS]
