"""``fazhi units``: the register changes from a day on, the past stays, and nothing wrong is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_completion import offered
from tests.conftest import TODAY, git

WHY = ("--reason", "示例：机构改革")
NEW, OLD = "市数据局", "市大数据发展和政务服务局"
FROM = ("--from", "2023-07-01")


def units_text(root: Path) -> str:
    return (root / "plan" / "units.yaml").read_text("utf-8")


def change(fazhi: Run, *words: str) -> str:
    """Change the register; the commit's message."""
    done = fazhi("units", *words, *WHY, "--yes")
    assert (done.code, done.err.count("错误")) == (0, 0), done.err
    message = git(Path.cwd(), "log", "-1", "--format=%B")
    assert "Kind: 单位" in message
    assert git(Path.cwd(), "status", "--porcelain") == ""
    check = fazhi("check")
    assert (check.code, check.out) == (0, ""), check.out
    audit = fazhi("audit")
    assert audit.code == 0, audit.out
    return message


def leads(fazhi: Run, number: str, day: str) -> list[str]:
    shown = fazhi("show", number, "--json", "--today", day).json
    return [*shown.get("牵头单位", []), *shown.get("责任单位", [])]


def found(fazhi: Run, query: str, *words: str) -> list[str]:
    return [row["编号"] for row in fazhi("list", query, "--json", *words).json]


def test_renaming_writes_the_register_alone_and_each_day_has_its_name(tracker: Path, fazhi: Run) -> None:
    before = found(fazhi, f"单位:{OLD}")
    message = change(fazhi, "rename", OLD, NEW, *FROM)
    assert message.startswith(f"单位：{OLD}自 2023-07-01 起更名为{NEW}\n\n示例：机构改革\n")
    assert git(tracker, "show", "--format=", "--name-only").split() == ["plan/units.yaml"]
    assert f"名称: {NEW}\n    拼音: shi shu ju ju\n    沿革:\n      - 至: 2023-06-30\n" in units_text(tracker)
    for day, name in (("2023-06-30", OLD), ("2023-07-01", NEW), ("2025-01-01", NEW)):
        for query in (NEW, OLD, "shishujuju", "dsjfz", "大数据发展"):
            assert found(fazhi, f"单位:{query}", "--today", day) == before
        row = next(row for row in fazhi("units", OLD, "--json", "--today", day).json if row["合计"])
        assert (row["名称"], row["合计"]) == (name, len(before))
        assert fazhi("units", NEW, "--today", day).out.splitlines()[1].startswith(name)
    assert f"{OLD} 至 2023-06-30" in fazhi("units", NEW, "--today", "2023-07-01").out


@pytest.mark.parametrize("query", [NEW, OLD, "shishujuju", "数据局"])
def test_the_new_name_finds_what_was_before_it(tracker: Path, fazhi: Run, query: str) -> None:
    """Case 02: the past is asked for by the name of today."""
    before = found(fazhi, f"单位:{OLD}")
    assert len(before) == 9
    change(fazhi, "rename", OLD, NEW)
    assert found(fazhi, f"单位:{query}", "--at", str(TODAY)) == before
    git(tracker, "tag", "以前", "HEAD~1")
    past = fazhi("list", f"单位:{query}", "--at", "以前", "--json")
    assert [row["编号"] for row in past.json] == before


def test_a_note_keeps_the_name_that_it_was_filed_with(tracker: Path, fazhi: Run) -> None:
    assert fazhi("report", "38", "--unit", OLD, "-m", "示例一").code == 0
    change(fazhi, "rename", OLD, NEW, "--from", str(TODAY))
    assert fazhi("report", "38", "--unit", OLD, "-m", "示例二").code == 0
    notes = sorted((tracker / "status" / "38").glob("*.md"))
    assert [OLD in note.read_text("utf-8") for note in notes] == [True, False]
    assert "38" in found(fazhi, f"单位:{NEW} 示例一")
    assert fazhi("check").out == ""


