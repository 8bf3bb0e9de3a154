"""A screen whose keys, hints, help and palette come from the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.screen import Screen

from fazhi_tui.tui.actions.command import Command, Situation
from fazhi_tui.tui.protocols import ScreenApp
from fazhi_tui.tui.styles import key_name

if TYPE_CHECKING:
    from fazhi_tui.tui.dialogs.palette import Findable, Found

ResultT = TypeVar("ResultT")
Hint = tuple[str, str, str]


class ActionScreen(Screen[ResultT]):
    """``place`` names its part of the table; each command's id is a method ``action_<id>`` here."""

    # No Protocol is an App, which Textual's property of this name gives.
    app: ScreenApp  # type: ignore[assignment]
    place: ClassVar[str] = "main"

    @property
    def situation(self) -> Situation:
        """What the possibility of actions depends on."""
        return Situation(ready=True)

    @property
    def commands(self) -> tuple[Command, ...]:
        """What can be done here, with the keys as the person's settings have them."""
        return self.app.keys.places[self.place]

    def hints(self) -> list[Hint]:
        """Key, name and Textual action of what the foot offers."""
        return [
            (key_name(command.key), self.hint_name(command), f"screen.do('{command.id}')")
            for command in self.commands
            if command.hint
        ]

    def hint_name(self, command: Command) -> str:
        """What the foot calls a command: its name, unless a screen knows better."""
        return command.name

    def say(self, text: str, style: str = "") -> None:
        """Tell something that the user asked for and that is not possible."""
        from fazhi_tui.tui.dialogs.question import Notice

        del style
        self.app.push_screen(Notice("现在不能", text))

    def action_do(self, name: str) -> None:
        """Do one of the table's actions, or say why it is not possible now."""
        why = self.why_not(name)
        if why:
            self.say(f"不能{self.app.keys.command(self.place, name).name}：{why}", "bold $text-warning")
        else:
            self.perform(name)

    def why_not(self, name: str) -> str:
        """Why an action is not possible now; empty where it is."""
        return self.app.keys.command(self.place, name).why_not(self.situation)

    def perform(self, name: str) -> None:
        """Do an action that is possible."""
        getattr(self, f"action_{name}")()

    # ------------------------------------------------------------------ everywhere

    def action_help(self) -> None:
        """What can be done here."""
        from fazhi_tui.tui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self.place, self.commands, self.situation))

    def action_manual(self) -> None:
        """The manual for what has the focus."""
        self.app.open_manual(self.manual_page())

    def manual_page(self) -> str:
        """The page of the manual about what has the focus: what the nearest widget says, else the place's."""
        for node in self.focused.ancestors_with_self if self.focused is not None else ():
            page = getattr(node, "manual_page", "")
            if isinstance(page, str) and page:
                return page
        return self.place

    def action_palette(self) -> None:
        """Find an action by its name."""
        from fazhi_tui.tui.dialogs.palette import PaletteScreen

        screen = PaletteScreen(self.commands, self.situation, self.findable())
        self.app.push_screen(screen, self.take_found)

    def findable(self) -> Findable | None:
        """What the palette finds besides actions: nothing, unless a screen knows of something."""
        return None

    def take_found(self, found: Found | None) -> None:
        """Do what the palette found."""
        if found is not None and found.kind == "command":
            self.action_do(found.value)
