"""Killed at any moment: what was acknowledged is history, the rest is a draft, and the next start works."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.cli.running import FAZHI, process
from tests.conftest import git
from tests.service.writing.forking import Forking

TODAY = date(2023, 6, 30)

#: More steps than a report takes.
MOST = 200


@pytest.fixture
def forking(real_tracker: Path) -> Iterator[Callable[[], Forking]]:
    """``forking()``: one more program that runs commands in the tracker."""
    started: list[Forking] = []

    def start() -> Forking:
        started.append(Forking(real_tracker))
        return started[-1]

    yield start
    for program in started:
        program.close()


def die_in(root: Path, name: str, *words: str) -> None:
    """Run fazhi with a hook that kills it and the git that it has started."""
    hook = root / ".git" / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nkill -9 0\n", "utf-8")
    hook.chmod(0o755)
    said = subprocess.DEVNULL
    subprocess.Popen([FAZHI, *words], cwd=root, stdout=said, stderr=said, start_new_session=True).wait()
    hook.unlink()


def test_killed_before_each_step_of_a_report(
    real_tracker: Path, tmp_path: Path, forking: Callable[[], Forking]
) -> None:
    fazhi = forking()
    acknowledged: dict[str, str] = {}
    for step in range(1, MOST):
        text, out = f"示例：第 {step} 次", tmp_path / f"{step}.txt"
        words = ["report", str(18 + step % 30), "--unit", "市司法局", "--message", text]
        fazhi.begin(words, out, step=step)
        (code,) = fazhi.codes()
        found = re.search(r"已提交 ([0-9a-f]{8})", out.read_text("utf-8", "replace"))
        if found:
            acknowledged[text] = found[1]
        if code == 0:
            # It has come through: there is no such step.
            break
        assert code == -signal.SIGKILL, out.read_text("utf-8", "replace")
    assert 20 < step < MOST - 1
    assert process(real_tracker, "report", "50", "--unit", "市司法局", "-m", "示例：最后").code == 0
    assert git(real_tracker, "status", "--porcelain") == ""
    git(real_tracker, "fsck", "--strict")
    history = git(real_tracker, "log", "--format=%h %s", "--abbrev=8")
    for text, commit in acknowledged.items():
        assert re.search(rf"^{commit} .*{text}$", history, re.MULTILINE), text
    # Each commit is one whole note, and what is on disk is what is in history.
    writer = Writer(Reader(real_tracker, TODAY))
    assert audit_history(writer.reader).faults == ()
    assert not [problem for problem in check_tracker(writer.reader.root) if problem.severity == "错误"]
    drafts = writer.drafts.keys()
    for measure in drafts:
        draft = writer.drafts.load(measure)
        assert draft is not None
        # What is offered again is what did not get there.
        assert draft.message not in acknowledged


@pytest.mark.parametrize("hook", ["pre-commit", "prepare-commit-msg", "commit-msg", "reference-transaction"])
def test_killed_together_with_git_the_next_report_works(real_tracker: Path, hook: str) -> None:
    die_in(real_tracker, hook, "report", "28", "--unit", "市司法局", "-m", "示例：一半")
    writer = Writer(Reader(real_tracker, TODAY))
    file_report(writer, ReportRequest("29", "市司法局", "示例：别的"), writer.reader.repository.identity())
    assert git(real_tracker, "log", "--format=%s").splitlines() == [
        "29 进展：示例：别的",
        "示例：建立台账",
    ]
    assert git(real_tracker, "status", "--porcelain") == ""
    assert writer.drafts.keys() == ("28",)
    git(real_tracker, "fsck", "--strict")


def test_a_half_made_note_that_a_person_has_edited_since_is_left(real_tracker: Path) -> None:
    die_in(real_tracker, "pre-commit", "report", "28", "--unit", "市司法局", "-m", "示例：一半")
    (note,) = (real_tracker / "status" / "28").glob("*.md")
    edited = note.read_text("utf-8") + "示例：人又补了一句\n"
    note.write_text(edited, "utf-8")
    writer = Writer(Reader(real_tracker, TODAY))
    file_report(writer, ReportRequest("29", "市司法局", "示例：别的"), writer.reader.repository.identity())
    assert note.read_text("utf-8") == edited
    # It is no record either: git shows it as new.
    assert git(real_tracker, "status", "--porcelain", "--untracked-files=all").startswith("?? ")


def test_a_half_made_note_is_taken_back_and_offered_as_a_draft(real_tracker: Path) -> None:
    # Both fazhi and git die while the commit is being made.
    die_in(real_tracker, "pre-commit", "report", "28", "--unit", "市司法局", "-m", "示例：一半")
    assert list((real_tracker / "status" / "28").glob("*.md")), "the note is there and is no record"
    assert (real_tracker / ".git" / "index.lock").exists(), "and so is git's lock"
    draft = Writer(Reader(real_tracker, TODAY)).drafts.load("28")
    assert draft is not None
    assert draft.message == "示例：一半"
    # Another measure: the next start works, and nothing of the half-made note is left but the draft.
    assert process(real_tracker, "report", "29", "--unit", "市司法局", "-m", "示例：别的").code == 0
    assert git(real_tracker, "status", "--porcelain") == ""
    assert not (real_tracker / "status" / "28").exists()
    again = process(real_tracker, "report", "28", "--unit", "市司法局", "--draft")
    assert again.code == 0, again.err
    assert "示例：一半" in git(real_tracker, "log", "-1", "--format=%s")


def test_a_note_that_reached_history_is_not_offered_again(real_tracker: Path) -> None:
    die_in(real_tracker, "post-commit", "report", "28", "--unit", "市司法局", "-m", "示例：到了")
    assert "示例：到了" in git(real_tracker, "log", "-1", "--format=%s")
    assert process(real_tracker, "report", "29", "--unit", "市司法局", "-m", "示例：别的").code == 0
    assert git(real_tracker, "status", "--porcelain") == ""
    assert Writer(Reader(real_tracker, TODAY)).drafts.keys() == ()


def test_a_lock_that_is_not_ours_is_left_and_named(real_tracker: Path) -> None:
    die_in(real_tracker, "pre-commit", "report", "28", "--unit", "市司法局", "-m", "示例：一半")
    lock = real_tracker / ".git" / "index.lock"
    os.utime(lock, (lock.stat().st_mtime + 3600,) * 2)
    refused = process(real_tracker, "report", "29", "--unit", "市司法局", "-m", "示例")
    assert refused.code == 3
    assert "index.lock" in refused.err
    assert lock.exists()
    # Once a person has removed it, what was left half done is taken back all the same.
    lock.unlink()
    assert process(real_tracker, "report", "29", "--unit", "市司法局", "-m", "示例").code == 0
    assert git(real_tracker, "status", "--porcelain") == ""


def test_an_undo_that_was_killed_is_taken_back(real_tracker: Path) -> None:
    done = process(real_tracker, "report", "28", "--unit", "市司法局", "-m", "示例")
    assert done.code == 0
    die_in(real_tracker, "pre-commit", "undo", "--yes")
    assert "D " in git(real_tracker, "status", "--porcelain")
    assert process(real_tracker, "report", "29", "--unit", "市司法局", "-m", "示例").code == 0
    assert git(real_tracker, "status", "--porcelain") == ""
    assert list((real_tracker / "status" / "28").glob("*.md"))


def test_eight_processes_report_fifteen_times_each(
    real_tracker: Path, tmp_path: Path, forking: Callable[[], Forking]
) -> None:
    programs = [forking() for _ in range(8)]
    for number, program in enumerate(programs):
        words = ["report", str(20 + number), "--unit", "市司法局", "--message", f"示例：{number}"]
        program.begin(words, tmp_path / f"{number}", count=15)
    assert [program.codes() for program in programs] == [[0] * 15] * 8
    said = "".join((tmp_path / f"{number}").read_text("utf-8") for number in range(8))
    acknowledged = re.findall(r"已提交 ([0-9a-f]{8})", said)
    assert len(set(acknowledged)) == 120
    history = git(real_tracker, "log", "--format=%h", "--abbrev=8").split()
    assert len(history) == 121
    assert set(acknowledged) <= set(history)
    assert git(real_tracker, "status", "--porcelain") == ""
    git(real_tracker, "fsck", "--strict")