def test_merging_founds_a_unit_and_moves_duties(tracker: Path, fazhi: Run) -> None:
    message = change(fazhi, "merge", "市金融办", "市商务局", "--into", "市金融商务局", *FROM)
    assert "设立：市金融商务局" in message
    assert "Measure: 4, 20, 41" in message
    for number in ("4", "20", "41"):
        then, now = leads(fazhi, number, "2023-06-30"), leads(fazhi, number, "2023-07-01")
        assert "市金融商务局" not in then
        assert now.count("市金融商务局") == 1
        assert not {"市金融办", "市商务局"} & set(now)
    assert fazhi("units", "市金融商务局", "--today", "2023-06-30").code == 2
    assert found(fazhi, "单位:市金融办", "--today", "2023-07-01") == []
    said = fazhi("units", "市金融办", "--today", "2023-07-01").out
    assert "已撤销（2023-07-01），由市金融商务局承接" in said
    assert "市金融办" not in fazhi("units", "--today", "2023-07-01").out


def test_merging_into_one_of_the_two_keeps_it(tracker: Path, fazhi: Run) -> None:
    change(fazhi, "merge", "市金融办", "市商务局", "--into", "市商务局", *FROM)
    now = leads(fazhi, "20", "2023-07-01")
    assert now.count("市商务局") == 1
    assert "撤销" in units_text(tracker)
    assert fazhi("units", "市商务局", "--today", "2024-01-01").out.count("已撤销") == 0


def test_splitting_says_whose_each_measure_is_and_the_rest_is_joint(tracker: Path, fazhi: Run) -> None:
    """Case 03: nobody is urged who is gone, and what was before stays."""
    owed = found(fazhi, "单位:市民政局")
    assert owed == ["23", "40"]
    parts = ("--measures", "市社会工作部=23", "市民政服务局=23")
    message = change(fazhi, "split", "市民政局", "--into", "市社会工作部,市民政服务局", *parts, *FROM)
    assert "由市社会工作部、市民政服务局共同承接" in message
    for query in ("市社会工作部", "市民政服务局"):
        assert found(fazhi, f"单位:{query}", "--today", "2023-07-01") == owed
    assert found(fazhi, "单位:市民政局", "--today", "2023-06-30") == owed
    assert found(fazhi, "单位:市民政局", "--today", "2023-07-01") == []


def test_splitting_off_keeps_the_old_one(tracker: Path, fazhi: Run) -> None:
    change(
        fazhi, "split", "市民政局", "--into", "市民政局、市社会工作部", "--measures", "市社会工作部=23", *FROM
    )
    assert "撤销" not in units_text(tracker)
    assert found(fazhi, "单位:市民政局", "--today", "2023-07-01") == ["40"]
    assert found(fazhi, "单位:市社会工作部", "--today", "2023-07-01") == ["23", "40"]


def test_abolishing_wants_a_successor_for_what_is_open(tracker: Path, fazhi: Run) -> None:
    refused = fazhi("units", "abolish", "市林业局", *WHY, "--yes")
    assert refused.code == 1
    assert "还牵头没有办结的措施：20" in refused.err
    assert git(tracker, "status", "--porcelain") == ""
    change(fazhi, "abolish", "lyj", "--to", "市水利局", *FROM)
    assert "市水利局" in leads(fazhi, "20", "2023-07-01")
    assert "市林业局" in leads(fazhi, "20", "2023-06-30")


def test_who_is_gone_reports_nothing_and_is_told_of(tracker: Path, fazhi: Run) -> None:
    change(fazhi, "abolish", "市林业局", "--to", "市水利局")
    report = fazhi("report", "20", "--unit", "市林业局", "-m", "示例")
    assert report.code == 1
    assert "已撤销（2023-06-30），由市水利局承接" in report.err
    git(tracker, "config", "fazhi.unit", "市林业局")
    assert fazhi("report", "20", "-m", "示例").code == 1
    doctor = [row for row in fazhi("doctor", "--json").json if row["项目"] == "填报单位"]
    assert (doctor[0]["级别"], "由市水利局承接" in doctor[0]["说明"]) == ("错误", True)
    assert "由市水利局承接" in fazhi("urge", "--unit", "市林业局").err
    assert "市林业局" not in fazhi("urge").out + fazhi("stats").out + fazhi("stats", "--missing").out


