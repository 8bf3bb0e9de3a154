"""The foot of the screen: one process, nothing written; and the cheap value that tells when to ask again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_tui.domain.model.repository import RepoStatus
from fazhi_tui.vcs.diagnosis import diagnose, repository_facts
from fazhi_tui.vcs.file_history import commit_diff
from fazhi_tui.vcs.operation import watch_token
from fazhi_tui.vcs.repository import Repository
from tests.conftest import git
from tests.vcs.helpers import NOTE, counted, head, message, set_identity, write


def test_a_clean_tree_tells_branch_and_commit(root: Path, repository: Repository) -> None:
    assert repository.status() == RepoStatus("main", head(root)[:8], None, None, (), ())


def test_dirty_staged_and_untracked_are_told_apart(root: Path, repository: Repository) -> None:
    write(root, "README.md", "改\n")
    write(root, "plan/28.yaml", "暂存\n")
    git(root, "add", "plan/28.yaml")
    (root / "plan" / "plan.yaml").unlink()
    write(root, "新 文件\n“引号”.md")
    write(root, "status/28/a.md")
    write(root, "status/28/b.md")
    git(root, "add", "-N", write(root, "intent.md"))
    status = repository.status()
    assert status.staged == ("plan/28.yaml",)
    assert set(status.dirty) == {"README.md", "plan/plan.yaml", "新 文件\n“引号”.md", "status/", "intent.md"}


def test_ahead_and_behind_are_counted_against_the_upstream(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(root), "clone")
    clone = tmp_path / "clone"
    set_identity(clone)
    with Repository(clone) as repository:
        assert (repository.status().ahead, repository.status().behind) == (0, 0)
        git(root, "commit", "-q", "--allow-empty", "-m", "那边")
        repository.commit(message(), [write(clone, NOTE)])
        repository.commit(message(), [write(clone, "status/28/b.md")])
        before = watch_token(repository.root)
        git(clone, "fetch", "-q")
        assert watch_token(repository.root) != before
        assert (repository.status().ahead, repository.status().behind) == (2, 1)
        git(root, "switch", "-q", "-c", "renamed")
        git(root, "branch", "-q", "-D", "main")
        git(clone, "fetch", "-q", "--prune")
        assert (repository.status().ahead, repository.status().behind) == (None, None)
        assert "upstream-gone" in [problem.code for problem in diagnose(repository.runner)]


def test_a_branch_with_a_chinese_name_is_told_as_it_is(root: Path, repository: Repository) -> None:
    git(root, "switch", "-q", "-c", "市司法局/第28条")
    assert repository.status().branch == "市司法局/第28条"
    repository.ensure_ready()
    assert repository.commit(message(), [write(root, NOTE)]) == head(root)


def test_reading_starts_one_process_and_leaves_index_and_folder_as_they_were(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Files that are newer than the index make git want to refresh it.
    time.sleep(0.01)
    os.utime(root / "README.md")
    index = root / ".git" / "index"
    folder = root / ".git"

    def seen() -> tuple[object, ...]:
        return (index.read_bytes(), index.stat().st_mtime_ns, folder.stat().st_mtime_ns, index.stat().st_ino)

    before = seen()
    with counted(monkeypatch, tmp_path) as processes:
        assert repository.status().dirty == ()
    assert processes.commands == ["status"]
    repository.events()
    commit_diff(repository.runner, "HEAD")
    diagnose(repository.runner)
    repository_facts(repository.runner)
    assert seen() == before


def test_a_lock_does_not_stop_reading(root: Path, repository: Repository) -> None:
    (root / ".git" / "index.lock").touch()
    write(root, "README.md", "改\n")
    assert repository.status().dirty == ("README.md",)


# ------------------------------------------------------------------ when to ask again


def _commit(root: Path) -> None:
    git(root, "commit", "-q", "--allow-empty", "-m", "x")


def _stage(root: Path) -> None:
    write(root, "README.md", "改\n")
    git(root, "add", "README.md")


def _switch(root: Path) -> None:
    git(root, "switch", "-q", "-c", "other")


def _pack(root: Path) -> None:
    git(root, "pack-refs", "--all")


def _configure(root: Path) -> None:
    git(root, "config", "fazhi.unit", "另一个单位")


def _begin_merge(root: Path) -> None:
    (root / ".git" / "MERGE_HEAD").write_text(head(root) + "\n", encoding="utf-8")


def _detach(root: Path) -> None:
    git(root, "switch", "-q", "--detach")


def _branch(root: Path) -> None:
    git(root, "branch", "another")


@pytest.mark.parametrize(
    "move", [_commit, _stage, _switch, _pack, _configure, _begin_merge, _detach, _branch]
)
def test_the_token_changes_when_something_moves(root: Path, move: Callable[[Path], None]) -> None:
    before = watch_token(root)
    assert watch_token(root) == before
    time.sleep(0.005)
    move(root)
    after = watch_token(root)
    assert after != before
    assert watch_token(root) == after


def test_the_token_stays_while_one_only_reads_and_starts_no_process(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = watch_token(root)
    repository.status()
    repository.events()
    with counted(monkeypatch, tmp_path) as processes:
        assert watch_token(repository.root) == before
    assert processes.commands == []


def test_head_is_found_in_packed_refs(root: Path, repository: Repository) -> None:
    git(root, "pack-refs", "--all")
    assert repository.head() == head(root)
    before = head(root)
    commit = repository.commit(message(), [write(root, NOTE)])
    assert commit == head(root) != before
