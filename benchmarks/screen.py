"""How quickly the screen answers keys, with 48, 1,000 and 10,000 measures, beside an empty Textual app.

Told are, for each key: the milliseconds of work on the screen's own thread until the last frame that it
leads to (processor time, Textual's included), and what a person waits for the first and the last frame;
medians and 95th percentiles.  Then: the start until the list is there, keys while everything is read anew
(threads share one interpreter: that is what could freeze a key), memory, and the first paint in a real
terminal.  Each size runs in a process of its own.  Everything in the files is made up and marked 示例.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from fazhi_tui.service.reader import Reader

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

SIZES = (48, 1_000, 10_000)
SIZE = (140, 40)
#: What is done: its name, the keys that only lead there, and those that are measured.
COMMANDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("cursor", (), ("down", "down")),
    ("page", (), ("pagedown", "pageup")),
    ("mark", (), ("space", "space")),
    ("tab", (), ("right", "left")),
    ("filter: a unit by pinyin", ("slash",), tuple("lead:sfj")),
    ("filter: a word", ("slash",), tuple("复议")),
    ("filter: a status", ("slash",), tuple("status:tjz")),
)


def peak_mb() -> float:
    """The most memory that this process has had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


async def measure_ours(root: Path, rounds: int) -> dict[str, Any]:
    """All figures of the real screen on one tracker."""
    from benchmarks.fixtures import TODAY
    from benchmarks.keys import Framed, calm, take, told, waits
    from fazhi_tui.tui.app import FazhiApp

    def settle() -> None:
        gc.freeze()
        gc.enable()

    class Ours(Framed, FazhiApp):
        CSS_PATH = str(REPOSITORY / "fazhi_tui" / "tui" / "theme" / "fazhi.tcss")

    # As `fazhi` itself starts it.
    gc.disable()
    app = Ours(Reader(root, TODAY))
    app.settle = settle
    started, worked = time.perf_counter(), time.process_time()
    found: dict[str, Any] = {}
    async with app.run_test(size=SIZE):
        while app.tracker.view is None or not app.main.table.entries:
            await asyncio.sleep(0.005)
        found["start_ms"] = round((time.perf_counter() - started) * 1000, 1)
        found["start_work_ms"] = round((time.process_time() - worked) * 1000, 1)
        await calm(app)
        view = app.tracker.view

        def right() -> bool:
            table, entry = app.main.table, app.main.detail.entry
            rows = app.main.views.order.of(view.select(app.main.query_text))
            same = [entry.key for entry in table.entries] == [row.measure.id for row in rows]
            return same and entry is table.current

        found["keys"] = {}
        for name, before, keys in COMMANDS:
            taken = []
            for _ in range(rounds):
                for key in before:
                    await press_and_wait(app, key)
                taken += [await take(app, key, right) for key in keys]
                if before:
                    await press_and_wait(app, "escape")
            found["keys"][name] = {
                "work_ms": told([one.work for one in taken]),
                "first_ms": told([one.first for one in taken]),
                "last_ms": told([one.last for one in taken]),
            }
        found["keys"]["sort"] = await measure_sort(app, right, rounds)
        done: list[bool] = []
        app.tracker.reload(lambda: done.append(True))
        during = await waits(app, ["down", "up"], lambda: not done)
        found["while_reading_ms"] = [*told(during), round(max(during), 1)] if during else []
        await calm(app)
    found["peak_mb"] = peak_mb()
    return found


async def measure_sort(app: Any, right: Callable[[], bool], rounds: int) -> dict[str, Any]:
    """Another order of the list, from its choice to the last frame."""
    from benchmarks.keys import take, told
    from fazhi_tui.domain.sorting import Order

    orders = [Order(name) for name in ("时限", "标题", "编号")] * rounds
    taken = [await take(app, partial(app.main.views.take_order, order), right) for order in orders]
    return {
        "work_ms": told([one.work for one in taken]),
        "first_ms": told([one.first for one in taken]),
        "last_ms": told([one.last for one in taken]),
    }


