"""Three versions of a measure into one: field by field, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.records.merge import Side, clashes, combine
from fazhi_tui.records.yaml.editor import says
from fazhi_tui.records.yaml.emitter import dump
from tests.records.strategies import measures

BASE = """\
编号: "1"
标题: 示例措施
章: 一、任务
节: （一）体系
牵头单位:
  - 甲局
  - 乙局
事项:
  - 编号: "1.1"
    内容: 完成示例
    截止: 2022-12-31
正文: |
  第一句。
  第二句。
  第三句。
"""


def test_fields_side_by_side_are_no_clash() -> None:
    ours = BASE.replace("内容: 完成示例", "内容: 完成样例")
    theirs = BASE.replace("2022-12-31", "2023-06-30").replace("  - 乙局\n", "  - 乙局\n  - 丙局\n")
    assert clashes(BASE, ours, theirs) == ()
    text = combine(BASE, ours, theirs, ())
    assert "完成样例" in text
    assert "2023-06-30" in text
    assert "丙局" in text


def test_sentences_side_by_side_are_no_clash_and_one_sentence_is() -> None:
    ours = BASE.replace("第一句。", "第一句（甲）。").replace("第三句。", "第三句（甲）。")
    theirs = BASE.replace("第二句。", "第二句（乙）。").replace("第三句。", "第三句（乙）。")
    (clash,) = clashes(BASE, ours, theirs)
    assert (clash.field, clash.base, clash.ours, clash.theirs) == (
        "正文", "第三句。", "第三句（甲）。", "第三句（乙）。",
    )  # fmt: skip
    for side, last in ((Side.OURS, "（甲）"), (Side.THEIRS, "（乙）"), (Side.BASE, "")):
        text = combine(BASE, ours, theirs, [side])
        assert f"  第一句（甲）。\n  第二句（乙）。\n  第三句{last}。\n" in text


def test_an_item_taken_out_here_and_changed_there_is_a_clash() -> None:
    start, end = BASE.index("事项:"), BASE.index("正文:")
    ours = BASE[:start] + BASE[end:]
    theirs = BASE.replace("2022-12-31", "2023-06-30")
    (clash,) = clashes(BASE, ours, theirs)
    assert (clash.field, clash.ours) == ("事项 1.1", None)
    assert "截止: 2023-06-30" in combine(BASE, ours, theirs, [Side.THEIRS])
    assert "事项" not in says(combine(BASE, ours, theirs, [Side.OURS]))


def test_comments_and_order_of_our_side_stay() -> None:
    ours = "# 示例\n" + BASE.replace("标题: 示例措施", "标题: 示例措施 # 记")
    theirs = BASE.replace("2022-12-31", "2023-06-30")
    text = combine(BASE, ours, theirs, ())
    assert text == ours.replace("2022-12-31", "2023-06-30")


def test_a_broken_version_is_refused() -> None:
    with pytest.raises(RepositoryError):
        clashes(BASE, BASE + "x: [", BASE)


@given(measures, measures)
def test_what_one_side_alone_changed_is_taken(one: Measure, other: Measure) -> None:
    base, changed = dump(one), dump(other)
    assert clashes(base, base, changed) == clashes(base, changed, base) == ()
    assert says(combine(base, changed, base, ())) == says(changed)
    assert says(combine(base, base, changed, ())) == says(changed)
    assert combine(base, changed, changed, ()) == changed


@given(measures, measures, measures, st.sampled_from(Side))
def test_each_clash_gets_an_answer_and_the_sides_can_be_exchanged(
    base: Measure, ours: Measure, theirs: Measure, side: Side
) -> None:
    texts = dump(base), dump(ours), dump(theirs)
    found = clashes(*texts)
    mirrored = clashes(texts[0], texts[2], texts[1])
    assert sorted((one.field, one.base or "", one.ours or "", one.theirs or "") for one in found) == sorted(
        (one.field, one.base or "", one.theirs or "", one.ours or "") for one in mirrored
    )
    merged = combine(*texts, [side] * len(found))
    assert says(merged)
