"""Every decision is written so that importing again gives what the review showed (示例)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.importer.corrections import review_decisions as d
from fazhi_tui.importer.corrections.file import load_corrections
from fazhi_tui.importer.corrections.model import Corrections, Opens
from fazhi_tui.importer.corrections.review_decisions import DecisionError, ReviewDecision
from fazhi_tui.importer.pipeline import convert, render
from fazhi_tui.importer.result import Imported
from fazhi_tui.service.importing.review import Review

TEXT = """示例市法治建设实施方案（2023—2025年）
一、总体要求
坚持示例。
二、主要任务
（一）健全体系
1.优化示例机构。健全示例职责体系。（牵头单位：市示例局；参加单位：市样本局）
2.推行示例清单。编制示例清单，6月底前完成。
3.规范示例程序。完善示例制度。加强示例培训。2024年底前培训不少于3次。（牵头单位：市示例局）
（二）健全制度
4.改进示例服务。开展示例评估。（牵头单位：市示列局）
"""

Make = Callable[[Imported, Corrections], ReviewDecision]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "示例.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def again(review: Review) -> Imported:
    """Save, and import the document as ``fazhi import`` would."""
    corrections = load_corrections(review.save())
    return convert(review.source.read_bytes(), corrections, review.source.name)


def ids(imported: Imported) -> list[str]:
    return [measure.id for measure in imported.measures]


def at(imported: Imported, words: str) -> int:
    return imported.prose.text.index(words)


def join2(imported: Imported, corrections: Corrections) -> ReviewDecision:
    return d.join_to_previous(imported, corrections, "2")


def split3(imported: Imported, corrections: Corrections) -> ReviewDecision:
    return d.split_at(imported, corrections, at(imported, "加强示例培训"), "3-2")


def renumber4(imported: Imported, corrections: Corrections) -> ReviewDecision:
    return d.renumber(imported, corrections, "4", "9")


def move3(imported: Imported, corrections: Corrections) -> ReviewDecision:
    return d.move_boundary(imported, corrections, "3", at(imported, "编制示例清单"))


def section(imported: Imported, corrections: Corrections) -> ReviewDecision:
    return d.heading_at(imported, corrections, at(imported, "（二）健全制度"), Opens.TEXT)


def roles(_imported: Imported, _corrections: Corrections) -> ReviewDecision:
    return d.assign("2", ["市示例局"], ["市样本局"], [])


def merge(imported: Imported, corrections: Corrections) -> ReviewDecision:
    return d.rename_unit(imported, corrections, "市示列局", "市示例局")


def rename(imported: Imported, corrections: Corrections) -> ReviewDecision:
    return d.rename_unit(imported, corrections, "市示例局", "市示例管理局")


def dated(imported: Imported, _corrections: Corrections) -> ReviewDecision:
    measure = next(each for each in imported.measures if each.id == "3")
    return d.set_date(measure, measure.items[0], date(2025, 3, 31))


def accept(imported: Imported, _corrections: Corrections) -> ReviewDecision:
    from fazhi_tui.importer.report import ranked_doubts

    return d.accept(ranked_doubts(imported)[0].message)


EVERY: dict[str, Make] = {
    make.__name__: make
    for make in (join2, split3, renumber4, move3, section, roles, merge, rename, dated, accept)
}


def test_join(source: Path, tmp_path: Path) -> None:
    review = Review(source, tmp_path / "台账")
    review.decide(join2)
    imported = again(review)
    assert ids(imported) == ["1", "3", "4"]
    assert "推行示例清单" in imported.measures[0].text


def test_split_keeps_the_numbers_behind_it(source: Path, tmp_path: Path) -> None:
    review = Review(source, tmp_path / "台账")
    review.decide(split3)
    imported = again(review)
    assert ids(imported) == ["1", "2", "3", "3-2", "4"]
    assert imported.measures[3].leads == ("市示例局",)


def test_joining_what_was_split_leaves_nothing_behind(source: Path, tmp_path: Path) -> None:
    review = Review(source, tmp_path / "台账")
    before = ids(review.now.imported)
    review.decide(split3)
    review.decide(lambda i, c: d.join_to_previous(i, c, "3-2"))
    assert ids(again(review)) == before
    assert "处:" not in review.path.read_text(encoding="utf-8")


def test_move_and_renumber(source: Path, tmp_path: Path) -> None:
    review = Review(source, tmp_path / "台账")
    review.decide(move3)
    review.decide(renumber4)
    imported = again(review)
    assert ids(imported) == ["1", "2", "3", "9"]
    assert (imported.measures[2].title or "").startswith("编制示例清单")


def test_units(source: Path, tmp_path: Path) -> None:
    review = Review(source, tmp_path / "台账")
    for make in (roles, merge, rename):
        review.decide(make)
    imported = again(review)
    assert [measure.leads for measure in imported.measures] == [("市示例管理局",)] * 4
    (unit,) = [unit for unit in imported.register.units if unit.name == "市示例管理局"]
    assert set(unit.aliases) <= {"市示例局", "市示列局"}


def test_a_date_keeps_the_number_to_reach(source: Path, tmp_path: Path) -> None:
    review = Review(source, tmp_path / "台账")
    (before,) = next(m for m in review.now.imported.measures if m.id == "3").items
    review.decide(dated)
    (item,) = next(m for m in again(review).measures if m.id == "3").items
    assert (item.due, item.quantity, item.measure_word) == (
        date(2025, 3, 31),
        before.quantity,
        before.measure_word,
    )


def test_a_decision_that_does_away_with_an_accepted_doubt_takes_the_acceptance_along(
    source: Path, tmp_path: Path
) -> None:
    review = Review(source, tmp_path / "台账")
    doubt = next(e.message for e in review.doubts if "没有认出单位" in e.message)
    review.decide(lambda _i, _c: d.accept(doubt))
    assert doubt not in [entry.message for entry in review.doubts]
    review.decide(roles)
    assert doubt not in review.now.text
    again(review)


def test_undo_takes_the_last_decision_back(source: Path, tmp_path: Path) -> None:
    review = Review(source, tmp_path / "台账")
    text = review.now.text
    assert not review.changed
    review.decide(join2)
    assert review.changed
    assert "第2条" in review.undo()
    assert review.now.text == text
    assert not review.changed
    with pytest.raises(UsageError, match="没有可以撤销"):
        review.undo()


def test_what_cannot_be_done_is_said_and_changes_nothing(source: Path, tmp_path: Path) -> None:
    review = Review(source, tmp_path / "台账")
    text = review.now.text
    with pytest.raises(DecisionError):
        review.decide(lambda _i, _c: d.assign("2", [], [], []))
    with pytest.raises(UsageError):
        review.decide(lambda i, c: d.join_to_previous(i, c, "77"))
    with pytest.raises(UsageError):
        review.decide(lambda i, c: d.rename_unit(i, c, "市没有的局", "市示例局"))
    assert review.now.text == text
    assert not review.can_undo


def test_comments_and_entries_that_were_there_stay_byte_for_byte(source: Path, tmp_path: Path) -> None:
    head = (
        "# 示例：手写的说明\n认可:   # 手写\n  # 一条\n  - 理由: 示例\n    事: 第2条没有认出单位。\n\n"
        "设置: {说明: 示例}\n# 末尾\n"
    )
    path = tmp_path / "corrections.yaml"
    path.write_text(head, encoding="utf-8")
    review = Review(source, tmp_path / "台账")
    review.decide(merge)
    review.decide(lambda i, _c: d.accept(review.doubts[0].message))
    text = review.save().read_text(encoding="utf-8")
    for line in head.splitlines():
        assert line in text.splitlines()
    again(review)


@settings(max_examples=25, deadline=None)
@given(names=st.lists(st.sampled_from(sorted(EVERY)), max_size=6), undo=st.integers(0, 2))
def test_any_row_of_decisions_imports_again_to_what_was_shown(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], undo: int
) -> None:
    folder = tmp_path_factory.mktemp("review")
    source = folder / "示例.txt"
    source.write_text(TEXT, encoding="utf-8")
    review = Review(source, folder / "台账")
    for name in names:
        try:
            review.decide(EVERY[name])
        except (UsageError, StopIteration, ValueError, IndexError):
            continue  # not possible after the others
    for _ in range(undo):
        if review.can_undo:
            review.undo()
    assert render(again(review)) == render(review.now.imported)
