"""Keys as people write them, and a person's own keys instead of the table's; pure.

A change that cannot be made (no such action, no such key, a key that something else in the same place has)
is left out and told; the others hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.keys import _character_to_key

from fazhi_tui.tui.actions.command import Command
from fazhi_tui.tui.actions.table import PLACE_NAMES, PLACES
from fazhi_tui.tui.styles import KEY_NAMES, key_name

#: What moves about and leaves: never to be taken for anything else.
RESERVED = frozenset(("up", "down", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "escape"))
_NAMED = {name.casefold(): key for key, name in KEY_NAMES.items()} | {
    "esc": "escape",
    "return": "enter",
    "回车": "enter",
    "delete": "delete",
    "del": "delete",
    "backspace": "backspace",
    "退格": "backspace",
    "insert": "insert",
}
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")
_MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "alt": "alt", "meta": "alt", "shift": "shift"}


class Keymap(NamedTuple):
    """The table with a person's own keys in it, and what of them could not be taken.

    ``overrides`` is what Textual's keymap takes: binding's id → its keys, parted by commas.
    """

    places: Mapping[str, tuple[Command, ...]]
    overrides: Mapping[str, str]
    problems: tuple[str, ...] = ()

    def press(self, name: str, place: str = "main") -> str:
        """How a text says which key does an action now: ``按 t``.  No text writes such a key itself."""
        return f"按 {self.key(name, place)}"

    def key(self, name: str, place: str = "main") -> str:
        """The first key that an action has now, as people write it: ``t``, ``F2``."""
        return key_name(self.command(place, name).key)

    def command(self, place: str, name: str) -> Command:
        """One command, with the keys it has now."""
        return next(command for command in self.places[place] if command.id == name)


DEFAULT = Keymap(PLACES, {})


def parse_key(text: str) -> str | None:
    """A key as people write it, as Textual names it; None where it is none.

    ``Ctrl+L`` → ``ctrl+l``, ``F2`` → ``f2``, ``/`` → ``slash``, ``左`` → ``left``, ``S`` stays ``S``.
    """
    typed = text.strip()
    if not typed:
        return None
    if len(typed) == 1 and typed not in _NAMED:
        return typed if typed.isascii() and typed.isalnum() else _character_to_key(typed)
    *modifiers, last = re.split(r"\+(?=.)", typed)
    found = [_MODIFIERS.get(word.strip().casefold()) for word in modifiers]
    if None in found or len(set(found)) != len(found):
        return None
    name = last.strip().casefold()
    if name in _NAMED:
        key = _NAMED[name]
    elif _FUNCTION.fullmatch(name):
        key = name
    elif len(name) == 1:
        key = name if name.isalnum() else _character_to_key(name)
    elif re.fullmatch(r"[a-z_]+", name) and not modifiers and name in KEY_NAMES:
        key = name
    else:
        return None
    order = [word for word in ("alt", "ctrl", "shift") if word in found]
    return "+".join([*order, key])


def keymap(wanted: Iterable[tuple[str, str]]) -> Keymap:
    """The table with ``wanted`` put into it: pairs of an action and its keys, parted by blanks.

    An action is its name (``填报``) or id; where several places have one of that name, ``预览/返回`` says
    which place is meant.
    """
    problems: list[str] = []
    places = dict(PLACES)
    overrides: dict[str, str] = {}
    for action, text in wanted:
        found = _named(action)
        if len(found) != 1:
            many = "、".join(f"{PLACE_NAMES[c.place]}/{c.name}" for c in found)
            problems.append(
                f"按键：有几个操作叫「{action}」，写明是哪个：{many}"
                if found
                else f"按键：没有操作叫「{action}」"
            )
            continue
        command = found[0]
        keys = [(word, parse_key(word)) for word in text.split()]
        wrong = [word for word, key in keys if key is None]
        if wrong or not keys:
            problems.append(
                f"按键：「{command.name}」的键「{' '.join(wrong) or text}」不认识，写成 F2、Ctrl+L、/ 这样"
            )
            continue
        new = tuple(dict.fromkeys(key for _, key in keys if key))
        taken = [key_name(key) for key in new if key in RESERVED and key not in command.keys]
        if taken:
            problems.append(f"按键：{'、'.join(taken)} 用来移动和返回，不能给「{command.name}」")
            continue
        changed = command._replace(key=new[0], second=new[1] if len(new) > 1 else "", more=new[2:])
        places[command.place] = tuple(changed if c is command else c for c in places[command.place])
        overrides[command.binding_id] = ",".join(new)
    return _without_clashes(places, overrides, problems)


def _named(action: str) -> list[Command]:
    wanted = action.strip()
    place, slash, name = wanted.rpartition("/")
    found = [
        command
        for commands in PLACES.values()
        for command in commands
        if (name if slash else wanted) in (command.name, command.id)
        and (not slash or place in (PLACE_NAMES[command.place], command.place))
    ]
    mains = [command for command in found if command.place == "main"]
    # The main screen is meant where nothing else is said.
    return mains if mains and not slash else found


def _without_clashes(
    places: dict[str, tuple[Command, ...]], overrides: dict[str, str], problems: list[str]
) -> Keymap:
    """Take back every change whose key something else in its place has, until none clashes."""
    while True:
        clash = _first_clash(places, overrides)
        if clash is None:
            return Keymap(places, overrides, tuple(problems))
        key, mine, other = clash
        problems.append(f"按键：{key_name(key)} 已经是「{other.name}」的键，「{mine.name}」仍用原来的键")
        original = next(command for command in PLACES[mine.place] if command.id == mine.id)
        places[mine.place] = tuple(original if c is mine else c for c in places[mine.place])
        del overrides[mine.binding_id]


def _first_clash(
    places: Mapping[str, tuple[Command, ...]], overrides: Mapping[str, str]
) -> tuple[str, Command, Command] | None:
    for commands in places.values():
        for mine in commands:
            if mine.binding_id in overrides:
                for other in commands:
                    shared = [key for key in mine.keys if key in other.keys]
                    if other is not mine and shared:
                        return shared[0], mine, other
    return None
