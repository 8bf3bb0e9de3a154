"""What is committed to an example bears the example's day, and is never older than what it stands on."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fazhi_tui.vcs import example_day
from fazhi_tui.vcs.diagnosis import diagnose
from fazhi_tui.vcs.merge import Merging
from fazhi_tui.vcs.repository import Repository
from tests.conftest import TODAY, git
from tests.vcs.helpers import NOTE, message, write

LATE = f"{TODAY}T23:59:58+0800"


def commit_at(root: Path, moment: str, path: str = "示例.txt") -> None:
    write(root, path, moment)
    git(root, "add", path)
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    git(root, "commit", "-q", "-m", "示例", env={**os.environ, **dates})


def time_of(root: Path, revision: str = "HEAD") -> str:
    return git(root, "show", "-s", "--format=%ci", revision).strip()


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock says six in the morning."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Clock:
            return cls(2030, 1, 1, 6, tzinfo=tz)  # type: ignore[arg-type]

    monkeypatch.setattr(example_day, "datetime", Clock)


@pytest.mark.usefixtures("early")
def test_a_commit_early_in_the_day_is_not_older_than_the_last_one(root: Path, repository: Repository) -> None:
    commit_at(root, LATE)
    repository.commit(message(), [write(root, NOTE)])
    assert time_of(root) == f"{TODAY} 23:59:58 +0800"


@pytest.mark.usefixtures("early")
def test_what_is_filed_in_it_bears_the_same_moment(root: Path, repository: Repository) -> None:
    commit_at(root, f"{TODAY}T15:00:00+0800")
    moment = repository.moment()
    assert moment is not None
    assert f"{moment:%Y-%m-%d %H:%M:%S}" == f"{TODAY} 15:00:00"
    repository.commit(message(), [write(root, NOTE)], moment + timedelta(seconds=7))
    assert time_of(root) == f"{TODAY} 15:00:07 +0800"


@pytest.mark.usefixtures("early")
def test_the_clock_decides_where_the_last_commit_is_older(root: Path, repository: Repository) -> None:
    commit_at(root, f"{TODAY - timedelta(days=3)}T23:00:00+0800")
    repository.commit(message(), [write(root, NOTE)])
    assert time_of(root) == f"{TODAY} 06:00:00 +0800"


@pytest.mark.usefixtures("early")
def test_a_commit_of_a_later_day_does_not_lift_it_out_of_the_examples_day(
    root: Path, repository: Repository
) -> None:
    commit_at(root, "2026-01-01T08:00:00+0800")
    repository.commit(message(), [write(root, NOTE)])
    assert time_of(root) == f"{TODAY} 06:00:00 +0800"


@pytest.mark.usefixtures("early")
@pytest.mark.parametrize("rebase", [False, True])
def test_a_merge_is_not_older_than_either_side(root: Path, repository: Repository, rebase: bool) -> None:
    git(root, "branch", "other")
    commit_at(root, f"{TODAY}T07:00:00+0800", "甲.txt")
    git(root, "switch", "-q", "other")
    commit_at(root, LATE, "乙.txt")
    git(root, "switch", "-q", "main")
    Merging(repository.runner).bring_in("other", "合并", rebase=rebase)
    assert time_of(root) == f"{TODAY} 23:59:58 +0800"


def test_a_real_repository_has_the_clocks_moment(root: Path, repository: Repository) -> None:
    git(root, "config", "fazhi.today", "")
    assert Repository(root).moment() is None
    Repository(root).commit(message(), [write(root, NOTE)])
    made = datetime.fromisoformat(time_of(root))
    assert abs(datetime.now(made.tzinfo) - made) < timedelta(minutes=1)


def test_a_clock_that_is_behind_the_last_commit_is_told_by_doctor(root: Path, repository: Repository) -> None:
    git(root, "config", "fazhi.today", "")
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    commit_at(root, f"{tomorrow:%Y-%m-%dT%H:%M:%S%z}")
    (problem,) = diagnose(repository.runner)
    assert problem.code == "clock-behind"
    assert f"{tomorrow:%Y-%m-%d %H:%M}" in problem.message
