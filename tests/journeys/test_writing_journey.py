"""Writing in a real terminal: killed in mid-message, the editor, pastes, where the cursor stands."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import FAZHI
from tests.journeys.tmux import Tmux

pytestmark = [
    pytest.mark.tmux,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed; .ci/run installs it"),
]
TEXT = "示例：写到一半，正在写第三句"


@pytest.fixture
def terminal(real_tracker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tmux]:
    monkeypatch.setenv("PATH", f"{FAZHI.parent}{os.pathsep}{os.environ['PATH']}")
    opened = Tmux(tmp_path, real_tracker, 80, 24)
    yield opened
    opened.close()


def form(terminal: Tmux) -> None:
    """The form of measure 28, the only one that the query keeps."""
    terminal.type("fazhi 编号:28\n")
    terminal.wait_for("1/48", "分支 main")
    terminal.type("s")


def program(terminal: Tmux) -> int:
    """The process that runs in the terminal's foreground."""
    shell = terminal._run("display", "-p", "#{pane_pid}").strip()
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", shell], capture_output=True, text=True, check=True
    )
    return next(int(line.split()[0]) for line in found.stdout.splitlines() if "fazhi" in line)


def cursor(terminal: Tmux) -> tuple[int, int]:
    column, line = terminal._run("display", "-p", "#{cursor_x} #{cursor_y}").split()
    return int(column), int(line)


def draft(root: Path) -> str:
    path = root / ".git" / "fazhi" / "drafts" / "28.json"
    return str(json.loads(path.read_text("utf-8"))["填报"]["内容"]) if path.exists() else ""


def test_killed_in_mid_message_the_draft_is_offered_with_every_character(
    terminal: Tmux, real_tracker: Path
) -> None:
    form(terminal)
    terminal.wait_for("填报第 28 条")
    for character in TEXT:
        terminal.type(character)
    # The last character is seen, and the program is gone without a chance to do anything.
    terminal.wait_for(TEXT)
    # A key is on the disk within some milliseconds; a machine that others keep busy is given a few more.
    time.sleep(0.2)
    os.kill(program(terminal), signal.SIGKILL)
    assert draft(real_tracker) == TEXT
    terminal.type("\nreset\n")
    terminal.type("clear\n")
    form(terminal)
    terminal.wait_for("第 28 条有一份没有提交的草稿", TEXT)
    terminal.press("Enter")
    terminal.wait_for("填报第 28 条", TEXT)


def test_a_terminal_that_is_closed_leaves_the_draft(terminal: Tmux, real_tracker: Path) -> None:
    form(terminal)
    terminal.wait_for("填报第 28 条")
    terminal.type(TEXT)
    terminal.wait_for(TEXT)
    os.kill(program(terminal), signal.SIGHUP)
    end = time.monotonic() + 30
    while draft(real_tracker) != TEXT and time.monotonic() < end:
        time.sleep(0.05)
    assert draft(real_tracker) == TEXT


def editor(folder: Path, text: str) -> str:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_editor_has_the_terminal_and_what_it_leaves_is_taken_back(terminal: Tmux, tmp_path: Path) -> None:
    program = editor(tmp_path, 'echo EDITING; grep -c 示例 "$1"; read answer; echo "编辑器写的" >> "$1.x"\n'
                     'sed -i "1s/$/，编辑器添的/" "$1"')  # fmt: skip
    terminal.type(f"export EDITOR={program}\n")
    form(terminal)
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：表单里写的")
    terminal.press("F7")
    terminal.wait_for("EDITING", gone="填报第 28 条")
    terminal.press("Enter")
    terminal.wait_for("填报第 28 条", "示例：表单里写的，编辑器添的")
    # The field has the focus and goes on.
    terminal.type("。")
    terminal.wait_for("编辑器添的。")


