"""What stops a commit is told before anything is written: what it is, and how to mend it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.vcs import runner
from fazhi_tui.vcs.diagnosis import diagnose
from fazhi_tui.vcs.merge import Merging
from fazhi_tui.vcs.repository import Repository
from tests.conftest import git
from tests.vcs.helpers import NOTE, head, index_entries, message, porcelain, write


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock for a moment only."""
    monkeypatch.setattr("fazhi_tui.vcs.commit.PATIENCE", 0.1)


def conflict(root: Path) -> None:
    """Two branches that change the same line; main is checked out."""
    git(root, "switch", "-q", "-c", "other")
    write(root, "README.md", "那边\n")
    git(root, "commit", "-q", "-am", "那边")
    git(root, "switch", "-q", "main")
    write(root, "README.md", "这边\n")
    git(root, "commit", "-q", "-am", "这边")


def merging(root: Path) -> None:
    conflict(root)
    git(root, "merge", "-q", "other", check=False)


def rebasing(root: Path) -> None:
    conflict(root)
    git(root, "rebase", "-q", "other", check=False)


def rebasing_by_patches(root: Path) -> None:
    conflict(root)
    git(root, "rebase", "-q", "--apply", "other", check=False)


def picking(root: Path) -> None:
    conflict(root)
    git(root, "cherry-pick", "other", check=False)


def picking_a_series(root: Path) -> None:
    conflict(root)
    git(root, "switch", "-q", "other")
    git(root, "commit", "-q", "--allow-empty", "-m", "再一个")
    git(root, "switch", "-q", "main")
    git(root, "cherry-pick", "main..other", check=False)
    (root / ".git" / "CHERRY_PICK_HEAD").unlink()


def reverting(root: Path) -> None:
    conflict(root)
    write(root, "README.md", "更后面\n")
    git(root, "commit", "-q", "-am", "更后面")
    git(root, "revert", "--no-edit", "HEAD~1", check=False)


def bisecting(root: Path) -> None:
    conflict(root)
    git(root, "bisect", "start", "HEAD", "HEAD~1")


def applying(root: Path) -> None:
    conflict(root)
    patch = git(root, "format-patch", "--stdout", "main..other")
    (root / ".git" / "patch").write_text(patch, encoding="utf-8")
    git(root, "am", "-q", ".git/patch", check=False)


@pytest.mark.parametrize(
    ("begin", "name", "abort"),
    [
        (merging, "合并", "fazhi resolve --abort"),
        (rebasing, "变基", "git rebase --abort"),
        (rebasing_by_patches, "变基", "git rebase --abort"),
        (picking, "拣选", "git cherry-pick --abort"),
        (picking_a_series, "拣选", "git cherry-pick --abort"),
        (reverting, "还原", "git revert --abort"),
        (bisecting, "二分查找", "git bisect reset"),
        (applying, "应用补丁", "git am --abort"),
    ],
)
def test_an_operation_under_way_is_named_with_how_to_end_it(
    root: Path, repository: Repository, begin: Callable[[Path], None], name: str, abort: str
) -> None:
    begin(root)
    before = (head(root), index_entries(root), porcelain(root))
    with pytest.raises(RepositoryError, match=name) as refused:
        repository.ensure_ready()
    assert abort in refused.value.hint
    with pytest.raises(RepositoryError, match=name):
        repository.commit(message(), ["plan/28.yaml"])
    assert name in repository.status().operation
    assert "operation" in [problem.code for problem in diagnose(repository.runner)]
    assert (head(root), index_entries(root), porcelain(root)) == before
    if abort.startswith("git "):
        git(root, *abort.split()[1:], check=False)
    else:
        Merging(repository.runner).give_up()
    shutil.rmtree(root / ".git" / "sequencer", ignore_errors=True)
    assert repository.status().operation == ""


def test_conflicts_without_an_operation_are_refused_too(root: Path, repository: Repository) -> None:
    write(root, "README.md", "收起\n")
    git(root, "stash", "-q")
    write(root, "README.md", "改过\n")
    git(root, "commit", "-q", "-am", "改过")
    git(root, "stash", "pop", "-q", check=False)
    with pytest.raises(RepositoryError, match=r"README\.md") as refused:
        repository.ensure_ready()
    assert "git add" in refused.value.hint
    before = index_entries(root)
    with pytest.raises(RepositoryError, match="冲突"):
        repository.commit(message(), ["README.md"])
    assert index_entries(root) == before
    assert [problem.path for problem in diagnose(repository.runner) if problem.code == "unmerged"] == [
        "README.md"
    ]


