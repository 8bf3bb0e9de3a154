"""Reading: panes, tabs, notes, history, broken files, and what other programs change meanwhile."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.helpers import git, listed, note_text, opened, press, prose, settled, shown, write_notes

NOTE = {
    "28/20221220T153000-sfj-0000.md": note_text("示例：复议机构已整合。", extra="状态: 推进中\n进度: 60\n")
}


async def test_the_detail_has_the_whole_text_units_items_and_remarks(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await press(pilot, "2", "8")
        text = prose(app)
        assert "牵头  市司法局" in text
        assert "参加  市委编办、市政府其他委办局、各县（市、区）人民政府" in text
        assert "28.1  基本形成公正权威、统一高效的行政复议体制" in text
        assert "保障行政复议当事人、社会公众的知情权、参与权和监督权。" in text
        assert "原文编号脱落" in text
        assert "plan/28.yaml" in text


async def test_sentences_of_the_file_are_joined_again(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8")
        assert "行政复议体制。加强推进行政复议规范化建设" in prose(app)


@pytest.mark.parametrize(
    ("size", "facets", "detail"),
    [((80, 24), False, False), ((80, 40), False, True), ((100, 30), True, True), ((140, 40), True, True)],
)
async def test_as_many_panes_as_there_is_room_for(
    tracker: Path, size: tuple[int, int], facets: bool, detail: bool
) -> None:
    async with opened(tracker, size=size) as (app, _):
        assert app.main.query_one("#facets").display is facets
        assert bool(app.main.detail.region.width) is detail


async def test_in_a_small_window_the_detail_takes_the_whole_width_and_esc_gives_the_list_back(
    tracker: Path,
) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8", "enter")
        assert app.main.detail.region.width == 80
        assert not app.main.table.region.width
        await press(pilot, "escape")
        assert app.main.table.region.width == 80
        assert app.focused is app.main.table


async def test_next_and_previous_work_inside_the_detail(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8", "enter", "j")
        assert "第 29 条" in shown(app)
        await press(pilot, "ctrl+up")
        assert "第 28 条" in shown(app)


async def test_tabs_change_by_letter_and_by_arrow(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "enter", "right")
        assert "[进展]" in shown(app)
        await press(pilot, "left")
        assert "[原文]" in shown(app)
        await press(pilot, "escape", "right")
        assert app.main.detail.tab == "notes"


async def test_notes_tell_who_when_and_what_changed(make: Callable[..., Path]) -> None:
    async with opened(make(notes=NOTE)) as (app, pilot):
        await press(pilot, "2", "8", "enter", "right")
        text = shown(app)
        assert "2022-12-20 15:30  市司法局  进展" in text
        assert "到 推进中" in text
        assert "进度 60%" in text
        assert "示例：复议机构已整合。" in text


async def test_history_has_one_line_a_commit_and_enter_shows_what_it_changed(
    make: Callable[..., Path],
) -> None:
    async with opened(make(notes=NOTE)) as (app, pilot):
        await press(pilot, "2", "8", "h")
        lines = [line for line in shown(app).splitlines() if "2022-06-01" in line]
        assert len(lines) == 2
        assert "28 未启动→推进中：示例进展" in lines[0]
        assert "示例：建立台账" in lines[1]
        await press(pilot, "enter")
        assert "[变更]" in shown(app)
        assert "+示例：复议机构已整合。" in prose(app)


async def test_a_commit_of_many_files_shows_this_measures_part(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8", "h", "enter")
        text = prose(app)
        assert "+标题: 持续深化行政复议体制改革" in text
        assert "+标题: 优化政府机构设置" not in text
        assert "这次提交还改了另外" in text


async def test_moving_the_cursor_starts_no_process(
    make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = make(notes=NOTE)
    # Git is asked again every ten seconds, whatever one does: no matter of moving.
    monkeypatch.setattr("fazhi_tui.tui.loaded_tracker.CHECKS_PER_STATUS", 10**9)
    log = tmp_path / "git.log"
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    real = git(root, "--exec-path").strip()
    wrapper.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec {real}/git "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    async with opened(root, size=(140, 40)) as (_, pilot):
        await press(pilot, "h", "escape")
        count = log.read_text(encoding="utf-8").count("\n")
        assert count
        for tab in range(3):
            await press(pilot, *["down"] * 10, "pagedown", "home", "2", "8", "j", "k")
            if tab != 2:
                await press(pilot, "left")
        await press(pilot, "slash", *"lead:sfj", "escape")
        assert log.read_text(encoding="utf-8").count("\n") == count


async def test_a_broken_file_is_a_red_row_at_its_number_with_its_problem(tracker: Path) -> None:
    (tracker / "plan" / "28.yaml").write_text("编号: [\n", encoding="utf-8")
    async with opened(tracker) as (app, pilot):
        keys = listed(app)
        assert keys.index("plan/28.yaml") == keys.index("27") + 1
        await press(pilot, "2", "8")
        assert app.main.table.current is not None
        assert app.main.table.current.path == "plan/28.yaml"
        assert "!! plan/28.yaml 读不出来" in shown(app)
        await press(pilot, "enter")
        assert "办法：" in prose(app)
        assert "plan/28.yaml" in prose(app)
        await press(pilot, "s")
        assert "读不出来，先按问题提示改好文件" in shown(app)


async def test_a_broken_file_shows_whatever_the_filter_says(tracker: Path) -> None:
    (tracker / "plan" / "28.yaml").write_text(
        "<<<<<<< HEAD\n编号: 28\n=======\n>>>>>>> x\n", encoding="utf-8"
    )
    async with opened(tracker, "lead:sfj") as (app, _):
        assert "plan/28.yaml" in listed(app)
        assert "读不出来的文件 1" in shown(app)


async def test_problems_are_listed_with_place_and_remedy(tracker: Path) -> None:
    file = tracker / "plan" / "28.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("市委编办", "没有的局"), encoding="utf-8")
    async with opened(tracker) as (app, pilot):
        await press(pilot, "x")
        assert "plan/28.yaml:" in prose(app)
        assert "没有的局" in prose(app)
        await press(pilot, "escape")
        assert app.screen is app.main


async def test_without_problems_the_list_of_problems_says_so(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "f9")
        assert "没有问题" in shown(app)


async def until_it_says(pilot: object, condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("did not come")


async def test_what_another_program_writes_comes_without_losing_cursor_filter_or_form(tracker: Path) -> None:
    async with opened(tracker, "lead:sfj") as (app, pilot):
        await press(pilot, "2", "8", "s")
        await press(pilot, *"abc")
        write_notes(tracker, NOTE)
        await until_it_says(pilot, lambda: "状态刚刚由未启动变为推进中" in shown(app))
        assert app.screen.query_one("#report-message").text == "abc"  # type: ignore[attr-defined]
        await press(pilot, "escape", "enter")
        assert app.main.query_text == "lead:sfj"
        assert app.main.row is not None
        assert app.main.row.measure.id == "28"
        assert app.main.row.state.progress == 60


async def test_a_file_that_appears_while_a_query_is_typed_does_not_disturb_it(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "slash", *"lead:")
        write_notes(tracker, NOTE)
        await until_it_says(
            pilot, lambda: app.tracker.view is not None and len(app.tracker.view.tracker.notes) == 1
        )
        assert app.main.bar.field.value == "lead:"
        await press(pilot, *"sfj")
        assert len(listed(app)) == 21
        await press(pilot, "escape")
        assert app.main.query_text == ""


async def test_refresh_reads_the_files_anew(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        write_notes(tracker, NOTE)
        await press(pilot, "f5")
        assert app.tracker.view is not None
        assert len(app.tracker.view.tracker.notes) == 1
        assert "未提交 1 个文件" in shown(app)


async def test_the_foot_tells_branch_distance_and_dirty_files(tracker: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(tracker), "远端")
    git(tracker, "remote", "add", "origin", str(tmp_path / "远端"))
    git(tracker, "fetch", "-q", "origin")
    git(tracker, "branch", "-q", "-u", "origin/main")
    git(tracker, "commit", "-q", "--allow-empty", "-m", "示例")
    (tracker / "新文件").write_text("", encoding="utf-8")
    async with opened(tracker) as (app, pilot):
        foot = shown(app).splitlines()[-1]
        assert "分支 main" in foot
        assert "领先 1 落后 0" in foot
        assert "未提交 1 个文件：新文件" in foot
        await press(pilot, "c")
        foot = shown(app).splitlines()[-1]
        assert "不能清除筛选" in foot
        assert "main" in foot
        assert "未提交 1" in foot


@pytest.mark.parametrize("size", [(60, 20), (20, 6), (4, 2)])
async def test_a_window_that_is_too_small_does_no_harm(tracker: Path, size: tuple[int, int]) -> None:
    async with opened(tracker, size=size) as (app, pilot):
        assert app.is_running
        if size[0] >= 40:
            assert "小于 80x24" in shown(app)
        for keys in (["u"], ["d"], ["question_mark"], ["s"]):
            await press(pilot, *keys)
            await press(pilot, "escape")
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert "48/48" in shown(app)


async def test_it_works_without_colour(tracker: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(tracker) as (app, pilot):
        assert app.no_color
        assert "!!红" in shown(app)
        await press(pilot, "u")
        assert "市司法局" in shown(app)


async def test_the_theme_changes_between_dark_and_light(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "b")
        assert app.theme == "fazhi-light"
        await press(pilot, "ctrl+t")
        assert app.theme == "fazhi-dark"


async def test_a_click_selects_and_a_second_opens(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await pilot.click("#table", offset=(10, 5))
        await settled(pilot)
        assert app.main.table.cursor == 4
        await pilot.click("#table", offset=(10, 5))
        await settled(pilot)
        assert app.main.has_class("zoomed-detail")


async def test_a_click_on_a_hint_does_what_its_key_does(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        line = shown(app).splitlines()[-2]
        at = len(line[: line.index("u 单位")].encode("gbk"))
        await pilot.click("#hints", offset=(at, 0))
        await settled(pilot)
        assert "按单位筛选" in shown(app)
