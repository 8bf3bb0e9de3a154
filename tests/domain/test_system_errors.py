"""The operating system's refusals, in Chinese."""

from __future__ import annotations

import errno

import pytest

from fazhi_tui.domain.system_errors import system_words, writing_hint


@pytest.mark.parametrize(
    ("error", "words", "writing", "hint"),
    [
        (
            OSError(errno.ENOENT, "No such file"),
            "没有这个文件或目录",
            "目录不存在",
            "检查路径是否写对",
        ),
        (
            OSError(errno.EACCES, "Permission denied"),
            "没有权限",
            "没有写权限",
            "检查文件和目录的权限，或换一个有权限的用户",
        ),
        (OSError(errno.ENOSPC, "No space"), "磁盘已满", "磁盘已满", "清理出空间后重试；原文件没有改动"),
        (OSError(errno.EIO, "I/O"), "磁盘读写出错", "磁盘读写出错", "检查磁盘和目录的权限"),
        (OSError(errno.EXDEV, "Cross-device"), "Cross-device", "Cross-device", "检查磁盘和目录的权限"),
        (OSError("plain"), "plain", "plain", "检查磁盘和目录的权限"),
    ],
)
def test_a_refusal_in_words(error: OSError, words: str, writing: str, hint: str) -> None:
    assert system_words(error) == words
    assert system_words(error, writing=True) == writing
    assert writing_hint(error) == hint


def test_what_a_system_cannot_do_at_all_is_told_in_its_own_words() -> None:
    assert system_words(NotImplementedError("symlink() unavailable")) == "symlink() unavailable"
