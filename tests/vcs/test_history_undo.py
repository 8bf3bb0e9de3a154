"""Which report an undo takes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.vcs.file_history import files_added
from fazhi_tui.vcs.repository import Repository
from tests.conftest import git
from tests.vcs.helpers import message, write

ME = Identity("市司法局", "示例填报人", "example@example.org")


def report(root: Path, repository: Repository, name: str, **trailers: str) -> str:
    return repository.commit(message(f"28 {name}", **trailers), [write(root, f"status/28/{name}.md")])


def undo(root: Path, repository: Repository, commit: str) -> str:
    paths = files_added(repository.runner, commit)
    for path in paths:
        (root / path).unlink()
    return repository.commit(message("28 撤销", Kind="撤销", Undoes=commit), paths)


def target(repository: Repository, person: Identity, commit: str | None = None) -> str:
    """The commit that undoing would take back."""
    event = repository.undo_target(person, commit)
    assert event is not None
    return event.commit


def test_the_last_report_of_this_person_is_the_one(root: Path, repository: Repository) -> None:
    assert repository.undo_target(ME) is None
    first = report(root, repository, "a")
    second = report(root, repository, "b")
    assert target(repository, ME) == second
    undoing = undo(root, repository, second)
    assert target(repository, ME) == first
    undo(root, repository, first)
    assert repository.undo_target(ME) is None
    events = {event.commit: event for event in repository.events()}
    assert events[second].undone_by == undoing
    assert events[undoing].undoes == second
    assert events[undoing].undone_by == ""
    assert {event.commit: event for event in repository.events("28")}[second].undone_by == undoing


def test_another_person_s_report_is_not(root: Path, repository: Repository) -> None:
    mine = report(root, repository, "a")
    git(root, "config", "user.email", "other@example.org")
    git(root, "config", "user.name", "别人")
    repository = Repository(root)
    theirs = report(root, repository, "b")
    assert target(repository, ME) == mine
    assert target(repository, replace(ME, email="EXAMPLE@example.org")) == mine
    assert target(repository, repository.identity()) == theirs
    assert target(repository, Identity("", "别人", "")) == theirs
    assert repository.undo_target(Identity("", "没有这个人", "")) is None


def test_what_adds_no_note_or_has_no_kind_is_not(root: Path, repository: Repository) -> None:
    mine = report(root, repository, "a")
    repository.commit(message("28 修订", Kind="修订"), [write(root, "plan/28.yaml", "改\n")])
    repository.commit("手工添加的进展\n", [write(root, "status/28/手工.md")])
    repository.commit(message("佐证"), [write(root, "status/28/evidence/x.md")])
    assert target(repository, ME) == mine


def test_a_report_that_git_revert_took_back_is_not(root: Path, repository: Repository) -> None:
    first = report(root, repository, "a")
    second = report(root, repository, "b")
    git(root, "revert", "--no-edit", second)
    assert target(repository, ME) == first
    git(root, "revert", "--no-edit", "HEAD")
    assert target(repository, ME) == second, "the note is back"


def test_a_named_commit_is_taken_unless_it_was_undone(root: Path, repository: Repository) -> None:
    first = report(root, repository, "a")
    report(root, repository, "b")
    assert target(repository, ME, first[:8]) == first
    undoing = undo(root, repository, first)
    with pytest.raises(NotAllowedError, match=undoing[:8]):
        repository.undo_target(ME, first)
    with pytest.raises(NotAllowedError, match="本身就是一次撤销"):
        repository.undo_target(ME, undoing)
    with pytest.raises(UsageError):
        repository.undo_target(ME, "--all")


def test_an_abbreviated_id_written_by_hand_counts_if_it_is_clear(root: Path, repository: Repository) -> None:
    commit = report(root, repository, "a")
    repository.commit(message("x", Kind="撤销", Undoes=commit[:10]), [write(root, "x.txt")])
    repository.commit(message("y", Kind="撤销", Undoes=""), [write(root, "y.txt")])
    repository.commit(message("z", Kind="撤销", Undoes="没有"), [write(root, "z.txt")])
    assert repository.event(commit).undone_by == git(root, "rev-parse", "HEAD~2").strip()
    assert repository.undo_target(ME) is None


def test_an_undo_that_only_claims_to_be_one_in_a_report_s_words_does_not_count(
    root: Path, repository: Repository
) -> None:
    commit = report(root, repository, "a")
    words = f"28 进展\n\nKind: 撤销\nUndoes: {commit}\n\nMeasure: 28\nUnit: 市司法局\nKind: 进展\n"
    repository.commit(words, [write(root, "status/28/b.md")])
    assert repository.event(commit).undone_by == ""
