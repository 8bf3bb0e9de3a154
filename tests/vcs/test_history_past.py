"""The tracker as it stood: by day, tag and commit, from real git, with the work tree left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.vcs.file_history import plan_edits
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.snapshot import as_day, files_at, find_moment
from tests.conftest import git


def commit(root: Path, day: str, files: dict[str, str], message: str = "示例") -> str:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    when = f"{day}T12:00:00+08:00"
    env = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
    words = [f"{name}={value}" for name, value in env.items()]
    import subprocess

    subprocess.run(["env", *words, "git", "commit", "-q", "-m", message], cwd=root, check=True)
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "台账"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "示例")
    git(folder, "config", "user.email", "example@example.org")
    return folder


def test_a_day_is_the_last_commit_made_by_its_end(root: Path) -> None:
    first = commit(root, "2023-01-01", {"plan/plan.yaml": "甲"})
    second = commit(root, "2023-03-01", {"plan/plan.yaml": "乙", "status/01/x.md": "丙"})
    git(root, "tag", "v1", first)
    with Repository(root) as repository:
        assert find_moment(repository.runner, "2023-02-28").commit == first
        assert find_moment(repository.runner, "2023-03-01").commit == second
        assert find_moment(repository.runner, "2023-03-01").day == date(2023, 3, 1)
        assert find_moment(repository.runner, "v1").commit == first
        assert find_moment(repository.runner, second[:8]).commit == second
        assert find_moment(repository.runner, "HEAD~1").commit == first
        with pytest.raises(UsageError, match="以前还没有任何提交"):
            find_moment(repository.runner, "2022-12-31")
        for nothing in ("没有", "v9", "--all", "a..b"):
            with pytest.raises(UsageError):
                find_moment(repository.runner, nothing)


def test_files_are_as_they_were_and_the_work_tree_stays_as_it_is(root: Path) -> None:
    names = {
        "plan/plan.yaml": "甲\n",
        "status/28/20230101T120000-sfj-0000.md": "示例“引号”\n\n空行\n",
        "status/28/evidence/a.pdf": "材料",
        "README.md": "不读",
    }
    first = commit(root, "2023-01-01", names)
    commit(root, "2023-02-01", {"plan/plan.yaml": "乙\n"})
    (root / "plan/plan.yaml").write_text("没有提交的\n", encoding="utf-8")
    before = git(root, "status", "--porcelain")
    with Repository(root) as repository:
        files = files_at(repository.runner, first)
    wanted = ("plan/plan.yaml", "status/28/20230101T120000-sfj-0000.md")
    assert files == {path: names[path].encode() for path in wanted}
    assert git(root, "status", "--porcelain") == before


def test_a_tracker_in_a_folder_of_a_repository_is_read_by_its_own_paths(root: Path) -> None:
    first = commit(root, "2023-01-01", {"市/plan/plan.yaml": "甲", "plan/plan.yaml": "别的"})
    with Repository(root / "市") as repository:
        assert files_at(repository.runner, first) == {"plan/plan.yaml": "甲".encode()}


def test_edits_of_the_plan_come_with_both_versions(root: Path) -> None:
    commit(root, "2023-01-01", {"plan/01.yaml": "一", "plan/02.yaml": "二"})
    second = commit(root, "2023-02-01", {"plan/01.yaml": "改", "status/01/x.md": "进展"})
    with Repository(root) as repository:
        assert plan_edits(repository.runner) == ((second, "plan/01.yaml", "一".encode(), "改".encode()),)
        assert plan_edits(repository.runner, f"{second}..") == ()


def test_days_that_are_none_are_told() -> None:
    assert as_day("2024-02-29") == date(2024, 2, 29)
    assert as_day("v1") is None
    with pytest.raises(UsageError, match="没有 2023-02-29 这一天"):
        as_day("2023-02-29")
