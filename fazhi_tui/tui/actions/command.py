"""What one thing that can be done is: its keys, its words, and when it is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.binding import Binding

from fazhi_tui.tui.styles import key_name


@dataclass(frozen=True, slots=True)
class Situation:
    """What the possibility of an action depends on, as the screen stands now.

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


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done: ``key`` is what one presses, ``second`` a key that needs no letter.

    An IME swallows letters and signs, and a field takes them as text: hence the second key.  ``more`` are
    further keys.  ``pinyin`` is what the palette also matches, initials included; ``hint`` puts it on the
    foot line.  ``place`` is the screen that it belongs to, ``priority`` makes its keys count inside fields.
    """

    id: str
    key: str
    second: str
    name: str
    help: str
    group: str
    pinyin: str
    why_not: Why = always
    hint: bool = False
    place: str = "main"
    more: tuple[str, ...] = ()
    priority: bool = False

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
