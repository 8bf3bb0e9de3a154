"""A key in the filter bar at 10,000 measures: what to offer there, beside selecting the rows themselves.

Told are, in milliseconds of processor time: making ready once a view (in a worker), the median and the
slowest of the keys of some typical queries, and the median of filtering by the same texts.  All data is
made up and marked 示例.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.query.completion import complete
from fazhi_tui.domain.query.completion_source import CompletionSource
from fazhi_tui.domain.query.language import parse
from fazhi_tui.domain.query.values import Context
from fazhi_tui.records.loader import load
from fazhi_tui.service.view import view_of

TODAY = date(2025, 11, 20)
TYPED = (
    "牵头:sfj",
    "参加:gaj,jyj",
    "状态:tjz",
    "灯:红,h",
    "节:示例3",
    "jieduan",
    "编号:99",
    "到期:2025Q4",
    "截止<2025-06",
    "sfj",
    "复议 -zt:ywc",
    '责任:"市示例',
)


def make(measures: int, units: int, sections: int) -> Tracker:
    """A tracker of that size in memory, from a fixed seed; the real plan's bodies are among its own."""
    lot = random.Random(1)
    real = load(REPOSITORY).units
    register = real + tuple(
        Unit(f"市示例{number}局", pinyin=f"shi shi li {' '.join(str(number))} ju")
        for number in range(max(units - len(real), 0))
    )
    names = [unit.name for unit in register]
    titles = tuple(f"（{number}）示例{number}节" for number in range(sections))
    made = []
    for number in range(1, measures + 1):
        due = date(2022 + number % 4, 1 + number % 12, 28)
        made.append(
            Measure(
                str(number),
                f"示例措施{number}",
                "一、示例",
                lot.choice(titles),
                leads=(lot.choice(names),),
                participants=tuple(lot.sample(names, 3)),
                items=(Item(f"{number}.1", "示例事项", due=due),),
                text="示例正文。\n示例第二句。",
            )
        )
    plan = Plan(
        "示例方案",
        Span(date(2022, 1, 1), date(2025, 12, 31)),
        chapters=(Chapter("一、示例", titles),),
    )
    return Tracker("", plan, register, tuple(made), (), ())


def milliseconds(job: Callable[[], object]) -> float:
    """The processor time that a job took."""
    start = time.process_time()
    job()
    return (time.process_time() - start) * 1000


def figures(measures: int, units: int, rounds: int) -> dict[str, object]:
    """The figures in milliseconds."""
    view = view_of(make(measures, units, 100), TODAY)
    context = Context(view.index, TODAY)
    readings = dict.fromkeys(view.tracker.plan.chapters[0].sections, "shi li jie")  # type: ignore[union-attr]
    parse("示例", context).select(view.rows)
    source = CompletionSource(context, view.rows, view.tracker.plan, readings)
    ready = milliseconds(source.warm)
    offers: list[float] = []
    filters: list[float] = []
    slowest, slowest_at = 0.0, ""
    for _ in range(rounds):
        for typed in TYPED:
            for end in range(len(typed) + 1):
                text = typed[:end]
                took = milliseconds(lambda text=text: complete(text, len(text), source))  # type: ignore[misc]
                offers.append(took)
                if took > slowest:
                    slowest, slowest_at = took, text
                try:
                    query = parse(text, context)
                except QueryError:
                    continue
                filters.append(milliseconds(lambda query=query: query.select(view.rows)))  # type: ignore[misc]
    return {
        "measures": measures,
        "units": units,
        "ready_ms": round(ready, 1),
        "offer_ms": round(statistics.median(offers), 2),
        "offer_p99_ms": round(statistics.quantiles(offers, n=100)[98], 2),
        "offer_slowest_ms": round(slowest, 2),
        "slowest_at": slowest_at,
        "filter_ms": round(statistics.median(filters), 2),
        "offer_to_filter": round(statistics.median(offers) / statistics.median(filters), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--measures", type=int, default=10_000)
    parser.add_argument("--units", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a hundredth of it, once: whether it runs")
    asked = parser.parse_args()
    if asked.quick:
        asked.measures, asked.units, asked.rounds = asked.measures // 100, asked.units // 10, 1
    found = figures(asked.measures, asked.units, asked.rounds)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("  ".join(f"{key}={value}" for key, value in found.items()))


if __name__ == "__main__":
    main()