async def measure_floor(_root: Path, rounds: int) -> dict[str, Any]:
    """The same of an empty Textual app: letters typed into its field."""
    from benchmarks.empty_app import EmptyApp
    from benchmarks.keys import Framed, calm, take, told

    class Floor(Framed, EmptyApp):
        """The empty app, measured in the same way."""

    app = Floor()
    async with app.run_test(size=SIZE):
        await calm(app)
        taken = [await take(app, key, lambda: True) for key in "abcdefgh" * rounds]
    return {
        "work_ms": told([one.work for one in taken]),
        "first_ms": told([one.first for one in taken]),
        "last_ms": told([one.last for one in taken]),
        "peak_mb": peak_mb(),
    }


async def press_and_wait(app: Any, key: str) -> None:
    """A key that only leads to what is measured."""
    from benchmarks.keys import calm, press

    await press(app, key)
    await calm(app)


def in_a_process(what: str, root: Path, rounds: int) -> dict[str, Any]:
    """Measure in a process of its own, so that one size's memory is not another's."""
    words = [sys.executable, __file__, "--part", what, "--root", str(root), "--rounds", str(rounds)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def first_paint_ratio(folder: Path, rounds: int, environ: dict[str, str]) -> dict[str, object]:
    """The start in a real terminal until the plan's list is painted, against the empty app."""
    from benchmarks.run import FAZHI, FIRST_TITLE, PYTHON, Pair, first_paint, make_tracker

    environ = {**environ, "FAZHI_TODAY": "2023-06-30", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    root = make_tracker(folder, environ)
    empty = [PYTHON, str(REPOSITORY / "benchmarks" / "empty_app.py")]
    pair = Pair(
        "the screen, until the list is painted",
        "an empty Textual app",
        lambda: first_paint([FAZHI], root, environ, FIRST_TITLE),
        lambda: first_paint(empty, root, environ, "floor:ready"),
    )
    pair.measure(rounds)
    return pair.result()


def figures(sizes: list[int], rounds: int) -> dict[str, Any]:
    """Everything, the floor first."""
    from benchmarks.fixtures import make

    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    with tempfile.TemporaryDirectory(prefix="fazhi-bench-") as name:
        folder = Path(name)
        found: dict[str, Any] = {"floor": in_a_process("floor", folder, rounds), "sizes": {}}
        for size in sizes:
            root = make(folder / str(size), size, environ)
            found["sizes"][str(size)] = in_a_process("ours", root, rounds)
        found["first_paint"] = first_paint_ratio(folder, rounds, environ)
    floor = found["floor"]["work_ms"][0]
    for result in found["sizes"].values():
        for taken in result["keys"].values():
            taken["ratio"] = round(taken["work_ms"][0] / floor, 1)
    return found


def tell(found: dict[str, Any]) -> None:
    """As lines for people."""
    floor = found["floor"]
    print(f"a key in an empty Textual app: work {floor['work_ms']} ms, peak {floor['peak_mb']} MB")
    for size, result in found["sizes"].items():
        print(f"{size} measures: list after {result['start_ms']} ms, peak {result['peak_mb']} MB,", end=" ")
        print(f"keys while reading (median, 95 %, most) {result['while_reading_ms']} ms")
        for name, taken in result["keys"].items():
            print(
                f"{taken['ratio']:>6} x  {name}: work {taken['work_ms']} ms, "
                f"first frame {taken['first_ms']}, last frame {taken['last_ms']}"
            )
    paint = found["first_paint"]
    print(f"{paint['ratio']:>6} x  {paint['name']}: {paint['ms']} ms, against {paint['floor_ms']} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=("ours", "floor"), help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        parts: dict[str, Callable[[Path, int], Awaitable[dict[str, Any]]]] = {
            "ours": measure_ours,
            "floor": measure_floor,
        }
        print(json.dumps(asyncio.run(parts[asked.part](asked.root, asked.rounds))))  # type: ignore[arg-type]
        return
    found = figures(asked.sizes, asked.rounds)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        tell(found)


if __name__ == "__main__":
    main()
