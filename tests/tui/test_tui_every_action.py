"""Every action of the table does what it says, by the key that an input method leaves alone.

One line an action; an action without a line fails.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.importing.review import Review
from fazhi_tui.service.reader import Reader
from fazhi_tui.tui.actions.command import Command
from fazhi_tui.tui.actions.table import PLACES
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.review.app import ReviewApp
from fazhi_tui.tui.review.forms import DecisionForm
from fazhi_tui.tui.theme.themes import LIGHT
from tests.templates import copy_of_demo
from tests.tui.helpers import git, listed, paste, press, settled, shown
from tests.tui.review_source import REVIEWED
from tests.tui.waiting_merge import merge_that_waits

pytestmark = pytest.mark.usefixtures("unpainted")
Holds = Callable[[Any], object]


@dataclass(frozen=True)
class Case:
    """``before`` leads to where the action is possible (a text with ``=`` before it is pasted); then the
    action's second key; then ``said`` is on the screen, and ``holds`` is true."""

    before: tuple[str, ...] = ()
    said: str = ""
    holds: Holds = lambda _app: True


def look(name: str) -> Holds:
    return lambda app: app.main.views.name == name


def blank_selected(app: FazhiApp) -> bool:
    return app.screen.query_one("#report-message", TextArea).selected_text == "【】"


def in_the_manual(app: FazhiApp) -> bool:
    return type(app.screen).__name__ == "ManualScreen"


