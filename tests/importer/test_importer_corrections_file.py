"""Mistakes in a hand-written corrections file are told with line and remedy, never with a traceback."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.importer.corrections.file import Edit, edited, load_corrections, parse_corrections
from fazhi_tui.importer.corrections.model import Acceptance
from fazhi_tui.importer.errors import CorrectionError

from .conftest import CORRECTIONS


def _load(tmp_path: Path, text: str) -> CorrectionError:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionError) as caught:
        load_corrections(path)
    return caught.value


SHA = "0" * 64

MISTAKES = [
    ("unknown key", "文子:\n  - 处: '1'\n", 2, "没有“文子”这个键"),
    ("missing key", "文字:\n  - 处: '1'\n    原: 甲\n    改: 乙\n", 2, "缺少“理由”"),
    (
        "strange key in an entry",
        "略去:\n  - 起: 甲\n    止: 乙\n    理由: 丙\n    注: 丁\n",
        5,
        "没有“注”这个键",
    ),
    ("duplicate key", "文字:\n  - 处: '1'\n    处: '2'\n", 3, "重复"),
    ("full-width colon", "文字：\n  - 处: '1'\n", 1, "冒号是全角的"),
    ("list expected", "文字: 甲\n", 1, "应是列表"),
    ("mapping expected", "文字:\n  - 甲\n", 2, "“文字”应由“键: 值”组成"),
    ("text expected", "文字:\n  - 处: [1]\n    原: 甲\n    改: 乙\n    理由: 丙\n", 2, "“处”应是一个值"),
    (
        "place unknown",
        "文字:\n  - 处: 附件\n    原: 甲\n    改: 乙\n    理由: 丙\n",
        2,
        "“处”的写法不对：附件",
    ),
    ("not a number", "通改:\n  - {原: 甲, 改: 乙, 次数: 三, 理由: 丙}\n", 2, "应是整数"),
    ("not a date", "事项:\n  - {措施: '1', 原文: 甲, 截止: 2024年底, 说明: 丙}\n", 2, "应是日期"),
    ("not a measure", "残缺:\n  - {措施: 第1条, 缺: 末尾, 说明: 丙}\n", 2, "“措施”的写法不对：第1条"),
    ("not a choice", "残缺:\n  - {措施: '1', 缺: 中间, 说明: 丙}\n", 2, "不能是“中间”"),
    ("not a list of measures", "缺失:\n  - {措施: '1', 说明: 丙}\n", 2, "应是列表"),
    ("bad sha", "来源:\n  sha256: abc\n", 2, "64 位"),
    (
        "fragments out of count",
        "错行:\n  - 措施: '1'\n    理由: 丙\n    断片:\n      - {起: 甲, 止: 乙, 归位: 2, 理由: 丁}\n",
        2,
        "归位",
    ),
    ("unknown setting", f"来源: {{sha256: '{SHA}'}}\n设置:\n  颜色: 红\n", 3, "没有“颜色”这个键"),
    ("open quote", '文字:\n  - 处: "1\n', 2, "引号"),
]


@pytest.mark.parametrize(("text", "line", "words"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    error = _load(tmp_path, text)
    assert words in f"{error.message}{error.hint}"
    assert abs(error.line - line) <= (1 if words in ("引号", "没有“文子”这个键") else 0), error.message
    assert error.hint


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="读不出校订文件"):
        load_corrections(tmp_path / "none.yaml")


def test_an_empty_file_and_foreign_bytes_are_told(tmp_path: Path) -> None:
    assert "空的" in _load(tmp_path, "# 只有注释\n").message
    path = tmp_path / "gbk.yaml"
    path.write_bytes("来源:\n  说明: 示例\n".encode("gb18030"))
    with pytest.raises(CorrectionError, match="GBK"):
        load_corrections(path)


def test_a_part_that_is_left_out_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(f"来源:\n  sha256: '{SHA}'\n存疑:\n", encoding="utf-8")
    corrections = load_corrections(path)
    assert corrections.source.sha256 == SHA
    assert corrections.doubts == ()
    assert corrections.blocks is None


def test_settings_and_period_are_read_by_the_kinds_of_the_model(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(
        "期间: {起: 2021-01-01, 止: 2025-12-31}\n"
        "设置:\n  统筹单位: 示例办\n  预警天数: 20\n  按进度亮灯: false\n",
        encoding="utf-8",
    )
    corrections = load_corrections(path)
    settings = corrections.settings
    assert (settings.coordinator, settings.warn_days, settings.judge_progress) == ("示例办", 20, False)
    assert corrections.period is not None


def test_every_key_of_the_real_file_is_explained_at_its_head() -> None:
    text = CORRECTIONS.read_text(encoding="utf-8")
    head = text[: text.index("\n来源:")]
    keys = [line[:-1] for line in text.splitlines() if line.endswith(":") and not line.startswith((" ", "#"))]
    assert len(keys) == 15
    for key in keys:
        assert key in head, key


@given(st.text(alphabet=st.sampled_from("文字处原改理由:-[]{}\"'&*!|> \n\t甲1："), max_size=60))
def test_any_text_gives_corrections_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8")
    with contextlib.suppress(CorrectionError):  # anything else is a traceback for the user
        load_corrections(path)


def _accept(message: str) -> Edit:
    entry = Acceptance(line=0, message=message, reason="示例")
    return Edit(("认可",), entry, lambda other: other.message == message)


def test_an_entry_that_is_decided_again_stays_in_its_place_and_its_neighbours_as_they_are() -> None:
    text = "认可:   # 手写\n  # 一\n  - 事: 甲\n    理由: 旧\n  # 二\n  - {事: 乙, 理由: 旧}\n# 末尾\n"
    once = edited(text, [_accept("甲")])
    assert once == text.replace("    理由: 旧\n", "    理由: 示例\n")
    assert edited(once, [_accept("甲")]) == once


def test_an_edit_adds_a_list_that_is_not_there_and_takes_entries_out() -> None:
    text = edited("", [_accept("甲"), _accept("乙")])
    assert [entry.message for entry in parse_corrections(text.encode(), "示例").acceptances] == ["甲", "乙"]
    gone = edited(text, [Edit(("认可",), None, lambda other: other.message == "甲")])
    assert [entry.message for entry in parse_corrections(gone.encode(), "示例").acceptances] == ["乙"]
