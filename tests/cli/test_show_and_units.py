"""``fazhi show`` and ``fazhi units``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_show_has_the_whole_measure(tracker: Path, fazhi: Run) -> None:
    shown = fazhi("show", "28").out
    for part in (
        "28 持续深化行政复议体制改革",
        "章：二、主要任务和具体措施",
        "状态：未启动",
        "灯：红",
        "牵头单位：市司法局",
        "参加单位：市委编办、市政府其他委办局",
        "28.1",
        "截止 2022-12-31",
        "原文：2022年年底前",
        "校勘",
        "依据：",
    ):
        assert part in shown
    # The sentence-a-line of the file is joined again.
    assert "体制。加强推进行政复议规范化建设" in shown


def test_numbers_are_understood_as_people_write_them(tracker: Path, fazhi: Run) -> None:
    assert fazhi("show", "1").out == fazhi("show", "01").out == fazhi("show", "1.").out


def test_show_json_is_the_row_of_list_with_the_notes(tracker: Path, fazhi: Run) -> None:
    (row,) = fazhi("list", "编号:28", "--json").json
    whole = fazhi("show", "28", "--json").json
    assert whole == {**row, "进展": []}


def test_show_tells_the_notes_newest_first_with_all_they_say(tracker: Path, fazhi: Run) -> None:
    fazhi("report", "28", "--status", "推进中", "-m", "示例：第一条\n第二行")
    fazhi("report", "28", "--kind", "申请办结", "--item", "28.1", "--progress", "100", "-m", "示例：办完")
    shown = fazhi("show", "28").out
    assert shown.index("示例：办完") < shown.index("示例：第一条")
    for part in ("未启动 -> 推进中", "推进中 -> 待审核", "进度 100%", "28.1", "第二行", "填报人：示例填报人"):
        assert part in shown
    notes = fazhi("show", "28", "--json").json["进展"]
    assert [note["类型"] for note in notes] == ["进展", "申请办结"]
    assert notes[0]["内容"] == "示例：第一条\n第二行\n"
    assert notes[0]["文件"].startswith("status/28/")
    assert notes[0]["单位"] == "市司法局"


def test_a_measure_that_is_not_there_is_told_apart(tracker: Path, fazhi: Run) -> None:
    unknown = fazhi("show", "99")
    assert unknown.code == 2
    assert "99" in unknown.err
    lost = fazhi("show", "13")
    assert lost.code == 2
    assert "缺失" in lost.err
    (tracker / "plan" / "28.yaml").write_text("[", encoding="utf-8")
    broken = fazhi("show", "28")
    assert broken.code == 2
    assert "plan/28.yaml" in broken.err


def test_units_counts_each_role_and_marks_collectives(tracker: Path, fazhi: Run) -> None:
    units = {row["名称"]: row for row in fazhi("units", "--json").json}
    assert units["市司法局"]["牵头"] == 21
    assert units["市政府办公室"]["牵头"] == 14
    for name, row in units.items():
        assert row["牵头"] == len(fazhi("list", f'牵头:"{name}"', "--json").json), name
    assert units["市政府各委办局"]["类别"] == "集合"
    assert "集合" in fazhi("units", "市政府各委办局").out


def test_units_are_narrowed_by_part_pinyin_and_initials(tracker: Path, fazhi: Run) -> None:
    for text in ("sfj", "司法", "shisifaju"):
        assert "市司法局" in [row["名称"] for row in fazhi("units", text, "--json").json]
    assert fazhi("units", "sfj").out.splitlines()[1].split()[:2] == ["市司法局", "21"]


def test_a_unit_that_is_not_there_is_an_error_for_people_and_an_empty_list_for_scripts(
    tracker: Path, fazhi: Run
) -> None:
    nobody = fazhi("units", "没有这个局")
    assert nobody.code == 2
    assert "没有这个局" in nobody.err
    script = fazhi("units", "没有这个局", "--json")
    assert script.code == 0
    assert script.json == []