MAIN: dict[str, Case] = {
    "filter": Case(holds=lambda app: app.focused is app.main.bar.field),
    "units": Case(said="按单位筛选"),
    "deadlines": Case(said="按时限筛选"),
    "mine": Case(holds=lambda app: app.main.query_text == "单位:市委依法治市办"),
    "clear": Case(("u", "s", "f", "j", "enter"), holds=lambda app: len(listed(app)) == 48),
    "goto": Case(said="转到编号"),
    "facets": Case(holds=lambda app: app.focused is app.main.query_one("#facets")),
    "sort": Case(said="倒过来，从大到小"),
    "columns": Case(said="列表显示哪些列"),
    "views": Case(said="把现在的筛选、形式、排序、列存为视图"),
    "back": Case(("K",), holds=look("as_list")),
    "forward": Case(("K", "less_than_sign"), holds=look("as_board")),
    "home": Case(said="我的单位"),
    "as_list": Case(("K",), holds=look("as_list")),
    "as_board": Case(holds=look("as_board")),
    "as_timeline": Case(said="2025-11-20|", holds=look("as_timeline")),
    "as_charts": Case(said="截至 2025-11-20，共 48 条", holds=look("as_charts")),
    "zoom": Case(holds=lambda app: app.main.panes.zoomed == "list"),
    "grow": Case(holds=lambda app: app.main.panes.sizes.beside == 31),
    "shrink": Case(holds=lambda app: app.main.panes.sizes.beside == 41),
    "missing": Case(said="22 个单位，30 条"),
    "time": Case(said="现在看的是当前的文件"),
    "open": Case(holds=lambda app: app.focused is app.main.detail.body),
    "next_tab": Case(holds=lambda app: app.main.detail.tab == "notes"),
    "previous_tab": Case(holds=lambda app: app.main.detail.tab == "diff"),
    "next": Case(holds=lambda app: app.main.table.cursor == 1),
    "previous": Case(("j", "j"), holds=lambda app: app.main.table.cursor == 1),
    "history": Case(holds=lambda app: app.main.detail.tab == "history" and app.main.detail.events),
    "record": Case(said="1839 次提交"),
    "changes": Case(said="上次打开以来"),
    "problems": Case(said="问题  错误"),
    "report": Case(said="填报第 1 条"),
    "drafts": Case(said="没有草稿"),
    "card_back": Case(("K",), said="Esc 放回"),
    "card_on": Case(("K",), said="Enter 填报"),
    "mark": Case(holds=lambda app: app.main.views.marked_numbers == ("1",)),
    "mark_all": Case(holds=lambda app: len(app.main.views.marked_numbers) == 48),
    "urge": Case(said="填报 1 条：1"),
    "undo": Case(said="没有可以撤销的填报"),
    "sync": Case(said="没有服务器可以同步"),
    "submit": Case(said="提交审核"),
    "identity": Case(said="本单位与填报人"),
    "members": Case(said="现在也算作成员单位的"),
    "refresh": Case(said="已刷新"),
    "theme": Case(holds=lambda app: app.theme == LIGHT.name),
    "themes": Case(said="fazhi-contrast"),
    "settings": Case(said="个人设置"),
    "tour": Case(said="导览 1/"),
    "palette": Case(said="操作、措施、单位或视图"),
    "help": Case(said="帮助：主界面"),
    "manual": Case(holds=in_the_manual),
    "quit": Case(holds=lambda app: app._exit),
}
WRITTEN = ("s", "=示例：【】完成")
#: Without a terminal there is none to lend to an editor: tests/journeys/test_writing_journey.py does that.
FORM: dict[str, Case] = {
    "preview": Case(WRITTEN, said="预览填报"),
    "templates": Case(("s",), said="模板："),
    "editor": Case(WRITTEN, said="这里的终端不能让给编辑器"),
    "blank": Case(WRITTEN, holds=blank_selected),
    "choices": Case(("s",), holds=lambda app: app.focused is app.screen.query_one("#report-kind")),
    "compare": Case(("s",), said="打开表单以后没有新的填报"),
    "markdown": Case(("s", "=示例：**完成**"), holds=lambda app: shown(app).count("完成") == 2),
    "add_evidence": Case(("s",), said="选择佐证材料"),
    "drop_evidence": Case(("s", "f3", "=~/.gitconfig", "enter"), said="没有（F3 添加）"),
    "leave": Case(WRITTEN, said="填写的内容还没有提交"),
    "palette": Case(("s",), said="操作、措施、单位或视图"),
    "help": Case(("s",), said="帮助：填报表单"),
    "manual": Case(("s",), holds=in_the_manual),
}
SEVERAL = ("v", "v", "s")
BATCH: dict[str, Case] = {
    "preview": Case((*SEVERAL, "=示例：请报送"), said="2 次提交"),
    "choices": Case(SEVERAL, holds=lambda app: app.focused is app.screen.query_one("#batch-kind")),
    "templates": Case(SEVERAL, said="模板："),
    "editor": Case(SEVERAL, said="这里的终端不能让给编辑器"),
    "blank": Case(
        (*SEVERAL, "=示例：【】"),
        holds=blank_selected,
    ),
    "markdown": Case((*SEVERAL, "=示例：**完成**"), holds=lambda app: shown(app).count("完成") == 2),
    "leave": Case((*SEVERAL, "=示例"), said="填写的内容还没有提交"),
    "palette": Case(SEVERAL, said="操作、措施、单位或视图"),
    "help": Case(SEVERAL, said="帮助：多条填报"),
    "manual": Case(SEVERAL, holds=in_the_manual),
}
PREVIEWED = (*WRITTEN, "f2")
PREVIEW: dict[str, Case] = {
    "commit": Case(PREVIEWED, said="已提交"),
    "back": Case(PREVIEWED, said="填报第 1 条"),
    "palette": Case(PREVIEWED, said="操作、措施、单位或视图"),
    "help": Case(PREVIEWED, said="帮助：预览"),
    "manual": Case(PREVIEWED, holds=in_the_manual),
}
RECORD: dict[str, Case] = {
    "ask": Case(("l",), holds=lambda app: app.focused is app.screen.query_one("#record-field")),
    "open": Case(("l",), said="git 记录的改动"),
    "go": Case(("l",), holds=lambda app: app.main.row and app.main.row.measure.id == "49"),
    "undo": Case(("l",), said="撤销这次填报"),
    "back": Case(("l",), holds=lambda app: app.screen is app.main),
    "palette": Case(("l",), said="操作、措施、单位或视图"),
    "help": Case(("l",), said="帮助：全部记录"),
    "manual": Case(("l",), holds=in_the_manual),
}
COMMIT: dict[str, Case] = {
    "close": Case(("l", "enter"), said="1839 次提交"),
    "palette": Case(("l", "enter"), said="操作、措施、单位或视图"),
    "help": Case(("l", "enter"), said="帮助：一次提交"),
    "manual": Case(("l", "enter"), holds=in_the_manual),
}
PAGES: dict[str, Case] = {
    "open": Case(("n",), holds=lambda app: app.main.query_text.startswith("编号:11,20")),
    "turn_on": Case(("n",), said="[总览]"),
    "turn_back": Case(("n",), said="[每月]"),
    "urge": Case(("n",), said="填报 7 条"),
    "close": Case(("n",), holds=lambda app: app.screen is app.main),
    "palette": Case(("n",), said="操作、措施、单位或视图"),
    "help": Case(("n",), said="帮助：我的单位和漏报"),
    "manual": Case(("n",), holds=in_the_manual),
}
SETTLE: dict[str, Case] = {
    "take_ours": Case(("p",), said="[我方]"),
    "take_theirs": Case(("p",), said="[对方]"),
    "take_base": Case(("p",), said="[原来]"),
    "turn_on": Case(("p",), said="[我方]"),
    "turn_back": Case(("p",), said="[原来]"),
    "finish": Case(("p",), said="处未选"),
    "give_up": Case(("p",), said="放弃合并？"),
    "leave": Case(("p",), said="按 p 接着选定"),
    "palette": Case(("p",), said="操作、措施、单位或视图"),
    "help": Case(("p",), said="帮助：逐处选定"),
    "manual": Case(("p",), holds=in_the_manual),
}
#: On the last measure, 6, which has a doubt; 4 is the one before it.
REVIEW: dict[str, Case] = {
    "next_doubt": Case(said="存疑 2/"),
    "previous_doubt": Case(("n",), said="存疑 1/"),
    "next_measure": Case(("k",), holds=lambda app: app.main._shown == "6"),
    "previous_measure": Case(holds=lambda app: app.main._shown == "4"),
    "accept": Case(said="认可这处存疑"),
    "join": Case(said="第6条并入上一条；按 z 收回"),
    "split": Case(said="从光标处另起一条"),
    "move": Case(said="移界"),
    "renumber": Case(said="改第6条的编号"),
    "heading": Case(said="光标处作什么"),
    "roles": Case(said="第6条的分工"),
    "rename": Case(said="改单位名称"),
    "date": Case(("k", "k"), holds=lambda app: isinstance(app.screen, DecisionForm)),
    "match": Case(said="目录里还没有台账"),
    "undo": Case(("m",), said="收回了"),
    "save": Case(said="决定已写进"),
    "theme": Case(holds=lambda app: app.theme == LIGHT.name),
    "palette": Case(said="操作、措施、单位或视图"),
    "help": Case(said="帮助：核对导入"),
    "manual": Case(holds=in_the_manual),
    "quit": Case(said="现在写入台账吗"),
}
CASES = {
    "review": REVIEW,
    "main": MAIN,
    "form": FORM,
    "batch": BATCH,
    "preview": PREVIEW,
    "record": RECORD,
    "commit": COMMIT,
    "pages": PAGES,
    "settle": SETTLE,
}


