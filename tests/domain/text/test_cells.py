"""Cells: one measure, equal to wcwidth's and to Textual's; what is cut or padded keeps to the width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as textual_cell_len
from wcwidth import wcswidth

from fazhi_tui.domain.text.cells import cell_len, cut, fitting, pad
from fazhi_tui.domain.text.visible import visible
from tests.domain.fresh import fresh

# What is shown has been through visible(): no control characters.
shown = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(
    lambda text: visible(text).replace("\n", "").replace("\t", "")
)
chinese = st.text(st.sampled_from("法治政府，。“”、ab c1（）—…·"), max_size=60)


@given(shown | chinese)
def test_cells_are_those_of_wcwidth(text: str) -> None:
    assert cell_len(text) == max(0, wcswidth(text))


def test_cells_are_those_of_textual_for_all_characters_that_documents_and_screens_use() -> None:
    # Latin to Cyrillic, signs and shapes, Chinese and its punctuation, full-width forms, rare ideographs.
    blocks = [
        *((0x20, 0x7E), (0xA0, 0x4FF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0xABFF)),
        *((0xE000, 0xFEFE), (0xFF00, 0xFFE6), (0x1F300, 0x1F3FA), (0x20000, 0x323AF)),
    ]
    characters = [chr(code) for first, last in blocks for code in range(first, last + 1)]
    assert [char for char in characters if cell_len(char) != textual_cell_len(char)] == []


@given(chinese, st.integers(0, 40))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    short = cut(text, width)
    assert cell_len(short) <= width
    assert short == text or width < 2 or (short.endswith("..") and text.startswith(short[:-2]))
    assert cell_len(pad(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("法治政府", 8, "法治政府"),
        ("法治政府", 7, "法治.."),
        ("法治政府", 6, "法治.."),
        ("法治政府", 5, "法.."),
        ("法治政府", 2, ".."),
        ("法治政府", 1, "."),
        ("法治政府", 0, ""),
        ("法治政府", -1, ""),
        ("ab", 2, "ab"),
        (".....", 5, "....."),
        ("法治政府a", 9, "法治政府a"),
    ],
)
def test_as_much_as_fits_is_kept(text: str, width: int, short: str) -> None:
    assert cut(text, width) == short


@pytest.mark.parametrize(
    ("width", "start", "end"),
    [(0, 0, 0), (1, 0, 0), (2, 0, 1), (3, 0, 2), (3, 1, 3), (9, 0, 4), (0, 3, 3), (2, 3, 4)],
)
def test_where_the_longest_piece_that_fits_ends(width: int, start: int, end: int) -> None:
    assert fitting("法a治政", width, start) == end


def test_a_piece_is_measured_from_the_beginning_unless_told_otherwise() -> None:
    assert fitting("法a治政", 3) == 2


def test_a_text_is_padded_with_blanks() -> None:
    assert pad("法", 5) == "法   "
    assert pad("法治政府", 5) == "法.. "


def test_what_wcwidth_cannot_measure_takes_no_cell() -> None:
    assert cell_len("\u0300") == 0
    assert cell_len("\u05d0\x01") == 0


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("é", 1), ("¡", 1), ("ʿ", 1), ("\xa0é", 2), ("é é", 3), ("Ω—", 2), ("→●", 2), ("\u3000", 2),
        ("\u3029", 2), ("法", 2), ("\u9fff", 2), ("\uff01", 2), ("\uff60", 2), ("\uffe6", 2),
        ("法 é", 4), ("法\u0300é", 3),
    ],
)  # fmt: skip
def test_cells_of_characters_seen_for_the_first_time(text: str, cells: int) -> None:
    assert fresh("text.cells").cell_len(text) == cells


def test_each_character_is_looked_up_once() -> None:
    widths = fresh("text.cells")._widths
    assert [widths[character] for character in "é法 \xa0"] == [1, 2, 1, 1]
    assert dict(widths) == {"é": 1, "法": 2, " ": 1, "\xa0": 1}