def test_a_detached_head_is_refused_with_how_to_make_a_branch(root: Path, repository: Repository) -> None:
    git(root, "switch", "-q", "--detach")
    with pytest.raises(RepositoryError, match="游离") as refused:
        repository.ensure_ready()
    assert "git switch -c" in refused.value.hint
    status = repository.status()
    assert (status.branch, status.head) == ("", head(root)[:8])
    assert "detached-head" in [problem.code for problem in diagnose(repository.runner)]


@pytest.mark.parametrize(("key", "word"), [("user.name", "姓名"), ("user.email", "邮箱")])
def test_without_identity_the_commands_are_told(
    root: Path, repository: Repository, key: str, word: str
) -> None:
    git(root, "config", "--unset", key)
    write(root, NOTE)
    for refuse in (repository.ensure_ready, lambda: repository.commit(message(), [NOTE])):
        with pytest.raises(RepositoryError, match=word) as refused:
            refuse()
        assert "git config user.name" in refused.value.hint
        assert "git config user.email" in refused.value.hint
    assert "no-identity" in [problem.code for problem in diagnose(repository.runner)]
    repository.save_identity("市司法局", "示例", "example@example.org")
    repository.ensure_ready()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_lock_left_behind_is_named_with_its_age_and_how_to_remove_it(
    root: Path, repository: Repository, impatient: None, kind: str
) -> None:
    lock = root.resolve() / ".git" / "index.lock"
    if kind == "file":
        lock.touch()
    else:
        lock.mkdir()
    three_hours_ago = time.time() - 3 * 3600 - 5
    os.utime(lock, (three_hours_ago, three_hours_ago))
    before = (head(root), index_entries(root))
    write(root, NOTE)
    for refuse in (repository.ensure_ready, lambda: repository.commit(message(), [NOTE])):
        with pytest.raises(RepositoryError) as refused:
            refuse()
        assert str(lock) in refused.value.message
        assert "3 小时" in refused.value.message
        assert f"{'rm' if kind == 'file' else 'rmdir'} '{lock}'" in refused.value.hint
    assert (head(root), index_entries(root)) == before
    assert lock.exists(), "a lock is never removed by us"
    assert "lock-file" in [problem.code for problem in diagnose(repository.runner)]
    assert repository.status().branch == "main", "reading goes on"


def test_a_lock_on_the_branch_itself_is_found_and_nothing_is_left_behind(
    root: Path, repository: Repository, impatient: None
) -> None:
    lock = root / ".git" / "refs" / "heads" / "main.lock"
    lock.touch()
    write(root, NOTE)
    before = (head(root), index_entries(root))
    with pytest.raises(RepositoryError, match=r"main\.lock"):
        repository.commit(message(), [NOTE])
    assert (head(root), index_entries(root)) == before


def test_a_lock_that_comes_up_in_the_middle_of_a_commit_leaves_nothing_behind(
    root: Path, repository: Repository, impatient: None
) -> None:
    script = root / ".git" / "hooks" / "pre-commit"
    script.parent.mkdir(exist_ok=True)
    script.write_text("#!/bin/sh\ntouch .git/refs/heads/main.lock\n", encoding="utf-8")
    script.chmod(0o755)
    write(root, NOTE)
    before = (head(root), index_entries(root))
    with pytest.raises(RepositoryError, match=r"main\.lock"):
        repository.commit(message(), [NOTE])
    assert (head(root), index_entries(root)) == before


def test_a_git_that_is_just_working_is_waited_for(root: Path, repository: Repository) -> None:
    lock = root / ".git" / "index.lock"
    lock.touch()
    timer = threading.Timer(0.3, lock.unlink)
    timer.start()
    repository.ensure_ready()
    lock.touch()
    timer = threading.Timer(0.3, lock.unlink)
    timer.start()
    assert repository.commit(message(), [write(root, NOTE)]) == head(root)


def test_a_branch_whose_ref_cannot_be_written_leaves_nothing_behind(
    root: Path, repository: Repository, impatient: None
) -> None:
    """A real obstacle that stops root too: a folder where git's own file has to go."""
    (root / ".git" / "HEAD.lock").mkdir()
    write(root, NOTE)
    before = (head(root), index_entries(root))
    with pytest.raises(RepositoryError, match=r"HEAD\.lock"):
        repository.commit(message(), [NOTE])
    assert (head(root), index_entries(root)) == before


