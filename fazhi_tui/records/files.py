"""The file system: reading within limits and within the repository, and writing whole files or none."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.system_errors import system_words, writing_hint

#: No file of a plan or a note is anywhere near this; what is larger is not read at all.
SIZE_LIMIT = 1024 * 1024


@dataclass(slots=True, eq=False, repr=False)
class Found:
    """What lies on disk: the files that could be read, and a problem for each that could not.

    ``unread`` are the plan's YAML files, the notes and the folders of notes among the latter: they stay
    visible, as broken rows and with the measures that they are of.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def refuse(self, path: str, code: str, message: str, hint: str) -> None:
        """Note a file that cannot be read."""
        self.problems.append(Problem.of_file(path, code, message, hint))
        if (path.startswith("plan/") and path.endswith(".yaml")) or path.partition("/")[0] == "status":
            self.unread.append(path)


def read_tree(root: Path) -> Found:
    """Read ``plan/*.yaml`` and ``status/*/*.md``; writes nothing and follows no link out of ``root``."""
    found = Found()
    base = os.path.realpath(root)
    for entry in _entries(base, "plan", found):
        if entry.name.endswith(".yaml"):
            _read(base, f"plan/{entry.name}", entry, found)
        elif entry.name.endswith((".yml", ".YAML", ".YML")):
            path = f"plan/{entry.name}"
            found.refuse(path, "file-suffix", "扩展名不是 .yaml，没有读入", "把扩展名改为小写的 .yaml")
            found.unread.append(path)
    for folder in _entries(base, "status", found):
        path = f"status/{folder.name}"
        if folder.is_dir():
            for entry in _entries(base, path, found):
                inside = f"{path}/{entry.name}"
                if entry.name.endswith(".md"):
                    _read(base, inside, entry, found)
                elif entry.name != "evidence":
                    message = "不是进展（.md），没有读入"
                    hint = "佐证材料放在 evidence 目录里；进展的文件名以 .md 结尾"
                    found.problems.append(
                        Problem(inside, 0, 0, "stray-file", message, hint, Severity.WARNING)
                    )
        elif folder.name.endswith(".md") and folder.name != "README.md":
            hint = "移到 status/措施编号/ 下，如 status/28/"
            found.refuse(path, "note-misplaced", "进展不在某一条措施的目录里，没有读入", hint)
        elif folder.is_symlink():
            found.refuse(path, "symlink", "指向的位置不存在，没有读入", "换成真正的目录")
    return found


def _entries(base: str, folder: str, found: Found) -> list[os.DirEntry[str]]:
    """The visible entries of a folder by name; a folder that is not there has none."""
    path = Path(base, folder)
    if path.is_symlink() and not _inside(base, path):
        found.refuse(folder, "symlink", "目录是指向仓库外的符号链接，没有读入", "换成真正的目录")
        return []
    try:
        with os.scandir(path) as entries:
            return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        found.refuse(folder, "not-a-folder", "应是目录，却是文件", "移走这个文件")
    except OSError as error:
        found.refuse(folder, "unreadable", f"读不了目录：{system_words(error)}", "检查目录的权限")
    return []


def _inside(base: str, path: str | Path) -> bool:
    real = os.path.realpath(path)
    return real == base or real.startswith(base.rstrip(os.sep) + os.sep)


