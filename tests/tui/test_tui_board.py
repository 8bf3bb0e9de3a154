"""看板: every measure has one card; cards are moved by a report alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.service.reporting.board import board_of, moves_from, moves_of, stops_of
from fazhi_tui.service.view import Past
from fazhi_tui.tui.messages import CardMoved, CardStays, EntryHighlighted, EntryOpened
from fazhi_tui.tui.views.board import Board
from fazhi_tui.tui.views.board_text import GAP, card_lines, columns_of, fitting, summary
from fazhi_tui.tui.views.entries import Entry
from tests.tui.helpers import press, settled
from tests.tui.test_tui_widths import ambiguous
from tests.tui.view_app import SIZES, drag, entries, lines_of, showing, small_view

BROKEN = ("plan/30.yaml",)


def _target(board: Board, by: int) -> Status | None:
    """The status that the card under the cursor would get, so many allowed columns on."""
    row = board.current.row if board.current else None
    stops = stops_of(board.drag.moves, row.state.status) if row else (None,)
    at = stops.index(None) + by
    move = stops[at] if 0 <= at < len(stops) else None
    return move.status if move else None


@given(entries())
def test_every_entry_is_in_exactly_one_column(found: tuple[Entry, ...]) -> None:
    ordered, columns = columns_of(found)
    assert sorted(entry.key for entry in ordered) == sorted(entry.key for entry in found)
    assert [column.start for column in columns[1:]] == [column.stop for column in columns[:-1]]
    assert columns[-1].stop == len(found)
    for column in columns:
        for entry in ordered[column.start : column.stop]:
            assert (entry.row.state.status if entry.row else None) is column.status
    # A broken file is never out of sight behind the six: its column comes first.
    assert (columns[0].status is None) == any(entry.row is None for entry in found)


@given(entries(most=4), st.integers(1, 4), st.integers(4, 60), st.sampled_from([3, 4]))
def test_every_line_of_a_card_is_as_wide_as_its_column(
    found: tuple[Entry, ...], number: int, width: int, height: int
) -> None:
    for entry in found:
        lines = card_lines(entry, number, width, height, LightNames())
        assert len(lines) == height
        assert all(cell_len(text) == width for text, _ in lines)


@given(st.integers(1, 300), st.integers(1, 7))
def test_columns_that_fit_do_fit(width: int, number: int) -> None:
    count, each = fitting(width, number)
    assert 1 <= count <= number
    assert each >= 1
    assert count * (each + GAP) - GAP <= max(width, 1)


@given(entries(), st.integers(1, 120))
def test_the_line_of_all_names_is_never_too_wide(found: tuple[Entry, ...], width: int) -> None:
    _, columns = columns_of(found)
    assert cell_len(summary(columns, 0, 3, width)) <= width


@given(entries())
def test_two_files_of_one_number_are_two_cards(found: tuple[Entry, ...]) -> None:
    doubled = (*found, *(replace(entry, row=replace(entry.row)) for entry in found if entry.row))
    ordered, _ = columns_of(doubled)
    assert sorted(map(id, ordered)) == sorted(map(id, doubled))


def test_the_shared_board_has_all_six_columns_in_order() -> None:
    columns = board_of(small_view().rows)
    assert [column.status for column in columns] == list(Status)
    assert [len(column.rows) for column in columns] == [2, 2, 1, 1, 1, 0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("light", [False, True])
async def test_it_is_drawn_at_every_size(size: tuple[int, int], light: bool) -> None:
    async with showing(Board(), small_view(BROKEN), size=size, light=light) as (app, _):
        lines = lines_of(app.widget)
        assert not any(ambiguous(char) for line in lines for char in line)
        assert "读不出来" in "".join(lines)


async def test_a_wide_screen_shows_all_columns_and_says_which_are_empty() -> None:
    async with showing(Board(), size=(200, 40)) as (app, _):
        lines = lines_of(app.widget)
        for name in ("[未启动 2]", "推进中 2", "长期坚持 1", "待审核 1", "已完成 1", "已中止 0"):
            assert name in lines[0]
        assert "没有" in lines[1]
        assert "已中止" not in "".join(lines[1:])
        assert "示例：标题很长" in lines[1]
        assert "责任" not in "".join(lines)
        assert "市甲局" in "".join(lines)


async def test_a_narrow_screen_scrolls_to_the_column_and_keeps_the_names_of_the_others() -> None:
    async with showing(Board(), size=(60, 24)) as (app, pilot):
        assert "[未启动 2 推进中 2]" in lines_of(app.widget)[0]
        await press(pilot, "right", "right", "right")
        first = lines_of(app.widget)[0]
        assert "[长期坚持 1 待审核 1]" in first
        assert "未启动 2" in first
        assert "已中止 0" in first
        assert app.widget.current is not None
        assert app.widget.current.key == "4"


async def test_left_and_right_pass_over_empty_columns_and_stop_at_the_ends() -> None:
    async with showing(Board(), size=(200, 40)) as (app, pilot):
        await press(pilot, *["right"] * 9)
        assert app.widget.current is not None
        assert app.widget.current.key == "5"
        await press(pilot, *["left"] * 9, "down")
        assert app.widget.current.key == "7"
        # Down stops at the end of the column.
        await press(pilot, "down")
        assert app.widget.current.key == "7"
        await press(pilot, "home")
        assert app.widget.current.key == "1"


async def test_the_cursor_stays_on_its_measure_and_comes_back_after_a_filter() -> None:
    async with showing(Board(), size=(140, 40)) as (app, pilot):
        assert app.widget.go_to("4")
        assert not app.widget.go_to("99")
        app.told.clear()
        app.show("status:推进中")
        await settled(pilot)
        assert app.widget.current is not None
        assert app.widget.current.key in ("2", "3")
        assert isinstance(app.told[-1], EntryHighlighted)
        app.show()
        await settled(pilot)
        assert app.widget.current.key == "4"
        app.show("qqqq")
        assert app.widget.current is None
        assert "没有符合条件的措施" in "".join(lines_of(app.widget))


async def test_a_card_is_carried_seen_and_let_go_as_a_report() -> None:
    async with showing(Board(), size=(140, 40)) as (app, pilot):
        app.widget.unit = "市甲局"
        app.widget.go_to("2")
        assert _target(app.widget, 1) is Status.ONGOING
        assert _target(app.widget, 2) is Status.PENDING_REVIEW
        assert _target(app.widget, 3) is None
        await press(pilot, "shift+right", "shift+right")
        assert ">待审核 申请办结" in lines_of(app.widget)[0]
        assert "第 2 条：推进中 > 待审核（申请办结）" in lines_of(app.widget)[-1]
        await press(pilot, "enter")
        moved = app.told[-1]
        assert isinstance(moved, CardMoved)
        assert (moved.key, moved.status, moved.kind) == ("2", Status.PENDING_REVIEW, NoteKind.REQUEST_CLOSE)
        # It stands where it stood: nothing has been filed yet.
        assert app.widget.column is not None
        assert app.widget.column.status is Status.IN_PROGRESS
        assert ">待审核" not in lines_of(app.widget)[0]


async def test_a_carried_card_goes_back_by_esc_by_moving_on_and_by_the_way_it_came() -> None:
    async with showing(Board(), size=(140, 40)) as (app, pilot):
        app.widget.go_to("2")
        for back in (["escape"], ["down"], ["shift+left"]):
            app.widget.go_to("2")
            await press(pilot, "greater_than_sign")
            assert ">长期坚持" in lines_of(app.widget)[0]
            await press(pilot, *back)
            assert ">长期坚持" not in lines_of(app.widget)[0]
        assert not any(isinstance(one, CardMoved) for one in app.told)
        # Without a card in the hand Esc is the screen's.
        assert app.left == 0
        await press(pilot, "escape")
        assert app.left == 1


async def test_what_only_the_office_may_do_is_told_to_others() -> None:
    async with showing(Board(), size=(140, 40)) as (app, pilot):
        app.widget.unit = "市甲局"
        app.widget.go_to("4")
        assert _target(app.widget, 1) is None
        why = app.widget.drag.refusal()
        assert "办结改为已完成" in why
        assert "由统筹单位作出" in why
        await press(pilot, "shift+right")
        assert isinstance(app.told[-1], CardStays)
        assert app.told[-1].why == why
        app.widget.unit = "市统筹办"
        assert _target(app.widget, 1) is Status.DONE
        assert _target(app.widget, -1) is Status.IN_PROGRESS
        await press(pilot, "shift+left", "enter")
        assert isinstance(app.told[-1], CardMoved)
        assert app.told[-1].kind is NoteKind.RETURN


async def test_a_broken_file_and_the_past_cannot_be_moved() -> None:
    view = small_view(BROKEN)
    async with showing(Board(), view, size=(140, 40)) as (app, _):
        app.widget.go_to("plan/30.yaml")
        assert _target(app.widget, 1) is None
        assert "plan/30.yaml 读不出来" in app.widget.drag.refusal()
        then = replace(view, past=Past("a" * 40, view.rows[1].state.notes[0].time, "2023-06-30"))
        app.widget.take_view(then)
        app.widget.go_to("2")
        assert "2023-06-30" in app.widget.drag.refusal()
        assert moves_of(then, view.rows[1], "市统筹办") == ()


@given(st.sampled_from(Status), st.booleans())
def test_every_move_is_one_that_the_workflow_allows(before: Status, office: bool) -> None:
    from fazhi_tui.domain.workflow.kinds import allowed_kinds, allowed_statuses

    moves = moves_from(before, is_coordinator=office)
    assert before not in {move.status for move in moves}
    for move in moves:
        assert move.kind in allowed_kinds(before, is_coordinator=office)
        assert move.status in allowed_statuses(move.kind, before, is_coordinator=office)


async def test_the_mouse_chooses_opens_drags_and_scrolls() -> None:
    async with showing(Board(), size=(140, 40)) as (app, pilot):
        _, width = fitting(140, 6)
        app.widget.unit = "市甲局"
        await pilot.click(Board, offset=(width + GAP + 3, 1))
        await settled(pilot)
        assert app.widget.current is not None
        assert app.widget.current.key == "2"
        await pilot.click(Board, offset=(width + GAP + 3, 1))
        await settled(pilot)
        assert isinstance(app.told[-1], EntryOpened)
        # From 推进中 over 待审核, and over 已完成, where it may not go.
        await drag(pilot, (width + GAP + 3, 1), (3 * (width + GAP) + 3, 9))
        assert isinstance(app.told[-1], CardMoved)
        assert (app.told[-1].key, app.told[-1].status) == ("2", Status.PENDING_REVIEW)
        await drag(pilot, (width + GAP + 3, 1), (4 * (width + GAP) + 3, 9))
        assert isinstance(app.told[-1], CardStays)
        assert "不能由推进中改为已完成" in app.told[-1].why


async def test_a_column_scrolls_by_itself_and_tells_what_is_in_sight() -> None:
    from textual.events import MouseScrollDown

    async with showing(Board(), size=(140, 5)) as (app, pilot):
        assert "1-1" in lines_of(app.widget)[0]
        await press(pilot, "down")
        assert "2-2" in lines_of(app.widget)[0]
        await press(pilot, "up")
        app.widget.post_message(MouseScrollDown(app.widget, 1, 2, 0, 1, 0, False, False, False, 1, 2))
        await settled(pilot)
        assert "2-2" in lines_of(app.widget)[0]
        assert app.widget.current is not None
        assert app.widget.current.key == "1"


async def test_marks_and_changes_have_the_signs_of_the_list() -> None:
    async with showing(Board(), size=(140, 40)) as (app, _):
        app.widget.changed = frozenset({"7"})
        app.widget.toggle_mark()
        assert app.widget.marked == {"1"}
        assert app.widget.current is not None
        assert app.widget.current.key == "7"
        text = "\n".join(lines_of(app.widget))
        assert "*1 " in text
        assert "+7 " in text
        shared = app.widget.marked
        app.widget.mark_all()
        assert shared == {str(number) for number in range(1, 8)}
        app.widget.mark_all()
        assert shared == set()
