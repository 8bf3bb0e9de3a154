"""Git's words become a Chinese sentence, and are kept below it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.vcs.error_messages import explain, explain_commit


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "fatal: detected dubious ownership in repository at '/a b'",
            "git 不信任这个仓库：目录 /a b 属于另一个用户",
        ),
        (
            "fatal: unsafe repository ('/x' is owned by someone else)",
            "git 不信任这个仓库：目录 /x 属于另一个用户",
        ),
        ("致命错误：在 '/x' 检测到可疑的仓库所有权", "git 不信任这个仓库：目录 /x 属于另一个用户"),
        ("fatal: not a git repository (or any of the parent directories): .git", "这里不是 git 仓库"),
        ("error: unable to write file: No space left on device", "磁盘满了"),
        ("fatal: 不能写：设备上没有空间", "磁盘满了"),
        ("error: could not lock config file .git/config: Read-only file system", "只读"),
        ("error: gpg failed to sign the data", "提交没有签上名"),
        ("错误：gpg 无法为数据签名", "提交没有签上名"),
        ("fatal: unable to auto-detect email address (got 'a@b.(none)')", "git 不知道提交人是谁"),
        ("fatal: empty ident name (for <a>) not allowed", "git 不知道提交人是谁"),
        ("error: insufficient permission for adding an object", "没有写这个仓库的权限"),
        ("fatal: cannot do a partial commit during a merge.", "没做完的合并"),
        ("fatal: LF would be replaced by CRLF in a", "换行"),
        ("fatal: index file corrupt", "暂存区"),
        ("fatal: bad config line 3 in file .git/config", "配置文件"),
        ("fatal: loose object abc is corrupt", "缺损"),
        ("fatal: Pathspec 'a' is in submodule 'b'", "子模块"),
    ],
)
def test_known_words_are_explained_with_a_way_out(said: str, sentence: str) -> None:
    error = explain("提交", said, 128)
    assert sentence in error.message
    assert error.hint
    assert error.output == said
    assert said in error.message


@given(said=st.text(max_size=300), code=st.integers(-64, 255))
def test_any_words_at_all_are_kept_and_framed(said: str, code: int) -> None:
    for error in (explain("提交", said, code), explain_commit(said, code)):
        assert error.sentence
        assert error.hint
        assert error.output == said.strip("\n")


def test_braces_in_a_path_are_only_text() -> None:
    error = explain("提交", "fatal: detected dubious ownership in repository at '/a/{0}{x}'", 128)
    assert "/a/{0}{x}" in error.sentence


def test_a_flood_of_words_is_cut_in_the_middle() -> None:
    error = explain_commit("头" + "x" * 100_000 + "尾", 1)
    assert error.output.startswith("头")
    assert error.output.endswith("尾")
    assert len(error.message) < 25_000
