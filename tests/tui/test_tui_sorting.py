"""The order of the list: by any column, either way round; the filter and the cursor stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import ascii_letters, digits

import pytest

from fazhi_tui.domain.columns import BY_NAME
from fazhi_tui.domain.sorting import SORTS, Order
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.reader import Reader
from tests.templates import demo_template
from tests.tui.helpers import listed, note_text, opened, press, shown

NOTE = {
    "30/20221220T153000-sfj-3f9a.md": note_text("示例", measure="30", extra="原状态: 未启动\n状态: 推进中\n")
}


async def choose(pilot: object, name: str) -> None:
    # Each column has its key, in the order of the table of sorts: digits, then letters.
    at = SORTS.index(name)
    await press(pilot, "S", (digits[1:] + ascii_letters)[at])  # type: ignore[arg-type]


async def test_a_column_is_chosen_shown_and_turned_round(make: Callable[..., Path]) -> None:
    async with opened(make(notes=NOTE), size=(140, 40)) as (app, pilot):
        await press(pilot, "2", "8")
        await choose(pilot, "更新")
        assert listed(app)[0] == "30"
        assert "按更新从大到小排列" in shown(app)
        # The cursor stays on its measure.
        assert app.main.row is not None
        assert app.main.row.measure.id == "28"
        await choose(pilot, "时限")
        days = [entry.row.state.next_due for entry in app.main.table.entries if entry.row]
        assert days == sorted(days, key=str)
        assert "时限 ^" in shown(app)
        await choose(pilot, "时限")
        assert "时限 v" in shown(app)
        await press(pilot, "slash", *"lead:sfj", "enter")
        assert len(listed(app)) == 21
        await choose(pilot, "编号")
        numbers = [int(key) for key in listed(app)]
        assert numbers == sorted(numbers)


async def test_a_broken_file_stays_in_sight_in_any_order(make: Callable[..., Path]) -> None:
    root = make()
    (root / "plan" / "30.yaml").write_text("标题: [", "utf-8")
    async with opened(root) as (app, pilot):
        assert listed(app).index("plan/30.yaml") == listed(app).index("29") + 1
        await choose(pilot, "标题")
        assert listed(app)[-1] == "plan/30.yaml"


@pytest.mark.parametrize("name", SORTS)
def test_every_column_sorts_the_demo_both_ways(name: str) -> None:
    rows = Reader(demo_template(), DEMO_TODAY).load().rows
    key = BY_NAME[name].sort_key
    for reverse in (False, True):
        order = Order(name, reverse)
        values = [key(row) for row in order.of(rows)]
        assert values == sorted(values, reverse=order.descending)
        assert {row.measure.id for row in order.of(rows)} == {row.measure.id for row in rows}
