"""Every day is a day in the plan's 时区, wherever the machine and the writer of a note are."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import TODAY, git


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati"], autouse=True)
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine in some zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def note(root: Path, number: str, when: str, *lines: str, body: str = "示例。") -> None:
    name = datetime.fromisoformat(when).strftime("%Y%m%dT%H%M%S")
    path = root / "status" / number / f"{name}-sfj-ab12.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = [f'措施: "{int(number)}"', "填报人: 示例 <example@example.org>", f"时间: {when}", *lines]
    path.write_text("\n".join(["---", *head, "---", body, ""]), encoding="utf-8")


def in_zone(root: Path, zone: str) -> None:
    plan = root / "plan" / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("设置:\n", f'设置:\n  时区: "{zone}"\n', 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2025-12-31T23:30:00+00:00", "2026-01-01 完成，逾期"),
        ("2025-12-31T15:59:59+00:00", "2025-12-31 完成"),
        ("2025-12-31T08:30:00-08:00", "2026-01-01 完成，逾期"),
        ("2026-01-01T01:00:00+14:00", "2025-12-31 完成"),
    ],
)
def test_a_deadline_is_a_day_of_the_plans_zone(tracker: Path, fazhi: Run, when: str, said: str) -> None:
    note(tracker, "43", when, '事项: "43.1"', "单位: 市委依法治市办", "原状态: 推进中", "数量: 1")
    why = fazhi("show", "43", "--why", "--today", "2026-01-05").out
    (line,) = [line for line in why.splitlines() if "43.1 2025年" in line]
    assert said in line
    assert ("逾期" in line) is ("逾期" in said)


def test_another_zone_in_the_settings_gives_other_days(tracker: Path, fazhi: Run) -> None:
    in_zone(tracker, "-08:00")
    note(tracker, "43", "2026-01-01T15:00:00+08:00", '事项: "43.1"', "单位: 市委依法治市办", "数量: 1")
    why = fazhi("show", "43", "--why", "--today", "2026-01-05").out
    assert "2025-12-31 完成" in why


def test_a_report_bears_the_plans_zone(tracker: Path, fazhi: Run) -> None:
    assert f"时间: {TODAY}T" in (told := fazhi("report", "28", "-m", "示例", "--dry-run").out)
    assert "+08:00" in told
    in_zone(tracker, "+06:30")
    assert "+06:30" in fazhi("report", "28", "-m", "示例", "--dry-run").out


def test_the_day_that_it_is_is_the_plans(tracker: Path, fazhi: Run) -> None:
    git(tracker, "config", "--unset", "fazhi.today")
    (tracker.parent / "home").mkdir(exist_ok=True)
    for zone, hours in (("+14:00", 14), ("-14:00", -14)):
        in_zone(tracker, zone)
        there = time.strftime("%Y-%m-%d", time.gmtime(time.time() + hours * 3600))
        assert fazhi("stats", "--json").json["今天"] == there
        text = (tracker / "plan" / "plan.yaml").read_text(encoding="utf-8")
        (tracker / "plan" / "plan.yaml").write_text(text.replace(f'  时区: "{zone}"\n', ""), encoding="utf-8")


def commit_at(root: Path, when: str, subject: str) -> None:
    (root / "README.md").write_text(subject, encoding="utf-8")
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    git(root, "commit", "-qam", subject, env={**os.environ, **dates})


def test_commits_are_told_and_asked_for_by_days_of_the_plan(tracker: Path, fazhi: Run) -> None:
    commit_at(tracker, "2023-07-31T23:30:00+0000", "示例：晚上")
    line = next(line for line in fazhi("log").out.splitlines() if "示例：晚上" in line)
    assert "2023-08-01 07:30" in line
    (found,) = fazhi("log", "since:2023-08-01", "--json").json
    assert (found["主题"], found["时间"]) == ("示例：晚上", "2023-08-01T07:30:00+08:00")
    assert "示例：晚上" not in fazhi("log", "until:2023-07-31").out
    commit = found["提交"]
    assert fazhi("list", "--at", "2023-07-31").err.find(commit[:8]) < 0
    assert f"提交 {commit[:8]}，2023-08-01 07:30" in fazhi("list", "--at", "2023-08-01").err


def test_check_judges_by_the_same_days(tracker: Path, fazhi: Run) -> None:
    extension = ("单位: 市司法局", "类型: 申请延期", "原状态: 推进中", "延期至: 2023-06-30")
    begun = ("单位: 市司法局", "原状态: 未启动", "状态: 推进中")
    note(tracker, "28", "2022-03-01T09:00:00+08:00", *begun)
    note(tracker, "28", "2022-12-31T15:30:00+00:00", '事项: "28.1"', *extension)
    assert "workflow" not in fazhi("check").out
    assert "note-time" not in fazhi("check").out
    note(tracker, "28", "2022-12-31T16:30:00+00:00", '事项: "28.1"', *extension)
    told = fazhi("check").out
    assert "28.1 的期限 2022-12-31 已经过了，不能再申请延期" in told


def test_a_name_may_tell_the_time_there_or_here(tracker: Path, fazhi: Run) -> None:
    note(tracker, "28", "2023-03-01T23:30:00+00:00", "单位: 市司法局")
    (old,) = (tracker / "status" / "28").iterdir()
    assert "note-time" not in fazhi("check").out
    old.rename(old.with_name("20230302T073000-sfj-ab12.md"))
    assert "note-time" not in fazhi("check").out
    (tracker / "status" / "28" / "20230302T073000-sfj-ab12.md").rename(
        old.with_name("20230302T083000-sfj-ab12.md")
    )
    assert "note-time" in fazhi("check").out


def test_months_of_reports_are_those_of_the_plan(tracker: Path, fazhi: Run) -> None:
    note(tracker, "28", "2023-02-28T20:00:00+00:00", "单位: 市司法局")
    months = fazhi("stats", "--json").json["各月填报"]
    assert (months["2023-02"], months["2023-03"]) == (0, 1)


def test_the_audit_tells_times_in_the_plans_zone(tracker: Path, fazhi: Run) -> None:
    commit_at(tracker, "2023-07-31T23:30:00+0000", "示例：晚上")
    commit_at(tracker, "2023-07-31T20:30:00+0000", "示例：更早")
    faults = [one for one in fazhi("audit", "--json").json["问题"] if one["代码"] == "time"]
    assert "提交时间 2023-08-01 04:30 早于它前面的提交 2023-08-01 07:30" in {one["问题"] for one in faults}


def test_doctor_says_where_the_machine_counts_other_days(tracker: Path, fazhi: Run, machine: str) -> None:
    (found,) = [one for one in fazhi("doctor", "--json").json if one["项目"] == "时区"]
    assert found["级别"] == ("正常" if machine == "Asia/Shanghai" else "提醒")
    assert "+08:00" in found["说明"]
