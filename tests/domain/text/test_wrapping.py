"""Wrapped text loses nothing, keeps to its width and to the rules of Chinese typesetting."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi_tui.domain.text.cells import cell_len
from fazhi_tui.domain.text.wrapping import NOT_FIRST, NOT_LAST, wrap

TEXT = st.text(st.sampled_from("市司法局，。（）《》abc 12\n“”.-"), max_size=120)


@given(TEXT, st.integers(2, 60))
def test_wrapping_keeps_every_character_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(TEXT, st.integers(30, 60))
@example("1" * 13 + "。" * 9, 30)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int) -> None:
    for paragraph in text.split("\n"):
        lines = wrap(paragraph, width)
        for before, after in pairwise(lines):
            joint = before[-12:] + after[:1]
            # Nothing but marks and words for as far as a line may give way: then it is broken by force.
            if any(char not in NOT_FIRST | NOT_LAST | {" "} for char in joint):
                assert after[0] not in NOT_FIRST or _unbreakable(before), (before, after)


def _unbreakable(line: str) -> bool:
    """Whether no two of the last characters may be parted: they are marks, or letters of one word."""
    return not any(
        second not in NOT_FIRST and first not in NOT_LAST and not (first in "abc12.-" and second in "abc12.-")
        for first, second in pairwise(line[-12:])
    )


def test_a_latin_word_is_not_broken_where_it_fits() -> None:
    assert wrap("运行 git config 设置姓名", 12) == ["运行 git", "config 设置", "姓名"]


def test_a_longer_word_is_kept_whole_where_the_line_may_give_up_enough() -> None:
    text = "请运行 fazhi-resolve-conflicts"
    assert wrap(text, 24) == ["请运行 fazhi-resolve-con", "flicts"]
    assert wrap(text, 24, slack=24) == ["请运行", "fazhi-resolve-conflicts"]
    assert wrap("fazhi-resolve-conflicts", 12, slack=12) == ["fazhi-resolv", "e-conflicts"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("法治\n\n政府", 10, ["法治", "", "政府"]),
        ("a\tb", 10, ["a   b"]),
        ("\tb", 10, ["    b"]),
        ("法治", 1, ["法", "治"]),
        ("法治", 0, ["法", "治"]),
        ("ab", 0, ["a", "b"]),
        ("ab", 1, ["a", "b"]),
        ("法治政府。", 8, ["法治政", "府。"]),
        ("法治政（府）", 8, ["法治政", "（府）"]),
        ("法治政府", 8, ["法治政府"]),
        ("法治政府，", 10, ["法治政府，"]),
        ("ab  ", 4, ["ab  "]),
        ("法治  政府", 4, ["法治", "政府"]),
        ("法治X X政府", 5, ["法治X", "X政府"]),
        # A blank of full width is a character like any other.
        ("法\u3000治", 4, ["法\u3000", "治"]),
        ("。。。。", 4, ["。。", "。。"]),
        ("法治甲X-1", 7, ["法治甲", "X-1"]),
        ("，（法，（法", 4, ["，", "（法", "，", "（法"]),
        ("甲乙Xb", 5, ["甲乙", "Xb"]),
    ],
)
def test_lines_of_a_text(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_how_far_a_line_may_give_way() -> None:
    assert wrap("甲乙丙abcdef", 10, slack=5) == ["甲乙丙", "abcdef"]
    assert wrap("甲乙丙abcdef", 10, slack=4) == ["甲乙丙abcd", "ef"]
    assert wrap("甲乙丙丁abcdefg", 14, slack=5) == ["甲乙丙丁abcdef", "g"]