def test_a_transfer_changes_these_measures_alone(tracker: Path, fazhi: Run) -> None:
    change(fazhi, "transfer", "市司法局", "市公安局", "--measures", "28", *FROM)
    assert sorted(git(tracker, "show", "--format=", "--name-only").split()) == ["plan/28.yaml"]
    assert leads(fazhi, "28", "2023-07-01") == ["市公安局"]
    assert leads(fazhi, "28", "2023-06-30") == ["市司法局"]


def test_the_office_goes_to_its_only_successor(tracker: Path, fazhi: Run) -> None:
    change(fazhi, "abolish", "市委依法治市办", "--to", "市司法局", *FROM)
    plan = (tracker / "plan" / "plan.yaml").read_text("utf-8")
    assert "统筹单位: 市司法局" in plan
    assert "统筹单位: 市委依法治市办" in plan
    office = fazhi("mine", "--unit", "市司法局", "--json", "--today", "2023-07-01").json
    assert office["统筹单位"] is True


def test_a_day_in_the_past_is_told_to_be_entered_afterwards(tracker: Path, fazhi: Run) -> None:
    done = fazhi(
        "units", "transfer", "市司法局", "市公安局", "--measures", "28", "--from", "2023-01-01", *WHY, "--yes"
    )
    assert done.code == 0
    assert "其后补录：2023-01-01 早于今天" in done.err
    assert leads(fazhi, "28", "2023-02-01") == ["市公安局"]
    assert leads(fazhi, "28", "2022-12-31") == ["市司法局"]


def test_a_contact_serves_from_a_day_and_older_notes_are_no_fault(tracker: Path, fazhi: Run) -> None:
    assert fazhi("report", "28", "-m", "示例").code == 0
    change(fazhi, "contact", "sfj", "--name", "示例甲", "--email", "a@example.org")
    assert f"自: {TODAY}" in units_text(tracker)
    twice = fazhi("units", "contact", "sfj", "--name", "示例甲", "--email", "a@example.org", *WHY, "--yes")
    assert twice.code == 1
    git(tracker, "config", "user.email", "a@example.org")
    assert fazhi("report", "28", "-m", "示例：联络员所报").code == 0
    assert fazhi("audit").code == 0
    git(tracker, "config", "user.email", "b@example.org")
    assert fazhi("report", "28", "-m", "示例：别人所报").code == 0
    audit = fazhi("audit")
    assert audit.code == 1
    assert audit.out.count("b@example.org 当时不是市司法局的联络员") == 1
    git(tracker, "reset", "-q", "--hard", "HEAD~1")
    change(fazhi, "contact", "sfj", "--email", "a@example.org", "--until", "2023-07-31")
    assert "至: 2023-07-31" in units_text(tracker)


