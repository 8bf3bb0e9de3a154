"""Writing a note: templates, the editor, Markdown, drafts at every key, conflicts side by side."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.service.notes.drafts import Draft, Drafts
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.report.conflict import StaleScreen
from fazhi_tui.tui.report.draft_saver import DraftSaver
from fazhi_tui.tui.report.drafts import DraftsScreen
from fazhi_tui.tui.report.flow import begin_report, open_drafts
from fazhi_tui.tui.report.form import BatchScreen, ReportScreen
from fazhi_tui.tui.report.message import MessageField
from fazhi_tui.tui.report.preview import PreviewScreen
from fazhi_tui.tui.report.templates import TemplateScreen
from fazhi_tui.tui.widgets.choice import Choice
from tests.tui.helpers import (
    git,
    note_text,
    opened,
    paste,
    press,
    prose,
    settled,
    shown,
    write_notes,
)

TEMPLATES = """\
模板:
  - 名称: 示例周报
    类型: 进展
    内容: |
      {日期} {单位}：第 {措施} 条“{标题}”，{期}。
      本周【做了什么】，下周【要做什么】。
"""


async def at(pilot: Pilot[None], number: str, *keys: str) -> None:
    """On a measure, without typing its number, which a slow machine may take for two; then keys."""
    app = pilot.app
    assert isinstance(app, FazhiApp)
    app.main.navigation.go_to(number)
    await settled(pilot)
    await press(pilot, *keys)


def typed(app: FazhiApp) -> str:
    return app.screen.query_one(MessageField).text


def kept(app: FazhiApp) -> str:
    """What is on the disk for measure 28."""
    draft = app.writer.drafts.load("28")
    assert draft is not None
    return draft.message


def mistake(app: FazhiApp) -> str:
    return str(app.screen.query_one("#form-mistake").render())  # type: ignore[no-untyped-call, unused-ignore]


# ------------------------------------------------------------------ templates


async def test_a_template_is_put_in_with_its_facts_and_the_first_blank_marked(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s", "f6")
        assert isinstance(app.screen, TemplateScreen)
        assert "季度进展" in shown(app)
        assert "申请办结" not in shown(app), "only those of the kind that is chosen"
        await press(pilot, "enter")
        assert isinstance(app.screen, ReportScreen)
        assert "第 28 条推进情况如下" in typed(app)
        field = app.screen.query_one(MessageField)
        assert field.selected_text.startswith("【")
        await paste(pilot, "2023年第1季度")
        assert typed(app).startswith("2023年第1季度，第 28 条")
        await press(pilot, "f9")
        assert field.selected_text == "【做了什么，到了哪一步】"
        await press(pilot, "x", "f9", "x", "f9", "x")
        assert "【" not in typed(app)
        await press(pilot, "f9")
        assert "没有【】要填了" in mistake(app)


async def test_a_template_goes_to_the_cursor_and_ctrl_z_takes_it_back(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s")
        await paste(pilot, "上一行\n下一行")
        await press(pilot, "up", "end", "f6", "enter")
        lines = typed(app).split("\n")
        assert lines[0] == "上一行"
        assert lines[-1] == "下一行"
        await press(pilot, "ctrl+z")
        assert typed(app) == "上一行\n下一行"


async def test_the_citys_own_templates_come_first(tracker: Path) -> None:
    (tracker / "plan" / "templates.yaml").write_text(TEMPLATES, encoding="utf-8")
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s", "alt+t", "enter")
        assert typed(app).startswith(
            "2023年2月1日 市司法局：第 28 条“持续深化行政复议体制改革”，【期】。\n本周【做了什么】"
        )
        app.screen.query_one("#report-kind").focus()
        await press(pilot, "right", "f6")
        assert "示例周报" not in shown(app)


async def test_what_is_left_blank_is_told_in_the_preview(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s", "f6", "enter", "f2")
        assert isinstance(app.screen, PreviewScreen)
        assert "处【】没有填" in prose(app)


# ------------------------------------------------------------------ Markdown


async def test_f8_lays_the_message_out_and_comes_back_to_the_field(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s")
        await paste(pilot, "# 示例标题\n- **甲**\n- 乙")
        await press(pilot, "f8")
        assert "# 示例标题" not in shown(app)
        assert "- 甲" in shown(app)
        await press(pilot, "f8")
        assert "# 示例标题" in shown(app)
        await press(pilot, "x")
        assert typed(app).endswith("乙x")


async def test_from_120_columns_on_both_stand_beside_each_other(tracker: Path) -> None:
    async with opened(tracker, size=(120, 30)) as (app, pilot):
        await at(pilot, "28", "s")
        await paste(pilot, "**示例**")
        await press(pilot, "f8")
        line = next(line for line in shown(app).splitlines() if "**示例**" in line)
        assert line.count("示例") == 2
        await press(pilot, "!")
        line = next(line for line in shown(app).splitlines() if "**示例**" in line)
        assert line.count("!") == 2


async def test_notes_are_laid_out_where_that_drops_nothing(make: Callable[..., Path]) -> None:
    root = make(notes={"28/20221220T153000-sfj-0000.md": note_text("# 示例标题\n**要点**一\n二")})
    async with opened(root, size=(100, 40)) as (app, pilot):
        await at(pilot, "28", "enter", "right")
        assert "示例标题" in shown(app)
        assert "# 示例标题" not in shown(app)
        assert "要点一" in shown(app)


# ------------------------------------------------------------------ the editor


def script(folder: Path, name: str, text: str) -> str:
    """An editor that is a program."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


