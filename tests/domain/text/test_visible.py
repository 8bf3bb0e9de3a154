"""Hidden characters are shown, and nothing is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.text.visible import excerpt, one_line, printable, visible


def test_escapes_and_direction_marks_are_written_out() -> None:
    assert visible("a\x1b[31mb\u202ec") == "a<1B>[31mb<202E>c"


def test_line_breaks_and_tabs_stay() -> None:
    assert visible("一\n二\r\n三\t四") == "一\n二\n三\t四"


def test_one_line_is_one_line_within_its_limit() -> None:
    assert one_line("一\n二\r\n三") == "一 二 三"
    assert one_line("一" * 10, 6) == "一一一..."


@given(st.text())
def test_no_hidden_character_survives(text: str) -> None:
    shown = visible(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in shown)
    assert "\x7f" not in shown
    assert "\n" not in one_line(text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"])))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_one_line_without_its_margins() -> None:
    assert one_line("  一\t二\n") == "一 二"
    assert one_line("一\x1b二") == "一<1B>二"


@pytest.mark.parametrize(
    ("limit", "line"),
    [(None, "一 二三四五"), (6, "一 二三四五"), (7, "一 二三四五"), (5, "一..."), (4, "一..."), (3, "...")],
)
def test_one_line_is_cut_beyond_its_limit_alone(limit: int | None, line: str) -> None:
    assert one_line("一 二三四五", limit) == line


def test_what_cannot_be_seen_is_shown_as_a_replacement() -> None:
    assert printable("一\n二\x1b") == "一\ufffd二\ufffd"
    assert printable("一 二") == "一 二"


def test_a_value_in_a_message_has_thirty_characters() -> None:
    assert excerpt("一" * 30) == "一" * 30
    assert excerpt("一" * 31) == "一" * 30 + "……"
    assert excerpt("一\n二") == "一\ufffd二"
