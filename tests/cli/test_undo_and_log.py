"""``fazhi undo`` and ``fazhi log``."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.running import Terminal, process
from tests.cli.test_report_command import head, notes
from tests.conftest import git


def test_undo_shows_what_it_takes_back_and_needs_yes_without_a_terminal(tracker: Path, fazhi: Run) -> None:
    fazhi("report", "28", "--status", "推进中", "-m", "示例：写错了")
    reported = head(tracker)
    asked = fazhi("undo")
    assert asked.code == 2
    assert "--yes" in asked.err
    assert "示例：写错了" in asked.out
    assert "状态由 推进中 退回 未启动" in asked.out
    assert head(tracker) == reported

    done = fazhi("undo", "--yes")
    assert done.code == 0, done.err
    assert notes(tracker) == []
    assert git(tracker, "rev-parse", "HEAD~1").strip() == reported, "history is not rewritten"
    trailers = git(tracker, "log", "-1", "--format=%(trailers:only,unfold)")
    assert "Kind: 撤销" in trailers
    assert f"Undoes: {reported}" in trailers
    assert "（已由" in fazhi("log").out
    nothing = fazhi("undo", "--yes")
    assert nothing.code == 1
    assert "没有可以撤销" in nothing.err


def test_undo_leaves_what_is_staged_and_dirty(tracker: Path, fazhi: Run) -> None:
    fazhi("report", "28", "-m", "示例")
    (tracker / "README.md").write_text("示例：改了一半\n", encoding="utf-8")
    git(tracker, "add", "README.md")
    assert fazhi("undo", "--yes").code == 0
    assert git(tracker, "status", "--short") == "M  README.md\n"


def test_a_commit_can_be_named(tracker: Path, fazhi: Run) -> None:
    fazhi("report", "28", "-m", "示例：先")
    first = head(tracker)
    fazhi("report", "1", "-m", "示例：后")
    assert fazhi("undo", first[:10], "--yes").code == 0
    (left,) = notes(tracker)
    assert left.parent.name == "01"
    unknown = fazhi("undo", "deadbeef", "--yes")
    assert unknown.code in (1, 2, 3)
    assert "错误：" in unknown.err


def test_a_person_at_the_terminal_is_asked(tracker: Path, fazhi: Run) -> None:
    fazhi("report", "28", "-m", "示例：写错了")
    reported = head(tracker)
    no = Terminal(tracker, "undo")
    no.read_until("[y/N]")
    no.send("\n")
    assert no.close() == 1
    assert head(tracker) == reported
    yes = Terminal(tracker, "undo")
    yes.read_until("[y/N]")
    yes.send("y\n")
    assert yes.close() == 0
    assert head(tracker) != reported
    assert notes(tracker) == []


def test_the_log_is_newest_first_by_measure_and_by_number(tracker: Path, fazhi: Run) -> None:
    fazhi("report", "28", "--status", "推进中", "-m", "示例：一")
    fazhi("report", "1", "-m", "示例：二")
    fazhi("report", "28", "-m", "示例：三")
    lines = fazhi("log").out.splitlines()
    assert [line.rpartition("：")[2] for line in lines[:3]] == ["三", "二", "一"]
    assert lines[0].split()[0] == head(tracker)[:8]
    assert lines[0].split()[3] == "市司法局"
    assert [line.rpartition("：")[2] for line in fazhi("log", "028").out.splitlines()[:2]] == ["三", "一"]
    assert len(fazhi("log", "-n", "1").out.splitlines()) == 1
    events = fazhi("log", "28", "--json").json
    assert [event["措施"] for event in events[:2]] == ["28", "28"]
    assert events[1]["状态"] == "未启动 -> 推进中"
    assert events[1]["文件"][0].startswith("status/28/")


def test_a_log_that_cannot_be_is_an_error(tracker: Path, fazhi: Run) -> None:
    assert fazhi("log", "99").code == 2
    assert fazhi("log", "-n", "多").code == 2
    assert fazhi("log", "-n", "0").code == 2
    assert "Traceback" not in process(tracker, "log", "28", "-n", "x").err


def test_a_long_record_on_a_terminal_goes_through_the_pager(tracker: Path, tmp_path: Path) -> None:
    for number in range(12):
        git(tracker, "commit", "-q", "--allow-empty", "-m", f"示例 {number}")
    pager = tmp_path / "翻页.sh"
    pager.write_text("#!/bin/sh\necho 第一页\nhead -n 2\n", "utf-8")
    pager.chmod(0o755)
    terminal = Terminal(tracker, "log", lines=10, env={"GIT_PAGER": str(pager)})
    terminal.read_until("第一页")
    assert terminal.close() == 0
    assert re.findall("示例 [0-9]+", terminal.shown) == ["示例 11", "示例 10"]
    # What fits is printed; and a pager that is not there hides nothing.
    terminal = Terminal(tracker, "log", "-n", "3", lines=10, env={"GIT_PAGER": str(pager)})
    assert terminal.close() == 0
    assert "第一页" not in terminal.shown
    terminal = Terminal(tracker, "log", lines=10, env={"GIT_PAGER": str(tmp_path / "没有")})
    assert terminal.close() == 0
    assert len(re.findall("示例 [0-9]+", terminal.shown)) == 12
