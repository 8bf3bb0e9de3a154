"""Having a person write in their own editor; both fronts call it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.domain.text.visible import one_line

#: All below this line of the file is left out, so that a message may hold lines that begin with "#".
SCISSORS = "# ------------------------ 此线以下不会写入 ------------------------"
NOT_UTF8 = "编辑器保存的不是 UTF-8，按 GB18030 读取"


def edited(
    text: str,
    explanation: str,
    name: str,
    keep: Callable[[str], object],
    remind: Callable[[str], object],
    *,
    shielded: bool = False,
) -> str:
    """What a person made of ``text`` in their editor; ``explanation`` stands below the scissors.

    ``keep`` is given what is in the file if the editor fails or Ctrl+C ends it, so that nothing
    typed is lost; ``remind`` is told what is worth knowing and no failure.  ``shielded``: Ctrl+C is the
    editor's alone (a screen waits behind it).  Raises :class:`UsageError` where there is no editor,
    :class:`RepositoryError` where it failed.
    """
    command = _editor()
    notes = "\n".join(f"# {line}".rstrip() for line in explanation.split("\n"))
    folder = Path(tempfile.mkdtemp(prefix="fazhi-"))
    path = folder / name
    path.write_text(f"{text.rstrip()}\n\n{SCISSORS}\n{notes}\n", encoding="utf-8", errors="backslashreplace")
    try:
        with _interrupts_ignored(shielded):
            code = subprocess.run([*command, str(path)], check=False).returncode
        if code:
            raise RepositoryError(
                f"编辑器 {one_line(command[0])} 没有正常结束（退出码 {code}）", "已放弃；写下的内容留作草稿"
            )
        return _written(_read(path, remind), notes)
    except OSError as error:
        raise UsageError(
            f"打不开编辑器 {one_line(command[0])}：{system_words(error)}",
            "设置环境变量 EDITOR，或用 --message 写明内容",
        ) from error
    except BaseException:
        keep(_written(_read(path, remind), notes))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _interrupts_ignored(shielded: bool) -> Iterator[None]:
    if not shielded or threading.current_thread() is not threading.main_thread():
        yield
        return
    # A handler and not SIG_IGN: what is ignored stays ignored in the editor, too.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _editor() -> list[str]:
    """The person's editor as git chooses it from the environment, else one that is installed."""
    for variable in ("GIT_EDITOR", "VISUAL", "EDITOR"):
        written = os.environ.get(variable, "")
        try:
            words = shlex.split(written)
        except ValueError as error:
            raise UsageError(
                f"环境变量 {variable} 读不懂：{one_line(written)}", "检查里面的引号是否成对"
            ) from error
        if words:
            return words
    for name in ("vi", "nano", "notepad"):
        if shutil.which(name):
            return [name]
    raise UsageError("没有找到编辑器", "设置环境变量 EDITOR，或用 --message 写明内容")


def _read(path: Path, remind: Callable[[str], object]) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        remind(NOT_UTF8)
        return data.decode("gb18030", errors="backslashreplace")


def _written(text: str, notes: str) -> str:
    """What stands above the scissors; without the explanation where somebody removed the scissors."""
    above = text.replace("\r\n", "\n").partition(SCISSORS)[0]
    explanation = set(notes.split("\n"))
    kept = (line for line in above.split("\n") if line not in explanation)
    return "\n".join(kept).strip("\n").rstrip()
