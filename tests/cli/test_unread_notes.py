"""A measure with a note that cannot be read is marked wherever it is told, and nothing is judged of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_tui.records.loader import load, load_files
from fazhi_tui.service.view import view_of
from tests.cli.conftest import Run
from tests.conftest import TODAY, git

WHOLE = """\
---
措施: "28"
单位: 市司法局
填报人: 示例填报人 <example@example.org>
时间: 2022-12-20T15:30:00+08:00
类型: 进展
原状态: 未启动
状态: 推进中
进度: 40
---
示例：已经启动。
"""
PATH = "status/28/20221220T153000-sfj-3f9a.md"
MARK = "1 份进展读不出"

#: What nobody can make a note of: no head, a head cut off, keys missing, another encoding, a merge, nothing.
UNREADABLE: dict[str, str | bytes] = {
    "no head": WHOLE.replace("---\n", "", 1),
    "cut off": WHOLE.partition("进度")[0],
    "no unit": WHOLE.replace("单位: 市司法局\n", ""),
    "no time": WHOLE.replace("2022-12-20T15:30:00+08:00", "去年年底"),
    "wrong number": WHOLE.replace('"28"', "第二十八条"),
    "conflict": WHOLE.replace("进度: 40", "<<<<<<< HEAD\n进度: 40\n=======\n进度: 50\n>>>>>>> 别处"),
    "empty": "",
    "gbk": WHOLE.encode("gb18030"),
    "utf-16": WHOLE.encode("utf-16"),
    "huge": WHOLE + "示例" * 400_000,
}


def write(root: Path, path: str, content: str | bytes) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def row_of(fazhi: Run, number: str = "28", *more: str) -> dict[str, object]:
    (found,) = [row for row in fazhi("list", "--json", *more).json if row.get("编号") == number]
    return dict(found)


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_whatever_is_wrong_with_the_note_the_measure_says_so(
    tracker: Path, fazhi: Run, content: str | bytes
) -> None:
    write(tracker, PATH, content)
    row = row_of(fazhi)
    assert (row["灯"], row["时限"], row["逾期"], row["读不出"]) == ("不能断定", MARK, False, [PATH])
    assert str(row["依据"]).startswith(f"不能断定：{MARK}（{PATH}：")
    others = [one["灯"] for one in fazhi("list", "--json").json if one["编号"] != "28"]
    assert "不能断定" not in others


@pytest.mark.parametrize("kind", ["folder", "link", "outside"])
def test_what_is_no_file_counts_as_a_note_that_cannot_be_read(tracker: Path, fazhi: Run, kind: str) -> None:
    file = tracker / PATH
    file.parent.mkdir(parents=True)
    if kind == "folder":
        file.mkdir()
    else:
        file.symlink_to("/etc/hostname" if kind == "outside" else "nowhere.md")
    assert row_of(fazhi)["读不出"] == [PATH]


def test_a_folder_of_notes_that_cannot_be_entered(tracker: Path, fazhi: Run, tmp_path: Path) -> None:
    (tracker / "status" / "28").symlink_to(tmp_path)
    row = row_of(fazhi)
    assert (row["灯"], row["读不出"]) == ("不能断定", ["status/28"])


def test_without_any_folder_of_notes_nothing_is_known_of_any_measure(tracker: Path, fazhi: Run) -> None:
    (tracker / "status" / "README.md").unlink()
    (tracker / "status").rmdir()
    (tracker / "status").write_text("示例\n", encoding="utf-8")
    assert {row["灯"] for row in fazhi("list", "--json").json} == {"不能断定"}


def test_the_list_and_the_page_of_a_measure_name_file_and_reason(tracker: Path, fazhi: Run) -> None:
    write(tracker, PATH, UNREADABLE["no unit"])
    (line,) = [line for line in fazhi("list").out.splitlines() if MARK in line]
    assert line.split()[0] == "28"
    assert line.endswith("不能断定")
    shown = fazhi("show", "28").out
    assert f"时限：{MARK}" in shown
    assert f"读不出：{PATH}：缺少“单位”" in shown
    why = fazhi("show", "28", "--why").out
    assert "规则：unread：" in why
    assert fazhi("show", "28", "--why", "--json").json["读不出"] == [{"文件": PATH, "理由": "缺少“单位”"}]


def test_it_is_found_by_its_light(tracker: Path, fazhi: Run) -> None:
    write(tracker, PATH, UNREADABLE["empty"])
    assert [row["编号"] for row in fazhi("list", "灯:不能断定", "--json").json] == ["28"]


def test_it_stands_apart_in_the_figures(tracker: Path, fazhi: Run) -> None:
    before = fazhi("stats", "--json").json
    write(tracker, PATH, UNREADABLE["empty"])
    after = fazhi("stats", "--json").json
    assert after["合计"] == before["合计"]
    assert after["灯"]["不能断定"] == 1
    assert sum(after["灯"].values()) == after["合计"]
    assert after["状态"]["未启动"] == before["状态"]["未启动"] - 1
    assert sum(after["状态"].values()) == after["合计"] - 1
    (lacking,) = after["读不出"]
    assert lacking["文件"] == [PATH]
    assert "第 28 条" in lacking["影响"]
    assert PATH in fazhi("stats").err


def test_it_is_never_urged_nor_missing(tracker: Path, fazhi: Run) -> None:
    plan = tracker / "plan" / "plan.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("设置:\n", "设置:\n  报送周期: 每季度\n", 1),
        encoding="utf-8",
    )
    late = ("--today", "2023-07-01")
    assert "## 督办〔2023〕28-" in fazhi("urge", *late).out
    assert "28" in {one["措施"] for one in fazhi("stats", "--missing", "--json", *late).json["单位"]}
    write(tracker, PATH, UNREADABLE["gbk"])
    assert "## 督办〔2023〕28-" not in fazhi("urge", *late).out
    assert "28" not in {one["措施"] for one in fazhi("stats", "--missing", "--json", *late).json["单位"]}
    refused = fazhi("urge", "--where", "编号:28", *late)
    assert refused.code == 2
    assert "读不出，不能催办" in refused.err


def test_a_digest_and_the_timeline_say_that_they_cannot_tell(tracker: Path, fazhi: Run) -> None:
    write(tracker, PATH, UNREADABLE["gbk"])
    lines = fazhi("digest", "2022-12-01..2023-03-31", "--json").json["各项"]
    (told,) = [line for line in lines if line["措施"] == "28" and line["类别"] != "漏报"]
    assert (told["类别"], told["依据"]) == ("不能断定", PATH)
    assert "28" not in {line["措施"] for line in lines if line["类别"] in ("新增逾期", "漏报")}
    dues = fazhi("timeline", "编号:28", "--json").json["时间线"]
    assert {due["情况"] for due in dues} == {"不能断定"}


def test_a_report_on_it_is_told_that_the_status_may_be_another(tracker: Path, fazhi: Run) -> None:
    write(tracker, PATH, UNREADABLE["no unit"])
    result = fazhi("report", "28", "-m", "示例", "--dry-run")
    assert result.code == 0
    assert MARK in result.err + result.out
    assert "可能不对" in result.err + result.out


def test_a_day_before_the_note_knows_nothing_of_it(tracker: Path, fazhi: Run) -> None:
    write(tracker, PATH, UNREADABLE["empty"])
    assert row_of(fazhi, "28", "--today", "2022-12-19")["灯"] != "不能断定"
    assert row_of(fazhi, "28", "--today", "2022-12-20")["灯"] == "不能断定"
    write(tracker, "status/28/示例.md", "")
    assert row_of(fazhi, "28", "--today", "2022-12-19")["读不出"] == ["status/28/示例.md"]


def test_the_past_in_git_is_told_alike(tracker: Path, fazhi: Run) -> None:
    write(tracker, PATH, UNREADABLE["empty"])
    git(tracker, "add", ".")
    git(tracker, "commit", "-qm", "示例：坏的进展")
    (tracker / PATH).write_text(WHOLE, encoding="utf-8")
    assert row_of(fazhi)["灯"] != "不能断定"
    assert row_of(fazhi, "28", "--at", "HEAD")["灯"] == "不能断定"


def test_a_note_in_a_wrong_folder_or_of_no_measure_is_told_as_before(tracker: Path, fazhi: Run) -> None:
    write(tracker, PATH, WHOLE.replace('"28"', '"99"'))
    assert row_of(fazhi)["灯"] != "不能断定"
    assert "unknown-measure" in fazhi("check").out
    write(tracker, "status/20221220T153000-sfj-0000.md", "")
    assert "不能断定" not in {row["灯"] for row in fazhi("list", "--json").json}
    assert "note-misplaced" in fazhi("check").out


def test_what_a_measure_came_from_counts_until_the_day_it_did() -> None:
    files = {
        "plan/30.yaml": '编号: "30"\n标题: 示例\n正文: 示例。\n'.encode(),
        "plan/54.yaml": '编号: "54"\n标题: 示例\n正文: 示例。\n增设: 2023-01-01\n来自:\n  - "30"\n'.encode(),
        "status/30/20221220T153000-sfj-3f9a.md": b"",
        "status/30/20230220T153000-sfj-3f9b.md": b"",
    }
    rows = {row.measure.id: row.state for row in view_of(load_files(files), TODAY).rows}
    assert [len(rows[number].unread) for number in ("30", "54")] == [2, 1]
    assert rows["54"].unread[0].path == "status/30/20221220T153000-sfj-3f9a.md"


def test_the_loader_says_whose_note_it_is_and_why(tracker: Path) -> None:
    write(tracker, "status/07/20221220T153000-sfj-3f9a.md", "")
    write(tracker, "status/7/20221221T153000-sfj-3f9a.md", UNREADABLE["no head"])
    write(tracker, "status/别的/20221221T153000-sfj-3f9a.md", "")
    found = load(tracker).unread
    assert [(note.measure, str(note.day), note.reason) for note in found] == [
        ("7", "2022-12-20", "文件是空的"),
        ("7", "2022-12-21", "开头没有 --- 行"),
    ]


# ------------------------------------------------------------------ plan files


def test_what_hangs_on_a_measure_that_cannot_be_read_is_told_beside_the_figures(
    tracker: Path, fazhi: Run
) -> None:
    write(tracker, PATH, WHOLE)
    (tracker / "plan" / "28.yaml").write_text("编号：28\n", encoding="utf-8")
    for words in (("stats",), ("units",), ("digest", "2023Q1"), ("timeline",), ("list", "--json")):
        told = fazhi(*words).err
        assert "plan/28.yaml 读不出：第 28 条不在各单位和各项数字里，它的 1 条进展也没有计入。" in told, words
    assert fazhi("stats", "--json").json["读不出"][0]["文件"] == ["plan/28.yaml"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("plan/plan.yaml", "设置都按默认，没有规划期末和报送周期"),
        ("plan/units.yaml", "各单位的数字可能不全"),
        ("plan/示例.yaml", "不知道编号的一条不在各单位和各项数字里"),
    ],
)
def test_every_plan_file_says_what_rests_on_it(tracker: Path, fazhi: Run, path: str, told: str) -> None:
    (tracker / path).write_bytes("标题: “示例\n".encode("gb18030"))
    assert f"{path} 读不出：" in fazhi("stats").err
    assert told in fazhi("stats").err


def test_a_second_file_of_a_number_takes_nothing_from_the_figures(tracker: Path, fazhi: Run) -> None:
    (tracker / "plan" / "99.yaml").write_bytes((tracker / "plan" / "28.yaml").read_bytes())
    assert fazhi("stats", "--json").json["读不出"] == []
