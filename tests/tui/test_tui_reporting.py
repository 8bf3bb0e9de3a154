"""From a key to a commit and back: the form, the preview, the draft, refusals, undo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.records import loader
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.writer import Writer
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.dialogs.question import Notice, Question
from fazhi_tui.tui.report.conflict import StaleScreen
from fazhi_tui.tui.report.form import ReportScreen
from fazhi_tui.tui.report.identity import IdentityScreen
from fazhi_tui.tui.report.message import MessageField
from fazhi_tui.tui.report.preview import PreviewScreen
from tests.tui.helpers import git, note_text, opened, paste, press, prose, settled, shown, write_notes

MESSAGE = "示例：复议机构已完成整合。\n第二行：人员到位。"


async def fill_in(pilot: Pilot[None], message: str = MESSAGE) -> None:
    """On measure 28: the form, status 推进中, a message."""
    await press(pilot, "2", "8", "s")
    await paste(pilot, message)
    form = pilot.app.screen
    form.query_one("#report-status").focus()
    await press(pilot, "right")


def typed(app: FazhiApp) -> str:
    return app.screen.query_one(MessageField).text


async def test_a_report_becomes_one_commit_with_one_new_file(tracker: Path) -> None:
    (tracker / "README.md").write_text("示例，已暂存\n", encoding="utf-8")
    git(tracker, "add", "README.md")
    (tracker / "plan" / "01.yaml").write_bytes((tracker / "plan" / "01.yaml").read_bytes() + b"# x\n")
    before = git(tracker, "status", "--porcelain")
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        await press(pilot, "f2")
        assert isinstance(app.screen, PreviewScreen)
        previewed = prose(app)
        await press(pilot, "f2")
        assert app.screen is app.main
        assert "已提交" in shown(app)
        assert "按 z 撤销" in shown(app)
        assert app.main.row is not None
        assert app.main.row.state.status is Status.IN_PROGRESS
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "2"
    changed = git(tracker, "show", "--name-status", "--format=", "HEAD").split()
    assert len(changed) == 2
    assert changed[0] == "A"
    assert changed[1].startswith("status/28/")
    assert git(tracker, "status", "--porcelain") == before
    message = git(tracker, "log", "-1", "--format=%B")
    assert message.startswith("28 未启动→推进中：示例：复议机构已完成整合。\n")
    assert "Unit: 市司法局\n" in message
    # What was shown is what was written, to the letter.
    for line in [changed[1], *message.strip().splitlines()]:
        assert line in previewed
    for line in (tracker / changed[1]).read_text(encoding="utf-8").splitlines():
        assert line in previewed
    assert (tracker / changed[1]).read_text(encoding="utf-8").endswith(MESSAGE + "\n")


async def test_ctrl_s_serves_where_an_f_key_does_not(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        await press(pilot, "ctrl+s", "ctrl+s")
        assert app.screen is app.main
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "2"


async def test_esc_in_the_preview_goes_back_to_the_form_and_commits_nothing(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        await press(pilot, "f2", "escape")
        assert isinstance(app.screen, ReportScreen)
        assert typed(app) == MESSAGE
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "1"


async def test_an_empty_message_is_refused_in_the_form(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "s", "f2")
        assert isinstance(app.screen, ReportScreen)
        assert "没有写进展内容" in shown(app)


async def test_only_what_is_allowed_is_offered(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8", "s")
        form = app.screen
        kinds = [value for value, _ in form.query_one("#report-kind").options]  # type: ignore[attr-defined]
        assert kinds == ["进展", "申请办结", "申请延期"]
        statuses = [value for value, _ in form.query_one("#report-status").options]  # type: ignore[attr-defined]
        assert statuses == ["", "推进中", "长期坚持"]
        form.query_one("#report-kind").focus()
        await press(pilot, "right")
        statuses = [value for value, _ in form.query_one("#report-status").options]  # type: ignore[attr-defined]
        assert statuses == ["待审核"]


async def test_the_coordinating_office_is_offered_what_is_its_own(tracker: Path) -> None:
    git(tracker, "config", "fazhi.unit", "市委依法治市办")
    async with opened(tracker) as (app, pilot):
        await press(pilot, "s")
        kinds = [value for value, _ in app.screen.query_one("#report-kind").options]  # type: ignore[attr-defined]
        assert "催办" in kinds
        assert "批示" in kinds


async def test_item_progress_and_quantity_go_into_the_note(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8", "s")
        await paste(pilot, "示例")
        app.screen.query_one("#report-item").focus()
        await press(pilot, "right", "tab", "6", "0", "tab", "3", "f2")
        text = prose(app)
        assert '事项: "28.1"' in text
        assert "进度: 60" in text
        assert "数量: 3" in text


async def test_esc_on_an_untouched_form_closes_it(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "s", "escape")
        assert app.screen is app.main
    assert not list((tracker / ".git").rglob("drafts/*"))


async def test_esc_on_a_changed_form_asks_and_goes_on_when_told_so(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, Question)
        await press(pilot, "escape")
        assert isinstance(app.screen, ReportScreen)
        assert typed(app) == MESSAGE


async def test_a_kept_draft_is_offered_the_next_time(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        await press(pilot, "escape", "enter")
        assert app.screen is app.main
        assert "草稿：28" in shown(app)
    async with opened(tracker) as (app, pilot):
        assert "草稿：28" in shown(app)
        await press(pilot, "2", "8", "s")
        assert "复议机构已完成整合" in prose(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ReportScreen)
        assert typed(app) == MESSAGE
        assert app.screen.request().status is Status.IN_PROGRESS
        await press(pilot, "f2", "f2")
        assert app.screen is app.main
        assert app.writer.drafts.keys() == ()


async def test_a_dropped_draft_is_gone(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        assert app.writer.drafts.keys() == ("28",)
        await press(pilot, "escape", "down", "enter")
        assert app.screen is app.main
        assert app.writer.drafts.keys() == ()


async def test_the_draft_is_on_disk_after_a_paste(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        draft = app.writer.drafts.load("28")
        assert draft is not None
        assert draft.message == MESSAGE


async def test_leaving_the_program_with_the_form_open_keeps_the_draft(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        await pilot.press("ctrl+q")
        for _ in range(100):
            await asyncio.sleep(0.02)
            if not app.is_running:
                break
        assert app.writer.drafts.load("28") is not None


async def test_a_refusing_hook_is_told_in_its_own_words_and_keeps_what_was_typed(tracker: Path) -> None:
    hook = tracker / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho '示例钩子：[/] 不许提交' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        await press(pilot, "f2", "f2")
        assert isinstance(app.screen, Notice)
        assert "示例钩子：[/] 不许提交" in prose(app)
        assert app.writer.drafts.load("28") is not None
        await press(pilot, "escape")
        assert isinstance(app.screen, ReportScreen)
        assert typed(app) == MESSAGE
        hook.unlink()
        await press(pilot, "f2", "f2")
        assert app.screen is app.main
        assert app.writer.drafts.keys() == ()
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "2"


async def test_a_missing_identity_is_asked_for_once(make: Callable[..., Path]) -> None:
    root = make(identity=False)
    async with opened(root) as (app, pilot):
        await press(pilot, "2", "8", "s")
        assert isinstance(app.screen, IdentityScreen)
        await press(pilot, *"sfj", "enter")
        await paste(pilot, "示例甲")
        await press(pilot, "enter")
        await paste(pilot, "jia@example.org")
        await press(pilot, "enter")
        assert isinstance(app.screen, ReportScreen)
        assert app.screen.request().unit == "市司法局"
    assert git(root, "config", "fazhi.unit").strip() == "市司法局"
    assert git(root, "config", "user.name").strip() == "示例甲"
    async with opened(root) as (app, pilot):
        await press(pilot, "s")
        assert isinstance(app.screen, ReportScreen)


async def test_an_unknown_unit_is_not_taken_as_identity(make: Callable[..., Path]) -> None:
    async with opened(make(identity=False)) as (app, pilot):
        await press(pilot, "i")
        await paste(pilot, "没有的局")
        await press(pilot, "f2")
        assert "没有叫「没有的局」的单位" in shown(app)
        assert isinstance(app.screen, IdentityScreen)


async def test_a_measure_that_moved_on_is_shown_beside_what_was_typed(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await fill_in(pilot)
        await press(pilot, "f2")
        assert isinstance(app.screen, PreviewScreen)
        write_notes(
            tracker,
            {"28/20221220T153000-sfj-0000.md": note_text("示例：别人先报了", extra="状态: 长期坚持\n")},
        )
        await press(pilot, "f2")
        assert isinstance(app.screen, StaleScreen)
        assert "示例：别人先报了" in shown(app)
        assert "第二行：人员到位" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, ReportScreen)
        assert typed(app) == MESSAGE
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "1"


async def test_undo_shows_what_it_takes_back_and_then_takes_it_back(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await fill_in(pilot)
        await press(pilot, "f2", "f2")
        await press(pilot, "z")
        assert isinstance(app.screen, PreviewScreen)
        assert "复议机构已完成整合" in prose(app)
        assert "Kind: 撤销" in prose(app)
        await press(pilot, "enter")
        assert app.screen is app.main
        assert "已撤销" in shown(app)
        assert app.main.row is not None
        assert app.main.row.state.status is Status.NOT_STARTED
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "3"
    assert git(tracker, "ls-files", "status").strip() == ""


async def test_undo_with_nothing_to_take_back_says_so(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "z")
        assert isinstance(app.screen, Notice)
        assert "没有可以撤销的填报" in prose(app)


async def test_where_there_is_no_repository_browsing_works_and_reporting_says_why_not(
    tracker: Path,
) -> None:
    import shutil

    shutil.rmtree(tracker / ".git")
    async with opened(tracker, "lead:sfj") as (app, pilot):
        assert "21/48" in shown(app)
        assert "git 不可用" in shown(app)
        await press(pilot, "s")
        assert app.screen is app.main
        assert "不能填报" in shown(app)


async def test_where_git_is_missing_browsing_works(tracker: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("PATH", str(tracker / "nothing"))
    async with opened(tracker) as (app, pilot):
        assert "48/48" in shown(app)
        assert "git 不可用" in shown(app)
        await press(pilot, "h")
        assert app.is_running


async def test_a_pasted_escape_sequence_becomes_visible_text(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "s")
        await paste(pilot, "示例\x1b[31m红\u202e倒\r\n第二行\r第三行")
        assert typed(app) == "示例<1B>[31m红<202E>倒\n第二行\n第三行"


async def test_a_draft_of_the_command_line_opens_in_the_form(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        request = ReportRequest("28", "市司法局", "示例草稿", NoteKind.REQUEST_CLOSE, Status.PENDING_REVIEW)
        app.writer.drafts.save(request)
        await press(pilot, "2", "8", "s", "enter")
        assert isinstance(app.screen, ReportScreen)
        assert app.screen.request() == request


async def test_a_preview_asked_for_while_keys_are_still_coming_holds_them_all(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8", "s")
        app.screen.query_one(MessageField).focus()
        await settled(pilot)
        for letter in "fast":
            app.post_message(events.Key(letter, letter))
        app.post_message(events.Key("f2", None))
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, PreviewScreen)
        assert "fast" in prose(app)


async def test_from_the_first_picture_to_the_commit_the_tracker_is_read_once(
    tracker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, commit, loads, before_commit = loader.load, Writer.commit_batch, [], []

    def counted(root: Path, **options: bool) -> Any:
        loads.append(root)
        return read(root, **options)

    def watched(*words: Any) -> Any:
        filed = commit(*words)
        before_commit.append(len(loads))
        return filed

    monkeypatch.setattr(loader, "load", counted)
    monkeypatch.setattr(Writer, "commit_batch", watched)
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8", "s", *"abc", "f2", "f2")
        assert app.screen is app.main
    assert before_commit == [1]
