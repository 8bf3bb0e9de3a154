"""Documentation is tested: every command has Chinese help, and every example in it runs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from fazhi_tui.cli.command_table import COMMAND_NAMES
from tests.cli.conftest import Run
from tests.cli.running import FAZHI, Terminal, review_and_build, run_line, write_documents
from tests.conftest import REPOSITORY, git

PAGES = ["", *COMMAND_NAMES]
#: Examples that open the screen: run in a terminal.
SCREEN = re.compile(r"fazhi( 28| --view 红灯)?")
#: Commands that talk to a server.
NEEDS_SERVER = ("sync", "resolve", "submit")


def help_of(fazhi: Run, command: str) -> str:
    result = fazhi(*([command] if command else []), "--help")
    assert result.code == 0
    assert result.err == ""
    return result.out


def examples(page: str) -> list[str]:
    """The command lines under 例."""
    return re.findall(r"^  (fazhi\b.*)$", page.partition("例：\n")[2].partition("\n\n")[0], re.MULTILINE)


@pytest.mark.parametrize("command", PAGES)
def test_every_command_has_chinese_help_with_an_example(fazhi: Run, command: str) -> None:
    page = help_of(fazhi, command)
    assert page.startswith(f"用法：fazhi {command}".rstrip())
    assert "选项：" in page
    assert examples(page)
    assert not re.search(r"Usage|Options|Arguments|Commands|Show this|default|required|<str>|TEXT", page)
    described = re.findall(r"^  (?:-\w, )?--[a-z-]+(?: \S+)?  +(\S.*)$", page, re.MULTILINE)
    assert described
    assert all(re.match(r"[\u3400-\u9fff]|-|git|JSON", text) or text[0] >= "\u4e00" for text in described), (
        described
    )


def test_the_first_page_lists_every_command_with_what_it_does(fazhi: Run) -> None:
    page = help_of(fazhi, "")
    assert page == fazhi("-h").out
    for command in COMMAND_NAMES:
        assert re.search(rf"^  {command} +[\u4e00-\u9fff]", page, re.MULTILINE), command


def test_the_help_fits_a_narrow_terminal(fazhi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from wcwidth import wcswidth

    monkeypatch.setenv("COLUMNS", "80")
    for command in PAGES:
        page = help_of(fazhi, command)
        body = page.partition("例：\n")[0] + page.partition("例：\n")[2].partition("\n\n")[2]
        for line in body.splitlines():
            assert wcswidth(line) <= 80, line


@pytest.mark.parametrize("command", PAGES)
def test_every_example_runs(
    tracker: Path,
    fazhi: Run,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    lines = examples(help_of(fazhi, command))
    (tracker / "三定方案.pdf").write_bytes(b"%PDF")
    (tracker / "进展.txt").write_text("示例：进展\n", encoding="utf-8")
    source = REPOSITORY / "plan" / "source"
    shutil.copy(source / "document.txt", tracker / "方案.txt")
    shutil.copy(source / "corrections.yaml", tracker / "校订.yaml")
    if command == "import":
        write_documents(tracker)
    if command == "":
        fazhi("views", "add", "红灯", "灯:红")
    if command == "undo":
        fazhi("report", "28", "-m", "示例")
    if command in NEEDS_SERVER:
        _connect(tracker)
    if command == "submit":
        fazhi("report", "28", "--unit", "市司法局", "-m", "示例")
    if command == "resolve":
        _tear(tracker)
    for line in lines:
        if "--draft" in line:
            _leave_a_draft(tracker)
        if line.endswith("--review"):
            review_and_build(tracker, line)
            continue
        if SCREEN.fullmatch(line):
            _open_and_quit(tracker, line)
            continue
        if command == "serve":
            _serve_and_interrupt(tracker, line)
            continue
        if command == "init":
            for who in ("AUTHOR", "COMMITTER"):
                monkeypatch.setenv(f"GIT_{who}_NAME", "示例")
                monkeypatch.setenv(f"GIT_{who}_EMAIL", "示例")
        done = run_line(capsys, line, tracker)
        # Each answer but the last leaves something to be settled.
        settling = command == "resolve" and line != lines[-1]
        assert done.code == (1 if settling else 0), (line, done.out, done.err)
        assert "错误" not in done.err, (line, done.err)


def _leave_a_draft(tracker: Path) -> None:
    from fazhi_tui.service.notes.drafts import Drafts
    from fazhi_tui.service.notes.request import ReportRequest

    Drafts(tracker).save(ReportRequest("28", "市司法局", "示例：草稿"))


def _open_and_quit(tracker: Path, line: str) -> None:
    terminal = Terminal(tracker, *line.split()[1:], columns=120, lines=40)
    if len(line.split()) == 1:
        # One's own unit comes first; q leads to the list, and from there out.
        terminal.read_until("我的单位")
        terminal.send("q")
    terminal.read_until("分支 main")
    terminal.send("q")
    assert terminal.close() == 0


def _serve_and_interrupt(tracker: Path, line: str) -> None:
    terminal = Terminal(tracker, *shlex.split(line)[1:])
    terminal.read_until("/?token=")
    terminal.read_until("Ctrl+C")
    # As the keyboard sends it: to everything that runs in the terminal.
    terminal.send("\x03")
    terminal.read_until("已停止")
    assert terminal.close() == 0


def _connect(tracker: Path) -> None:
    """A server beside the tracker, as a bare repository."""
    git(tracker.parent, "clone", "-q", "--bare", str(tracker), "服务器.git")
    git(tracker, "remote", "add", "origin", str(tracker.parent / "服务器.git"))
    git(tracker, "fetch", "-q")
    git(tracker, "branch", "-q", "--set-upstream-to=origin/main")


def _tear(tracker: Path) -> None:
    """Both sides change the same places; a sync leaves them to be settled."""
    other = tracker.parent / "另一份"
    git(tracker.parent, "clone", "-q", str(tracker.parent / "服务器.git"), str(other))
    for root, day, word in ((other, "2023-03-31", "甲"), (tracker, "2023-06-30", "乙")):
        for name, old, new in (
            ("28", "截止: 2022-12-31", f"截止: {day}"),
            ("28", "主渠道作用", f"主渠道{word}"),
            ("plan", "标题: ", f"标题: {word}"),
        ):
            path = root / "plan" / f"{name}.yaml"
            path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        git(root, "-c", "user.name=示例", "-c", "user.email=x@example.org", "commit", "-qam", "示例")
    git(other, "push", "-q")
    subprocess.run([FAZHI, "sync"], cwd=tracker, capture_output=True, check=False)
