"""The operating system's refusals in Chinese: its own words follow the locale and are mostly English."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import NamedTuple

from fazhi_tui.domain.model.errors import FazhiError, RepositoryError

_RIGHTS = "检查文件和目录的权限，或换一个有权限的用户"
_FULL = "清理出空间后重试；原文件没有改动"


class _Refusal(NamedTuple):
    words: str
    #: What to do so that it can be written.
    hint: str = ""
    #: The words where something was to be written, if they are others.
    writing: str = ""


_REFUSALS = MappingProxyType(
    {
        errno.ENOENT: _Refusal("没有这个文件或目录", "检查路径是否写对", "目录不存在"),
        errno.EACCES: _Refusal("没有权限", _RIGHTS, "没有写权限"),
        errno.EPERM: _Refusal("系统不允许", _RIGHTS, "系统不允许写入"),
        errno.EISDIR: _Refusal("这是一个目录", "移走或改名那个目录后重试", "同名的目录占了位置"),
        errno.ENOTDIR: _Refusal("上级路径是文件，不是目录", "移走或改名那个文件后重试"),
        errno.ENOSPC: _Refusal("磁盘已满", _FULL),
        errno.EDQUOT: _Refusal("磁盘配额已用完", _FULL),
        errno.EROFS: _Refusal("磁盘或目录是只读的", "换到可以写的目录，或重新以可写方式挂载"),
        errno.EIO: _Refusal("磁盘读写出错"),
        errno.ELOOP: _Refusal("符号链接绕成了圈"),
        errno.ENAMETOOLONG: _Refusal("文件名太长", "缩短文件名"),
        errno.EMFILE: _Refusal("打开的文件太多"),
        errno.ENOEXEC: _Refusal("不是可以运行的程序"),
    }
)
_UNKNOWN = _Refusal("")


def system_words(error: OSError | NotImplementedError, *, writing: bool = False) -> str:
    """Why the system refused, without the file's name; its own words where the reason is a rare one.

    ``writing`` says that something was to be written.
    """
    if not isinstance(error, OSError):
        return str(error)
    found = _REFUSALS.get(error.errno or 0, _UNKNOWN)
    return (found.writing if writing else "") or found.words or error.strerror or str(error)


def writing_hint(error: OSError) -> str:
    """What to do so that the file can be written."""
    return _REFUSALS.get(error.errno or 0, _UNKNOWN).hint or "检查磁盘和目录的权限"


@contextmanager
def refusals_as(what: str, hint: str, cls: type[FazhiError] = RepositoryError) -> Iterator[None]:
    """Raise the system's refusals as an error of ours: what could not be done, why, and what to do."""
    try:
        yield
    except OSError as error:
        raise cls(f"{what}：{system_words(error)}", hint) from error
