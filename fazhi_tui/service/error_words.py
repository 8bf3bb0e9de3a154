"""Refusals in words: what a read-only look refuses, and what the operating system does.

The system's own words follow the locale and are mostly English.
"""

from __future__ import annotations

import errno

#: Why nothing can be changed, and the way out, where a tracker was opened for looking alone.
READ_ONLY = "这是只读的，只能查看"
READ_ONLY_HINT = (
    "要填报，请不带 --read-only 打开（也不设 FAZHI_READ_ONLY）；浏览器里看的，由提供的人加 --write"
)

_WORDS = {
    errno.ENOENT: "没有这个文件或目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.EISDIR: "这是一个目录",
    errno.ENOTDIR: "上级路径是文件，不是目录",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘或目录是只读的",
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "符号链接绕成了圈",
    errno.ENAMETOOLONG: "名字太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENOEXEC: "不是可以运行的程序",
}


def system_words(error: OSError) -> str:
    """Why the system refused, without the file's name; its own words where the reason is a rare one."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)
