"""Ways to run the command line: inside this process, as a real process, and in a real pseudo-terminal."""

from __future__ import annotations

import codecs
import json
import os
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fazhi_tui.cli import run

PYTHON = Path(sys.executable)
FAZHI = PYTHON.parent / "fazhi"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def process(
    root: Path,
    *words: str,
    stdin: bytes | None = None,
    env: dict[str, str] | None = None,
    timeout: float = 60,
) -> Result:
    """Run the installed ``fazhi`` in ``root``; no terminal anywhere."""
    done = subprocess.run(
        [FAZHI, *words],
        cwd=root,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=timeout,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_here(capsys: pytest.CaptureFixture[str], words: Sequence[str]) -> Result:
    """Run a command line inside this process."""
    capsys.readouterr()
    code = run(words)
    shown = capsys.readouterr()
    return Result(code, shown.out, shown.err)


def run_line(capsys: pytest.CaptureFixture[str], line: str, root: Path) -> Result:
    """Run a line of the documentation; in a shell, as processes of their own, only where that is needed.

    The current folder is ``root`` already.
    """
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    if words[0] == "fazhi" and not any(set(word) <= set("();<>|&") for word in words if word):
        return run_here(capsys, words[1:])
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=root,
        env={**os.environ, "PATH": f"{FAZHI.parent}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


class Terminal:
    """A real pseudo-terminal with a process in it; what it shows is kept as text."""

    def __init__(
        self,
        root: Path,
        *words: str,
        program: str | Path = FAZHI,
        env: dict[str, str] | None = None,
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        import pty

        self.shown = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # the child: becomes fazhi
            os.chdir(root)
            environ = {**os.environ, "TERM": "xterm-256color", **(env or {})}
            environ |= {"COLUMNS": str(columns), "LINES": str(lines)}
            os.execvpe(program, [str(program), *words], environ)

    def read_until(self, text: str, timeout: float = 20) -> str:
        end = time.monotonic() + timeout
        while text not in self.shown:
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} never came; shown so far:\n{self.shown[-2000:]}")
            if not self._read(0.2):
                break
        assert text in self.shown, self.shown[-2000:]
        return self.shown

    def send(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def interrupt(self) -> None:
        os.kill(self.pid, signal.SIGINT)

    def close(self, timeout: float = 20) -> int:
        """Read to the end; gives the exit code."""
        end = time.monotonic() + timeout
        while self._read(0.2):
            assert time.monotonic() < end, f"it never ended:\n{self.shown[-2000:]}"
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)

    def _read(self, wait: float) -> bool:
        """Read what there is; False when the other side has closed."""
        ready, _, _ = select.select([self.fd], [], [], wait)
        if not ready:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.shown += self._decoder.decode(data)
        return bool(data)


def review_and_build(folder: Path, line: str, environ: dict[str, str] | None = None) -> None:
    """Open the review that a command line asks for, find nothing doubtful, and have the tracker made."""
    terminal = Terminal(folder, *line.split()[1:], columns=120, lines=40, env=environ)
    terminal.read_until("没有存疑")
    terminal.send("q")
    terminal.read_until("现在写入台账吗")
    terminal.send("\r")
    assert terminal.close() == 0
    assert "提交为" in terminal.shown or "没有改动" in terminal.shown


def write_documents(folder: Path) -> None:
    """A plan and its revision, as Word writes them."""
    from docx import Document

    for name, words in (("方案.docx", "统筹示例。"), ("修订后的方案.docx", "统筹样例。")):
        document = Document()
        for line in (
            "示例市实施方案（2023—2025年）",
            "一、任务",
            f"1.优化示例。{words}（牵头单位：市示例局）",
            "2.推进示例。每年公布示例清单。（牵头单位：市示例局）",
        ):
            document.add_paragraph(line)
        document.save(str(folder / name))
    from openpyxl import Workbook

    workbook = Workbook()
    for row in (
        ("示例市2023年任务分解表",),
        ("序号", "任务", "牵头单位", "配合单位", "完成时限", "截至2023年6月底进展情况"),
        ("1", "优化示例机构", "市示例局", "市样本局", "2023年12月底前", "示例：方案已印发"),
    ):
        workbook.active.append(row)
    workbook.save(folder / "任务分解表.xlsx")

    returned = Workbook()
    for cells in (
        ("示例市2023年任务进展表",),
        ("序号", "任务", "牵头单位", "截至2023年6月底进展情况"),
        ("1", "优化示例。统筹样例。", "市示例局", "示例：方案已印发"),
    ):
        returned.active.append(cells)
    returned.save(folder / "市司法局交回.xlsx")
