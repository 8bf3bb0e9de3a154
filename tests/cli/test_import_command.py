"""``fazhi import``: a document and its corrections to the files of a tracker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import REPOSITORY, git

SOURCE = REPOSITORY / "plan" / "source" / "document.txt"


@pytest.fixture(autouse=True)
def named(own_world: Path) -> None:
    """Who makes a new tracker's first commit."""
    git(own_world, "config", "--global", "user.name", "示例填报人")
    git(own_world, "config", "--global", "user.email", "example@example.org")


def plan_files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "plan").glob("*.yaml")}


def test_the_source_gives_the_plan_of_this_repository_byte_for_byte(fazhi: Run, tmp_path: Path) -> None:
    result = fazhi("import", str(SOURCE), "--into", str(tmp_path / "new"))
    assert result.code == 0, result.err
    assert plan_files(tmp_path / "new") == plan_files(REPOSITORY)
    assert "48 条措施" in result.err
    assert fazhi("list", "lead:sfj", "--json", "--repo", str(tmp_path / "new")).json
    assert (tmp_path / "new/plan/source/document.txt").read_bytes() == SOURCE.read_bytes()


def test_check_compares_and_writes_nothing(fazhi: Run, tmp_path: Path) -> None:
    assert fazhi("import", str(SOURCE), "--into", str(REPOSITORY), "--check").code == 0
    empty = fazhi("import", str(SOURCE), "--into", str(tmp_path), "--check")
    assert empty.code == 1
    assert "缺少  plan/28.yaml" in empty.out
    assert list(tmp_path.iterdir()) == []


