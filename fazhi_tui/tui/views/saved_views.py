"""The saved views (V): a key opens one; what is shown now can be saved for oneself or for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.saved_view import SavedView, Shape
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.request import Action, Filed
from fazhi_tui.service.plan.saved_views import (
    KeptView,
    prepare_view,
    prepare_view_removal,
    remove_own_view,
    save_own_view,
)
from fazhi_tui.tui.dialogs.menu import Menu, MenuLine
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.report.preview import PreviewScreen
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.fields import LineField
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import MainView

OPEN, SAVE, REMOVE = "open", "save", "remove"


@dataclass(frozen=True)
class Wish:
    """What was asked for: ``kept`` is the view that is meant, None for saving what is shown."""

    what: str
    kept: KeptView | None = None


class ViewsMenu(Menu[Wish]):
    """A line a view with its own key; the last line saves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,alt+v", "close", show=False),
        Binding("delete,f8", "remove", show=False),
        Binding("f2,ctrl+s", "save", show=False),
    ]
    heading = "视图"
    hints = (("F2", "存为视图", "screen.save"), ("Delete 或 F8", "删除", "screen.remove"))
    manual_page = "views"

    def __init__(self, views: Sequence[KeptView]) -> None:
        super().__init__()
        self._views = tuple(views)

    def choices(self) -> Sequence[MenuLine[Wish]]:
        """One's own first, then the shared ones."""
        lines = []
        for kept in self._views:
            view = kept.view
            shape = "" if view.shape is Shape.LIST else f"{view.shape}  "
            note = f"{kept.whose}  {shape}{view.about or view.query or '全部措施'}"
            lines.append(MenuLine(view.name, Wish(OPEN, kept), note, key=view.key or ""))
        if not lines:
            lines.append(MenuLine("还没有视图", None))
        return [
            *lines,
            MenuLine("把现在的筛选、形式、排序、列存为视图", Wish(SAVE), key="+", style="$text-primary"),
        ]

    def action_save(self) -> None:
        """Save what is shown now."""
        self.dismiss(Wish(SAVE))

    def action_remove(self) -> None:
        """Take the view in hand away, once confirmed."""
        line = self.in_hand
        if line is not None and line.result is not None and line.result.kept is not None:
            self.dismiss(Wish(REMOVE, line.result.kept))


@dataclass(frozen=True)
class Named:
    """A view as it is to be saved, and whether for all."""

    view: SavedView
    shared: bool


class ViewForm(Window[Named | None]):
    """Name, key, remark, for whom; the result is the view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("f2,ctrl+s", "save", show=False, priority=True),
    ]
    manual_page = "views"

    def __init__(self, shown: SavedView, why: str = "") -> None:
        super().__init__()
        self._view = shown
        self._why = why

    def compose(self) -> ComposeResult:
        """What is saved, then the fields."""
        view = self._view
        facts = [view.query or "全部措施", view.shape.value, f"按{view.order}排序" if view.order else ""]
        with Vertical(classes="dialog form"):
            yield Static(plain("存为视图"), classes="dialog-title")
            yield Static(plain(one_line("  ".join(filter(None, facts)), 120)), classes="form-note")
            yield Static(plain("名称"), classes="form-label")
            yield LineField(view.name, id="view-name", placeholder="如 本季到期", compact=True)
            yield Static(plain("键（一个字符，可以不写）"), classes="form-label")
            yield LineField(view.key or "", id="view-key", max_length=1, compact=True)
            yield Static(plain("说明（可以不写）"), classes="form-label")
            yield LineField(view.about, id="view-about", compact=True)
            with Horizontal(classes="form-row"):
                yield Static("给谁", classes="row-label")
                whom = [("own", "自己"), ("shared", "大家（写入 plan/views.yaml，作一次提交）")]
                yield Choice(whom, "own", id="view-whom")
            yield Static(plain(self._why, "$text-error"), id="form-mistake")
            yield HintLine(
                [("F2", "保存", "screen.save"), ("Tab", "下一项", ""), ("Esc", "取消", "screen.close")],
                id="dialog-hints",
            )

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#view-name").focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def action_save(self) -> None:
        """Take what was typed; whether it will do is for the service to say."""
        from dataclasses import replace

        def typed(name: str) -> str:
            return self.query_one(f"#view-{name}", LineField).value.strip()

        if not typed("name"):
            self.query_one("#form-mistake", Static).update(plain("名称要填", "$text-error"))
            self.query_one("#view-name").focus()
            return
        view = replace(self._view, name=typed("name"), key=typed("key") or None, about=typed("about"))
        self.dismiss(Named(view, self.query_one("#view-whom", Choice).value == "shared"))

    def action_close(self) -> None:
        """Nothing is saved."""
        self.dismiss(None)


# ------------------------------------------------------------------ the way through them


def open_views(screen: MainView) -> None:
    """Show the views and do what is wished."""

    def wished(wish: Wish | None) -> None:
        if wish is None:
            return
        if wish.what == OPEN and wish.kept is not None:
            screen.open_view(wish.kept.view)
        elif wish.what == REMOVE and wish.kept is not None:
            _ask_to_remove(screen, wish.kept)
        else:
            _save(screen, screen.shown_as_view)

    screen.app.push_screen(ViewsMenu(screen.app.tracker.saved_views), wished)


def _save(screen: MainView, shown: SavedView, why: str = "") -> None:
    refuses = screen.app.read_only
    if refuses:
        screen.say(f"不能存为视图：{refuses}", "bold $text-warning")
        return

    def named(found: Named | None) -> None:
        view = screen.view
        if found is None:
            return

        def again(error: FazhiError) -> None:
            # What was typed comes back with what is wrong with it.
            _save(screen, found.view, f"{error.message}。{error.hint}" if error.hint else error.message)

        reader = screen.app.reader
        if found.shared:
            screen.app.start(
                lambda: prepare_view(reader, view, found.view),
                lambda action: _preview(screen, action, "共用视图"),
                again,
                group="views",
            )
        else:
            screen.app.start(
                lambda: save_own_view(reader, view, found.view),
                lambda _: _saved(
                    screen, f"已存为自己的视图 {found.view.name}，{screen.app.keys.press('views')} 打开"
                ),
                again,
                group="views",
            )

    screen.app.push_screen(ViewForm(shown, why), named)


def _saved(screen: MainView, said: str) -> None:
    screen.app.tracker.reload(lambda: screen.say(said, "bold $text-success"))


def _preview(screen: MainView, action: Action, title: str) -> None:
    def ended(filed: Filed | None) -> None:
        if filed is not None and filed.error is not None:
            screen.app.refused(filed.error)
        elif filed is not None:
            _saved(screen, f"已提交 {filed.done[0].commit[:8]} {one_line(action.subject)}")

    screen.app.push_screen(PreviewScreen([action], title), ended)


def _ask_to_remove(screen: MainView, kept: KeptView) -> None:
    reader, name = screen.app.reader, kept.view.name

    def answered(answer: str | None) -> None:
        view = screen.view
        if answer != "remove":
            return
        if kept.shared:
            screen.app.start(
                lambda: prepare_view_removal(reader, view, name),
                lambda action: _preview(screen, action, "删除共用视图"),
                group="views",
            )
        else:
            screen.app.start(
                lambda: remove_own_view(reader, name),
                lambda _: _saved(screen, f"已删除视图 {name}"),
                group="views",
            )

    blocks = [Block(f"{kept.whose}视图 {name}：{kept.view.query or '全部措施'}")]
    screen.app.push_screen(
        Question("删除这个视图？", blocks, [("remove", "删除"), ("keep", "留着")]), answered
    )
