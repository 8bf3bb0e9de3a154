"""Several processes write one repository at once: nothing is lost, nothing is mixed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.vcs.repository import Repository
from tests.conftest import git
from tests.vcs.helpers import message, porcelain, write

PROGRAM = """
import sys
from pathlib import Path
from fazhi_tui.vcs.repository import Repository
root, who = Path(sys.argv[1]), sys.argv[2]
with Repository(root) as repository:
    for number in range(5):
        with repository.lock():
            path = f"status/28/{who}-{number}.md"
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text("示例\\n", encoding="utf-8")
            repository.ensure_ready()
            print(repository.commit(f"28 示例 {who}-{number}\\n", [path]))
"""


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


def test_four_processes_make_five_commits_each_and_all_are_there(root: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(root), str(number)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment(),
        )
        for number in range(4)
    ]  # fmt: skip
    told: list[str] = []
    for process in running:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        told += out.split()
    made = git(root, "log", "--format=%H", "--grep=^28 示例 ").split()
    assert sorted(told) == sorted(made)
    assert len(set(told)) == 20
    assert porcelain(root) == ""
    per_commit = git(root, "log", "--format=", "--name-only", "--grep=^28 示例 ").split()
    assert len(per_commit) == 20
    git(root, "fsck", "--strict")


def test_a_plain_git_that_works_at_the_same_time_is_waited_for(root: Path) -> None:
    """Another program that does not know fazhi's lock: every report still arrives."""
    stop = threading.Event()

    def busy() -> None:
        while not stop.is_set():
            git(root, "add", "README.md", check=False)
            git(root, "update-index", "--refresh", check=False)

    thread = threading.Thread(target=busy)
    thread.start()
    try:
        with Repository(root) as repository:
            for number in range(8):
                assert repository.commit(message(), [write(root, f"status/28/{number}.md")])
    finally:
        stop.set()
        thread.join()
    assert porcelain(root) == ""


def test_a_lock_that_is_held_is_told_after_the_wait(root: Path) -> None:
    with Repository(root) as one, Repository(root) as other, one.lock():
        with pytest.raises(RepositoryError, match="另一个 fazhi") as refused, other.lock(timeout=0.1):
            pass
        assert refused.value.hint
        with one.lock(timeout=0.1):
            pass
    with Repository(root) as other, other.lock(timeout=0.1):
        pass


def test_a_process_that_died_holds_no_lock(root: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from fazhi_tui.vcs.repository import Repository\n"
        "repository = Repository(Path(sys.argv[1]))\n"
        "with repository.lock(): os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(root)], check=False, env=environment())
    assert done.returncode == -9
    with Repository(root) as repository, repository.lock(timeout=0.1):
        pass
    assert porcelain(root) == ""