def test_doing_it_twice_changes_nothing(fazhi: Run, tmp_path: Path) -> None:
    fazhi("import", str(SOURCE), "--into", str(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    again = fazhi("import", str(SOURCE), "--into", str(tmp_path))
    assert again.code == 0
    assert again.out == ""
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_file_that_differs_is_never_overwritten(fazhi: Run, tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    mine = tmp_path / "plan" / "28.yaml"
    mine.write_text("# 示例：自己改过\n", encoding="utf-8")
    extra = tmp_path / "plan" / "99.yaml"
    extra.touch()
    result = fazhi("import", str(SOURCE), "--into", str(tmp_path))
    assert result.code == 2
    assert "plan/28.yaml" in result.err
    assert "plan/99.yaml" in result.err
    assert mine.read_text(encoding="utf-8") == "# 示例：自己改过\n"
    assert sorted(path.name for path in tmp_path.rglob("*.yaml")) == ["28.yaml", "99.yaml"]
    compared = fazhi("import", str(SOURCE), "--into", str(tmp_path), "--check").out
    assert "不同  plan/28.yaml" in compared
    assert "多出  plan/99.yaml" in compared


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("没有.txt", "--into", "."), "没有.txt"),
        ((str(SOURCE), "--into", "x", "--corrections", "没有.yaml"), "没有.yaml"),
        ((str(SOURCE),), "--into"),
        (("--into", "x"), "原件"),
    ],
)
def test_what_is_missing_is_named(
    fazhi: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = fazhi("import", *words)
    assert result.code == 2
    assert says in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_document_without_corrections_needs_none(fazhi: Run, tmp_path: Path) -> None:
    source = tmp_path / "示例方案.txt"
    source.write_text(
        "示例市实施方案（2023—2025年）\n一、任务\n1.优化示例。统筹示例。（牵头单位：市示例局）\n",
        encoding="utf-8",
    )
    result = fazhi("import", str(source), "--into", str(tmp_path / "new"))
    assert result.code == 0, result.err
    assert "提交为" in result.err
    assert (tmp_path / "new/import-report.md").exists()
    assert [row["类型"] for row in fazhi("log", "--json", "--repo", str(tmp_path / "new")).json] == ["导入"]


def test_a_source_that_is_another_than_the_corrections_were_written_for_is_refused(
    fazhi: Run, tmp_path: Path
) -> None:
    other = tmp_path / "document.txt"
    other.write_bytes(SOURCE.read_bytes() + b"\n")
    corrections = str(SOURCE.with_name("corrections.yaml"))
    result = fazhi("import", str(other), "--into", str(tmp_path / "new"), "--corrections", corrections)
    assert result.code == 2
    assert "sha256" in result.err
    assert not (tmp_path / "new").exists()


def test_a_revised_document_is_shown_and_amended_with_a_reason(fazhi: Run, tmp_path: Path) -> None:
    source, into = tmp_path / "示例方案.txt", str(tmp_path / "new")
    text = "示例市实施方案（2023—2025年）\n一、任务\n1.优化示例。统筹示例。（牵头单位：市示例局）\n"
    source.write_text(text, encoding="utf-8")
    fazhi("import", str(source), "--into", into)
    source.write_text(text.replace("统筹示例", "统筹样例"), encoding="utf-8")
    shown = fazhi("import", str(source), "--into", into, "--check")
    assert shown.code == 1
    assert "修订：第1条 优化示例" in shown.out
    assert "-  统筹示例。" in shown.out
    only_shown = fazhi("import", str(source), "--into", into)
    assert only_shown.code == 2
    assert "+  统筹样例。" in only_shown.out
    assert "--reason" in only_shown.err
    done = fazhi("import", str(source), "--into", into, "--reason", "示例：按修订件")
    assert done.code == 0, done.err
    assert "提交为" in done.err
    assert [row["类型"] for row in fazhi("log", "1", "--json", "--repo", into).json] == ["修订", "导入"]
    assert fazhi("import", str(source), "--into", into, "--check").code == 0


# ------------------------------------------------------------------ revisions

V1 = """示例市实施方案（2023—2025年）
一、任务
1.优化示例。统筹示例工作，健全示例机制。（牵头单位：市示例局）
2.规范样本。推行样本公示制度。（牵头单位：市样本局）
"""
V2 = V1.replace("1.", "1.新增事务。开展新增事务试点。（牵头单位：市示例局）\n2.", 1).replace(
    "2.规范", "3.规范"
)


@pytest.fixture
def revised(fazhi: Run, tmp_path: Path) -> tuple[str, str]:
    """A revised document, and the tracker made of the older one."""
    source, into = tmp_path / "示例方案.txt", tmp_path / "new"
    source.write_text(V1, encoding="utf-8")
    fazhi("import", str(source), "--into", str(into))
    git(into, "config", "fazhi.today", "2024-05-20")
    source.write_text(V2, encoding="utf-8")
    return str(source), str(into)


def test_a_dry_run_shows_the_matching_and_writes_nothing(fazhi: Run, revised: tuple[str, str]) -> None:
    source, into = revised
    head = git(Path(into), "rev-parse", "HEAD")
    shown = fazhi("import", source, "--into", into, "--dry-run")
    assert shown.code == 0, shown.err
    assert "新增  第3条 新增事务（原件里是第1条）" in shown.out
    assert "移号  第1条 优化示例（原件里是第2条）" in shown.out
    assert "将写  plan/03.yaml" in shown.out
    assert git(Path(into), "rev-parse", "HEAD") == head
    assert git(Path(into), "status", "--porcelain") == ""


def test_json_has_the_matching(fazhi: Run, revised: tuple[str, str]) -> None:
    source, into = revised
    answer = fazhi("import", source, "--into", into, "--reason", "示例", "--json")
    assert answer.code == 0, answer.err
    assert [(row["对照"], row["编号"], row["原件编号"]) for row in answer.json["对照"]] == [
        ("新增", "3", "1"),
        ("移号", "1", "2"),
        ("移号", "2", "3"),
    ]
    assert answer.json["提交"] == git(Path(into), "rev-parse", "HEAD").strip()


def test_the_day_is_the_trackers_own_or_the_one_that_is_given(fazhi: Run, revised: tuple[str, str]) -> None:
    source, into = revised
    fazhi("import", source, "--into", into, "--reason", "示例")
    assert "增设: 2024-05-20" in (Path(into) / "plan/03.yaml").read_text(encoding="utf-8")
    assert git(Path(into), "log", "-1", "--format=%cs").strip() == "2024-05-20"
    same = fazhi("import", source, "--into", into, "--check")
    assert same.code == 0, same.out
    Path(source).write_text(V2.replace("市样本局", "市样品局"), encoding="utf-8")
    day = ("--from", "2024-03-01")
    assert fazhi("import", source, "--into", into, "--reason", "示例", *day).code == 0
    assert "至: 2024-02-29" in (Path(into) / "plan/02.yaml").read_text(encoding="utf-8")


def test_a_doubt_is_shown_and_refused(fazhi: Run, revised: tuple[str, str]) -> None:
    source, into = revised
    half = "规范样品。推行样本公示制度，另建样品库并配备管理人员。（牵头单位：市样品局）"
    Path(source).write_text(
        V1.replace("规范样本。推行样本公示制度。（牵头单位：市样本局）", half), encoding="utf-8"
    )
    head = git(Path(into), "rev-parse", "HEAD")
    refused = fazhi("import", source, "--into", into, "--reason", "示例")
    assert refused.code == 1
    assert "存疑  原件第2条 规范样品：可能是台账的第2条，也可能是新增的" in refused.out
    assert "对应" in refused.err
    assert git(Path(into), "rev-parse", "HEAD") == head


@pytest.mark.parametrize("words", [("--from", "2024-01-01"), ("--withdraw-missing",)])
def test_what_only_a_revision_has_needs_a_reason(
    fazhi: Run, revised: tuple[str, str], words: tuple[str, ...]
) -> None:
    source, into = revised
    answer = fazhi("import", source, "--into", into, *words)
    assert answer.code == 2
    assert "--reason" in answer.err
