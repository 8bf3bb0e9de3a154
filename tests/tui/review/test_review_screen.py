"""The review on the real screen (示例): every key does what it says, and importing again gives the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from fazhi_tui.importer.corrections.file import load_corrections
from fazhi_tui.importer.pipeline import convert, render
from fazhi_tui.importer.result import Imported
from fazhi_tui.service.importing.create import write_import
from fazhi_tui.service.importing.prepare import prepare_import
from fazhi_tui.service.importing.review import Review
from fazhi_tui.tui.actions.table import PLACES
from fazhi_tui.tui.dialogs.help import HelpScreen
from fazhi_tui.tui.dialogs.question import Notice, Question
from fazhi_tui.tui.review.app import ReviewApp
from fazhi_tui.tui.review.forms import DecisionForm
from fazhi_tui.tui.review.source import SourceView
from fazhi_tui.tui.widgets.prose import Prose
from tests.conftest import git
from tests.tui.helpers import paste, press, settled, shown

TEXT = """示例市法治政府建设实施方案（2023—2025年）
为推进示例，制定本方案。
一、总体要求
坚持示例，稳步推进。
二、主要任务
（一）健全政府机构职能体系
1.优化示例机构设置。健全示例职责体系，完善示例制度。（牵头单位：市示例局；参加单位：市样本局、各县（市、区）人民政府）
2.推行示例清单管理。编制示例清单，实行动态管理，6月底前完成。
3.规范示例程序。完善示例制度。加强示例培训。2024年底前培训不少于3次。（牵头单位：市示例局；参加单位：市样本局）
（二）健全依法行政制度体系
4.改进示例服务。开展示例评估，每年不少于1次。（牵头单位：市示列局）
6.加强示例监督（示例。完善示例机制。（责任单位：市样本局）
三、保障措施
各部门要高度重视示例。
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "示例.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@asynccontextmanager
async def opened(
    source: Path, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[ReviewApp, Pilot[None]]]:
    """The review of a document, when it stands."""
    app = ReviewApp(Review(source, source.parent / "台账"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


async def keys(pilot: Pilot[None], *names: str) -> None:
    await press(pilot, *names)
    await settled(pilot)


def cursor_on(app: ReviewApp, words: str) -> None:
    view = app.main.query_one(SourceView)
    view.go_to(TEXT.index(words))


def said(app: ReviewApp) -> str:
    return str(app.main.query_one("#said", Static).render())


def ids(app: ReviewApp) -> list[str]:
    return [measure.id for measure in app.review.now.imported.measures]


async def saved(app: ReviewApp, pilot: Pilot[None]) -> Imported:
    """Save by key; what importing again gives, which has to be what the screen shows."""
    await keys(pilot, "w")
    again = convert(app.review.source.read_bytes(), load_corrections(app.review.path), app.review.source.name)
    assert render(again) == render(app.review.now.imported)
    return again


async def test_it_begins_at_the_worst_doubt_and_steps_through_all_of_them(source: Path) -> None:
    async with opened(source) as (app, pilot):
        listed = app.main.query_one("#doubts", OptionList)
        assert listed.option_count == len(app.review.doubts) > 3
        assert listed.highlighted == 0
        for at in range(1, listed.option_count):
            await keys(pilot, "n")
            assert listed.highlighted == at
        await keys(pilot, "f4")
        assert "最后一处" in said(app)
        await keys(pilot, "f3")
        assert listed.highlighted == listed.option_count - 2


async def test_what_was_recognised_is_labelled_in_words(source: Path) -> None:
    async with opened(source, (140, 40)) as (app, _pilot):
        view = app.main.query_one(SourceView)
        shown = "".join(view.render_line(y).text for y in range(view.size.height))
        for label in (
            "[方案标题]",
            "[章]",
            "[节]",
            "[第1条]",
            "[标题]",
            "[正文]",
            "[单位]",
            "[时限]",
            "[?存疑]",
            "[引言]",
        ):
            assert label in shown


async def test_join(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "2.推行")
        await keys(pilot, "m")
        assert ids(app) == ["1", "3", "4", "6"]
        assert "并入上一条" in said(app)
        assert [m.id for m in (await saved(app, pilot)).measures] == ["1", "3", "4", "6"]


async def test_split_offers_a_free_number(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "加强示例培训")
        await keys(pilot, "s")
        assert isinstance(app.screen, DecisionForm)
        assert app.screen.query_one("#field-0", Input).value == "3-2"
        await keys(pilot, "f2")
        assert ids(app) == ["1", "2", "3", "3-2", "4", "6"]
        await saved(app, pilot)


async def test_move_a_boundary(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "编制示例清单")
        await keys(pilot, "f7")
        assert isinstance(app.screen, DecisionForm)
        app.screen.query_one("#field-0", Input).value = "3"
        await keys(pilot, "f2")
        third = (await saved(app, pilot)).measures[2]
        assert (third.title or "").startswith("编制示例清单")


async def test_renumber_refuses_a_number_that_is_taken(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "6.加强")
        await keys(pilot, "e")
        assert isinstance(app.screen, DecisionForm)
        app.screen.query_one("#field-0", Input).value = "4"
        await keys(pilot, "f2")
        assert isinstance(app.screen, DecisionForm)
        app.screen.query_one("#field-0", Input).value = "5"
        await keys(pilot, "f2")
        assert ids(app)[-1] == "5"
        await saved(app, pilot)


async def test_roles_take_a_chinese_paste(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "2.推行")
        await keys(pilot, "r")
        await paste(pilot, "市示例局、市样本局")
        await keys(pilot, "f2")
        second = (await saved(app, pilot)).measures[1]
        assert second.leads == ("市示例局", "市样本局")


async def test_empty_roles_are_refused_in_place(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "2.推行")
        await keys(pilot, "f9", "f2")
        assert isinstance(app.screen, DecisionForm)
        assert "至少写一个单位" in str(app.screen.query_one("#form-mistake", Static).render())


async def test_merge_a_unit_offers_the_two_names_of_the_doubt(source: Path) -> None:
    async with opened(source) as (app, pilot):
        listed = app.main.query_one("#doubts", OptionList)
        while "相近" not in app.review.doubts[listed.highlighted or 0].message:
            await keys(pilot, "n")
        await keys(pilot, "u")
        fields = [field.value for field in app.screen.query(Input)]
        assert fields[:2] == ["市示列局", "市示例局"]
        await keys(pilot, "f2")
        assert "市示列局" not in [unit.name for unit in app.review.now.imported.register.units]
        await saved(app, pilot)


async def test_set_a_date(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "3.规范")
        await keys(pilot, "d")
        app.screen.query_one("#field-1", Input).value = "2024年"
        await keys(pilot, "f2")
        assert isinstance(app.screen, DecisionForm)
        app.screen.query_one("#field-1", Input).value = "2024-11-30"
        await keys(pilot, "f2")
        (item,) = (await saved(app, pilot)).measures[2].items
        assert (item.due, item.quantity) == (date(2024, 11, 30), 3)


async def test_a_heading_can_be_plain_text(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "（二）健全")
        await keys(pilot, "h")
        app.screen.query_one("#field-0", Input).value = "正文"
        await keys(pilot, "f2")
        sections = [
            section for chapter in app.review.now.imported.plan.chapters for section in chapter.sections
        ]
        assert len(sections) == 1
        await saved(app, pilot)


async def test_accept_with_a_reason_and_undo(source: Path) -> None:
    async with opened(source) as (app, pilot):
        before = len(app.review.doubts)
        await keys(pilot, "a")
        await paste(pilot, "示例：原文如此")
        await keys(pilot, "f2")
        assert len(app.review.doubts) == before - 1
        assert "示例：原文如此" in app.review.now.text
        await keys(pilot, "z")
        assert len(app.review.doubts) == before
        await keys(pilot, "z")
        assert "没有可以撤销" in said(app)


async def test_a_changed_form_asks_before_it_goes(source: Path) -> None:
    async with opened(source) as (app, pilot):
        await keys(pilot, "a")
        await paste(pilot, "示例")
        await keys(pilot, "escape")
        assert isinstance(app.screen, DecisionForm)
        await keys(pilot, "escape")
        assert app.screen is app.main


async def test_what_is_not_possible_says_why(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "坚持示例")
        await keys(pilot, "m")
        assert isinstance(app.screen, Notice)
        await keys(pilot, "escape")
        assert not app.review.can_undo


async def test_a_decision_after_which_the_document_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "示例.txt"
    path.write_text(
        "示例市实施方案（2023—2025年）\n1.优化示例。统筹示例。（牵头单位：市示例局）\n", encoding="utf-8"
    )
    async with opened(path) as (app, pilot):
        text = app.review.now.text
        await keys(pilot, "m")
        assert isinstance(app.screen, Notice)
        await keys(pilot, "escape")
        assert app.review.now.text == text
        assert ids(app) == ["1"]
        assert not app.review.can_undo


async def test_leaving_asks_for_what_is_not_saved_and_then_whether_to_build(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "2.推行")
        await keys(pilot, "m", "q")
        assert isinstance(app.screen, Question)
        await keys(pilot, "escape")
        assert app.screen is app.main
        await keys(pilot, "ctrl+q", "enter")
        assert app.review.path.exists()
        assert isinstance(app.screen, Question)
        await keys(pilot, "enter")
        assert app.build


async def test_leaving_without_saving_leaves_no_file(source: Path) -> None:
    async with opened(source) as (app, pilot):
        cursor_on(app, "2.推行")
        await keys(pilot, "m", "q", "down", "enter")
        assert not app.review.path.exists()
        assert not app.build


async def test_a_document_without_doubts_says_so(tmp_path: Path) -> None:
    path = tmp_path / "示例.txt"
    path.write_text(
        "示例市实施方案（2023—2025年）\n一、任务\n1.优化示例。统筹示例。（牵头单位：市示例局）\n",
        encoding="utf-8",
    )
    async with opened(path) as (app, pilot):
        assert "没有存疑" in said(app)
        await keys(pilot, "n")
        await keys(pilot, "a")
        assert isinstance(app.screen, Notice)


async def test_moving_goes_by_paragraph_by_sentence_and_by_measure(source: Path) -> None:
    async with opened(source, (80, 24)) as (app, pilot):
        view = app.main.query_one(SourceView)
        await keys(pilot, "home")
        assert view.cursor == 0
        await keys(pilot, "down")
        assert TEXT[view.cursor :].startswith("为推进")
        await keys(pilot, "right")
        assert TEXT[view.cursor :].startswith("制定本方案")
        await keys(pilot, "left", "left")
        assert view.cursor == 0 or TEXT[view.cursor :].startswith("为推进") or view.cursor < 30
        await keys(pilot, "j")
        assert TEXT[view.cursor :].startswith("1.优化")
        assert "优化示例机构设置" in app.main.query_one("#measure", Prose).plain
        await keys(pilot, "ctrl+down")
        assert TEXT[view.cursor :].startswith("2.推行")
        await keys(pilot, "k", "end")
        assert view.cursor >= len(TEXT) - 20


async def test_the_help_names_every_act(source: Path) -> None:
    async with opened(source) as (app, pilot):
        await keys(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        plain = app.screen.query_one(Prose).plain
        assert all(act.help in plain for act in PLACES["review"])


async def test_which_measure_of_the_tracker_it_is(source: Path, own_world: Path, tmp_path: Path) -> None:
    git(own_world, "config", "--global", "user.name", "示例填报人")
    git(own_world, "config", "--global", "user.email", "example@example.org")
    head, first = "示例市实施方案（2023—2025年）\n一、任务\n", "1.规范示例执法。推行示例公示制度。\n"
    second = "2.推进示例公开。公开示例目录。\n"
    source.write_text(head + first + second, encoding="utf-8")
    into = tmp_path / "已有"
    write_import(prepare_import(source, into))
    half = "1.规范示例监督。推行示例公示制度，另建样品库并配备管理人员。\n"
    source.write_text(head + half + second, encoding="utf-8")
    app = ReviewApp(Review(source, into))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.main.query_one(SourceView).go_to((head + half).index("规范"))
        await keys(pilot, "a")
        assert "不能只是认可" in shown(app)
        await keys(pilot, "escape")
        await keys(pilot, "c")
        assert "第1条是台账里的哪一条" in shown(app)
        assert "第1条 规范示例执法" in shown(app)
        await keys(pilot, "f2")
        assert "第1条就是台账的第1条" in said(app)
        row = app.review.now.row("1")
        assert row is not None
        assert (row.fate, row.number) == ("修改", "1")
        assert "修改  第1条" in shown(app)
