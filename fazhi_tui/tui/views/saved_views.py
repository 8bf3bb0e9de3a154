"""The saved views (V): a key opens one; what is shown now can be saved for oneself or for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.saved_view import SavedView, Shape
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.action_diff import action_diff
from fazhi_tui.service.notes.request import Action, Filed
from fazhi_tui.service.plan.saved_views import (
    KeptView,
    prepare_view,
    prepare_view_removal,
    remove_own_view,
    save_own_view,
)
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.fields_form import Field, FieldsForm
from fazhi_tui.tui.dialogs.menu import Menu, MenuLine
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.protocols import MainView
from fazhi_tui.tui.report.preview import PreviewScreen, action_blocks
from fazhi_tui.tui.styles import error_text
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.prose import Block

#: What was asked for, and the view that is meant; None for saving what is shown.
Wish = tuple[str, KeptView | None]


class ViewsMenu(Menu[Wish]):
    """A line a view with its own key; the last line saves."""

    BINDINGS = bindings("saved_views", closed_by="main.views")
    heading = "视图"
    more_hints = (("F2", "存为视图", "screen.save"), ("Delete 或 F8", "删除", "screen.remove"))
    manual_page = "views"

    def __init__(self, views: Sequence[KeptView]) -> None:
        super().__init__()
        self._views = tuple(views)

    def lines(self) -> Sequence[MenuLine[Wish]]:
        """One's own first, then the shared ones."""
        lines: list[MenuLine[Wish]] = []
        for kept in self._views:
            view = kept.view
            shape = "" if view.shape is Shape.LIST else f"{view.shape}  "
            note = f"{kept.whose}  {shape}{view.about or view.query or '全部措施'}"
            lines.append(MenuLine(view.name, ("open", kept), note, key=view.key or ""))
        if not lines:
            lines.append(MenuLine("还没有视图", None))
        return [
            *lines,
            MenuLine("把现在的筛选、形式、排序、列存为视图", ("save", None), key="+", style="$text-primary"),
        ]

    def action_save(self) -> None:
        """Save what is shown now."""
        self.dismiss(("save", None))

    def action_remove(self) -> None:
        """Remove the view under the cursor, once confirmed."""
        if self.current is not None and (kept := self.current[1]) is not None:
            self.dismiss(("remove", kept))


class ViewForm(FieldsForm[tuple[SavedView, bool]]):
    """Name, key, remark, for whom; the result is the view, and whether it is for all."""

    hints = (("F2", "保存", "screen.save"), ("Tab", "下一项", ""), ("Esc", "取消", "screen.close"))
    manual_page = "views"

    def __init__(self, shown: SavedView, why: str = "") -> None:
        facts = [shown.query or "全部措施", shown.shape.value, f"按{shown.order}排序" if shown.order else ""]
        fields = (
            Field("名称", shown.name, placeholder="如 本季到期"),
            Field("键（一个字符，可以不写）", shown.key or "", max_length=1),
            Field("说明（可以不写）", shown.about),
        )
        super().__init__("存为视图", one_line("  ".join(filter(None, facts)), 120), fields, why)
        self._view = shown

    def more_widgets(self) -> ComposeResult:
        """For whom."""
        whom = [("own", "自己"), ("shared", "大家（写入 plan/views.yaml，作一次提交）")]
        with Horizontal(classes="form-row"):
            yield Static("给谁", classes="row-label")
            yield Choice(whom, "own", id="view-whom")

    def entered(self, at: int) -> None:  # noqa: ARG002
        """Enter only goes on: after the last field comes for whom."""
        self.focus_next()

    def action_save(self) -> None:
        """Take what was typed; whether it will do is for the service to say."""
        name, key, about = self.values
        if not name:
            self.tell("名称要填")
            self.field(0).focus()
            return
        view = replace(self._view, name=name, key=key or None, about=about)
        self.dismiss((view, self.query_one("#view-whom", Choice).value == "shared"))


def open_views(screen: MainView) -> None:
    """Show the views and do what is wished."""

    def wished(wish: Wish | None) -> None:
        match wish:
            case ("open", KeptView() as kept):
                screen.open_view(kept.view)
            case ("remove", KeptView() as kept):
                _ask_to_remove(screen, kept)
            case (_, None):
                _save(screen, screen.shown_as_view)

    screen.app.push_screen(ViewsMenu(screen.app.tracker.saved_views), wished)


def _save(screen: MainView, shown: SavedView, why: str = "") -> None:
    refuses = screen.app.read_only
    if refuses:
        screen.say(f"不能存为视图：{refuses}", "bold $text-warning")
        return

    def named(found: tuple[SavedView, bool] | None) -> None:
        if found is None:
            return
        app, view, (wanted, shared) = screen.app, screen.view, found
        job = prepare_view if shared else save_own_view

        def done(action: Action | None) -> None:
            if action is not None:
                _preview(screen, action, "共用视图")
            else:
                _saved(screen, f"已存为自己的视图 {wanted.name}，{app.keys.press('views')} 打开")

        def again(error: FazhiError) -> None:
            # What was typed comes back with what is wrong with it.
            _save(screen, wanted, error_text(error))

        app.start(lambda: job(app.reader, view, wanted), done, again, group="views")

    screen.app.push_screen(ViewForm(shown, why), named)


def _saved(screen: MainView, said: str) -> None:
    screen.app.tracker.reload(lambda: screen.say(said, "bold $text-success"))


def _preview(screen: MainView, action: Action, title: str) -> None:
    def ended(filed: Filed | None) -> None:
        if filed is not None and filed.error is not None:
            screen.app.refused(filed.error)
        elif filed is not None:
            _saved(screen, f"已提交 {filed.done[0].commit[:8]} {one_line(action.subject)}")

    def show(diffs: Mapping[str, Sequence[str]]) -> None:
        screen.app.push_screen(PreviewScreen([action], title, action_blocks(action, diffs)), ended)

    screen.app.start(lambda: action_diff(screen.app.reader.repository, action), show, group="views")


def _ask_to_remove(screen: MainView, kept: KeptView) -> None:
    app, name = screen.app, kept.view.name

    def answered(answer: str | None) -> None:
        view = screen.view
        if answer != "remove":
            return
        if kept.shared:
            app.start(
                lambda: prepare_view_removal(app.reader, view, name),
                lambda action: _preview(screen, action, "删除共用视图"),
                group="views",
            )
        else:
            app.start(
                lambda: remove_own_view(app.reader, name),
                lambda _: _saved(screen, f"已删除视图 {name}"),
                group="views",
            )

    blocks = [Block(f"{kept.whose}视图 {name}：{kept.view.query or '全部措施'}")]
    app.push_screen(Question("删除这个视图？", blocks, [("remove", "删除"), ("keep", "留着")]), answered)
