"""``fazhi check`` tells errors first, and reminders of one cause as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.problem_order import told_problems
from fazhi_tui.tui.detail.text import problem_blocks
from tests.cli.conftest import Run

NOTE = """\
---
措施: "{number}"
单位: 市司法局
填报人: 示例填报人 <example@example.org>
时间: 2022-{month:02}-20T15:30:00+08:00
类型: 进展
---
示例：进展。
"""


def report(root: Path, number: str, month: int, text: str = NOTE) -> None:
    path = root / "status" / number / f"2022{month:02}20T153000-sfj-{month:04}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.format(number=number, month=month).encode())


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if ": 提醒：" in line or ": 错误：" in line]


def test_one_unreadable_plan_file_is_one_line_for_all_that_hangs_on_it(tracker: Path, fazhi: Run) -> None:
    for month in range(1, 13):
        report(tracker, "28", month)
    (tracker / "plan" / "28.yaml").write_text("编号：28\n", encoding="utf-8")
    result = fazhi("check")
    hanging = [line for line in lines(result.out) if "broken-measure" in line]
    assert len(hanging) == 1
    assert "第 28 条的文件 plan/28.yaml 现在读不出来，等 12 条" in hanging[0]
    assert hanging[0].startswith("status/28/20220120T153000-sfj-0001.md:")
    assert "--all" in result.err
    for words in (("--all",), ("-v",)):
        assert sum("broken-measure" in line for line in lines(fazhi("check", *words).out)) == 12
    kept = [one for one in fazhi("check", "--json").json if one["代码"] == "broken-measure"]
    assert len(kept) == 12
    for style in ("github", "gitlab"):
        assert fazhi("check", "--format", style).out.count("broken-measure") == 12


def test_two_unreadable_files_are_two_causes(tracker: Path, fazhi: Run) -> None:
    for number in ("28", "30"):
        report(tracker, number, 1)
        report(tracker, number, 2)
        (tracker / "plan" / f"{number}.yaml").write_text("坏", encoding="utf-8")
    told = [line for line in lines(fazhi("check").out) if "broken-measure" in line]
    assert ["plan/28.yaml" in line for line in told] == [True, False]
    assert all("等 2 条" in line for line in told)


@pytest.mark.parametrize("number", [1, 3])
def test_files_of_one_editor_have_one_cause(tracker: Path, fazhi: Run, number: int) -> None:
    for month in range(1, 1 + number):
        report(tracker, "28", month, NOTE.replace("\n", "\r\n"))
    told = [line for line in lines(fazhi("check").out) if "CRLF" in line]
    assert len(told) == 1
    assert (f"等 {number} 条" in told[0]) is (number > 1)


def test_errors_come_first_and_each_by_itself(tracker: Path, fazhi: Run) -> None:
    report(tracker, "03", 1, NOTE.replace("\n", "\r\n"))
    for month in (1, 2):
        report(tracker, "99", month)
    told = lines(fazhi("check").out)
    levels = [line.partition(": ")[2][:2] for line in told]
    assert levels == sorted(levels, key=["错误", "提醒"].index)
    assert sum("unknown-measure" in line for line in told) == 2


PROBLEMS = st.lists(
    st.builds(
        Problem,
        st.sampled_from(["plan/01.yaml", "status/01/a.md"]),
        st.integers(0, 2),
        st.just(0),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["甲", "乙"]),
        st.just(""),
        st.sampled_from(Severity),
    )
)


@given(PROBLEMS)
def test_nothing_is_lost_by_folding(problems: list[Problem]) -> None:
    told = told_problems(problems)
    assert sum(one.number for one in told) == len(problems)
    assert {(one.problem.code, one.problem.message, one.problem.severity) for one in told} == {
        (one.code, one.message, one.severity) for one in problems
    }
    every = told_problems(problems, every=True)
    assert [one.problem for one in every] == sorted(problems, key=lambda one: one.severity != Severity.ERROR)


def test_the_screen_tells_them_alike() -> None:
    one = Problem.of_file("status/28/a.md", "broken-measure", "示例", "", Severity.WARNING)
    error = Problem.of_file("plan/28.yaml", "tab", "坏", "")
    texts = [block.text for block in problem_blocks([one, one, error])]
    assert texts == ["错误  plan/28.yaml", "坏", "提醒  status/28/a.md", "示例，等 2 条"]
