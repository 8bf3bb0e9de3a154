"""One action, one commit, of exactly its paths."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import FazhiError, RepositoryError, UsageError
from fazhi_tui.vcs.diagnosis import diagnose
from fazhi_tui.vcs.file_history import commit_diff, files_added
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.snapshot import file_at
from tests.conftest import git
from tests.vcs.helpers import (
    NOTE,
    counted,
    head,
    index_entries,
    make_repository,
    message,
    porcelain,
    set_identity,
    write,
)


def committed(root: Path) -> list[str]:
    out = git(root, "show", "--name-status", "--format=", "-z", "--no-renames", "HEAD")
    parts = out.split("\0")[:-1]
    return [f"{letter} {path}" for letter, path in zip(parts[0::2], parts[1::2], strict=True)]


def test_a_new_file_becomes_one_commit_and_its_id_is_given(root: Path, repository: Repository) -> None:
    before = head(root)
    commit = repository.commit(message(), [write(root, NOTE)])
    assert commit == head(root)
    assert git(root, "rev-parse", "HEAD^").strip() == before
    assert committed(root) == [f"A {NOTE}"]
    assert porcelain(root) == ""


def test_new_changed_and_deleted_paths_go_into_one_commit(root: Path, repository: Repository) -> None:
    write(root, "plan/28.yaml", '编号: "28"\n标题: 改\n')
    (root / "README.md").unlink()
    repository.commit(message(), [write(root, NOTE), "plan/28.yaml", "README.md"])
    assert sorted(committed(root)) == ["A " + NOTE, "D README.md", "M plan/28.yaml"]
    assert porcelain(root) == ""


def test_what_else_is_staged_dirty_or_untracked_stays_as_it_was(root: Path, repository: Repository) -> None:
    write(root, "README.md", "已暂存\n")
    git(root, "add", "README.md")
    write(root, "README.md", "暂存之后又改\n")
    write(root, "plan/plan.yaml", "标题: 只改未暂存\n")
    write(root, "新的.txt", "暂存的新文件\n")
    git(root, "add", "新的.txt")
    write(root, "intent.txt")
    git(root, "add", "-N", "intent.txt")
    git(root, "rm", "-q", "--cached", ".gitattributes")
    write(root, "未跟踪.txt")
    before = porcelain(root)
    repository.commit(message(), [write(root, NOTE)])
    assert porcelain(root) == before
    assert git(root, "show", ":README.md") == "已暂存\n"
    assert (root / "README.md").read_text("utf-8") == "暂存之后又改\n"
    assert committed(root) == [f"A {NOTE}"]


@pytest.mark.parametrize("staged", ["an earlier version", "removed from the index", "intent to add"])
def test_a_path_of_ours_that_is_staged_already_is_taken_from_the_work_tree(
    root: Path, repository: Repository, staged: str
) -> None:
    write(root, NOTE, "旧\n")
    if staged == "an earlier version":
        git(root, "add", NOTE)
    elif staged == "intent to add":
        git(root, "add", "-N", NOTE)
    else:
        git(root, "add", NOTE)
        git(root, "commit", "-q", "-m", "示例")
        git(root, "rm", "-q", "--cached", NOTE)
    write(root, NOTE, "新\n")
    repository.commit(message(), [NOTE])
    assert git(root, "show", f"HEAD:{NOTE}") == "新\n"
    assert porcelain(root) == ""


def test_a_deleted_path_that_was_also_removed_from_the_index_is_committed(
    root: Path, repository: Repository
) -> None:
    git(root, "rm", "-q", "README.md")
    repository.commit(message(), ["README.md"])
    assert committed(root) == ["D README.md"]


def test_nothing_changed_makes_no_commit(root: Path, repository: Repository) -> None:
    before = head(root)
    assert repository.commit(message(), ["plan/28.yaml", "没有的.md"]) == ""
    assert repository.commit(message(), []) == ""
    assert head(root) == before


def test_staged_and_then_put_back_makes_no_commit_and_stays_staged(
    root: Path, repository: Repository
) -> None:
    original = (root / "README.md").read_text("utf-8")
    write(root, "README.md", "另一个\n")
    git(root, "add", "README.md")
    write(root, "README.md", original)
    entries, before = index_entries(root), head(root)
    assert repository.commit(message(), ["README.md"]) == ""
    assert (index_entries(root), head(root)) == (entries, before)


def test_a_path_that_never_was_does_not_stop_the_others(root: Path, repository: Repository) -> None:
    repository.commit(message(), [write(root, NOTE), "没有的.md"])
    assert committed(root) == [f"A {NOTE}"]


def test_the_first_commit_of_all_works(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "new")
    root = tmp_path / "new"
    set_identity(root)
    write(root, "别的.txt")
    git(root, "add", "别的.txt")
    with Repository(root) as repository:
        repository.ensure_ready()
        assert repository.events() == ()
        commit = repository.commit(message(), [write(root, NOTE)])
    assert commit == head(root)
    assert committed(root) == [f"A {NOTE}"]
    assert git(root, "status", "--porcelain", "-z") == "A  别的.txt\0"


@pytest.mark.parametrize(
    "path",
    [
        "status/28/带 空格 和“引号”.md",
        "status/28/*.md",
        "status/28/:(top)x.md",
        "status/28/[ab]?.md",
        "-x.md",
        ":!x.md",
        "status/28/换\n行.md",
        'status/28/"q"\\.md',
    ],
)
def test_a_path_means_itself_whatever_characters_it_holds(
    root: Path, repository: Repository, path: str
) -> None:
    write(root, "status/28/a.md")
    write(root, "status/28/b1.md")
    repository.commit(message(), [write(root, path)])
    assert committed(root) == [f"A {path}"]
    assert sorted(git(root, "ls-files", "-o", "-z").split("\0")) == ["", "status/28/a.md", "status/28/b1.md"]


def test_an_ignored_path_is_committed_all_the_same(root: Path, repository: Repository) -> None:
    write(root, ".gitignore", "status/\n*.pdf\n")
    paths = [write(root, NOTE), write(root, "status/28/evidence/x.pdf")]
    write(root, "status/29/not-ours.md")
    repository.commit(message(), paths)
    assert committed(root) == [f"A {NOTE}", "A status/28/evidence/x.pdf"]


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "plan/../../x", ".git/config", "", "plan", "a//b"])
def test_a_path_outside_or_a_folder_is_refused(root: Path, repository: Repository, path: str) -> None:
    before = head(root)
    with pytest.raises(UsageError) as refused:
        repository.commit(message(), [path])
    assert refused.value.hint
    assert head(root) == before


@pytest.mark.parametrize("text", ["", "  \n", "a\0b"])
def test_an_empty_message_is_refused(root: Path, repository: Repository, text: str) -> None:
    with pytest.raises(UsageError):
        repository.commit(text, [write(root, NOTE)])


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"core.commentChar": ";"},
        {"commit.cleanup": "strip"},
        {"commit.cleanup": "scissors"},
        {"commit.verbose": "true"},
        {"commit.template": "no-such-template"},
        {"commit.status": "false"},
        {"i18n.commitEncoding": "gbk"},
        {"core.quotePath": "false"},
        {"status.showUntrackedFiles": "no", "status.relativePaths": "false"},
        {"commit.verbose": "2", "color.ui": "always", "advice.statusHints": "false"},
        {"core.autocrlf": "true"},
        {"core.autocrlf": "input", "core.safecrlf": "warn"},
        {"core.abbrev": "4"},
        {"core.fsyncMethod": "batch", "core.untrackedCache": "true", "index.version": "4"},
        {"core.splitIndex": "true"},
        {"user.useConfigOnly": "true"},
        {"log.showSignature": "true", "log.showRoot": "false", "diff.relative": "true"},
    ],
    ids=lambda settings: ",".join(settings) or "none",
)
def test_the_message_is_kept_to_the_letter_whatever_git_is_configured_to(
    root: Path, repository: Repository, settings: dict[str, str]
) -> None:
    for key, value in settings.items():
        git(root, "config", key, value)
    scissors = "# ------------------------ >8 ------------------------"
    text = f"28 示例\n\n# 井号开头\n; 分号开头\n\n\n{scissors}\n行尾空格  \n\nMeasure: 28\n"
    commit = repository.commit(text, [write(root, NOTE, "一\n二\n")])
    assert git(root, "log", "-1", "--format=%B", "--encoding=UTF-8") == text + "\n"
    assert commit == git(root, "rev-parse", "HEAD").strip()
    assert git(root, "cat-file", "blob", f"HEAD:{NOTE}") == "一\n二\n"
    (event,) = repository.events(limit=1)
    assert (event.subject, event.measure, event.paths) == ("28 示例", "28", (NOTE,))


def test_an_emoji_survives_a_commit_encoding_that_has_none(root: Path, repository: Repository) -> None:
    git(root, "config", "i18n.commitEncoding", "GB2312")
    repository.commit(message("28 示例 😀"), [write(root, NOTE)])
    assert repository.events(limit=1)[0].subject == "28 示例 😀"


def test_a_report_takes_four_processes_and_a_change_three(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git(root, "config", "fazhi.today", "")
    repository.identity()
    with counted(monkeypatch, tmp_path) as processes:
        repository.commit(message(), [write(root, NOTE)])
    assert processes.commands == ["status", "add", "commit"]
    with counted(monkeypatch, tmp_path) as processes, Repository(root) as fresh:
        write(root, "plan/28.yaml", "改\n")
        fresh.ensure_ready()
        fresh.commit(message(), ["plan/28.yaml"])
    assert processes.commands == ["config", "ls-files", "status", "commit"]


def test_the_root_may_be_a_folder_inside_a_bigger_repository(tmp_path: Path) -> None:
    tracker = make_repository(tmp_path / "大仓库", prefix="法治/台账")
    top = tmp_path / "大仓库"
    write(top, "外面.txt")
    git(top, "add", "外面.txt")
    write(top, "plan/28.yaml", "别的项目里同名的文件\n")
    with Repository(tracker) as repository:
        repository.commit(message(), [write(tracker, NOTE)])
        write(tracker, "plan/28.yaml", "改\n")
        assert repository.status().dirty == ("plan/28.yaml",)
        assert repository.status().staged == ()
        repository.commit(message("28 修订"), ["plan/28.yaml"])
        assert git(top, "status", "--porcelain", "-z") == "A  外面.txt\0?? plan/\0"
        git(top, "commit", "-q", "-m", "外面的事")
        events = repository.events()
        assert [event.subject for event in events] == ["28 修订", "28 推进中：示例", "示例：建立台账"]
        assert events[1].paths == (NOTE,)
        assert [e.subject for e in repository.events("28")] == [e.subject for e in events]
        assert files_added(repository.runner, events[1].commit) == (NOTE,)
        assert file_at(repository.runner, events[1].commit, NOTE) == "示例\n".encode()
        assert f"+++ b/{NOTE}" in commit_diff(repository.runner, events[1].commit)
        assert repository.event(events[1].commit[:9]) == events[1]
        assert repository.undo_target(repository.identity()) == events[1]


def test_a_work_tree_of_its_own_has_its_own_index_and_the_common_private_folder(
    root: Path, tmp_path: Path
) -> None:
    other = tmp_path / "另一个工作区"
    git(root, "worktree", "add", "-q", "-b", "市司法局/28", str(other))
    with Repository(other) as repository, Repository(root) as main:
        repository.ensure_ready()
        commit = repository.commit(message(), [write(other, NOTE)])
        assert commit == head(other) != head(root)
        assert repository.status().branch == "市司法局/28"
        assert repository.private_dir() == main.private_dir() == root.resolve() / ".git" / "fazhi"
    assert porcelain(other) == porcelain(root) == ""


def test_a_submodule_is_a_repository_of_its_own(root: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    git(tmp_path, "init", "-q", "outer")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(root), "sub")
    set_identity(outer / "sub")
    with Repository(outer / "sub") as repository:
        commit = repository.commit(message(), [write(outer / "sub", NOTE)])
        assert repository.private_dir() == outer.resolve() / ".git" / "modules" / "sub" / "fazhi"
    assert commit == head(outer / "sub")
    assert porcelain(outer / "sub") == ""


def test_a_shallow_clone_takes_reports_and_tells_what_it_has(root: Path, tmp_path: Path) -> None:
    git(root, "commit", "-q", "--allow-empty", "-m", "第二个")
    git(tmp_path, "clone", "-q", "--depth=1", root.as_uri(), "shallow")
    clone = tmp_path / "shallow"
    set_identity(clone)
    with Repository(clone) as repository:
        commit = repository.commit(message(), [write(clone, NOTE)])
        assert [event.subject for event in repository.events()] == ["28 推进中：示例", "第二个"]
        assert files_added(repository.runner, commit) == (NOTE,)
        assert "shallow" in [problem.code for problem in diagnose(repository.runner)]


def test_a_fazhi_started_from_a_hook_of_another_repository_stays_in_its_own_folder(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_repository(tmp_path / "别处")
    before = (head(other), porcelain(other))
    for name, value in {
        "GIT_DIR": other / ".git",
        "GIT_INDEX_FILE": other / ".git" / "index",
        "GIT_WORK_TREE": other,
        "GIT_OBJECT_DIRECTORY": other / ".git" / "objects",
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    with Repository(root) as repository:
        commit = repository.commit(message(), [write(root, NOTE)])
        assert repository.status().dirty == ()
        assert repository.events(limit=1)[0].commit == commit
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        if name not in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
            monkeypatch.delenv(name)
    assert (head(other), porcelain(other)) == before
    assert head(root) == commit


def test_the_current_folder_may_be_gone(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with Repository(root) as repository:
        assert repository.status().branch == "main"


def test_saving_the_identity_writes_this_repository_s_configuration_alone(
    root: Path, repository: Repository, own_world: Path
) -> None:
    everyone = (own_world / ".gitconfig").read_bytes()
    repository.save_identity("市应急管理局", "示例 新人", "new@example.org")
    assert repository.identity().author == "示例 新人 <new@example.org>"
    assert repository.identity().unit == "市应急管理局"
    repository.save_identity("", "", "other@example.org")
    assert repository.identity().author == "示例 新人 <other@example.org>"
    assert git(root, "config", "--local", "user.email").strip() == "other@example.org"
    assert (own_world / ".gitconfig").read_bytes() == everyone


@pytest.mark.parametrize(
    ("unit", "name", "email"),
    [("市\n局", "", ""), ("", "名 <x>", ""), ("", "", "没有符号"), ("", "", "a b@c"), ("", "\x1b[31m", "")],
)
def test_an_identity_that_git_could_not_write_is_refused(
    root: Path, repository: Repository, unit: str, name: str, email: str
) -> None:
    before = (root / ".git" / "config").read_bytes()
    with pytest.raises(UsageError) as refused:
        repository.save_identity(unit, name, email)
    assert refused.value.hint
    assert (root / ".git" / "config").read_bytes() == before


def test_the_environment_s_author_counts_before_the_configuration(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "环境里的人")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "env@example.org")
    assert repository.identity().author == "环境里的人 <env@example.org>"


def test_every_error_is_one_that_reaches_people() -> None:
    assert issubclass(RepositoryError, FazhiError)
