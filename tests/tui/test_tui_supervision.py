"""The summary, 我的单位, marks, one report for several, and the form's new fields; on the example (示例)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.reader import Reader
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.pages.screen import PagesScreen
from fazhi_tui.tui.report.evidence import EvidenceScreen
from fazhi_tui.tui.report.form import BatchScreen, ReportScreen
from fazhi_tui.tui.report.preview import PreviewScreen
from tests.templates import copy_of_demo
from tests.tui.helpers import git, listed, paste, press, prose, settled, shown


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return copy_of_demo(tmp_path / "示例")


@asynccontextmanager
async def opened(
    root: Path, *, size: tuple[int, int] = (100, 30), at_home: bool = False
) -> AsyncIterator[tuple[FazhiApp, Pilot[None]]]:
    app = FazhiApp(Reader(root, DEMO_TODAY), at_home=at_home)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


def lines(app: FazhiApp) -> str:
    listing = app.screen.query_one("#page-lines", OptionList)
    return "\n".join(str(listing.get_option_at_index(at).prompt) for at in range(listing.option_count))


# ------------------------------------------------------------------ the first screen


async def test_the_first_screen_is_ones_own(demo: Path) -> None:
    git(demo, "config", "fazhi.unit", "市司法局")
    async with opened(demo, at_home=True) as (app, pilot):
        assert isinstance(app.screen, PagesScreen)
        text = lines(app)
        assert "市司法局    主办 23 条" in text
        for group in ("红灯", "90 天内到期", "待填报（2025年第4季度，截止 2025-12-31）"):
            assert group in text
        await press(pilot, "escape")
        assert app.screen is app.main
        assert len(listed(app)) == 48


async def test_the_office_sees_what_waits_for_its_decision(demo: Path) -> None:
    async with opened(demo, at_home=True) as (app, _):
        for group in ("待审核", "分歧，等待定夺", "红灯", "漏报（2025年第3季度）"):
            assert group in lines(app)


async def test_nobody_is_taken_home_who_has_begun_or_has_no_unit(demo: Path) -> None:
    git(demo, "config", "--unset", "fazhi.unit")
    async with opened(demo, at_home=True) as (app, pilot):
        assert app.screen is app.main
        await press(pilot, "w")
        assert "还没有设置本单位" in shown(app)


async def test_a_line_of_home_leads_to_its_measure(demo: Path) -> None:
    async with opened(demo, at_home=True) as (app, pilot):
        # 全部措施, 待审核, its first measure.
        await press(pilot, "down", "down", "enter")
        assert app.screen is app.main
        assert app.main.row is not None
        assert app.main.row.measure.id == "18"
        await press(pilot, "w", "down", "enter")
        assert listed(app) == ["18", "51"]


# ------------------------------------------------------------------ the summary


async def test_the_summary_leads_to_what_it_counts(demo: Path) -> None:
    async with opened(demo) as (app, pilot):
        await press(pilot, "a")
        assert "共 48 条" in shown(app)
        await press(pilot, "enter")
        assert app.main.query_text == "灯:红"
        # The charts stay, and count what the filter keeps now.
        assert "共 5 条" in shown(app)
        await press(pilot, "L")
        assert len(listed(app)) == 5


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (1, "（一）健全政府机构职能体系"),
        (2, "市司法局"),
        (3, "逾期"),
        (4, "2025-09"),
        (5, "22 个单位，30 条"),
    ],
)
async def test_each_page_of_the_summary(demo: Path, turns: int, said: str) -> None:
    async with opened(demo, size=(80, 24)) as (app, pilot):
        # Who has not reported is the last page; the overview comes round after it.
        await press(pilot, "n", "right", *["right"] * turns)
        assert said in lines(app)
        await press(pilot, *["left"] * turns)
        assert "共 48 条" in lines(app)


async def test_without_a_rhythm_the_page_says_how_to_ask_for_reports(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "n")
        assert "报送周期: 每季度" in lines(app)


# ------------------------------------------------------------------ why a light is what it is


async def test_the_detail_tells_rule_date_and_note(demo: Path) -> None:
    async with opened(demo, size=(140, 40)) as (app, pilot):
        await press(pilot, "4", "7")
        text = prose(app)
        assert "逾期：事项 47.1 的期限是 2024-12-31，已过 324 天" in text
        assert "有一项过了期限还没有完成" in text
        await press(pilot, "7")
        await settled(pilot)
        app.main.navigation.go_to("7")
        await settled(pilot)
        assert "status/07/2023" in prose(app)


async def test_a_disagreement_is_told_with_both_sides(demo: Path) -> None:
    async with opened(demo, size=(140, 40)) as (app, pilot):
        await press(pilot, "1", "8")
        assert "分歧" in prose(app)
        assert "用更正、办结或退回定下来" in prose(app)


# ------------------------------------------------------------------ several at once


async def test_marks_outlive_the_filter_and_one_report_serves_all(demo: Path) -> None:
    async with opened(demo) as (app, pilot):
        await press(pilot, "3", "space", "v")
        assert app.main.views.marked_numbers == ("3", "4")
        assert "标记 2" in shown(app)
        await press(pilot, "slash", *"灯:未报", "enter", "asterisk")
        assert app.main.views.marked_numbers == ("3", "4", "11", "20", "22", "23", "39", "46")
        await press(pilot, "s")
        assert isinstance(app.screen, BatchScreen)
        await press(pilot, "escape", "asterisk")
        assert app.main.views.marked_numbers == ()


async def test_urging_who_has_not_reported_one_commit_each(demo: Path) -> None:
    before = int(git(demo, "rev-list", "--count", "HEAD"))
    async with opened(demo) as (app, pilot):
        # 漏报, the first bureau of the list, e: urge.
        await press(pilot, "n", "down", "e")
        assert isinstance(app.screen, BatchScreen)
        await paste(pilot, "示例：请于月底前补报")
        await press(pilot, "f2")
        assert isinstance(app.screen, PreviewScreen)
        assert "11 催办：示例：请于月底前补报" in prose(app)
        await press(pilot, "enter")
        await settled(pilot)
        assert app.screen is app.main
        assert "已提交 4 条，4 次提交" in shown(app)
        assert app.tracker.view is not None
        for number in ("11", "22", "39", "50"):
            assert app.tracker.view.row(number).state.notes[-1].kind is NoteKind.URGE
    assert int(git(demo, "rev-list", "--count", "HEAD")) == before + 4
    assert git(demo, "status", "--porcelain") == ""


async def test_one_commit_for_all_and_its_undoing_on_the_screen(demo: Path) -> None:
    before = int(git(demo, "rev-list", "--count", "HEAD"))
    async with opened(demo) as (app, pilot):
        await press(pilot, "5", "v", "6", "v", "e")
        await paste(pilot, "示例：请报送")
        app.screen.query_one("#batch-mode").focus()
        await press(pilot, "right", "f2", "f2")
        await settled(pilot)
        assert "1 次提交" in shown(app)
        assert app.main.views.marked_numbers == ()
        await press(pilot, "z")
        assert isinstance(app.screen, PreviewScreen)
        await press(pilot, "enter")
        await settled(pilot)
        assert "已撤销" in shown(app)
    assert int(git(demo, "rev-list", "--count", "HEAD")) == before + 2


async def test_a_measure_that_cannot_be_is_named_in_the_preview(demo: Path) -> None:
    async with opened(demo) as (app, pilot):
        await press(pilot, "3", "v", "5", "v", "e")
        await paste(pilot, "示例")
        await press(pilot, "f2")
        assert "第 3 条：状态是已完成，不能催办" in prose(app)
        await press(pilot, "escape")
        await press(pilot, "escape")
        assert isinstance(app.screen, Question)


async def test_only_the_office_urges(demo: Path) -> None:
    git(demo, "config", "fazhi.unit", "市司法局")
    async with opened(demo) as (app, pilot):
        await press(pilot, "e")
        assert app.screen is app.main
        assert "只有统筹单位（市委依法治市办）能催办" in shown(app)


# ------------------------------------------------------------------ the form


async def test_an_extension_is_granted_from_the_form(demo: Path) -> None:
    async with opened(demo) as (app, pilot):
        await press(pilot, "4", "7", "s")
        form = app.screen
        assert isinstance(form, ReportScreen)
        form.query_one("#report-kind").choose(NoteKind.GRANT_EXTENSION.value)  # type: ignore[attr-defined]
        await settled(pilot)
        assert form.query_one("#report-until-row").display
        form.query_one("#report-until").focus()
        await press(pilot, *"2026-13-01")
        assert "没有 13 月" in shown(app)
        form.query_one("#report-until").value = "2026-03-31"  # type: ignore[attr-defined]
        form.query_one("#report-message").focus()
        await paste(pilot, "示例：同意延期")
        await press(pilot, "f2")
        assert "延期至: 2026-03-31" in prose(app)
        await press(pilot, "f2")
        await settled(pilot)
        assert app.main.row is not None
        assert app.main.row.state.dates == (date(2026, 3, 31),)
        assert app.main.row.state.rule == "behind"


async def test_a_correction_chooses_the_note_it_corrects(demo: Path) -> None:
    async with opened(demo) as (app, pilot):
        await press(pilot, "4", "7", "s")
        form = app.screen
        form.query_one("#report-kind").choose(NoteKind.CORRECTION.value)  # type: ignore[attr-defined]
        await settled(pilot)
        chosen = form.query_one("#report-corrects").value  # type: ignore[attr-defined]
        assert app.main.row is not None
        assert chosen == app.main.row.state.notes[-1].id
        form.query_one("#report-message").focus()
        await paste(pilot, "示例：写错了")
        await press(pilot, "f2")
        assert f"更正: {chosen}" in prose(app)


async def test_a_missed_period_is_chosen_from_the_form(demo: Path) -> None:
    async with opened(demo, size=(140, 40)) as (app, pilot):
        await press(pilot, "5", "0", "s")
        form = app.screen
        options = form.query_one("#report-occurrence").options  # type: ignore[attr-defined]
        assert [value for value, _ in options] == ["", "2025年", "2024年", "2023年", "2022年"]
        form.query_one("#report-occurrence").choose("2023年")  # type: ignore[attr-defined]
        form.query_one("#report-quantity").value = "60"  # type: ignore[attr-defined]
        await paste(pilot, "示例：补报 2023 年")
        await press(pilot, "f2", "f2")
        await settled(pilot)
        assert app.main.row is not None
        assert app.main.row.state.rule == "late"


async def test_evidence_is_picked_from_a_folder_kept_in_the_draft_and_committed(
    demo: Path, own_world: Path
) -> None:
    papers = own_world / "材料"
    papers.mkdir()
    (papers / "三定方案[示例].pdf").write_bytes(b"%PDF example")
    (papers / "别的.txt").write_text("x")
    async with opened(demo) as (app, pilot):
        await press(pilot, "4", "7", "s")
        await paste(pilot, "示例：附材料")
        await press(pilot, "f3")
        await settled(pilot)
        assert isinstance(app.screen, EvidenceScreen)
        await press(pilot, "enter")
        await settled(pilot)
        assert "三定方案[示例].pdf" in shown(app)
        await paste(pilot, "三定")
        await press(pilot, "enter")
        assert isinstance(app.screen, ReportScreen)
        assert "1 份：三定方案[示例].pdf" in shown(app)
        await press(pilot, "escape", "enter")
        await settled(pilot)
        draft = app.writer.drafts.load("47")
        assert draft is not None
        assert draft.evidence == (str(papers / "三定方案[示例].pdf"),)
        await press(pilot, "s", "enter", "f2")
        assert "佐证校验" in prose(app)
        await press(pilot, "f2")
        await settled(pilot)
    (kept,) = (demo / "status/47/evidence").iterdir()
    assert kept.read_bytes() == b"%PDF example"
    assert git(demo, "status", "--porcelain") == ""


async def test_the_picker_goes_up_and_tells_what_it_cannot_read(demo: Path, own_world: Path) -> None:
    (own_world / "甲" / "乙").mkdir(parents=True)
    async with opened(demo) as (app, pilot):
        await press(pilot, "4", "7", "s", "f3")
        await settled(pilot)
        await press(pilot, "enter")
        await settled(pilot)
        assert "乙/" in shown(app)
        await press(pilot, "left")
        await settled(pilot)
        assert "甲/" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ReportScreen)


async def test_marked_measures_can_be_reported_on_in_one_go(demo: Path) -> None:
    git(demo, "config", "fazhi.unit", "市司法局")
    async with opened(demo) as (app, pilot):
        await press(pilot, "2", "7", "v", "2", "8", "v", "s")
        form = app.screen
        assert isinstance(form, BatchScreen)
        kinds = [value for value, _ in form.query_one("#batch-kind").options]  # type: ignore[attr-defined]
        assert kinds == ["进展", "申请办结"]
        form.query_one("#batch-status").choose(Status.ONGOING.value)  # type: ignore[attr-defined]
        await paste(pilot, "示例：转入日常")
        await press(pilot, "f2", "enter")
        await settled(pilot)
        assert app.tracker.view is not None
        assert {app.tracker.view.row(number).state.status for number in ("27", "28")} == {Status.ONGOING}


async def test_lights_have_the_names_the_city_gives_them(demo: Path) -> None:
    plan = demo / "plan/plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("设置:\n", "设置:\n  灯名:\n    红: 红牌\n    绿: 正常\n"), encoding="utf-8")
    async with opened(demo, size=(140, 40)) as (app, pilot):
        assert "!!红牌" in shown(app)
        await press(pilot, "slash", *"灯:红牌", "enter")
        assert len(listed(app)) == 5


async def test_collectives_are_counted_for_their_members_by_a_key(demo: Path) -> None:
    units = demo / "plan/units.yaml"
    text = units.read_text(encoding="utf-8")
    name = "  - 名称: 市政府各委办局\n"
    assert name in text
    at = text.index("    类别: 集合\n", text.index(name))
    rest = text[at:]
    line = rest.index("拼音:")
    end = rest.index("\n", line) + 1
    units.write_text(text[:at] + rest[:end] + "    成员:\n      - 市审计局\n" + rest[end:], encoding="utf-8")
    async with opened(demo) as (app, pilot):
        await press(pilot, "slash", *"单位:市审计局", "enter")
        before = len(listed(app))
        await press(pilot, "M")
        await settled(pilot)
        assert len(listed(app)) > before
        assert "也算作成员单位" in shown(app)
        await press(pilot, "M")
        await settled(pilot)
        assert len(listed(app)) == before


def test_today_and_members_reach_the_view(demo: Path) -> None:
    later = Reader(demo, DEMO_TODAY + timedelta(days=60), members=True).load()
    assert later.members
    assert replace(later, members=False).today > DEMO_TODAY


async def test_the_past_is_shown_marked_and_cannot_be_written(demo: Path) -> None:
    async with opened(demo) as (app, pilot):
        await press(pilot, "t")
        await paste(pilot, "2023-03-31")
        await press(pilot, "enter")
        await settled(pilot)
        assert "这是 2023-03-31 的情形" in shown(app)
        assert app.tracker.view is not None
        assert app.tracker.view.row("47").state.light.value != "红"
        await press(pilot, "4", "7", "s")
        assert app.screen is app.main
        assert "看的是 2023-03-31，先用「回看」回到现在" in shown(app)
        await press(pilot, "h")
        await settled(pilot)
        assert all(event.time.year <= 2023 for event in app.main.detail.events)
        await press(pilot, "t")
        await paste(pilot, "没有这个标签")
        await press(pilot, "enter")
        await settled(pilot)
        assert "没有提交、标签或日期" in shown(app)
        await press(pilot, "enter")
        await press(pilot, "t", "enter")
        await settled(pilot)
        assert app.tracker.view.past is None
        assert "这是 2023-03-31" not in shown(app)
    assert git(demo, "status", "--porcelain") == ""
