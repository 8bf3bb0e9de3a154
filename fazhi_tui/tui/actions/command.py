"""What one thing that can be done is: its keys, its words, and when it is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from textual.binding import Binding

from fazhi_tui.tui.styles import key_name


class Situation(NamedTuple):
    """The state of the screen by which an action tells whether it is possible now.

    ``git_refuses`` says why nothing can be committed here, and is empty where it can; ``read_only`` that
    nothing may be changed; ``operation`` which merge or rebase waits; ``past`` that an earlier state is
    shown, and which; ``view`` is how the measures are shown (an action's id).  ``lacks`` says in a
    screen of another place what an action there has nothing to act on.
    """

    ready: bool = False
    has_measure: bool = False
    broken_file: str = ""
    has_query: bool = False
    unit: str = ""
    git_refuses: str = ""
    read_only: str = ""
    operation: str = ""
    past: str = ""
    view: str = "as_list"
    has_back: bool = False
    has_forward: bool = False
    lacks: str = ""


#: Says why an action is not possible now; an empty string where it is.
Why = Callable[[Situation], str]


def always(_now: Situation) -> str:
    """Possible at any time."""
    return ""


def lacking(now: Situation) -> str:
    """Possible where there is something to act on."""
    return now.lacks


class Command(NamedTuple):
    """One thing that can be done: ``key`` is what one presses, ``second`` a key that needs no letter.

    An IME swallows letters and signs, and a field takes them as text: hence the second key.  ``more`` are
    further keys.  ``pinyin`` is what the palette also matches, initials included; ``hint`` puts it on the
    foot line, ``priority`` makes its keys count inside fields.  ``place`` is the screen that it belongs to,
    ``group`` its heading in the help there: :func:`placed` fills in both.
    """

    id: str
    key: str
    second: str
    name: str
    pinyin: str
    help: str
    why_not: Why = always
    hint: bool = False
    more: tuple[str, ...] = ()
    priority: bool = False
    group: str = ""
    place: str = "main"

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key, as Textual names them."""
        return tuple(key for key in (self.key, self.second, *self.more) if key)

    @property
    def keys_text(self) -> str:
        """The keys as people write them."""
        return " 或 ".join(key_name(key) for key in self.keys[:2])

    @property
    def binding_id(self) -> str:
        """By what name a person's settings and Textual's keymap know it."""
        return f"{self.place}.{self.id}"


def placed(place: str, group: str, *commands: Command, priority: bool = False) -> tuple[Command, ...]:
    """The commands of one group of a place; with ``priority`` the keys of all count inside fields."""
    return tuple(
        command._replace(place=place, group=group, priority=priority or command.priority)
        for command in commands
    )


#: What is done everywhere stands last in the help.
OTHER = "其他"


def common(place: str, *, letters: bool = True) -> tuple[Command, ...]:
    """What every screen can do; without ``letters`` where a field takes them as text."""
    palette = ("colon", "ctrl+p") if letters else ("ctrl+p", "alt+p")
    help_ = ("question_mark", "alt+h") if letters else ("alt+h", "f12")
    manual = ("H", "f1") if letters else ("f1", "alt+m")
    return placed(place, OTHER,
        Command("palette", *palette, "命令", "ming ling mian ban",
            "按名称查找操作、措施、单位和视图，可用汉字、拼音或首字母。"),
        Command("help", *help_, "帮助", "bang zhu",
            "这里能做什么、用哪个键；不能做的说明原因。", hint=letters),
        Command("manual", *manual, "手册", "shou ce shuo ming",
            "手册里讲光标所在这一块的那一节。", hint=not letters),
        priority=not letters,
    )  # fmt: skip


def bindings_of(commands: Iterable[Command]) -> list[Binding]:
    """All keys of every command, bound to ``do('<id>')``."""
    return [
        Binding(
            ",".join(command.keys),
            f"do('{command.id}')",
            command.name,
            show=False,
            id=command.binding_id,
            priority=command.priority,
        )
        for command in commands
    ]


def matches(command: Command, typed: str) -> bool:
    """Whether what was typed names this command: part of its name, its pinyin or initials."""
    wanted = typed.strip().lower()
    return not wanted or wanted in command.name.lower() or reads(command.pinyin, wanted)


def reads(pinyin: str, typed: str) -> bool:
    """Whether a text read as ``pinyin`` (syllables parted by blanks) begins so, whole or by initials."""
    squeezed = typed.replace(" ", "").lower()
    syllables = pinyin.split()
    return "".join(syllables).startswith(squeezed) or "".join(s[0] for s in syllables).startswith(squeezed)


def reads_within(pinyin: str, typed: str) -> bool:
    """Whether ``typed`` is read anywhere in a text, from a syllable on: whole pinyin or initials."""
    squeezed = typed.replace(" ", "").lower()
    syllables = pinyin.split()
    if squeezed in "".join(syllable[0] for syllable in syllables):
        return True
    return any(
        "".join(syllables[at:]).startswith(squeezed)
        for at, syllable in enumerate(syllables)
        if syllable[0] == squeezed[:1]
    )
