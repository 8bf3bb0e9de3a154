"""Where a repository is, where none is, and a machine without git."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.vcs.diagnosis import diagnose
from fazhi_tui.vcs.operation import watch_token
from fazhi_tui.vcs.paths import private_dir
from fazhi_tui.vcs.repository import Repository
from tests.conftest import git
from tests.vcs.helpers import make_repository, write


def python(program: str, *words: str, **environment: str) -> str:
    """Run a program in a Python of its own and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True, check=False, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_folder_in_no_repository_says_so(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="不在 git 仓库里") as refused:
        Repository(tmp_path)
    assert "git init" in refused.value.hint
    with pytest.raises(RepositoryError, match="不在 git 仓库里"):
        private_dir(tmp_path)
    assert watch_token(tmp_path) == watch_token(tmp_path)


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="打不开"):
        Repository(tmp_path / "没有")


def test_a_bare_repository_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    with pytest.raises(RepositoryError, match="裸仓库") as refused:
        Repository(tmp_path / "bare.git")
    assert "git clone" in refused.value.hint


def test_a_repository_set_to_be_bare_says_so(root: Path) -> None:
    git(root, "config", "core.bare", "true")
    with Repository(root) as repository, pytest.raises(RepositoryError, match="裸仓库"):
        repository.status()


def test_an_empty_git_folder_is_not_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(RepositoryError, match="不在 git 仓库里"):
        Repository(tmp_path)


def test_a_work_tree_whose_repository_is_gone_says_where_it_pointed(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(root, "worktree", "add", "-q", str(other))
    root.rename(tmp_path / "moved")
    with pytest.raises(RepositoryError, match="不见了") as refused:
        Repository(other)
    assert "worktree repair" in refused.value.hint


def test_a_git_file_with_other_text_says_so(tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(b"\xff\x00nonsense")
    with pytest.raises(RepositoryError):
        Repository(tmp_path)


def test_a_repository_of_another_owner_is_refused_with_the_command_to_trust_it(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(RepositoryError, match="不信任") as refused:
        repository.status()
    assert f"safe.directory '{root.resolve()}'" in refused.value.hint
    (problem,) = [p for p in diagnose(repository.runner) if p.code == "git-refused"]
    assert "safe.directory" in problem.hint


def test_the_private_folder_needs_no_git(root: Path, tmp_path: Path) -> None:
    printed = python(
        "import sys; from pathlib import Path; from fazhi_tui.vcs.paths import private_dir\n"
        "from fazhi_tui.vcs.operation import watch_token\n"
        "print(private_dir(Path(sys.argv[1]))); watch_token(Path(sys.argv[1]))\n"
        "print(sorted({'git', 'filelock', 'textual', 'typer'} & set(sys.modules)))",
        str(root),
        PATH=str(tmp_path),
    )
    assert printed.splitlines() == [str(root.resolve() / ".git" / "fazhi"), "[]"]


@pytest.mark.parametrize("refresh", ["", "quiet"])
def test_a_machine_without_git_is_told_how_to_install_it(root: Path, tmp_path: Path, refresh: str) -> None:
    empty = tmp_path / "bin"
    empty.mkdir()
    environment = {"PATH": str(empty)} | ({"GIT_PYTHON_REFRESH": refresh} if refresh else {})
    printed = python(
        "import sys; from pathlib import Path\n"
        "from fazhi_tui.vcs.repository import Repository\n"
        "from fazhi_tui.domain.model.errors import RepositoryError\n"
        "for _ in range(2):\n"
        "    try: Repository(Path(sys.argv[1])).status()\n"
        "    except RepositoryError as error: print(error.message, error.hint)\n",
        str(root),
        **environment,
    )
    first, second = printed.splitlines()
    assert first.startswith("找不到 git")
    assert "sudo apt install git" in first
    assert second == first


def test_a_root_reached_by_a_link_is_the_same_repository(root: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(root)
    with Repository(link) as repository:
        assert repository.root == root.resolve()
        assert repository.commit("示例\n", [write(link, "status/28/a.md")])


def test_no_process_outlives_a_repository(root: Path) -> None:
    printed = python(
        "import sys, os; from pathlib import Path; from fazhi_tui.vcs.repository import Repository\n"
        "from fazhi_tui.vcs.diagnosis import diagnose\n"
        "with Repository(Path(sys.argv[1])) as repository:\n"
        "    repository.status(); repository.events(); diagnose(repository.runner)\n"
        "    own = f'/proc/{os.getpid()}/task/{os.getpid()}/children'\n"
        "    print(repr(open(own).read() if os.path.exists(own) else ''))\n",
        str(root),
    )
    assert printed.strip() == "''"


def test_a_separate_git_folder_is_followed(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "tree")
    git(root, "init", "-q", f"--separate-git-dir={tmp_path / 'elsewhere.git'}")
    with Repository(root) as repository:
        assert repository.private_dir() == tmp_path.resolve() / "elsewhere.git" / "fazhi"
        assert repository.commit("示例\n", [write(root, "status/28/a.md")])
