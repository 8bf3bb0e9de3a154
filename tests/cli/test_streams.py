"""Terminals, pipes, locales, signals and full disks: a sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.running import FAZHI, Terminal, process
from tests.conftest import git


def test_a_reader_that_closes_the_pipe_is_no_error(tracker: Path) -> None:
    line = f"set -o pipefail; {FAZHI} show 28 --json | true; {FAZHI} list --json | head -1"
    done = subprocess.run(["bash", "-c", line], cwd=tracker, capture_output=True, text=True, check=False)
    assert done.stdout == "[\n"
    assert done.stderr == ""
    assert done.returncode in (0, 141)


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "no_SUCH.locale"},
        {"LC_ALL": "", "LANG": ""},
    ],
)
def test_any_locale_reads_and_writes_utf8(tracker: Path, env: dict[str, str]) -> None:
    expected = process(tracker, "list", "牵头:市司法局")
    result = process(tracker, "list", "牵头:市司法局", env=env)
    assert result.code == 0, result.err
    assert result.out == expected.out
    written = process(tracker, "report", "28", "--unit", "市司法局", "-m", "示例：中文", env=env)
    assert written.code == 0, written.err
    assert "28 进展：示例：中文" in git(tracker, "log", "-1", "--format=%s")
    mistake = process(tracker, "list", "错:误", env=env)
    assert mistake.code == 2
    assert mistake.err.startswith("错误：")


def test_bytes_that_are_no_utf8_on_the_command_line_are_told_of(tracker: Path) -> None:
    for words in ((b"list", b"\xca\xd0"), (b"report", b"28", b"-m", b"\xca\xd0"), (b"show", b"\xca\xd0")):
        done = subprocess.run([FAZHI, *words], cwd=tracker, capture_output=True, check=False)
        assert done.returncode in (0, 2, 3)
        assert b"Traceback" not in done.stderr
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == "1"


def test_a_full_disk_behind_the_output_is_an_error_of_exit_code_3(tracker: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("wb") as stream:
        done = subprocess.run(
            [FAZHI, "list"], cwd=tracker, stdout=stream, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 3
    assert "磁盘已满" in done.stderr
    assert "Traceback" not in done.stderr


def test_streams_that_the_caller_closed_do_no_harm(tracker: Path) -> None:
    for line in (
        f"{FAZHI} list >&-",
        f"{FAZHI} list lead:sfj 2>&- >/dev/null",
        f"{FAZHI} list <&- >/dev/null",
    ):
        done = subprocess.run(["bash", "-c", line], cwd=tracker, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stderr)
        assert done.stderr == ""


def test_ctrl_c_while_asked_ends_with_130_and_changes_nothing(tracker: Path) -> None:
    process(tracker, "report", "28", "-m", "示例")
    before = git(tracker, "rev-parse", "HEAD")
    terminal = Terminal(tracker, "undo")
    terminal.read_until("[y/N]")
    terminal.send("\x03")
    assert terminal.close() == 130
    assert "Traceback" not in terminal.shown
    assert "已中断" in terminal.shown
    assert git(tracker, "rev-parse", "HEAD") == before


def test_ctrl_c_while_git_runs_a_hook_puts_everything_back_and_keeps_the_draft(tracker: Path) -> None:
    hook = tracker / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch ../started 2>/dev/null\nexec sleep 30\n", encoding="utf-8")
    hook.chmod(0o755)
    started = subprocess.Popen(
        [FAZHI, "report", "28", "-m", "示例：写了很久"],
        cwd=tracker,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 20
    while not (tracker.parent / "started").exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=20)
    assert started.returncode == 130, said
    assert "Traceback" not in said
    assert "fazhi report 28 --draft" in said
    assert git(tracker, "status", "--short") == ""
    assert list((tracker / "status").glob("*/*.md")) == []
    hook.unlink()
    assert process(tracker, "report", "28", "--draft").code == 0


def test_colour_is_for_terminals_that_want_it(tracker: Path) -> None:
    assert "\x1b" not in process(tracker, "list", "编号:28").out
    coloured = Terminal(tracker, "list", "编号:28")
    coloured.close()
    assert "\x1b[31m红" in coloured.shown
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        plain = Terminal(tracker, "list", "编号:28", env=env)
        plain.close()
        assert "\x1b" not in plain.shown
        assert "红" in plain.shown


def test_a_table_fits_the_terminal_and_counts_what_the_source_lost(tracker: Path) -> None:
    from wcwidth import wcswidth

    terminal = Terminal(tracker, "list", columns=80, env={"NO_COLOR": "1"})
    assert terminal.close() == 0
    lines = terminal.shown.replace("\r", "").splitlines()
    assert all(wcswidth(line) <= 80 for line in lines), max(lines, key=wcswidth)
    assert "共 48 条；另有 5 条原文缺失" in lines[-1]
    assert ".." in terminal.shown


def test_show_is_wrapped_to_the_terminal(tracker: Path) -> None:
    from wcwidth import wcswidth

    terminal = Terminal(tracker, "show", "28", columns=60, env={"NO_COLOR": "1"})
    assert terminal.close() == 0
    assert all(wcswidth(line) <= 62 for line in terminal.shown.replace("\r", "").splitlines())


def test_a_dumb_terminal_gets_no_screen(tracker: Path) -> None:
    terminal = Terminal(tracker, env={"TERM": "dumb"})
    assert terminal.close() == 2
    assert "fazhi list" in terminal.shown


def test_deep_nesting_in_a_file_is_a_problem_and_no_crash(tracker: Path) -> None:
    (tracker / "plan" / "28.yaml").write_text("编号: " + "[" * 5000 + "\n", encoding="utf-8")
    result = process(tracker, "list")
    assert result.code == 0
    assert "Traceback" not in result.err
    assert len(result.out.splitlines()) == 49
