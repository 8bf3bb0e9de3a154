"""Notes laid out as Markdown: never at the price of a character that somebody wrote."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.text.visible import visible
from fazhi_tui.tui.detail.markdown import note_text_blocks


def shown(text: str) -> str:
    return "\n".join(block.label + block.text for block in note_text_blocks(text))


@pytest.mark.parametrize(
    "text",
    [
        "一行\n二行\n\n三行",
        "5*3*2=30",
        "见 [通知](http://example.org/a)",
        "　　第一段\n　　第二段",
        "a\\*b，C:\\temp\\*.doc",
        "1. 一\n3. 三",
        "[甲]: http://example.org\n正文",
        "<b>粗</b> &amp; <!-- 注 -->",
        "2023_01_02_台账",
        "标题\n===",
    ],
)
def test_what_a_layout_would_drop_stays_as_it_was_written(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        ("# 标题\n正文", "标题\n\n正文"),
        ("**重点**：做了", "重点：做了"),
        ("- 甲\n- 乙", "- 甲\n- 乙"),
        ("> 引文", "| 引文"),
    ],
)
def test_what_loses_nothing_is_laid_out(text: str, laid_out: str) -> None:
    assert shown(text) == laid_out


@given(st.text("甲乙 1.-*#>[]()`|\\_~\n　&;<", max_size=40))
def test_letters_and_figures_all_stay_in_their_order(text: str) -> None:
    def kept(written: str) -> str:
        return re.sub(r"[^甲乙1&;<\\_\[\]()~]", "", written)

    assert kept(shown(text)) == kept(visible(text))