def _read(base: str, path: str, entry: os.DirEntry[str], found: Found) -> None:
    if entry.is_symlink() and not (_inside(base, entry.path) and Path(entry.path).exists()):
        outside, broken = "是指向仓库外的符号链接，没有读入", "是断开的符号链接，指向的文件不存在"
        message = broken if _inside(base, entry.path) else outside
        found.refuse(path, "symlink", message, "把文件本身复制进仓库，代替符号链接")
        return
    try:
        # O_NONBLOCK: a named pipe must not hold the program up before it is seen to be one.
        handle = os.open(entry.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if Path(entry.path).is_dir():
            found.refuse(path, "not-a-file", "应是文件，却是目录", "移走或改名这个目录")
        else:
            found.refuse(path, "unreadable", f"读不了文件：{system_words(error)}", "检查文件的权限")
        return
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            found.refuse(path, "not-a-file", "应是文件，却是目录", "移走或改名这个目录")
        elif not stat.S_ISREG(status.st_mode):
            found.refuse(path, "not-a-file", "不是普通文件（管道或设备），没有读入", "换成普通的文本文件")
        elif status.st_size > SIZE_LIMIT:
            message = f"文件有 {status.st_size / SIZE_LIMIT:.1f} MB，超过 1 MB，没有读入"
            hint = "这里只放文字记录；附件放到 status/措施编号/evidence/ 下"
            found.refuse(path, "too-large", message, hint)
        else:
            found.files[path] = _read_all(handle, status.st_size)
    except OSError as error:
        found.refuse(path, "unreadable", f"读不了文件：{system_words(error)}", "检查磁盘和文件的权限")
    finally:
        os.close(handle)


def _read_all(handle: int, size: int) -> bytes:
    data = os.read(handle, size + 1)
    if len(data) == size:
        return data
    # The file grows or shrinks while it is read, or the system hands it out in pieces.
    parts = [data]
    while sum(map(len, parts)) <= SIZE_LIMIT and (data := os.read(handle, SIZE_LIMIT)):
        parts.append(data)
    return b"".join(parts)


def fingerprint(root: Path) -> tuple[tuple[str, int, int, int], ...]:
    """A cheap value that changes when a file of the plan or of the notes does; nothing is read.

    One (path, inode, size, time of change in ns) for each file and each folder of notes.
    """
    marks: list[tuple[str, int, int, int]] = []

    def add(folder: str, depth: int) -> None:
        try:
            with os.scandir(root / folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            return
        for entry in listed:
            path = f"{folder}/{entry.name}"
            with suppress(OSError):
                if depth and entry.is_dir():
                    add(path, depth - 1)
                elif entry.name.endswith((".yaml", ".yml", ".md")):
                    found = entry.stat()
                    marks.append((path, found.st_ino, found.st_size, found.st_mtime_ns))

    add("plan", 0)
    add("status", 1)
    return tuple(marks)


def write_atomic(path: Path, content: str | bytes, *, durable: bool = True) -> None:
    """Write a whole file or nothing: beside, synced to disk, then renamed over ``path``.

    Text is written as UTF-8 with its line breaks as they are; folders on the way are made; the mode of
    an existing file is kept.  Raises :class:`RepositoryError` in Chinese; then ``path`` is as it was and
    no temporary file is left.  Without ``durable`` it outlives the process, but a power cut only after
    :func:`sync`: for what is written at every key.
    """
    try:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RepositoryError(
            f"写不了 {path.name}：第 {error.start + 1} 个字符不能写成 UTF-8",
            "重新输入这一处文字；可能是终端的编码不是 UTF-8",
        ) from error
    # The system itself applies the umask to a new file; a replaced one keeps its mode.
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as stream:
            if hasattr(os, "fchmod"):
                with suppress(FileNotFoundError):
                    os.fchmod(stream.fileno(), stat.S_IMODE(path.stat().st_mode))
            stream.write(data)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise RepositoryError(
            f"写不了 {path}：{system_words(error, writing=True)}", writing_hint(error)
        ) from error
    finally:
        # Gone after the rename; left only where something failed, Ctrl+C included.
        with suppress(OSError):
            temporary.unlink()
    if durable:
        _fsync(path.parent, os.O_RDONLY)


def sync(path: Path) -> None:
    """Bring a written file to the disk itself; nothing happens where the system cannot or it is gone."""
    if _fsync(path, os.O_RDWR):
        _fsync(path.parent, os.O_RDONLY)


def _fsync(path: Path, flags: int) -> bool:
    # A folder too: without it a new name may be lost with the power.  Not every system can open one.
    with suppress(OSError):
        handle = os.open(path, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        return True
    return False
