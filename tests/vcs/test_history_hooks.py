"""Hooks and signing are the user's own, and what they say reaches the user."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.vcs.error_messages import GitError
from fazhi_tui.vcs.file_history import commit_diff
from fazhi_tui.vcs.repository import Repository
from tests.conftest import git
from tests.vcs.helpers import NOTE, head, hook, index_entries, message, porcelain, write


@pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg"])
def test_a_refusing_hook_s_words_reach_the_user_and_nothing_is_changed(
    root: Path, repository: Repository, name: str
) -> None:
    hook(root, name, "echo '示例钩子：不许\x1b[31m' >&2; echo 'fatal: not a git repository'; exit 3\n")
    write(root, "README.md", "已暂存\n")
    git(root, "add", "README.md")
    write(root, "README.md", "又改\n")
    write(root, "plan/28.yaml", "先暂存一个版本\n")
    git(root, "add", "plan/28.yaml")
    write(root, "plan/28.yaml", "再改\n")
    write(root, NOTE)
    entries, before = index_entries(root), head(root)
    tree = porcelain(root)
    with pytest.raises(GitError) as refused:
        repository.commit(message(), [NOTE, "plan/28.yaml"])
    assert "钩子" in refused.value.sentence
    assert "示例钩子：不许\x1b[31m" in refused.value.message, "data as it came; the fronts make it visible"
    assert refused.value.hint
    assert (index_entries(root), head(root), porcelain(root)) == (entries, before, tree)
    assert not (root / ".git" / "index.lock").exists()
    (root / ".git" / "hooks" / name).unlink()
    assert repository.commit(message(), [NOTE, "plan/28.yaml"])


def test_a_hook_that_speaks_gbk_is_understood(root: Path, repository: Repository) -> None:
    (root / ".git" / "said").write_bytes("不许提交".encode("gbk"))
    hook(root, "pre-commit", "cat .git/said >&2; exit 1\n")
    with pytest.raises(RepositoryError, match="不许提交"):
        repository.commit(message(), [write(root, NOTE)])


def test_a_hook_that_changes_the_message_is_honoured(root: Path, repository: Repository) -> None:
    hook(root, "commit-msg", "printf '\\nChange-Id: I0123\\nKind: 办结\\n' >> \"$1\"\n")
    commit = repository.commit(message(Kind="进展"), [write(root, NOTE)])
    assert "Change-Id: I0123" in git(root, "log", "-1", "--format=%B", commit)
    event = repository.event(commit)
    assert event.subject == "28 推进中：示例"


def test_trailers_are_found_above_a_paragraph_that_a_hook_added(root: Path, repository: Repository) -> None:
    hook(root, "commit-msg", "printf '\\nChange-Id: I0123\\n' >> \"$1\"\n")
    commit = repository.commit(message(), [write(root, NOTE)])
    assert repository.event(commit).unit == "市司法局"


def test_a_commit_stands_although_its_post_commit_hook_fails(root: Path, repository: Repository) -> None:
    hook(root, "post-commit", "echo 通知没有发出去 >&2; exit 1\n")
    commit = repository.commit(message(), [write(root, NOTE)])
    assert commit == head(root)
    assert porcelain(root) == ""


def test_a_post_commit_hook_may_commit_too_and_the_id_is_still_ours(
    root: Path, repository: Repository
) -> None:
    hook(
        root,
        "post-commit",
        '[ -n "$AGAIN" ] && exit 0\nAGAIN=1 git commit -q --allow-empty -m 钩子自己的提交 --no-verify\n',
    )
    commit = repository.commit(message(), [write(root, NOTE)])
    assert git(root, "log", "-1", "--format=%s", commit).strip() == "28 推进中：示例"
    assert git(root, "log", "-1", "--format=%s").strip() == "钩子自己的提交"


def test_hooks_run_in_the_environment_that_git_commit_gives_them(
    root: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    names = "HOOK_RUN|_|OLDPWD|SHLVL|GIT_INDEX_FILE|GIT_AUTHOR_DATE|GIT_COMMITTER_DATE|PWD"
    hook(root, "pre-commit", f"env | grep -vE '^({names})=' | sort > .git/env; pwd > .git/pwd\n")
    write(root, "by-hand.md")
    git(root, "add", "by-hand.md")
    # Readline, which pytest loads, puts LINES and COLUMNS past os.environ.
    git(root, "commit", "-q", "-m", "手工", "--only", "by-hand.md", env=dict(os.environ))
    plain = (root / ".git" / "env").read_text("utf-8"), (root / ".git" / "pwd").read_text("utf-8")
    repository.commit(message(), [write(root, NOTE)])
    ours = (root / ".git" / "env").read_text("utf-8"), (root / ".git" / "pwd").read_text("utf-8")
    assert ours[1] == plain[1]
    assert ours[0].splitlines() == plain[0].splitlines()


def test_a_hook_sees_exactly_the_action_s_paths_staged(root: Path, repository: Repository) -> None:
    hook(root, "pre-commit", "git diff --cached --name-only -z -- '*.md' '*.yaml' > .git/staged\n")
    write(root, "README.md", "已暂存\n")
    git(root, "add", "README.md")
    repository.commit(message(), [write(root, NOTE)])
    assert (root / ".git" / "staged").read_text("utf-8") == f"{NOTE}\0"


def test_hooks_in_a_folder_of_their_own_run_as_well(root: Path, repository: Repository) -> None:
    folder = root / ".githooks"
    folder.mkdir()
    script = folder / "pre-commit"
    script.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    git(root, "config", "core.hooksPath", ".githooks")
    with pytest.raises(GitError, match="钩子"):
        repository.commit(message(), [write(root, NOTE)])


# ------------------------------------------------------------------ signing


@pytest.fixture
def signing(root: Path) -> Path:
    """SSH signing set up in the repository, with a key made here."""
    if not shutil.which("ssh-keygen"):
        pytest.skip("这台机器上没有 ssh-keygen，签名没有试")
    key = root / ".git" / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    allowed = root / ".git" / "allowed"
    allowed.write_text(f"example@example.org {key.with_suffix('.pub').read_text('utf-8')}", encoding="utf-8")
    git(root, "config", "gpg.format", "ssh")
    git(root, "config", "user.signingKey", str(key))
    git(root, "config", "gpg.ssh.allowedSignersFile", str(allowed))
    git(root, "config", "commit.gpgSign", "true")
    return key


def test_a_commit_is_signed_where_the_user_signs(root: Path, repository: Repository, signing: Path) -> None:
    commit = repository.commit(message(), [write(root, NOTE)])
    assert git(root, "log", "-1", "--format=%G?", commit).strip() == "G"
    git(root, "config", "log.showSignature", "true")
    assert repository.events(limit=1)[0].commit == commit
    assert commit_diff(repository.runner, commit).startswith("diff --git")


def test_a_key_that_is_gone_leaves_everything_as_it_was(
    root: Path, repository: Repository, signing: Path
) -> None:
    signing.unlink()
    signing.with_suffix(".pub").unlink()
    write(root, NOTE)
    entries, before = index_entries(root), head(root)
    with pytest.raises(GitError) as refused:
        repository.commit(message(), [NOTE])
    assert "签" in refused.value.sentence
    assert "user.signingKey" in refused.value.hint
    assert (index_entries(root), head(root)) == (entries, before)


# ------------------------------------------------------------------ git in the user's language


@pytest.mark.skipif(
    not Path("/usr/share/locale/zh_CN/LC_MESSAGES/git.mo").exists(), reason="这台机器上的 git 没有中文译文"
)
def test_git_s_chinese_words_are_known_too(
    root: Path, repository: Repository, signing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    signing.unlink()
    signing.with_suffix(".pub").unlink()
    with pytest.raises(GitError) as refused:
        repository.commit(message(), [write(root, NOTE)])
    assert "签" in refused.value.sentence
    if os.environ["LC_ALL"] == "C.UTF-8" and "fatal" not in refused.value.output:
        assert "致命错误" in refused.value.output
