"""What comes from files, names, commits and git is text on every screen, never markup or control codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_tui.tui.app import FazhiApp
from tests.tui.helpers import git, note_text, opened, paste, press, prose, settled, shown, write_notes

NASTY = "[/] [@click=app.quit]退出[/] \x1b[31m红\x1b[0m \u202e倒\u200b [b]粗[/b] $text-error"
#: How it must look: brackets as they are, hidden characters written out.
SHOWN = "[/] [@click=app.quit]退出[/] <1B>[31m红<1B>[0m <202E>倒<200B> [b]粗[/b] $text-error"
QUOTED = '"' + NASTY.replace("\x1b", "\\e").replace("\u202e", "\\u202e").replace("\u200b", "\\u200b") + '"'


def nasty_tracker(root: Path) -> Path:
    """Measure 1 with a nasty title, lead unit and text; a nasty note, commit and untracked file."""
    (root / "plan" / "01.yaml").write_text(
        f'编号: "1"\n标题: {QUOTED}\n牵头单位:\n  - {QUOTED}\n正文: {QUOTED}\n校勘:\n  - {QUOTED}\n',
        encoding="utf-8",
    )
    units = root / "plan" / "units.yaml"
    units.write_text(
        units.read_text(encoding="utf-8") + f"  - 名称: {QUOTED}\n    拼音: e\n", encoding="utf-8"
    )
    write_notes(root, {"01/20221220T153000-e-0000.md": note_text(NASTY, measure="1", unit=QUOTED)})
    git(root, "add", ".")
    git(root, "commit", "-q", "--cleanup=verbatim", "-m", f"{NASTY}\n\nMeasure: 1\nUnit: {NASTY}\nKind: 进展")
    git(root, "checkout", "-q", "-b", "示例]分支")
    (root / "[bold]x[").write_text("", encoding="utf-8")
    return root


def assert_safe(app: FazhiApp) -> None:
    """No character reaches the terminal that would move its cursor or turn its text round."""
    text = shown(app)
    assert not [char for char in text if (ord(char) < 32 and char != "\n") or char in "\u202e\u200b\x7f"]


@pytest.fixture
def nasty(tracker: Path) -> Path:
    return nasty_tracker(tracker)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_on_the_main_screen_and_in_every_tab(nasty: Path, size: tuple[int, int]) -> None:
    async with opened(nasty, size=size) as (app, pilot):
        await press(pilot, "1")
        assert "[/] [@click" in shown(app)
        assert "示例]分支" in shown(app)
        await press(pilot, "o")
        assert SHOWN in prose(app)
        assert_safe(app)
        for _ in range(4):
            await press(pilot, "right")
            assert_safe(app)
            assert "[/] [@click" in shown(app)


async def test_in_the_diff_of_a_commit(nasty: Path) -> None:
    async with opened(nasty, size=(140, 40)) as (app, pilot):
        await press(pilot, "1", "h", "enter")
        assert SHOWN in prose(app)
        assert_safe(app)


@pytest.mark.parametrize("keys", [["u"], ["d"], ["ctrl+p", "1"], ["g"], ["question_mark"], ["x"], ["f"]])
async def test_in_every_window(nasty: Path, keys: list[str]) -> None:
    async with opened(nasty, size=(140, 40)) as (app, pilot):
        await press(pilot, *keys)
        assert_safe(app)
        assert app.is_running


async def test_in_the_list_of_units(nasty: Path) -> None:
    async with opened(nasty, size=(140, 40)) as (app, pilot):
        await press(pilot, "u")
        await paste(pilot, "[/]")
        assert "[/] [@click" in shown(app)
        await press(pilot, "enter")
        assert len(app.main.table.entries) == 1


async def test_in_the_filter_bar_and_its_mistakes(nasty: Path) -> None:
    async with opened(nasty) as (app, pilot):
        await press(pilot, "slash")
        await paste(pilot, f"颜色:{NASTY}")
        assert "[/] [@click" in shown(app)
        assert_safe(app)
        await press(pilot, "escape", "slash")
        await paste(pilot, f'"{NASTY}"')
        await press(pilot, "enter")
        assert "没有措施合于" in shown(app)
        assert_safe(app)


async def test_in_the_form_the_preview_and_the_line_about_the_commit(nasty: Path) -> None:
    async with opened(nasty) as (app, pilot):
        await press(pilot, "1", "s")
        await paste(pilot, NASTY)
        await press(pilot, "f2")
        assert SHOWN in prose(app)
        assert_safe(app)
        await press(pilot, "f2")
        assert "已提交" in shown(app)
        assert_safe(app)
        await press(pilot, "z")
        assert SHOWN in prose(app)
        assert_safe(app)


async def test_in_a_draft_that_is_offered(nasty: Path) -> None:
    from fazhi_tui.service.notes.request import ReportRequest

    async with opened(nasty) as (app, pilot):
        app.writer.drafts.save(ReportRequest("1", NASTY, NASTY))
        await press(pilot, "1", "s")
        assert SHOWN in prose(app)
        assert_safe(app)
        await press(pilot, "enter")
        assert_safe(app)


async def test_in_what_a_hook_says(nasty: Path) -> None:
    hook = nasty / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ncat >&2 <<'EOF'\n{NASTY}\nEOF\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    async with opened(nasty) as (app, pilot):
        await press(pilot, "1", "s")
        await paste(pilot, "示例")
        await press(pilot, "f2", "f2")
        assert "[@click=app.quit]退出[/]" in prose(app)
        assert_safe(app)


async def test_in_a_file_that_cannot_be_read(nasty: Path) -> None:
    (nasty / "plan" / "02.yaml").write_text(f"编号: [\n{NASTY}", encoding="utf-8")
    async with opened(nasty) as (app, pilot):
        await press(pilot, "o")
        assert_safe(app)
        assert "plan/02.yaml" in shown(app)
        await press(pilot, "escape", "x")
        assert_safe(app)


async def test_in_the_first_query(nasty: Path) -> None:
    async with opened(nasty, f"颜色:{NASTY}") as (app, pilot):
        await settled(pilot)
        assert_safe(app)
        assert "没有叫「颜色」的字段" in shown(app)


def test_the_sample_is_what_it_says(make: Callable[..., Path]) -> None:
    root = nasty_tracker(make())
    assert NASTY in git(root, "log", "-1", "--format=%B")