def test_an_object_that_cannot_be_written_is_told_with_git_s_own_words(
    root: Path, repository: Repository
) -> None:
    """A file where the object's folder has to go: git cannot write it, root or not."""
    write(root, NOTE, "示例：写不下的内容\n")
    name = git(root, "hash-object", NOTE).strip()
    (root / ".git" / "objects" / name[:2]).write_text("挡路\n", encoding="utf-8")
    before = (head(root), index_entries(root))
    with pytest.raises(RepositoryError) as refused:
        repository.commit(message(), [NOTE])
    assert "git 的原话" in refused.value.message
    assert refused.value.hint
    assert (head(root), index_entries(root)) == before


def test_a_full_disk_is_named_as_such(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real git under a limit on how large a file may grow: the system refuses the write."""
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(
        f"#!/bin/sh\ntrap '' XFSZ\nulimit -f 100\nexec {shutil.which('git')} \"$@\"\n", encoding="utf-8"
    )
    wrapper.chmod(0o755)
    big = root / "status" / "28" / "big.bin"
    big.parent.mkdir(parents=True)
    big.write_bytes(os.urandom(400_000))
    before = (head(root), index_entries(root))
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    with Repository(root) as repository, pytest.raises(RepositoryError, match="磁盘满了") as refused:
        repository.commit(message(), ["status/28/big.bin"])
    assert refused.value.hint
    assert "git 的原话" in refused.value.message
    monkeypatch.undo()
    assert (head(root), index_entries(root)) == before


@pytest.fixture
def read_only(root: Path) -> Iterator[Path]:
    """A .git folder that cannot be written, for root as well (chattr +i), or by its mode."""
    folder = root / ".git"
    if os.geteuid() == 0:
        if (
            shutil.which("chattr") is None
            or subprocess.run(
                ["chattr", "+i", folder, folder / "objects"], check=False, capture_output=True
            ).returncode
        ):
            pytest.skip("以 root 运行而文件系统不支持 chattr +i，只读目录没有试")
        yield folder
        subprocess.run(["chattr", "-i", folder, folder / "objects"], check=True)
    else:
        mode = stat.S_IMODE(folder.stat().st_mode)
        folder.chmod(0o555)
        yield folder
        folder.chmod(mode)


def test_a_folder_that_cannot_be_written_is_told_before_anything_is(
    root: Path, repository: Repository, read_only: Path
) -> None:
    with pytest.raises(RepositoryError) as refused:
        repository.ensure_ready()
    assert str(read_only) in refused.value.message
    assert refused.value.hint
    with pytest.raises(RepositoryError) as refused, repository.lock():
        pass
    assert "锁文件" in refused.value.message
    assert "not-writable" in [problem.code for problem in diagnose(repository.runner)]
    assert repository.status().branch == "main", "reading goes on"
    assert len(repository.events()) == 1


def test_patience_is_two_seconds() -> None:
    assert runner.PATIENCE == 2.0


def test_an_interrupt_leaves_the_index_as_it_was(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C while git commit runs."""
    original = runner.Runner.run

    def interrupted(self: runner.Runner, *words: str, **kwargs: object) -> runner.Answer:
        if "commit" in words:
            raise KeyboardInterrupt
        return original(self, *words, **kwargs)  # type: ignore[arg-type]

    write(root, NOTE)
    before = (head(root), index_entries(root))
    monkeypatch.setattr(runner.Runner, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        repository.commit(message(), [NOTE])
    monkeypatch.undo()
    assert (head(root), index_entries(root)) == before


def test_a_commit_that_was_made_stands_although_git_failed_after_it(
    root: Path, repository: Repository
) -> None:
    """Git makes the commit and then fails to put the index in place: a hook takes its lock away."""
    script = root / ".git" / "hooks" / "post-index-change"
    prepare = root / ".git" / "hooks" / "prepare-commit-msg"
    script.parent.mkdir(exist_ok=True)
    prepare.write_text("#!/bin/sh\nrm -f .git/index.lock\n", encoding="utf-8")
    prepare.chmod(0o755)
    commit = repository.commit(message(), [write(root, NOTE)])
    assert commit == head(root)
    assert git(root, "show", f"HEAD:{NOTE}") == "示例\n"
    assert porcelain(root) == ""
