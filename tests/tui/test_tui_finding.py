"""Finding measures without leaving the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fazhi_tui.domain.query.language import words_of
from fazhi_tui.tui.widgets.prose import Block, Prose, lay_out
from tests.tui.helpers import listed, opened, paste, press, settled, shown


async def test_the_list_shows_the_48_measures_and_names_the_lost_ones(tracker: Path) -> None:
    async with opened(tracker) as (app, _):
        assert len(listed(app)) == 48
        assert "48/48" in shown(app)
        assert "原文缺 13-17" in shown(app)


async def test_the_first_query_filters_from_the_start(tracker: Path) -> None:
    async with opened(tracker, "牵头:市司法局") as (app, _):
        assert len(listed(app)) == 21
        assert "21/48" in shown(app)


@pytest.mark.parametrize("query", ["lead:sfj", "lead:shisifaju", "牵头:市司法局"])
async def test_typing_filters_at_once_and_enter_keeps_the_filter(tracker: Path, query: str) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "slash")
        await paste(pilot, query)
        assert len(listed(app)) == 21
        await press(pilot, "enter")
        assert len(listed(app)) == 21
        assert app.focused is app.main.table


async def test_single_keys_narrow_the_list_letter_by_letter(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "slash", *"lead:sfj")
        assert len(listed(app)) == 21


async def test_full_width_colon_is_understood(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "f3")
        await paste(pilot, "牵头：司法局")
        assert len(listed(app)) == 21


async def test_esc_in_the_filter_bar_goes_back_to_what_was_there(tracker: Path) -> None:
    async with opened(tracker, "lead:sfj") as (app, pilot):
        await press(pilot, "slash", *" 复议"[:1])
        await paste(pilot, "任意没有的词")
        assert listed(app) == []
        await press(pilot, "escape")
        assert len(listed(app)) == 21
        assert app.main.bar.field.value == "lead:sfj"


async def test_a_mistake_is_told_under_its_place_and_the_list_stays(tracker: Path) -> None:
    async with opened(tracker, "lead:sfj") as (app, pilot):
        await press(pilot, "slash")
        await paste(pilot, " 颜色:红")
        lines = shown(app).splitlines()
        bar = next(at for at, line in enumerate(lines) if "颜色:红" in line)
        assert "^^^^" in lines[bar + 1]
        # Each Chinese character is one in the text and two cells on the screen.
        before = lines[bar][: lines[bar].index("颜色")]
        wide = sum(2 if ord(char) > 0x2E80 else 1 for char in before)
        assert lines[bar + 1].index("^") == wide
        assert "没有叫「颜色」的字段" in lines[bar + 2]
        assert len(listed(app)) == 21


async def test_enter_does_not_keep_a_mistake(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "slash")
        await paste(pilot, "颜色:红")
        await press(pilot, "enter")
        assert app.focused is app.main.bar.field
        await press(pilot, "escape")
        assert app.main.bar.field.value == ""
        assert "颜色" not in shown(app)


async def test_nothing_found_tells_the_query_and_how_to_clear_it(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "slash")
        await paste(pilot, "任意没有的词")
        await press(pilot, "enter")
        assert "没有措施合于：任意没有的词" in shown(app)
        assert "按 c" in shown(app)
        await press(pilot, "c")
        assert len(listed(app)) == 48


async def test_the_cursor_stays_on_its_measure_while_the_filter_changes(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8")
        await press(pilot, "slash", *"lead:sfj")
        assert app.main.table.current is not None
        assert app.main.table.current.key == "28"
        await press(pilot, "escape")
        assert app.main.table.current.key == "28"


async def test_units_narrow_by_initials_and_enter_filters(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "u", *"sfj")
        assert "市司法局" in shown(app)
        await press(pilot, "enter")
        assert app.main.query_text == "牵头:市司法局"
        assert len(listed(app)) == 21


@pytest.mark.parametrize(("tabs", "field"), [(0, "牵头"), (1, "参加"), (2, "责任"), (3, "单位"), (4, "牵头")])
async def test_tab_changes_the_role_in_the_list_of_units(tracker: Path, tabs: int, field: str) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "f4", *"sfj", *["tab"] * tabs, "enter")
        assert app.main.query_text == f"{field}:市司法局"


async def test_the_count_beside_a_unit_is_what_the_filter_gives(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "u", *"zfbgs")
        assert re.search(r"市政府办公室 +14 ", shown(app))
        await press(pilot, "enter")
        assert len(listed(app)) == 14


async def test_a_unit_replaces_the_unit_before_and_leaves_other_terms(tracker: Path) -> None:
    async with opened(tracker, "参加:市公安局 状态:未启动") as (app, pilot):
        await press(pilot, "u", *"sfj", "enter")
        assert app.main.query_text.split() == ["状态:未启动", "牵头:市司法局"]


async def test_esc_closes_the_list_of_units_without_a_change(tracker: Path) -> None:
    async with opened(tracker, "lead:sfj") as (app, pilot):
        await press(pilot, "u", *"gaj", "escape")
        assert app.main.query_text == "lead:sfj"


async def test_deadlines_offer_overdue_first(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "d", "enter")
        assert app.main.query_text == "到期:逾期"
        assert "28" in listed(app)


async def test_deadlines_choose_a_year_of_the_plans_own_dates(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "f6", "tab", "down", "down", "down", "enter")
        assert app.main.query_text == "截止:2022"
        assert len(listed(app)) == 4


async def test_a_typed_range_is_counted_and_its_mistakes_are_told(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "d")
        await paste(pilot, "2022-01-01..2022-13-40")
        assert "2022-13-40" in shown(app)
        assert app.main.query_text == ""
        await press(pilot, *["backspace"] * 30)
        await paste(pilot, "2022-01-01..2022-12-31")
        await press(pilot, "enter")
        assert app.main.query_text == "到期:2022-01-01..2022-12-31"
        assert listed(app)


async def test_no_deadline_takes_the_term_away_and_leaves_the_others(tracker: Path) -> None:
    async with opened(tracker, "lead:sfj 到期:逾期") as (app, pilot):
        await press(pilot, "d")
        for _ in range(40):
            await pilot.press("pagedown")
        await press(pilot, "enter")
        assert app.main.query_text == "lead:sfj"


async def test_digits_go_to_a_number(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "2", "8")
        assert app.main.table.current is not None
        assert app.main.table.current.key == "28"


async def test_a_lost_measure_is_explained_when_it_is_asked_for(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "1", "4")
        assert "原文缺失" in shown(app)


async def test_goto_takes_a_number_typed_into_a_field(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "g", "3", "3", "enter")
        assert app.main.table.current is not None
        assert app.main.table.current.key == "33"


async def test_a_facet_filters_and_chosen_again_lets_go(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await press(pilot, "f", "enter")
        assert app.main.query_text == "灯:红"
        await press(pilot, "enter")
        assert app.main.query_text == ""


async def test_facets_count_what_a_choice_would_give(tracker: Path) -> None:
    async with opened(tracker, "lead:sfj", size=(140, 40)) as (app, pilot):
        await settled(pilot)
        line = next(line for line in shown(app).splitlines() if " 未启动" in line[:12])
        assert line.split()[2] == "21"


async def test_own_unit_toggles(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "m")
        assert app.main.query_text == "单位:市司法局"
        assert len(listed(app)) == 23
        await press(pilot, "m")
        assert len(listed(app)) == 48


async def test_the_palette_finds_actions_by_initials_measures_by_title_and_units_by_pinyin(
    tracker: Path,
) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "ctrl+p", *"tb")
        assert "填报" in shown(app)
        await press(pilot, "escape", "ctrl+p")
        await paste(pilot, "行政复议体制")
        await press(pilot, "enter")
        assert app.main.table.current is not None
        assert app.main.table.current.key == "28"
        await press(pilot, "colon", *"sifaju", "enter")
        assert app.main.query_text == "牵头:市司法局"


async def test_the_words_looked_for_are_marked_in_the_text(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await press(pilot, "slash")
        await paste(pilot, "行政复议体制")
        await press(pilot, "enter")
        content = app.main.detail.query_one(Prose).render()
        marked = {
            content.plain[span.start : span.end] for span in content.spans if "reverse" in str(span.style)
        }
        assert "行政复议体制" in marked
        await press(pilot, "c")
        content = app.main.detail.query_one(Prose).render()
        assert not [span for span in content.spans if "reverse" in str(span.style)]


@pytest.mark.parametrize("width", range(8, 60, 3))
def test_a_word_over_the_end_of_a_line_is_marked_on_both(width: int) -> None:
    text = "全面深化行政复议体制改革，整合各级行政复议职责，按照事编匹配的原则，行政复议登记受理。"
    content = lay_out([Block(text, label="甲 ")], width, ["行政复议"])
    marked = "".join(
        content.plain[span.start : span.end] for span in content.spans if "reverse" in str(span.style)
    )
    assert marked == "行政复议" * 3


def test_the_words_of_a_query() -> None:
    assert words_of('lead:sfj 复议 -经费 "两个 词" 状态:推进中 x:') == ("复议", "两个 词")
