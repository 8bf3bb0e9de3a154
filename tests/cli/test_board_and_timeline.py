"""``fazhi board`` and ``fazhi timeline``: the screen's looks as plain lines and as JSON."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from fazhi_tui.domain.model.note import Status
from tests.cli.conftest import Run


def test_the_board_lists_every_status_and_every_measure_once(fazhi: Run) -> None:
    page = fazhi("board").out
    places = [page.index(f"{status}  ") for status in Status]
    assert places == sorted(places)
    assert "已中止  0 条\n没有" in page
    found = json.loads(fazhi("board", "--json").out)
    assert [column["状态"] for column in found["看板"]] == [status.value for status in Status]
    numbers = [one["编号"] for column in found["看板"] for one in column["措施"]]
    listed = [one["编号"] for one in json.loads(fazhi("list", "--json").out)]
    assert sorted(numbers) == sorted(listed)
    assert all(column["条数"] == len(column["措施"]) for column in found["看板"])


def test_the_board_takes_a_query_and_points_at_its_mistakes(fazhi: Run) -> None:
    found = json.loads(fazhi("board", "编号:28,29", "--json").out)
    assert sum(column["条数"] for column in found["看板"]) == 2
    refused = fazhi("board", "没有:x")
    assert refused.code == 2
    assert "^" in refused.err


def test_a_report_moves_a_measure_to_another_column(tracker: Path, fazhi: Run) -> None:
    fazhi("report", "28", "--unit", "市司法局", "--status", "推进中", "-m", "示例")
    found = json.loads(fazhi("board", "28", "--json", "编号:28").out)
    there = [column["状态"] for column in found["看板"] if column["措施"]]
    assert there == ["推进中"]


def test_a_broken_file_is_named_first(tracker: Path, fazhi: Run) -> None:
    (tracker / "plan" / "30.yaml").write_text("标题: [", encoding="utf-8")
    for command in ("board", "timeline"):
        page = fazhi(command, "编号:28").out
        assert "plan/30.yaml" in "".join(page.splitlines()[:2])
        assert json.loads(fazhi(command, "编号:28", "--json").out)["读不出来"][0]["编号"] == "30"


def test_the_timeline_is_in_order_with_today_between_past_and_future(fazhi: Run) -> None:
    lines = fazhi("timeline", "--today", "2023-02-01").out.splitlines()
    days = [line[:10] for line in lines[1:]]
    assert all(before <= after for before, after in pairwise(days))
    at = next(place for place, line in enumerate(lines) if line.startswith("2023-02-01  今天"))
    assert all(line[:10] < "2023-02-01" for line in lines[1:at])
    assert "逾期" in "".join(lines[1:at])
    assert "待完成" in "".join(lines[at:])
    assert "规划期末" in "".join(lines[at:])


def test_the_timeline_keeps_to_the_days_asked_for(fazhi: Run) -> None:
    found = json.loads(fazhi("timeline", "--from", "2022", "--to", "2022Q4", "--json").out)["时间线"]
    assert found
    assert {one["期限"][:4] for one in found} == {"2022"}
    everything = json.loads(fazhi("timeline", "--json").out)["时间线"]
    assert len(everything) > len(found)
    assert {"期限", "情况", "编号", "标题", "事由", "原定", "完成"} <= set(everything[0])
    assert "这段时间没有期限" in fazhi("timeline", "--to", "2019").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "2025", "--to", "2024"], "晚于"),
        (["--from", "昨天"], "不是日期"),
        (["--to", "2022..2023"], "不是一个日期"),
    ],
)
def test_days_that_make_no_sense_are_refused_in_chinese(fazhi: Run, words: list[str], said: str) -> None:
    refused = fazhi("timeline", *words)
    assert refused.code == 2
    assert said in refused.err
    assert "办法" in refused.err


def test_both_show_how_things_stood_at_another_time(fazhi: Run) -> None:
    for command in ("board", "timeline"):
        shown = fazhi(command, "--at", "HEAD")
        assert shown.code == 0
        assert "只供查看" in shown.err


def test_neither_loads_the_screen_or_git(tracker: Path) -> None:
    import subprocess
    import sys

    for command in ("board", "timeline"):
        code = (
            "import sys; from fazhi_tui.cli import main\n"
            f"sys.argv = ['fazhi', {command!r}]\n"
            "try: main()\nexcept SystemExit: pass\n"
            "assert not {'textual', 'git'} & set(sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tracker, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