def test_what_an_editor_saves_as_gb18030_comes_back_whole(terminal: Tmux, tmp_path: Path) -> None:
    program = editor(tmp_path, 'iconv -f UTF-8 -t GB18030 "$1" > "$1.gb" && mv "$1.gb" "$1"')
    terminal.type(f"export EDITOR={program}\n")
    form(terminal)
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：国标")
    terminal.press("F7")
    terminal.wait_for("填报第 28 条", "示例：国标", "按 GB18030 读取")


def test_an_editor_that_fails_is_told_and_what_it_left_is_there(terminal: Tmux, tmp_path: Path) -> None:
    program = editor(tmp_path, 'sed -i "1s/$/，写到一半/" "$1"; exit 3')
    terminal.type(f"export EDITOR={program}\n")
    form(terminal)
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：甲")
    terminal.press("F7")
    terminal.wait_for("示例：甲，写到一半", "退出码 3", "Ctrl+Z 还原")
    terminal.press("C-z")
    terminal.wait_for("示例：甲", gone="写到一半")


def test_ctrl_c_in_the_editor_ends_neither_the_screen_nor_the_text(terminal: Tmux, tmp_path: Path) -> None:
    program = editor(tmp_path, "echo WAITING; sleep 600")
    terminal.type(f"export EDITOR={program}\n")
    form(terminal)
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：留着")
    terminal.press("F7")
    terminal.wait_for("WAITING")
    terminal.press("C-c")
    terminal.wait_for("填报第 28 条", "示例：留着", "没有正常结束")


def test_no_editor_at_all_is_told(terminal: Tmux, tmp_path: Path) -> None:
    terminal.type(f"export EDITOR={tmp_path}/没有\n")
    form(terminal)
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：留着")
    terminal.press("F7")
    terminal.wait_for("示例：留着", "打不开编辑器")


def test_a_bracketed_paste_of_several_lines_keeps_them_and_a_line_field_joins_them(
    terminal: Tmux, tmp_path: Path, real_tracker: Path
) -> None:
    form(terminal)
    terminal.wait_for("填报第 28 条")
    text = tmp_path / "paste.txt"
    text.write_bytes("第一行，“引号”\r\n　　第二行；\r\n第三行".encode())
    terminal._run("load-buffer", str(text))
    terminal._run("paste-buffer", "-p", "-r")
    terminal.wait_for("第一行，“引号”", "第三行")
    end = time.monotonic() + 30
    while "第三行" not in draft(real_tracker) and time.monotonic() < end:
        time.sleep(0.05)
    assert draft(real_tracker) == "第一行，“引号”\n　　第二行；\n第三行"
    terminal.press("F3")
    terminal.wait_for("选择佐证材料")
    terminal._run("paste-buffer", "-p", "-r")
    terminal.wait_for("第二行； 第三行")


def test_the_cursor_stands_where_the_next_character_comes(terminal: Tmux) -> None:
    """An input method opens its window of candidates at the terminal's cursor."""
    form(terminal)
    terminal.wait_for("填报第 28 条", "F2 预览并提交")
    lines = terminal.screen().splitlines()
    top = next(at for at, line in enumerate(lines) if line.startswith(" 内容")) + 1
    wait_for_cursor(terminal, (2, top))
    terminal.type("示例甲")
    wait_for_cursor(terminal, (8, top))
    # The wide blank of an input method in full-width mode is a character like any other.
    terminal.type("　乙")
    wait_for_cursor(terminal, (12, top))
    terminal.press("Enter")
    terminal.type("a")
    wait_for_cursor(terminal, (3, top + 1))
    # Another kind brings another row: the message moves down, and the cursor with it.
    terminal.press("F3")
    terminal.wait_for("选择佐证材料")
    terminal.type("示")
    at = next(at for at, line in enumerate(terminal.wait_for("示").splitlines()) if line.strip() == "示")
    wait_for_cursor(terminal, (8 + 1, at))


def wait_for_cursor(terminal: Tmux, place: tuple[int, int]) -> None:
    end = time.monotonic() + 20
    while cursor(terminal) != place:
        assert time.monotonic() < end, f"{cursor(terminal)}, not {place}\n{terminal.screen()}"
        time.sleep(0.05)