async def test_a_terminal_that_cannot_be_handed_over_is_told_and_nothing_is_lost(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s", *"abc", "f7")
        assert "不能让给编辑器" in mistake(app)
        assert typed(app) == "abc"


# ------------------------------------------------------------------ drafts


async def test_the_draft_is_on_disk_after_every_key(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s")
        for count in range(1, 6):
            await press(pilot, "x")
            assert kept(app) == "x" * count


async def test_of_many_keys_at_once_the_last_counts_and_two_never_write_at_once(tracker: Path) -> None:
    class Watched:
        def __init__(self) -> None:
            self.writers = self.most = self.writes = 0
            self.last: Draft | None = None

        def keep(self, draft: Draft, *, durable: bool = True) -> bool:
            import time

            self.writers += 1
            self.most = max(self.most, self.writers)
            time.sleep(0.005)
            self.writes, self.last = self.writes + 1, draft
            self.writers -= 1
            return True

        def settle(self, measures: object, *, several: bool = False) -> None: ...

    async with opened(tracker) as (app, pilot):
        slow = Watched()
        keeper = DraftSaver(app, slow, ("28",))  # type: ignore[arg-type]
        for count in range(200):
            keeper.keep(Draft(ReportRequest("28", "市司法局", "x" * count), ("28",)))
            if count % 20 == 0:
                await asyncio.sleep(0)
        await settled(pilot)
        assert slow.last is not None
        assert len(slow.last.request.message) == 199
        assert slow.most == 1
        assert slow.writes < 50


async def test_a_disk_that_refuses_the_draft_is_told_while_one_types(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s")
        folder = tracker / ".git" / "fazhi" / "drafts"
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.write_text("占位\n", encoding="utf-8")
        await press(pilot, "x")
        assert "草稿存不下来" in mistake(app)
        folder.unlink()
        await press(pilot, "y")
        assert app.writer.drafts.load("28") is not None


async def test_a_draft_of_an_earlier_state_says_what_has_changed_and_keeps_the_text(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        request = ReportRequest("28", "市司法局", "示例：旧稿", NoteKind.REQUEST_CLOSE, Status.PENDING_REVIEW)
        app.writer.drafts.keep(Draft(request, ("28",), Status.NOT_STARTED))
        write_notes(
            tracker,
            {
                "28/20221220T153000-sfj-0000.md": note_text("示例", extra="状态: 待审核\n").replace(
                    "类型: 进展", "类型: 申请办结"
                )
            },
        )
        await press(pilot, "r")
        await at(pilot, "28", "s")
        assert isinstance(app.screen, Question)
        assert "写草稿时第 28 条状态是未启动，现在是待审核" in prose(app)
        await press(pilot, "enter")
        assert typed(app) == "示例：旧稿"
        assert "现在不能用" in mistake(app)


async def test_a_measure_that_breaks_while_the_form_is_open_takes_nothing_along(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s", *"abc")
        (tracker / "plan" / "28.yaml").write_text("编号: [", encoding="utf-8")
        app.tracker.reload()
        await settled(pilot)
        assert "内容都在草稿里" in mistake(app)
        await press(pilot, "d", "f2")
        assert isinstance(app.screen, ReportScreen)
        assert kept(app) == "abcd"


async def test_a_draft_whose_measure_is_gone_is_named_shown_and_can_be_copied(tracker: Path) -> None:
    Drafts(tracker).save(ReportRequest("99", "市司法局", "示例：没有了的措施"))
    async with opened(tracker) as (app, pilot):
        assert "草稿：99" in shown(app)
        open_drafts(app.main)
        await settled(pilot)
        assert isinstance(app.screen, DraftsScreen)
        assert "读不到" in shown(app)
        await press(pilot, "enter")
        assert "第 99 条已经不在台账里" in prose(app)
        assert "示例：没有了的措施" in prose(app)
        await press(pilot, "enter")
        assert app.clipboard == "示例：没有了的措施"
        assert app.writer.drafts.keys() == ("99",)


async def test_a_draft_of_a_broken_file_says_which_file(tracker: Path) -> None:
    Drafts(tracker).save(ReportRequest("28", "市司法局", "示例：坏了的措施"))
    (tracker / "plan" / "28.yaml").write_text('编号: "28"\n章: [', encoding="utf-8")
    async with opened(tracker) as (app, pilot):
        open_drafts(app.main)
        await settled(pilot)
        await press(pilot, "enter")
        assert "plan/28.yaml 有错" in prose(app)


async def test_from_the_list_a_draft_opens_in_its_form(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        app.writer.drafts.save(ReportRequest("7", "市司法局", "示例：第七条"))
        app.writer.drafts.keep(Draft(ReportRequest("", "市司法局", "示例：两条"), ("3", "5"), several=True))
        open_drafts(app.main)
        await settled(pilot)
        assert "3 等 2 条" in shown(app)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, ReportScreen)
        assert typed(app) == "示例：第七条"
        await press(pilot, "escape")
        open_drafts(app.main)
        await settled(pilot)
        await press(pilot, "down", "enter", "enter")
        assert isinstance(app.screen, BatchScreen)
        assert typed(app) == "示例：两条"


async def test_several_measures_have_a_draft_of_their_own_that_is_offered_again(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        begin_report(app.main, ("3", "5"), several=True)
        await settled(pilot)
        await press(pilot, *"abc")
        app.screen.query_one("#batch-mode").focus()
        await press(pilot, "right")
        assert app.writer.drafts.keys() == (), "the drafts of single measures are others"
        await press(pilot, "escape", "enter")
        assert app.screen is app.main
        assert "草稿：3 等 2 条" in shown(app)
    async with opened(tracker) as (app, pilot):
        begin_report(app.main, ("5", "3"), several=True)
        await settled(pilot)
        assert isinstance(app.screen, Question)
        await press(pilot, "enter")
        assert typed(app) == "abc"
        assert app.screen.query_one("#batch-mode", Choice).value == "together"
        await press(pilot, "f2", "f2")
        assert app.screen is app.main
        assert app.writer.drafts.every() == ()
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "2"


async def test_a_dropped_draft_for_several_is_gone(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        begin_report(app.main, ("3", "5"), several=True)
        await settled(pilot)
        await press(pilot, *"abc", "escape", "down", "enter")
        assert app.screen is app.main
        assert app.writer.drafts.every() == ()


# ------------------------------------------------------------------ others at the same measure


def other_process(root: Path, *words: str) -> None:
    """Somebody else's fazhi, a process of its own."""
    env = {**os.environ, "GIT_AUTHOR_NAME": "示例乙"}
    done = subprocess.run(
        [sys.executable, "-c", "from fazhi_tui.cli import main; main()", "report", *words],
        cwd=root,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


async def test_what_another_process_committed_meanwhile_is_shown_beside_and_then_gone_on_with(
    tracker: Path,
) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await at(pilot, "28", "s")
        await paste(pilot, "示例：我写的")
        form = app.screen
        form.query_one("#report-status").focus()
        await press(pilot, "right", "f2")
        assert isinstance(app.screen, PreviewScreen)
        other_process(tracker, "28", "--unit", "市公安局", "--kind", "申请办结", "-m", "示例：别人申请了办结")
        await press(pilot, "f2")
        assert isinstance(app.screen, StaleScreen)
        sides = app.screen.query(".side")
        assert sides[0].region.y == sides[1].region.y, "beside each other"
        assert "示例：我写的" in prose(app)
        assert "示例：别人申请了办结" in shown(app)
        assert "现在：待审核" in shown(app)
        await press(pilot, "escape")
        assert app.screen is form
        assert typed(app) == "示例：我写的"
        kinds = [value for value, _ in form.query_one("#report-kind", Choice).options]
        assert "申请办结" not in kinds, "only what is allowed now"
        await press(pilot, "f2", "f2")
        assert app.screen is app.main
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "3"


async def test_what_comes_while_one_writes_is_told_and_compared_with_f5(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s", *"abc")
        write_notes(tracker, {"28/20221220T153000-sfj-0000.md": note_text("示例：别人的", unit="市公安局")})
        app.tracker.reload()
        await settled(pilot)
        assert "市公安局刚刚填报了进展" in mistake(app)
        await press(pilot, "f5")
        assert isinstance(app.screen, StaleScreen)
        assert "示例：别人的" in prose(app)
        assert "abc" in prose(app)
        await press(pilot, "escape", "f5")
        assert "没有新的填报" in prose(app)


# ------------------------------------------------------------------ the form


async def test_why_something_is_not_offered_stands_beside_the_choices(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await at(pilot, "28", "s")
        assert "做完了用「申请办结」；办结、催办、中止等由市委依法治市办作出" in shown(app)


@pytest.mark.parametrize("kind", list(NoteKind))
async def test_at_80_by_24_every_row_and_six_lines_of_message_are_there(
    make: Callable[..., Path], kind: NoteKind
) -> None:
    notes = {f"43/2022122{at}T153000-sfj-000{at}.md": note_text(f"示例{at}", measure="43") for at in range(9)}
    root = make(notes=notes)
    git(root, "config", "fazhi.unit", "市委依法治市办")
    async with opened(root) as (app, pilot):
        await at(pilot, "43", "s")
        kinds = app.screen.query_one("#report-kind", Choice)
        if kind.value not in [value for value, _ in kinds.options]:
            pytest.skip("not allowed from this status")
        kinds.choose(kind.value)
        await settled(pilot)
        assert app.screen.query_one(MessageField).size.height >= 6
        for row in app.screen.query(".form-row"):
            assert not row.display or row.region.bottom <= 24 - 8
        for line in shown(app).splitlines():
            from rich.cells import cell_len

            assert cell_len(line) <= 80


async def test_of_many_options_the_chosen_one_is_shown_and_how_many_there_are(
    make: Callable[..., Path],
) -> None:
    notes = {f"28/2022122{at}T153000-sfj-000{at}.md": note_text(f"示例{at}") for at in range(5)}
    async with opened(make(notes=notes)) as (app, pilot):
        await at(pilot, "28", "s")
        app.screen.query_one("#report-kind", Choice).choose("更正")
        app.screen.query_one("#report-corrects").focus()
        await settled(pilot)
        assert "第 1 个，共 5 个" in shown(app)
        await press(pilot, "right")
        assert "示例3" in shown(app)
        assert "第 2 个，共 5 个" in shown(app)


async def choose_extension(pilot: Pilot[None]) -> None:
    await at(pilot, "28", "s")
    pilot.app.screen.query_one("#report-kind", Choice).choose("申请延期")
    await settled(pilot)


@pytest.mark.parametrize("text", ["２０２３－０６－３０", "2023。6。30", "2023年6月30日", "2023—06—30"])
async def test_a_date_of_full_width_signs_is_taken(tracker: Path, text: str) -> None:
    async with opened(tracker) as (app, pilot):
        await choose_extension(pilot)
        app.screen.query_one("#report-until").focus()
        await paste(pilot, text)
        assert isinstance(app.screen, ReportScreen)
        assert app.screen.request().new_due == date(2023, 6, 30)


async def test_a_key_leads_from_the_message_to_kind_and_status_and_back(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "s")
        names = []
        for _ in range(3):
            await press(pilot, "f10")
            assert app.focused is not None
            names.append(app.focused.id)
        assert names == ["report-kind", "report-status", "report-message"]
