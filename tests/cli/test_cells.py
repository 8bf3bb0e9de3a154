"""Cells: the short cut through wcwidth gives what wcwidth gives; cutting and wrapping keep to the width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from fazhi_tui.cli.output import point_at
from fazhi_tui.domain.text.cells import cells, cut, pad, wrap
from fazhi_tui.domain.text.visible import visible

# What is shown has been through visible(): no control characters.
shown = st.text(st.characters(exclude_categories=("Cs",)), max_size=40).map(
    lambda text: visible(text).replace("\n", "").replace("\t", "")
)
chinese = st.text(st.sampled_from("法治政府，。“”、ab c1（）—…·"), max_size=60)


@given(shown | chinese)
def test_cells_are_those_of_wcwidth(text: str) -> None:
    assert cells(text) == max(0, wcswidth(text))


@given(chinese, st.integers(2, 40))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    short = cut(text, width)
    assert cells(short) <= width
    assert short == text or (short.endswith("..") and text.startswith(short[:-2]))
    assert cells(pad(short, width)) == width


@given(chinese, st.integers(8, 40))
def test_wrapped_text_loses_nothing_but_blanks_and_stays_near_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    # A full stop may hang over the edge rather than begin a line.
    assert all(cells(line.rstrip("，。”、）…—·")) <= width for line in lines)


def test_carets_stand_under_the_place_by_cells() -> None:
    assert point_at("牵头:市 dew", 5, 8) == ["  牵头:市 dew", "          ^^^"]
    assert point_at("a\x1bb", 2, 3) == ["  a<1B>b", "       ^"]
    assert point_at("", 0, 0) == ["  ", "  ^"]
