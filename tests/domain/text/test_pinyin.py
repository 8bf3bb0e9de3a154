"""How a text is read aloud."""

from __future__ import annotations

import pytest

from fazhi_tui.domain.text.pinyin import pinyin_of, read_aloud


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("市司法局", "shi si fa ju"),
        ("重庆分局", "chong qing fen ju"),
        ("市绿化办", "shi lü hua ban"),
        ("XX局", "x x ju"),
        ("各县（市、区）", "ge xian shi qu"),
        ("", ""),
    ],
)
def test_a_text_is_read_syllable_by_syllable(text: str, pinyin: str) -> None:
    assert pinyin_of(text) == pinyin


def test_texts_are_read_aloud_each_under_itself() -> None:
    assert read_aloud(["市局", "XX局"]) == {"市局": "shi ju", "XX局": "x x ju"}
