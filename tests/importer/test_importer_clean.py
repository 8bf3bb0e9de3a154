"""What is taken away before anything is read, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats import read_document
from fazhi_tui.importer.text.clean import clean, remove_blanks, remove_page_markers, widen_punctuation
from fazhi_tui.importer.text.source_map import LineNumbers, MappedText, join

# What scrapes and plans are made of.
ODD = st.text(alphabet=st.sampled_from("甲乙。，,:;()“”《》 \t\n　123、.XxA+？!"), max_size=60)


def _clean(text: str) -> str:
    return clean(MappedText.whole(text))[0].text


def test_markers_and_their_line_breaks_go_where_every_line_carries_the_next_number() -> None:
    assert _clean("1、示例方案的第一\n2、行。\n3、完") == "示例方案的第一行。完"


def test_a_marker_inside_a_year_is_taken_out_of_it() -> None:
    assert _clean("1、（202120\n2、25年)") == "（20212025年）"


@pytest.mark.parametrize("text", ["1、甲\n3、乙", "1、甲\n乙\n2、丙", "1、只有一行", "甲\n乙"])
def test_lines_that_are_not_counted_through_are_left_alone(text: str) -> None:
    assert remove_page_markers(MappedText.whole(text))[0].text == text


def test_blank_lines_between_markers_do_not_matter() -> None:
    assert _clean("\n1、甲\n\n2、乙") == "甲乙"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政 府", "政府"),
        ("（2025 年）", "（2025年）"),
        ("19 .创新", "19.创新"),
        ("“4 27”", "“4 27”"),
        ("“4   27”", "“4 27”"),
        ("use  of", "use of"),
        (" 甲　乙\u00a0", "甲乙"),
    ],
)
def test_blanks_go_but_between_two_ascii_words(text: str, expected: str) -> None:
    assert remove_blanks(MappedText.whole(text))[0].text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲,乙;丙:丁(戊)!?", "甲，乙；丙：丁（戊）！？"),
        ("1,000元", "1,000元"),
        ("15:30", "15:30"),
        ("(2021)", "（2021）"),
        ("19.创新", "19.创新"),
    ],
)
def test_punctuation_becomes_full_width_but_inside_numbers(text: str, expected: str) -> None:
    assert widen_punctuation(MappedText.whole(text))[0].text == expected


@given(ODD)
def test_cleaning_loses_no_character_and_invents_none(text: str) -> None:
    cleaned, taken = clean(MappedText.whole(text))
    offsets = [*cleaned.origin, *(offset for _, what in taken for offset in what.origin)]
    assert sorted(offsets) == list(range(len(text)))
    widened, _ = widen_punctuation(MappedText.whole(text))
    assert len(widened) == len(text)
    for _, what in taken:
        assert not set(what.text) & set("甲乙。，《》“”")


@given(ODD)
def test_cleaning_what_is_clean_changes_nothing_more_but_markers(text: str) -> None:
    once = widen_punctuation(remove_blanks(MappedText.whole(text))[0])[0].text
    assert widen_punctuation(remove_blanks(MappedText.whole(once))[0])[0].text == once


@given(ODD, st.data())
def test_replacing_words_keeps_every_other_character_where_it_came_from(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    new = data.draw(ODD)
    changed, gone = MappedText.whole(text).replace(start, stop, new)
    assert changed.text == text[:start] + new + text[stop:]
    kept = [offset for offset in (*changed.origin, *gone.origin) if offset >= 0]
    assert sorted(kept) == list(range(len(text)))
    for char, offset in zip(changed.text, changed.origin, strict=True):
        assert offset < 0 or text[offset] == char


def test_lines_are_counted_from_one_and_nowhere_is_zero() -> None:
    text = "甲\n乙丙\n丁"
    whole = MappedText.whole(text)
    assert [LineNumbers(text).of(whole.cut(at)) for at in (0, 2, 3, 5)] == [1, 2, 2, 3]
    assert LineNumbers(text).of(MappedText.inserted("戊")) == 0
    assert join([]).text == ""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "空的"),
        (b" \n\n", "空的"),
        ("第一行\n".encode() + b"\xff", "第2行有无法按 UTF-8 解码的字节"),
        (b"PK\x03\x04\x00\x00", "损坏"),
    ],
)
def test_bytes_that_are_no_text_get_a_clear_answer(source: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        read_document(source, "示例.txt")
    assert caught.value.hint
