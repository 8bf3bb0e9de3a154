"""The person's settings (O): what of the file holds and how it is written; choosing a theme (B)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.widgets import OptionList

from fazhi_tui.service.preferences.preferences import LoadedPreferences
from fazhi_tui.tui.actions.keymap import Keymap
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.text import problem_blocks
from fazhi_tui.tui.dialogs.menu import Menu, MenuLine
from fazhi_tui.tui.dialogs.window import TextWindow
from fazhi_tui.tui.styles import key_name
from fazhi_tui.tui.theme.themes import OWN
from fazhi_tui.tui.widgets.prose import Block

HEADING = "bold $text-primary"
EXAMPLE = """\
主题: fazhi-contrast
按键:
  - 操作: 填报
    键: R F2
  - 操作: 预览/返回
    键: x Esc"""


class SettingsScreen(TextWindow):
    """To be read; the file is changed in an editor and read at the next start."""

    manual_page = "settings"
    heading = "个人设置"
    BINDINGS = bindings(closed_by="main.settings")

    def __init__(self, preferences: LoadedPreferences, keys: Keymap) -> None:
        super().__init__()
        self._preferences = preferences
        self._keys = keys

    def blocks(self) -> Iterator[Block]:
        """File, theme, keys, what is wrong, and how it is written."""
        loaded = self._preferences
        yield Block(loaded.path, label="文件  ")
        yield Block("已读入" if loaded.exists else "还没有这个文件，要改按键时自己建一个", label="      ")
        yield Block(self.app.theme, label="主题  ")
        yield Block(f"改了 {len(self._keys.overrides)} 个操作的键", label="按键  ")
        for place, keys in self._keys.overrides.items():
            name = next(c.name for cs in self._keys.places.values() for c in cs if c.binding_id == place)
            yield Block(f"{name}  {'  '.join(map(key_name, keys.split(',')))}", label="      ")
        if self._keys.problems or loaded.problems:
            yield from (Block(), Block("有问题的，没有采用", "bold $text-warning"))
            yield from (Block(problem, "$text-warning", label="- ") for problem in self._keys.problems)
            yield from problem_blocks(loaded.problems)
        yield from (Block(), Block("写法", HEADING))
        yield from (Block(line, label="  ") for line in EXAMPLE.split("\n"))
        yield Block()
        yield Block(
            f"操作的名称见帮助（{self._keys.key('help')}）；写了的键代替原来的全部键，要留的也写上；改完下次打开时生效。",
            "$text-muted",
        )


class ThemeMenu(Menu[str]):
    """The result is the theme's name."""

    BINDINGS = bindings(closed_by="main.themes")
    heading = "主题"
    manual_page = "settings"

    def on_mount(self) -> None:
        """Remember the theme so that Esc restores it."""
        self._before = self.app.theme

    def lines(self) -> Sequence[MenuLine[str]]:
        """Our own first, then Textual's."""
        own = [MenuLine(f"{name}  {word}", name, "自带") for name, word in OWN.items()]
        others = sorted(set(self.app.available_themes) - set(OWN))
        return [*own, *(MenuLine(name, name, "Textual") for name in others if name != "textual-ansi")]

    def first(self, able: Sequence[int]) -> int:
        """The one in use."""
        return self._results.index(self.app.theme) if self.app.theme in self._results else able[0]

    @on(OptionList.OptionHighlighted, "#dialog-list")
    def _highlighted(self) -> None:
        if self.current and self.app.theme != self.current:
            self.app.theme = self.current

    def take(self, result: str) -> None:
        """Keep it."""
        self.app.theme = result
        self.dismiss(result)

    def action_close(self) -> None:
        """Go back to the theme that there was."""
        self.app.theme = self._before
        self.dismiss(None)
