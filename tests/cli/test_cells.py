"""Where a mistake is pointed at, and paragraphs, by cells."""

from __future__ import annotations

from fazhi_tui.cli.output import point_at
from fazhi_tui.cli.tables import labelled


def test_carets_stand_under_the_place_by_cells() -> None:
    assert point_at("牵头:市 dew", 5, 8) == ["  牵头:市 dew", "          ^^^"]
    assert point_at("a\x1bb", 2, 3) == ["  a<1B>b", "       ^"]
    assert point_at("", 0, 0) == ["  ", "  ^"]


def test_a_labelled_paragraph_never_begins_a_line_with_a_closing_mark() -> None:
    assert labelled("办法", "改为“推进中”。", 20) == ["办法：改为“推进中”。"]
    assert labelled("办法", "运行法治政府，再试一次。", 18) == [
        "办法：运行法治政",
        "      府，再试一",
        "      次。",
    ]