def test_every_action_has_a_case_and_every_case_an_action() -> None:
    assert {place: {one.id for one in commands} for place, commands in PLACES.items()} == {
        place: set(cases) for place, cases in CASES.items()
    }


@pytest.fixture(scope="module")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_demo(tmp_path_factory.mktemp("示例") / "demo")


@pytest.fixture(scope="module")
def merging_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return merge_that_waits(tmp_path_factory.mktemp("合并"))


#: What leaves something behind in the repository gets one of its own.
WRITES = {"preview.commit", "main.identity"}
SIZE = (140, 40)


async def try_out(command: Command, app: FazhiApp, pilot: Pilot[None]) -> None:
    """Go to where the action is possible, press its second key, and look."""
    case = CASES[command.place][command.id]
    for key in case.before:
        if key.startswith("=") and len(key) > 1:
            await paste(pilot, key[1:])
        else:
            await press(pilot, key)
    if command.binding_id == "main.quit":
        await pilot.press(command.second)
        await pilot.pause()
    else:
        # What it says was not there before: else the key might as well do nothing.
        assert not case.said or case.said not in shown(app)
        await press(pilot, command.second)
        assert case.said in shown(app)
    assert case.holds(app)


async def led_back(app: FazhiApp, pilot: Pilot[None], start: object) -> bool:
    """Whether Esc, pressed a few times, leads back to how everything looked in the beginning."""
    for _ in range(4):
        if app._exit or state_of(app) == start:
            break
        await press(pilot, "escape")
    return not app._exit and state_of(app) == start


def state_of(app: FazhiApp) -> object:
    """What a person sees, and where the focus is."""
    return shown(app), app.focused, app.theme, app.main.panes.sizes, app.main.views.marked_numbers


async def walk(root: Path, commands: Sequence[Command]) -> None:
    """Try the commands out, each in an app that is as it was when it was opened; most leave it so."""
    left = list(commands)
    while left:
        app = FazhiApp(Reader(root, DEMO_TODAY))
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            start = state_of(app)
            while left:
                command = left.pop(0)
                try:
                    await try_out(command, app, pilot)
                except Exception as error:
                    error.add_note(f"{command.binding_id}: {command.second}")
                    raise
                stays = await led_back(app, pilot, start)
                for draft in app.writer.drafts.every():
                    app.writer.drafts.forget(draft.measures, several=draft.several)
                if not stays:
                    break


@pytest.mark.parametrize("place", [place for place in PLACES if place != "review"])
async def test_each_key_does_what_it_says(
    place: str, demo_once: Path, merging_once: Path, tmp_path: Path
) -> None:
    root = merging_once if place == "settle" else demo_once
    await walk(root, [command for command in PLACES[place] if command.binding_id not in WRITES])
    # Looking, asking and previewing write nothing into the history.
    changed = git(root, "rev-list", "--count", "HEAD", "--", ".").strip()
    assert changed == ("1840" if place == "settle" else "1839")
    for command in PLACES[place]:
        if command.binding_id in WRITES:
            await walk(Path(shutil.copytree(root, tmp_path / command.id)), [command])


@pytest.mark.parametrize("command", PLACES["review"], ids=lambda command: command.binding_id)
async def test_each_key_of_the_review_does_what_it_says(command: Command, tmp_path: Path) -> None:
    case = REVIEW[command.id]
    source = tmp_path / "示例方案.txt"
    source.write_text(REVIEWED, "utf-8")
    review = ReviewApp(Review(source, tmp_path / "台账"))
    async with review.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "j", "j", *case.before)
        assert not case.said or case.said not in shown(review)
        await press(pilot, command.second)
        assert case.said in shown(review)
        assert case.holds(review)