@pytest.mark.parametrize("since", ["", f"        自: {TODAY}\n", "        自: 2023-07-01\n"])
def test_a_contact_written_by_hand_makes_no_fault_of_older_notes(
    tracker: Path, fazhi: Run, since: str
) -> None:
    assert fazhi("report", "28", "-m", "示例").code == 0
    register = tracker / "plan" / "units.yaml"
    contact = f"    联络员:\n      - 姓名: 示例\n        邮箱: other@example.org\n{since}"
    register.write_text(
        units_text(tracker).replace("  - 名称: 市税务局", contact + "  - 名称: 市税务局"), "utf-8"
    )
    git(tracker, "commit", "-qam", "示例：联络员")
    assert fazhi("audit").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("rename", "市大数局", NEW), 2, "没有叫「市大数局」的单位"),
        (("rename", OLD, "市司法局"), 2, "「市司法局」是名录里的另一个单位"),
        (("rename", "市司法局", "市应急局"), 2, "「市应急局」是市应急管理局的别名"),
        (("rename", OLD, OLD), 1, "已经叫"),
        (("rename", OLD, "sjj"), 2, "不能作单位名称"),
        (("rename", OLD, "市 数据局"), 2, "不能作单位名称"),
        (("rename", OLD), 2, "rename 要写明单位"),
        (("rename", OLD, NEW, "又一个"), 2, "多出的参数：又一个"),
        (("rename", OLD, NEW, "--to", "市司法局"), 2, "--to 不和 rename 一起用"),
        (("merge", "市金融办", "--into", "xjyj"), 2, "没有叫"),
        (("merge", "市金融办", "--into", "市金融办"), 2, "合并要写至少两个不同的单位"),
        (("merge", "市金融办", "市商务局"), 2, "merge 要写明--into"),
        (("split", "市民政局", "--into", "市社会工作部"), 2, "分设要写至少两个单位"),
        (
            ("split", "市民政局", "--into", "甲局,乙局", "--measures", "甲局=28"),
            2,
            "第 28 条自 2023-06-30 起没有市民政局的职责",
        ),
        (("split", "市民政局", "--into", "甲局,乙局", "--measures", "市司法局=23"), 2, "不是分设的单位"),
        (("abolish", "市林业局", "--to", "市林草局"), 2, "没有叫「市林草局」的单位"),
        (("abolish", "市林业局", "--to", "市林业局"), 2, "不能由它自己承接"),
        (("abolish", "市委依法治市办"), 1, "还牵头没有办结的措施"),
        (("transfer", "市司法局", "市公安局"), 2, "transfer 要写明--measures"),
        (("transfer", "市司法局", "市公安局", "--measures", "99"), 2, "没有编号为 99 的措施"),
        (("transfer", "市司法局", "市司法局", "--measures", "28"), 2, "同一个单位"),
        (("contact", "市司法局", "--name", "示例"), 2, "姓名和邮箱"),
        (("contact", "市司法局", "--name", "示例", "--email", "无"), 2, "姓名和邮箱"),
        (("rename", OLD, NEW, "--from", "某天"), 2, "不是日期"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    tracker: Path, fazhi: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    head = git(tracker, "rev-parse", "HEAD")
    refused = fazhi("units", *words, *WHY, "--yes")
    assert (refused.code, said in refused.err) == (code, True), refused.err
    assert (git(tracker, "rev-parse", "HEAD"), git(tracker, "status", "--porcelain")) == (head, "")


def test_a_name_that_was_ever_anothers_and_an_abolished_unit_are_refused(tracker: Path, fazhi: Run) -> None:
    change(fazhi, "rename", OLD, NEW)
    again = fazhi("units", "rename", "市司法局", OLD, *WHY, "--yes")
    assert (again.code, f"曾是{NEW}的名称（至 2023-06-29）" in again.err) == (2, True)
    change(fazhi, "abolish", "市林业局", "--to", "市水利局")
    for words in (
        ("rename", "市林业局", "市林草局"),
        ("abolish", "市金融办", "--to", "市林业局"),
        ("merge", "市金融办", "市商务局", "--into", "市林业局"),
        ("contact", "市林业局", "--name", "示例", "--email", "a@example.org"),
    ):
        refused = fazhi("units", *words, *WHY, "--yes")
        assert (refused.code, "由市水利局承接" in refused.err) == (1, True), refused.err
    reused = fazhi("units", "rename", "市司法局", "市林业局", *WHY, "--yes")
    assert (reused.code, "已经撤销的单位" in reused.err) == (2, True)


def test_a_reason_is_wanted_and_a_dry_run_and_an_edited_register_write_nothing(
    tracker: Path, fazhi: Run
) -> None:
    head = git(tracker, "rev-parse", "HEAD")
    assert "写明理由" in fazhi("units", "rename", OLD, NEW, "--yes").err
    shown = fazhi("units", "rename", OLD, NEW, *WHY, "--dry-run")
    assert (shown.code, "更名为市数据局" in shown.out) == (0, True)
    assert (git(tracker, "rev-parse", "HEAD"), git(tracker, "status", "--porcelain")) == (head, "")
    register = tracker / "plan" / "units.yaml"
    register.write_text(units_text(tracker) + "# 示例\n", "utf-8")
    assert "还没提交的改动" in fazhi("units", "rename", OLD, NEW, *WHY, "--yes").err
    assert fazhi("units", "--into", "市司法局").code == 2


def test_names_and_verbs_are_completed(tracker: Path, fazhi: Run) -> None:
    change(fazhi, "rename", OLD, NEW)
    assert "merge" in offered(tracker, "fazhi units me")
    assert OLD in offered(tracker, f"fazhi units {OLD[:3]}")
