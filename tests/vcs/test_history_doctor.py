"""What doctor finds, each fault made on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.vcs import diagnosis
from fazhi_tui.vcs.diagnosis import diagnose, git_version, is_ignored, repository_facts
from fazhi_tui.vcs.repository import Repository
from tests.conftest import git
from tests.vcs.helpers import hook, write


def codes(repository: Repository) -> list[str]:
    return [problem.code for problem in diagnose(repository.runner)]


def test_a_sound_repository_has_no_problems(repository: Repository) -> None:
    assert diagnose(repository.runner) == ()


def test_every_problem_says_how_to_mend_it(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "OLDEST", (99, 0))
    monkeypatch.setattr(diagnosis, "MANY_COMMITS", 1)
    for key in ("user.name", "user.email", "fazhi.unit"):
        git(root, "config", "--unset", key)
    git(root, "config", "core.autocrlf", "true")
    git(root, "rm", "-q", ".gitattributes")
    write(root, ".gitignore", "status/\n")
    (root / ".git" / "index.lock").touch()
    (root / ".git" / "config.lock").touch()
    git(root, "symbolic-ref", "HEAD", "refs/heads/main")
    problems = diagnose(repository.runner)
    assert [problem.code for problem in problems] == [
        "git-too-old", "no-identity", "no-unit", "lock-file", "lock-file", "ignored", "autocrlf",
        "no-commit-graph",
    ]  # fmt: skip
    assert all(problem.message and problem.hint for problem in problems)


def test_a_commit_graph_is_proposed_only_where_there_is_none(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "MANY_COMMITS", 1)
    assert codes(repository) == ["no-commit-graph"]
    git(root, "commit-graph", "write", "--reachable", "--changed-paths")
    assert codes(repository) == []
    assert dict(repository_facts(repository.runner))["commit-graph"] == "有"


def test_autocrlf_is_no_problem_where_attributes_decide(root: Path, repository: Repository) -> None:
    git(root, "config", "core.autocrlf", "true")
    assert codes(repository) == []


def test_a_broken_configuration_is_told_once(root: Path, repository: Repository) -> None:
    with (root / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write("[core\n")
    (problem,) = diagnose(repository.runner)
    assert "配置文件写错了" in problem.message
    assert problem.severity is Severity.ERROR


def test_a_broken_index_is_told(root: Path, repository: Repository) -> None:
    (root / ".git" / "index").write_bytes(b"nonsense, long enough to be looked at as an index file")
    assert any("index" in problem.message for problem in diagnose(repository.runner))


def test_the_facts_are_those_of_this_repository(root: Path, repository: Repository) -> None:
    hook(root, "pre-commit", "exit 0\n")
    git(root, "config", "commit.gpgSign", "true")
    git(root, "config", "gpg.format", "ssh")
    facts = dict(repository_facts(repository.runner))
    assert facts["git 版本"] == git_version(repository.runner) == git(root, "version").split()[2]
    assert facts["分支"] == "main"
    assert facts["上游"] == "没有"
    assert facts["单位"] == "市司法局"
    assert facts["钩子"] == "pre-commit"
    assert facts["签名"] == "签（ssh）"


def test_the_facts_of_a_repository_without_commits(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    with Repository(tmp_path) as repository:
        assert dict(repository_facts(repository.runner))["分支"] == "main"
        assert set(codes(repository)) == {"no-identity", "no-unit"}


def test_one_setting_can_be_asked_for(root: Path, repository: Repository) -> None:
    git(root, "config", "branch.市司法局/28.remote", "origin")
    assert repository.config("user.name") == "示例填报人"
    assert repository.config("branch.市司法局/28.remote") == "origin"
    assert repository.config("no.such") is None
    for name in ("--list", "name", "a.b c", ""):
        with pytest.raises(UsageError):
            repository.config(name)


def test_ignored_paths_are_known(root: Path, repository: Repository) -> None:
    write(root, ".gitignore", "*.tmp\n")
    assert is_ignored(repository.runner, "status/28/x.tmp")
    assert not is_ignored(repository.runner, "status/28/x.md")
    assert not is_ignored(repository.runner, "--verbose")
