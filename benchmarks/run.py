"""``make bench``: each thing that should feel quick, beside the floor it stands on, in one run.

Ours and the floor are taken in turns, so that a busy machine slows both alike; told are medians, in
milliseconds, and their ratio.  Everything happens on a copy of the plan in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from benchmarks.terminal import Terminal

PYTHON = sys.executable
FAZHI = str(Path(PYTHON).parent / "fazhi")
IMPORTS = "import typer, ruamel.yaml"
#: The first measure's title: the list has been painted with data when it is there.
FIRST_TITLE = "优化政府机构设置"


@dataclass
class Pair:
    """One thing and its floor: ``ours`` and ``floor`` each do it once and give the seconds it took."""

    name: str
    against: str
    ours: Callable[[], float]
    floor: Callable[[], float]
    times: list[float] = field(default_factory=list)
    floor_times: list[float] = field(default_factory=list)

    def measure(self, rounds: int) -> None:
        """One round to warm up, then ``rounds`` in turns."""
        for number in range(rounds + 1):
            floor, ours = self.floor(), self.ours()
            if number:
                self.floor_times.append(floor)
                self.times.append(ours)

    def result(self) -> dict[str, object]:
        """Medians in milliseconds, and their ratio."""
        ours, floor = statistics.median(self.times), statistics.median(self.floor_times)
        return {
            "name": self.name,
            "against": self.against,
            "ms": round(ours * 1000, 1),
            "floor_ms": round(floor * 1000, 1),
            "ratio": round(ours / floor, 2),
            "rounds": len(self.times),
        }


def timed(words: list[str], folder: Path, environ: dict[str, str]) -> float:
    """Run a command to its end, its output thrown away; it must succeed."""
    start = time.perf_counter()
    subprocess.run(words, cwd=folder, env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def make_tracker(folder: Path, environ: dict[str, str]) -> Path:
    """A copy of the plan under git, one commit, with an identity (示例)."""
    root = folder / "tracker"
    shutil.copytree(REPOSITORY / "plan", root / "plan")
    (root / "status").mkdir()
    shutil.copy(REPOSITORY / "status" / "README.md", root / "status")
    for words in (
        ["init", "-q", "-b", "main"],
        ["config", "user.name", "示例"],
        ["config", "user.email", "example@example.org"],
        # A day in the middle of the plan, which what is filed bears, too.
        ["config", "fazhi.today", "2023-06-30"],
        ["add", "."],
        ["commit", "-q", "-m", "示例：建立台账"],
    ):
        subprocess.run(["git", *words], cwd=root, env=environ, check=True)
    return root


def pairs(root: Path, environ: dict[str, str]) -> Iterator[Pair]:
    """What is measured; each knows how to do itself and its floor once."""
    for query in ([], ["lead:sfj"], ["--json"]):
        yield Pair(
            " ".join(["fazhi list", *query]),
            f'python -c "{IMPORTS}"',
            lambda query=query: timed([FAZHI, "list", *query], root, environ),  # type: ignore[misc]
            lambda: timed([PYTHON, "-c", IMPORTS], root, environ),
        )
    empty = [PYTHON, str(REPOSITORY / "benchmarks" / "empty_app.py")]
    yield Pair(
        "the screen, until the list is painted",
        "an empty Textual app",
        lambda: first_paint([FAZHI], root, environ, FIRST_TITLE),
        lambda: first_paint(empty, root, environ, "floor:ready"),
    )
    yield Pair(
        "fazhi report",
        "git add and git commit of one file",
        lambda: timed([FAZHI, "report", "28", "--unit", "市司法局", "-m", "示例：计时"], root, environ),
        lambda: bare_commit(root, environ),
    )


def first_paint(words: list[str], root: Path, environ: dict[str, str], text: str) -> float:
    """Seconds from starting a program until it has shown ``text``."""
    terminal = Terminal(words, root, environ)
    try:
        return terminal.wait_for(text) - terminal.started
    finally:
        terminal.close()


def bare_commit(root: Path, environ: dict[str, str]) -> float:
    """Write one file and commit it alone, as a person would with git."""
    path = f"status/floor-{time.time_ns()}.txt"
    start = time.perf_counter()
    (root / path).write_text("示例\n", encoding="utf-8")
    for words in (["add", "--", path], ["commit", "-q", "-m", "示例：计时", "--", path]):
        subprocess.run(["git", *words], cwd=root, env=environ, check=True)
    return time.perf_counter() - start


def keystroke(root: Path, environ: dict[str, str], rounds: int) -> Pair:
    """One letter more in the filter bar until count and list are right; two screens stay open meanwhile."""
    ours = Terminal([FAZHI], root, environ)
    ours.wait_for(FIRST_TITLE)
    ours.send("/")
    ours.settle()
    ours.send("lead:sf")
    ours.wait_for("23/48")
    floor = Terminal([PYTHON, str(REPOSITORY / "benchmarks" / "empty_app.py")], root, environ)
    floor.wait_for("floor:ready")

    def type_ours() -> float:
        # From 23 measures to 21: the first row of the list changes, too.
        pressed = ours.send("j")
        right = ours.wait_for("21/48", "分级分类")
        ours.send("\x7f")
        ours.wait_for("23/48")
        return right - pressed

    def type_floor() -> float:
        pressed = floor.send("j")
        right = floor.wait_for("floor:j")
        floor.send("\x7f")
        floor.wait_for("floor:")
        return right - pressed

    pair = Pair(
        "a key in the filter bar, until the list is right",
        "a key in an empty Textual app",
        type_ours,
        type_floor,
    )
    try:
        pair.measure(rounds)
    finally:
        ours.close()
        floor.close()
    return pair


def main() -> None:
    """Measure everything and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15, help="rounds of each, after one to warm up")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = options.parse_args()
    # The machine's own git configuration (hooks, signing) is no part of what is measured.
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    environ = {key: value for key, value in environ.items() if not key.startswith("FAZHI_")}
    results = []
    with tempfile.TemporaryDirectory(prefix="fazhi-bench-") as folder:
        # As on a person's machine, whatever this environment says: modules are compiled once, in the
        # warm-up, and kept.
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        root = make_tracker(Path(folder), environ)
        for pair in pairs(root, environ):
            pair.measure(chosen.rounds)
            results.append(pair.result())
            if not chosen.json:
                print(told(results[-1]), flush=True)
        results.append(keystroke(root, environ, chosen.rounds).result())
        if not chosen.json:
            print(told(results[-1]))
    if chosen.json:
        print(json.dumps(results, ensure_ascii=False, indent=2))


def told(result: dict[str, object]) -> str:
    """One result in one line."""
    return (
        f"{result['ratio']:>6} x  {result['name']}: {result['ms']} ms,"
        f" against {result['floor_ms']} ms for {result['against']}"
    )


if __name__ == "__main__":
    main()
