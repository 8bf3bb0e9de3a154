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
    assert whole == {**row, "去向": [], "进展": []}


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


WHY = ("--reason", "示例：职责调整", "--yes")


def history(shown: str) -> list[str]:
    """The lines of 沿革 as ``show`` prints them."""
    return [line.strip() for line in shown.partition("\n沿革\n")[2].partition("\n\n")[0].splitlines()]


def test_show_says_since_when_a_duty_holds_and_whose_it_was(tracker: Path, fazhi: Run) -> None:
    assert "沿革" not in fazhi("show", "28").out
    done = fazhi("amend", "28", "--set", "牵头单位=市公安局", "--from", "2023-06-10", *WHY)
    assert done.code == 0, done.err
    shown = fazhi("show", "28").out
    assert "牵头单位：市公安局（自 2023-06-10 起）" in shown
    assert history(shown) == ["至 2023-06-09  牵头单位 市司法局，依据 示例：职责调整"]
    whole = fazhi("show", "28", "--json").json
    assert whole["沿革"] == [{"至": "2023-06-09", "牵头单位": ["市司法局"], "依据": "示例：职责调整"}]
    # As of the last day of the former holder nothing has ended yet.
    before = fazhi("show", "28", "--today", "2023-06-09")
    assert "牵头单位：市司法局\n" in before.out
    assert "沿革" not in before.out
    assert fazhi("show", "28", "--today", "2023-06-09", "--json").json["沿革"] == []


def test_show_says_what_an_item_was_to_be_before(tracker: Path, fazhi: Run) -> None:
    fazhi("amend", "28", "--set", "28.1.截止=2023-12-31", "--from", "2022-12-01", *WHY)
    shown = fazhi("show", "28").out
    assert "截止 2023-12-31（自 2022-12-01 起）" in shown
    assert history(shown) == ["至 2022-11-30  28.1 截止 2022-12-31，依据 示例：职责调整"]


def test_a_withdrawn_measure_is_shown_as_such_from_that_day_on(tracker: Path, fazhi: Run) -> None:
    fazhi("amend", "--withdraw", "25", "--from", "2023-06-20", *WHY)
    shown = fazhi("show", "25").out
    assert "废止：自 2023-06-20 起已废止" in shown
    assert history(shown) == ["自 2023-06-20  废止"]
    assert "灯：" not in shown
    assert "自 2023-06-20 起已废止" in fazhi("show", "25", "--why").out
    assert fazhi("show", "25", "--json").json["废止"] == "2023-06-20"
    earlier = fazhi("show", "25", "--today", "2023-06-19").out
    assert "废止" not in earlier
    assert "灯：" in earlier


def test_where_a_split_and_a_merger_went_is_told_on_both_sides(tracker: Path, fazhi: Run) -> None:
    for words in (("--split", "30", "--into", "30,54"), ("--split", "31", "--into", "55,56")):
        done = fazhi("amend", *words, "--from", "2023-06-10", *WHY)
        assert done.code == 0, done.err
    assert history(fazhi("show", "30").out) == ["自 2023-06-10  分出第 54 条"]
    assert history(fazhi("show", "54").out) == ["自 2023-06-10  增设，由第 30 条而来"]
    assert history(fazhi("show", "31").out) == ["自 2023-06-10  废止，转入第 55、56 条"]
    assert fazhi("show", "31", "--json").json["去向"] == ["55", "56"]
    assert fazhi("show", "54", "--json").json["来自"] == ["30"]
    done = fazhi("amend", "--merge", "30,54", "--into", "30", "--from", "2023-06-20", *WHY)
    assert done.code == 0, done.err
    assert history(fazhi("show", "30").out) == [
        "自 2023-06-10  分出第 54 条",
        "自 2023-06-20  并入第 54 条",
    ]
    assert "自 2023-06-20 起已废止，转入第 30 条" in fazhi("show", "54").out


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
