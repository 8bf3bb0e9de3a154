"""What can be done everywhere: what is possible here, the manual, the palette."""

from __future__ import annotations

from fazhi_tui.tui.actions.command import Command

OTHER = "其他"


def common(place: str, *, letters: bool = True) -> tuple[Command, ...]:
    """The commands that every screen has; without ``letters`` where a field takes them as text."""
    return (
        Command(
            "palette", "colon" if letters else "ctrl+p", "ctrl+p" if letters else "alt+p", "命令",
            "按名称查找操作、措施、单位和视图，可用汉字、拼音或首字母。",
            OTHER, "ming ling mian ban", place=place, priority=not letters,
        ),
        Command(
            "help", "question_mark" if letters else "alt+h", "alt+h" if letters else "f12", "帮助",
            "这里能做什么、用哪个键；不能做的说明原因。",
            OTHER, "bang zhu", hint=letters, place=place, priority=not letters,
        ),
        Command(
            "manual", "H" if letters else "f1", "f1" if letters else "alt+m", "手册",
            "手册里讲光标所在这一块的那一节。",
            OTHER, "shou ce shuo ming", hint=not letters, place=place, priority=not letters,
        ),
    )  # fmt: skip
