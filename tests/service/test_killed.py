"""Killed at any moment: what was acknowledged is history, the rest is a draft, and the next start works."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.service.workspace import Workspace
from tests.cli.running import FAZHI, process
from tests.conftest import git

#: How many reports each of four repositories is made to file while being killed: 200 in all.
EACH = 50


def begin(root: Path, measure: str, text: str, out: Path) -> subprocess.Popen[bytes]:
    words = [FAZHI, "report", measure, "--unit", "市司法局", "--message", text]
    with out.open("wb") as said:
        return subprocess.Popen(words, cwd=root, stdout=said, stderr=said, start_new_session=True)


def kill(running: subprocess.Popen[bytes]) -> None:
    """Kill fazhi and the git that it has started, as a power cut does."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def die_in(root: Path, name: str, *words: str) -> None:
    """Run fazhi with a hook that kills it and the git that it has started."""
    hook = root / ".git" / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nkill -9 0\n", "utf-8")
    hook.chmod(0o755)
    said = subprocess.DEVNULL
    subprocess.Popen([FAZHI, *words], cwd=root, stdout=said, stderr=said, start_new_session=True).wait()
    hook.unlink()


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_of_fifty_reports(real_tracker: Path, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    acknowledged: dict[str, str] = {}
    killed = 0
    for number in range(EACH):
        text, out = f"示例：第 {number} 次", tmp_path / f"{number}.txt"
        running = begin(real_tracker, str(18 + number % 30), text, out)
        try:
            # A report takes about half a second: the later part of it is where it writes.
            running.wait(dice.uniform(0.15, 0.75))
        except subprocess.TimeoutExpired:
            kill(running)
            killed += 1
        found = re.search(r"已提交 ([0-9a-f]{8})", out.read_text("utf-8", "replace"))
        if found:
            acknowledged[text] = found[1]
    assert killed
    assert process(real_tracker, "report", "50", "--unit", "市司法局", "-m", "示例：最后").code == 0
    assert git(real_tracker, "status", "--porcelain") == ""
    git(real_tracker, "fsck", "--strict")
    history = git(real_tracker, "log", "--format=%h %s", "--abbrev=8")
    for text, commit in acknowledged.items():
        assert re.search(rf"^{commit} .*{text}$", history, re.MULTILINE), text
    # Each commit is one whole note, and what is on disk is what is in history.
    workspace = Workspace(real_tracker, date(2023, 6, 30))
    assert workspace.audit().faults == ()
    assert not [one for one in workspace.check() if one.severity == "错误"]
    drafts = workspace.drafts.keys()
    for measure in drafts:
        draft = workspace.drafts.load(measure)
        assert draft is not None
        # What is offered again is what did not get there.
        assert draft.message not in acknowledged


def test_a_half_made_note_is_taken_back_and_offered_as_a_draft(real_tracker: Path) -> None:
    # Both fazhi and git die while the commit is being made.
    die_in(real_tracker, "pre-commit", "report", "28", "--unit", "市司法局", "-m", "示例：一半")
    assert list((real_tracker / "status" / "28").glob("*.md")), "the note is there and is no record"
    assert (real_tracker / ".git" / "index.lock").exists(), "and so is git's lock"
    draft = Workspace(real_tracker, date(2023, 6, 30)).drafts.load("28")
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
    assert Workspace(real_tracker, date(2023, 6, 30)).drafts.keys() == ()


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


def test_eight_processes_report_fifteen_times_each(real_tracker: Path, tmp_path: Path) -> None:
    script = (
        "for n in $(seq 15); do"
        f' {FAZHI} report $1 --unit 市司法局 --message "示例：$1 第 $n 次" || exit 1; done'
    )
    running = [
        subprocess.Popen(
            ["bash", "-c", script, "bash", str(20 + number)],
            cwd=real_tracker, stdout=(tmp_path / f"{number}").open("wb"), stderr=subprocess.STDOUT,
        )
        for number in range(8)
    ]  # fmt: skip
    assert [one.wait(300) for one in running] == [0] * 8
    said = "".join((tmp_path / f"{number}").read_text("utf-8") for number in range(8))
    acknowledged = re.findall(r"已提交 ([0-9a-f]{8})", said)
    assert len(set(acknowledged)) == 120
    history = git(real_tracker, "log", "--format=%h", "--abbrev=8").split()
    assert len(history) == 121
    assert set(acknowledged) <= set(history)
    assert git(real_tracker, "status", "--porcelain") == ""
    git(real_tracker, "fsck", "--strict")
