"""Lights of 10,000 measures with 100,000 notes, in one pass, beside the time it takes to read the files.

Told are medians of several rounds in one process, taken in turns: seconds to read the bytes of all files,
to load them (parse and check what can be read), to fold the notes and judge every light, and to count.
Everything in the files is made up and marked 示例.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.unit import Unit, UnitRegister
from fazhi_tui.records import loader
from fazhi_tui.records.notes import note_path, render_note
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.reporting.stats import stats_of
from fazhi_tui.service.view import view_of

BEIJING = timezone(timedelta(hours=8))
TODAY = date(2025, 11, 20)
UNITS = tuple(f"市示例{number}局" for number in range(60))


def make(folder: Path, measures: int, notes: int) -> None:
    """The files of a tracker of that size, from a fixed seed."""
    lot = random.Random(1)
    settings = Settings(coordinator=UNITS[0], rhythm="每季度")
    plan = Plan(
        "示例方案",
        Span(date(2022, 1, 1), date(2025, 12, 31)),
        chapters=(Chapter("一、示例"),),
        settings=settings,
    )
    _write(folder / "plan/plan.yaml", dump(plan))
    register = UnitRegister(tuple(Unit(name, pinyin="shi shi li ju") for name in UNITS))
    _write(folder / "plan/units.yaml", dump(register))
    for number in range(1, measures + 1):
        items: tuple[Item, ...] = ()
        if number % 3 == 0:
            items = (Item(f"{number}.1", "示例事项", due=date(2024, 12, 31)),)
        elif number % 3 == 1:
            items = (Item(f"{number}.1", "示例事项", period=Period.YEARLY, quantity=2, measure_word="次"),)
        measure = Measure(
            str(number),
            f"示例措施{number}",
            "一、示例",
            leads=(lot.choice(UNITS),),
            items=items,
            text="示例正文。\n示例第二句。",
        )
        _write(folder / f"plan/{measure.stem}.yaml", dump(measure))
        for at in range(notes // measures):
            moment = datetime(2022, 1, 10, 9, tzinfo=BEIJING) + timedelta(days=at * 130 + lot.randrange(60))
            path = note_path(measure, moment, "sfj", f"{at:04x}")
            note = Note(
                measure.id,
                unit=measure.leads[0],
                author="示例 <a@example.org>",
                time=moment,
                status_before=Status.IN_PROGRESS if at else Status.NOT_STARTED,
                status=None if at else Status.IN_PROGRESS,
                progress=min(99, at * 9),
                quantity=1 if number % 3 == 1 else None,
                body="示例：按计划推进。\n",
            )
            _write(folder / path, render_note(note))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def read_bytes(folder: Path) -> int:
    """Read every file; the number of bytes."""
    total = 0
    for path in folder.rglob("*"):
        if path.is_file():
            total += len(path.read_bytes())
    return total


def timed(job: Callable[..., Any], *given: object) -> tuple[float, Any]:
    """The seconds that a job took, and its result."""
    start = time.perf_counter()
    result = job(*given)
    return time.perf_counter() - start, result


def figures(measures: int, notes: int, rounds: int) -> dict[str, object]:
    """Medians in seconds, and the ratios of the lights to reading and loading."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, measures, notes)
        times: dict[str, list[float]] = {"read": [], "load": [], "lights": [], "stats": []}
        for number in range(rounds + 1):
            read, _ = timed(read_bytes, folder)
            load, tracker = timed(loader.load, folder)
            lights, view = timed(view_of, tracker, TODAY)
            stats, _ = timed(stats_of, view)
            if number:
                for key, seconds in (("read", read), ("load", load), ("lights", lights), ("stats", stats)):
                    times[key].append(seconds)
    medians = {key: statistics.median(values) for key, values in times.items()}
    return {
        "measures": measures,
        "notes": notes,
        **{f"{key}_s": round(seconds, 2) for key, seconds in medians.items()},
        "lights_to_read": round(medians["lights"] / medians["read"], 2),
        "lights_to_load": round(medians["lights"] / medians["load"], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--measures", type=int, default=10_000)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a hundredth of it, once: whether it runs")
    asked = parser.parse_args()
    if asked.quick:
        asked.measures, asked.notes, asked.rounds = asked.measures // 100, asked.notes // 100, 1
    found = figures(asked.measures, asked.notes, asked.rounds)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("  ".join(f"{key}={value}" for key, value in found.items()))


if __name__ == "__main__":
    main()
