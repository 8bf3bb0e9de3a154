"""What is typed wrongly is answered in Chinese, with what was probably meant, and never by a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ENGLISH = re.compile(
    r"\b(Usage|Error|Missing|No such|Invalid|Options|Traceback|Try|Got unexpected|requires)\b"
)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("list", "--jsn"), "--json"),
        (("list", "--zzz"), "没有选项 --zzz"),
        (("list", "-x"), "没有选项 -x"),
        (("--reop", ".", "list"), "--repo"),
        (("list", "--repo"), "--repo 后面缺少值"),
        (("list", "--json=1"), "--json 不带值"),
        (("show",), "缺少参数 编号"),
        (("show", "28", "29"), "多出的参数：29"),
        (("import", "x"), "--into"),
        (("check", "28"), "多出的参数"),
        (("log", "kind:什么"), "没有「什么」这一类"),
        (("diff", "28"), "要写明从哪里到哪里"),
        (("list", "--at", "没有"), "没有提交、标签或日期"),
        (("report",), "没有写措施编号"),
        (("lst",), "fazhi list"),
        (("lsit", "--json"), "fazhi list"),
        (("reprot", "28"), "fazhi report"),
        (("chekc",), "fazhi check"),
        (("completion", "tcsh"), "bash"),
        (("list", "\x1b[31m:3"), "<1B>"),
        (("--\x1b[2J",), "<1B>"),
        (("show", "\u202e28"), "<202E>"),
        (("show", "28", "\x1b]0;x\x07"), "<1B>"),
    ],
)
def test_a_slip_is_answered_in_chinese(tracker: Path, fazhi: Run, words: tuple[str, ...], says: str) -> None:
    result = fazhi(*words)
    assert result.code == 2
    assert result.out == ""
    assert says in result.err
    assert result.err.startswith("错误：")
    assert not ENGLISH.search(result.err), result.err
    assert "\x1b" not in result.err


@pytest.mark.parametrize("words", [(), ("28",), ("lead:sfj",), ("复议",), ("sfj",), ("-lead:sfj",), ("red",)])
def test_a_word_that_is_no_command_is_a_query_for_the_screen(
    tracker: Path, fazhi: Run, words: tuple[str, ...]
) -> None:
    result = fazhi(*words)
    assert result.code == 2
    assert "没有终端" in result.err
    assert "fazhi list" in result.err


def test_the_version_is_told(fazhi: Run) -> None:
    result = fazhi("--version")
    assert result.code == 0
    assert re.fullmatch(r"fazhi \d+\.\d+\.\d+\n", result.out)
