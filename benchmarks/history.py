"""Reading the record, beside a bare ``git log --raw`` of the same repository in the same run.

For 1,000, 10,000 and 50,000 commits (示例: one note each): the log of one measure, of all, the tracker as it
stood half-way (``--at``), and an audit.  Told are medians in seconds and their ratios to git's own.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.records.loader import load_files
from fazhi_tui.records.notes import note_path, render_note
from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.reader import Reader
from fazhi_tui.vcs.fast_import import NewRepository, Replayed, replay
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.snapshot import files_at, find_moment

BEIJING = timezone(timedelta(hours=8))
WHO = Identity("市司法局", "示例", "example@example.org")
SIZES = (1_000, 10_000, 50_000)


def commits(number: int) -> Iterator[Replayed]:
    """The plan, then one note a commit, spread over four years and all measures."""
    files = {f"plan/{path.name}": path.read_bytes() for path in sorted((REPOSITORY / "plan").glob("*.yaml"))}
    begun = datetime(2022, 1, 4, 9, tzinfo=BEIJING)
    yield Replayed(WHO, begun, "示例：台账\n\nKind: 导入\n", files)
    measures = load_files(files).measures
    for at in range(1, number):
        measure = measures[at % len(measures)]
        moment = begun + timedelta(minutes=at * 2_000_000 // number)
        path = note_path(measure, moment, "sfj", f"{at:06x}")
        note = Note(measure.id, unit=WHO.unit, author=WHO.author, time=moment, body="示例：按计划推进\n")
        message = f"{measure.id} 进展：示例\n\nMeasure: {measure.id}\nUnit: {WHO.unit}\nKind: 进展\n"
        yield Replayed(WHO, moment, message, {path: render_note(note).encode()})


def timed(job: Callable[[], object]) -> float:
    """The seconds that a job took."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def figures(number: int, rounds: int, folder: Path) -> dict[str, object]:
    """Medians for one size of history."""
    folder.mkdir()
    replay(folder, NewRepository(commits(number), {"gc.auto": "0"}))
    reader = Reader(folder, date(2025, 12, 1))

    def bare() -> None:
        words = ["git", "log", "--raw", "-z", "--no-renames", "--format=%H%x00%cI%x00%an%x00%B"]
        subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, check=True)

    def one() -> None:
        reader.repository.events("28")

    def everything() -> None:
        reader.repository.events()

    def then() -> None:
        with Repository(folder) as repository:
            files_at(repository.runner, find_moment(repository.runner, "2023-12-31").commit)

    def audit() -> None:
        audit_history(reader)

    jobs = {"git": bare, "one": one, "all": everything, "at": then, "audit": audit}
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            times[name].append(timed(job))
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratios = {f"{name}_to_git": round(medians[name] / medians["git"], 2) for name in jobs if name != "git"}
    return {"commits": number, **{f"{k}_s": round(v, 3) for k, v in medians.items()}, **ratios}


def main() -> None:
    """Measure each size, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.update({"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull})
    found = []
    with tempfile.TemporaryDirectory() as name:
        for size in asked.sizes:
            found.append(figures(size, asked.rounds, Path(name) / str(size)))
            if not asked.json:
                print("  ".join(f"{key}={value}" for key, value in found[-1].items()), flush=True)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
