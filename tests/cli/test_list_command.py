"""``fazhi list``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("lead:sfj", 21),
        ("lead:shisifaju", 21),
        ("牵头:市司法局", 21),
        ("牵头：司法局", 21),
        ("牵头:市政府办公室", 14),
        ("due:2022", 4),
        ("", 48),
    ],
)
def test_a_query_keeps_the_rows_that_the_real_plan_has(
    tracker: Path, fazhi: Run, query: str, rows: int
) -> None:
    assert len(fazhi("list", query, "--json").json) == rows


def test_both_spellings_of_one_office_are_found(tracker: Path, fazhi: Run) -> None:
    names = {name for row in fazhi("list", "lead:市应急局", "--json").json for name in row["牵头单位"]}
    assert {name for name in names if "应急" in name}


def test_words_that_were_not_quoted_are_one_query(tracker: Path, fazhi: Run) -> None:
    assert fazhi("list", "lead:sfj", "复议").out == fazhi("list", "lead:sfj 复议").out
    assert "28" in fazhi("list", "lead:sfj", "复议").out


def test_a_term_turned_round_by_a_minus_is_no_option(tracker: Path, fazhi: Run) -> None:
    without = fazhi("list", "-lead:sfj", "--json")
    assert without.code == 0
    assert len(without.json) == 48 - 21
    assert fazhi("list", "-牵头:市司法局", "--json").json == without.json
    assert fazhi("list", "--json", "复议", "-lead:sfj").code == 0


def test_json_has_the_keys_of_the_file_and_what_is_derived(tracker: Path, fazhi: Run) -> None:
    result = fazhi("list", "编号:28", "--json")
    (row,) = result.json
    assert list(row)[:4] == ["编号", "标题", "章", "节"]
    assert row["牵头单位"] == ["市司法局"]
    assert row["事项"][0]["截止"] == "2022-12-31"
    assert row["截止"] == row["到期"] == "2022-12-31"
    assert row["状态"] == "未启动"
    assert row["灯"] == "红"
    assert row["逾期"] is True
    assert "2022-12-31" in row["依据"]
    assert row["时限"].startswith("2022-12-31")
    assert row["更新"] is None
    assert "牵头单位" in result.out, "Chinese is not escaped"


def test_the_same_question_gives_the_same_bytes(tracker: Path, fazhi: Run) -> None:
    assert fazhi("list", "--json").out == fazhi("list", "--json").out


def test_the_table_is_aligned_by_cells_and_uncut_without_a_terminal(tracker: Path, fazhi: Run) -> None:
    from wcwidth import wcswidth

    lines = fazhi("list").out.splitlines()
    assert len(lines) == 49
    heads = ("标题", "牵头单位", "状态", "时限")
    starts = [wcswidth(lines[0][: lines[0].index(head)]) for head in heads]
    for line in lines[1:]:
        for start in starts:
            before, cells = "", 0
            for character in line:
                if cells >= start:
                    break
                before += character
                cells += wcswidth(character)
            assert cells == start
            assert before.endswith("  ")


def test_a_mistake_is_shown_in_its_place_with_exit_code_2(tracker: Path, fazhi: Run) -> None:
    result = fazhi("list", "牵头:市司法局 dew<3")
    assert result.code == 2
    assert result.out == ""
    lines = result.err.splitlines()
    assert lines[0].startswith("错误：")
    assert lines[1] == "  牵头:市司法局 dew<3"
    # 市司法局 is eight cells wide, 牵头 four: the carets stand under dew, not under its character index.
    assert lines[2] == "  " + " " * 14 + "^^^"
    assert lines[3].startswith("办法：")


def test_the_day_can_be_given_before_or_after_the_command(tracker: Path, fazhi: Run) -> None:
    early = fazhi("list", "编号:28", "--json", "--today", "2022-06-01")
    assert early.json[0]["逾期"] is False
    assert fazhi("--today", "2022-06-01", "list", "编号:28", "--json").out == early.out
    # The nearer one wins.
    both = fazhi("--today", "2025-06-01", "list", "编号:28", "--json", "--today", "2022-06-01")
    assert both.out == early.out
    bad = fazhi("list", "--today", "昨天")
    assert bad.code == 2
    assert "昨天" in bad.err


def test_the_repository_can_be_named_from_anywhere(
    tracker: Path, fazhi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = fazhi("list").out
    monkeypatch.chdir(tmp_path)
    lost = fazhi("list")
    assert lost.code == 3
    assert "--repo" in lost.err
    assert fazhi("list", "--repo", str(tracker)).out == expected
    assert fazhi("--repo", str(tracker), "list").out == expected
    monkeypatch.setenv("FAZHI_REPO", str(tracker))
    assert fazhi("list").out == expected


def test_a_broken_file_is_a_row_marked_so_at_its_number_and_the_others_stay(
    tracker: Path, fazhi: Run
) -> None:
    (tracker / "plan" / "28.yaml").write_text("编号: [\n", encoding="utf-8")
    result = fazhi("list")
    assert result.code == 0
    lines = result.out.splitlines()
    assert len(lines) == 49
    (place,) = [number for number, line in enumerate(lines) if line.endswith("错")]
    assert lines[place].split()[0] == "28"
    assert "plan/28.yaml" in lines[place]
    assert lines[place - 1].split()[0] == "27"
    assert lines[place + 1].split()[0] == "29"
    assert "1 个错误" in result.err
    assert "fazhi check" in result.err


def test_a_broken_file_is_listed_whatever_the_query_and_in_json(tracker: Path, fazhi: Run) -> None:
    (tracker / "plan" / "28.yaml").write_bytes(b"<<<<<<< HEAD\n\xff\n")
    rows = fazhi("list", "编号:3", "--json").json
    assert [row["编号"] for row in rows] == ["3", "28"]
    assert rows[1]["文件"] == "plan/28.yaml"
    assert rows[1]["错"][0]["问题"]


def test_data_that_would_take_over_the_terminal_is_shown_as_text(tracker: Path, fazhi: Run) -> None:
    path = tracker / "plan" / "28.yaml"
    text = path.read_text(encoding="utf-8")
    evil = "\\e[2J[/]\\u202e[@click=app.quit]x[/]\\a"
    path.write_text(text.replace("标题: 持续深化行政复议体制改革", f'标题: "{evil}"'), encoding="utf-8")
    for words in (("list",), ("show", "28"), ("list", "编号:28", "--json")):
        result = fazhi(*words)
        assert "[@click=app.quit]x[/]" in result.out
        for character in "\x1b\x07":
            assert character not in result.out + result.err
    assert "\u202e" not in fazhi("list").out
    assert "<202E>" in fazhi("list").out
    assert (
        json.loads(fazhi("list", "编号:28", "--json").out)[0]["标题"]
        == "\x1b[2J[/]\u202e[@click=app.quit]x[/]\x07"
    )
