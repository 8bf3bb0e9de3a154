"""What is told of a date that is none, and the edges of periods, obligations and extensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fazhi_tui.domain.deadlines.dates import (
    DayRange,
    add_months,
    compare_days,
    parse_day_range,
    period_label,
    period_start,
)
from fazhi_tui.domain.deadlines.obligations import (
    Obligation,
    Record,
    explicit_dates,
    explicit_due,
    extension_target,
    next_owed,
    obligations,
    occurrence_labels,
)
from fazhi_tui.domain.deadlines.occurrences import Occurrence, occurrences
from fazhi_tui.domain.deadlines.report_periods import report_periods
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.measure import Period
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.workflow.fold import fold

from .building import OFFICE, PLAN, TERM, TWO_YEARLY, YEARLY, day, item, measure, note, plan

TODAY = date(2024, 2, 29)
SHAPES = "可以写 2023-01-01、2023-01、2023、2023Q4、2023年1月、30d、本季、2022..2023"
YEARS = "年份应在 1900 至 2999 之间"


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("2023-02-30", "没有 2023-02-30 这一天", "2023 年 2 月只有 28 天"),
        ("2023-01-00", "没有 2023-01-00 这一天", "2023 年 1 月只有 31 天"),
        ("2023-13", "「2023-13」没有 13 月", "月份是 1 至 12"),
        ("2023-13-01", "「2023-13-01」没有 13 月", "月份是 1 至 12"),
        ("2023年0月", "「2023年0月」没有 0 月", "月份是 1 至 12"),
        ("2022Q5", "没有「2022Q5」这个季度", "季度是 2022Q1 至 2022Q4"),
        ("1899", "「1899」的年份不对", YEARS),
        ("3000", "「3000」的年份不对", YEARS),
        ("3000-01", "「3000-01」的年份不对", YEARS),
        ("3000Q1", "「3000Q1」的年份不对", YEARS),
        ("3000-01-01", "「3000-01-01」的年份不对", YEARS),
        ("明天", "「明天」不是日期", SHAPES),
        (" .. ", "「 .. 」两头都没有日期", "例如 2022..2023，或 2022.. 表示 2022 年起"),
        ("2023..2022", "「2023..2022」前后颠倒：2023-01-01 晚于 2022-12-31", "写成 2022..2023"),
        ("36526d", "「36526d」太远", "天数最多 36525"),
        ("2022..x", "「x」不是日期", SHAPES),
    ],
)
def test_what_is_told_of_a_date(typed: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_day_range(typed, TODAY)
    assert (raised.value.message, raised.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("逾期", "用冒号，写成 :逾期"),
        ("2022..2023", "用冒号，写成 :2022..2023"),
        ("。。", "用冒号，写成 :。。"),
    ],
)
def test_what_is_told_of_a_range_that_is_compared(typed: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        compare_days(">=", typed, TODAY)
    assert (raised.value.message, raised.value.hint) == (f"「{typed}」不能用 >= 比较", hint)


@pytest.mark.parametrize(
    ("typed", "past", "start", "end"),
    [
        ("1900", False, "1900-01-01", "1900-12-31"),
        ("2999-12", False, "2999-12-01", "2999-12-31"),
        ("2023Q1", False, "2023-01-01", "2023-03-31"),
        ("2023Q4", False, "2023-10-01", "2023-12-31"),
        ("2023-12-31", False, "2023-12-31", "2023-12-31"),
        ("2023-01-31", False, "2023-01-31", "2023-01-31"),
        ("2023..2023", False, "2023-01-01", "2023-12-31"),
        ("2023-01-01..2023-01-01", False, "2023-01-01", "2023-01-01"),
        ("36525d", False, "2024-02-29", "2124-03-01"),
        ("1d", True, "2024-02-28", "2024-02-29"),
        ("1d..0d", True, "2024-02-28", "2024-02-29"),
        ("本年", False, "2024-01-01", "2024-12-31"),
        ("YEAR", False, "2024-01-01", "2024-12-31"),
        ("Month", False, "2024-02-01", "2024-02-29"),
        ("quarter", False, "2024-01-01", "2024-03-31"),
        ("TODAY", False, "2024-02-29", "2024-02-29"),
        ("OVERDUE", False, None, "2024-02-28"),
        ("..2022", False, None, "2022-12-31"),
        ("2022..", False, "2022-01-01", None),
        (" 2022 ", False, "2022-01-01", "2022-12-31"),
    ],
)
def test_what_a_text_covers_at_the_edges(typed: str, past: bool, start: str | None, end: str | None) -> None:
    wanted = DayRange(day(start) if start else None, day(end) if end else None)
    assert parse_day_range(typed, TODAY, past=past) == wanted


@pytest.mark.parametrize("month", range(1, 13))
def test_this_quarter_in_every_month(month: int) -> None:
    first = (month - 1) // 3 * 3 + 1
    found = parse_day_range("本季", date(2023, month, 15))
    assert found.start == period_start(date(2023, month, 15), 3) == date(2023, first, 1)
    assert found.end == add_months(found.start or TODAY, 3).replace(day=1) - (
        date(2023, 1, 2) - date(2023, 1, 1)
    )


@pytest.mark.parametrize(
    ("range_", "covered"),
    [
        (DayRange(None, None), "123"),
        (DayRange(date(2022, 1, 2), None), "23"),
        (DayRange(None, date(2022, 1, 2)), "12"),
        (DayRange(date(2022, 1, 2), date(2022, 1, 2)), "2"),
    ],
)
def test_both_ends_of_a_range_are_covered(range_: DayRange, covered: str) -> None:
    assert "".join(str(d) for d in (1, 2, 3) if range_.covers(date(2022, 1, d))) == covered


@pytest.mark.parametrize(
    ("day_", "months", "start", "label"),
    [
        (date(2023, 5, 31), 1, date(2023, 5, 1), "2023年5月"),
        (date(2023, 3, 31), 3, date(2023, 1, 1), "2023年第1季度"),
        (date(2023, 4, 1), 3, date(2023, 4, 1), "2023年第2季度"),
        (date(2023, 12, 1), 3, date(2023, 10, 1), "2023年第4季度"),
        (date(2023, 6, 30), 6, date(2023, 1, 1), "2023年上半年"),
        (date(2023, 7, 1), 6, date(2023, 7, 1), "2023年下半年"),
        (date(2023, 12, 31), 12, date(2023, 1, 1), "2023年"),
        (date(2023, 12, 31), 24, date(2023, 1, 1), "2023年"),
    ],
)
def test_the_period_that_a_day_lies_in(day_: date, months: int, start: date, label: str) -> None:
    assert period_start(day_, months) == start
    assert period_label(start, months) == label


def test_months_at_the_end_of_the_calendar() -> None:
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert add_months(date(9999, 12, 1), 1) == date.max
    assert add_months(date(9999, 12, 31), 0) == date.max
    assert add_months(date(2022, 12, 31), 2) == date(2023, 2, 28)


# ------------------------------------------------------------------ periods


def spans(found: tuple[Occurrence, ...]) -> list[tuple[str, str, str]]:
    return [(o.label, str(o.start), str(o.due)) for o in found]


def test_items_at_the_edges_of_a_plan() -> None:
    one_day = plan("2022-06-30", "2022-07-01")
    assert spans(occurrences(item(period=Period.HALF_YEARLY), one_day)) == [
        ("2022年上半年", "2022-06-30", "2022-06-30"),
        ("2022年下半年", "2022-07-01", "2022-07-01"),
    ]
    assert spans(occurrences(item(period=TERM, due=day("2020-01-01")), PLAN)) == [
        ("任期内", "2020-01-01", "2020-01-01")
    ]
    assert spans(occurrences(item(period=TERM, due=day("2030-01-01")), PLAN)) == [
        ("任期内", "2022-01-01", "2025-12-31")
    ]
    assert spans(occurrences(item(due=day("2021-01-01")), PLAN)) == [("", "2021-01-01", "2021-01-01")]
    assert spans(occurrences(item(period=TWO_YEARLY), plan("2022-03-01", "2023-01-01"))) == [
        ("2022-2023年", "2022-03-01", "2023-01-01")
    ]
    assert spans(occurrences(item(period=TWO_YEARLY), plan("2022-03-01", "2022-12-31"))) == [
        ("2022年", "2022-03-01", "2022-12-31")
    ]
    assert spans(occurrences(item(period=YEARLY), plan("2022-01-01", "2023-01-01")))[-1] == (
        "2023年", "2023-01-01", "2023-01-01",
    )  # fmt: skip
    assert occurrences(item(period=YEARLY, due=day("2022-12-31")), None) == ()


def periods(rhythm: str, start: str, end: str, until: str) -> list[tuple[str, str, str]]:
    found = report_periods(Settings(rhythm=rhythm), Span(day(start), day(end)), day(until))
    return [(p.label, str(p.start), str(p.end)) for p in found]


def test_periods_of_reports_at_their_edges() -> None:
    assert periods("每月", "2022-01-15", "2022-03-10", "2022-12-01") == [
        ("2022年1月", "2022-01-15", "2022-01-31"),
        ("2022年2月", "2022-02-01", "2022-02-28"),
        ("2022年3月", "2022-03-01", "2022-03-10"),
    ]
    assert periods("每月15日", "2022-01-15", "2022-02-15", "2022-02-16") == [
        ("2022年1月", "2022-01-15", "2022-01-15"),
        ("2022年2月", "2022-01-16", "2022-02-15"),
    ]
    assert periods("每月15日", "2022-01-16", "2022-12-31", "2022-02-16") == [
        ("2022年2月", "2022-01-16", "2022-02-15")
    ]
    assert periods("每月30日", "2022-01-01", "2022-12-31", "2022-03-01") == [
        ("2022年1月", "2022-01-01", "2022-01-30"),
        ("2022年2月", "2022-01-31", "2022-02-28"),
    ]
    assert periods("每月28日", "2022-02-01", "2022-12-31", "2022-03-01") == [
        ("2022年2月", "2022-02-01", "2022-02-28")
    ]
    assert periods("每月1日", "2022-01-01", "2022-12-31", "2022-01-02") == [
        ("2022年1月", "2022-01-01", "2022-01-01")
    ]
    assert periods("每月", "2022-01-01", "2022-01-31", "2022-01-31") == []
    assert periods("每月", "2022-01-01", "2022-01-31", "2022-02-01") == [
        ("2022年1月", "2022-01-01", "2022-01-31")
    ]
    assert report_periods(Settings(), Span(day("2022-01-01"), day("2022-12-31")), day("2023-01-01")) == ()


def test_what_is_told_of_a_rhythm() -> None:
    with pytest.raises(UsageError) as raised:
        periods("每旬", "2022-01-01", "2022-12-31", "2023-01-01")
    assert (raised.value.message, raised.value.hint) == (
        "「每旬」不是报送周期",
        "可以写 每月25日前、每月底前、每季度末月25日前、每季度首月10日前、每周五、每年12月15日前",
    )


# ------------------------------------------------------------------ what is owed

DATED = measure(item("28.1", due=day("2022-12-31")))
TWO = measure(item("28.1", due=day("2023-12-31")), item("28.2", due=day("2022-12-31")))
YEARS_4 = measure(item("28.1", period=YEARLY, quantity=2))
MIXED = measure(item("28.1", period=YEARLY, due=day("2024-12-31")), item("28.2", due=day("2023-06-30")))
K = NoteKind


def owed(what: Any, *notes: Note) -> list[tuple[str, str, str | None, int | None, int, str, str, str]]:
    """Label, due, done, progress, quantity, and the notes that did, extended and told it."""
    return [
        (
            *(o.label, str(o.due), str(o.done) if o.done else None, o.progress, o.quantity),
            *(o.done_by, o.extended_by, o.progress_by),
        )
        for o in obligations(what, fold(notes), PLAN)
    ]  # fmt: skip


def test_what_is_owed_in_every_field() -> None:
    done = note("2022-06-01", item="28.1", progress=100, quantity=3, name="done")
    granted = note(
        "2022-05-01", kind=K.GRANT_EXTENSION, new_due=day("2023-03-31"), item="28.1", name="granted"
    )
    assert owed(DATED, granted, done) == [
        ("28.1", "2023-03-31", "2022-06-01", 100, 3, "done", "granted", "done"),
        ("规划期末", "2025-12-31", None, None, 0, "", "", ""),
    ]
    (first, whole) = obligations(DATED, fold([granted]), PLAN)
    assert (first.item, first.start, first.first_due) == (
        DATED.items[0],
        day("2022-01-01"),
        day("2022-12-31"),
    )
    assert (whole.item, whole.start, whole.first_due) == (None, day("2022-01-01"), day("2025-12-31"))
    assert (first.open, first.late) == (True, False)


@pytest.mark.parametrize(
    ("done", "open_", "late"),
    [(None, True, False), ("2022-12-31", False, False), ("2023-01-01", False, True)],
)
def test_open_and_late(done: str | None, open_: bool, late: bool) -> None:
    due = day("2022-12-31")
    found = Obligation(None, "", due, due, due, day(done) if done else None, None, 0)
    assert (found.open, found.late) == (open_, late)


def test_figures_add_up_until_they_are_enough() -> None:
    first, second = note("2022-03-01", quantity=1, name="a"), note("2022-06-01", quantity=1, name="b")
    third = note("2022-07-01", quantity=5, name="c")
    assert owed(YEARS_4, first)[0] == ("28.1 2022年", "2022-12-31", None, None, 1, "", "", "")
    assert owed(YEARS_4, first, second)[0][2:6] == ("2022-06-01", None, 2, "b")
    # What is done is done by the first that was enough; the next figure counts for the year it is of.
    assert owed(YEARS_4, first, second, third)[0][2:6] == ("2022-06-01", None, 7, "b")
    bare = measure(item("28.1", period=YEARLY))
    assert owed(bare, note("2022-03-01", quantity=1, name="a"))[0][2] == "2022-03-01"
    assert owed(bare, note("2022-03-01", quantity=0, name="a"))[0][2] is None
    assert owed(bare, note("2022-03-01", name="a"))[0][2] is None
    assert owed(DATED, note("2022-03-01", quantity=9, name="a"))[0][2] is None


def test_a_share_is_the_last_level() -> None:
    share = measure(replace(item("28.1", quantity=95), measure_word="%"))
    reports = [note("2022-03-01", quantity=60, name="a"), note("2022-04-01", quantity=50, name="b")]
    assert owed(share, *reports)[0][2:5] == (None, None, 50)
    assert owed(share, note("2022-05-01", quantity=95, name="c"))[0][2] == "2022-05-01"


def test_progress_is_the_last_that_was_told() -> None:
    notes = [note("2022-03-01", progress=40, name="a"), note("2022-04-01", progress=30, name="b")]
    assert owed(DATED, *notes) == [
        ("28.1", "2022-12-31", None, 30, 0, "", "", "b"),
        ("规划期末", "2025-12-31", None, 30, 0, "", "", "b"),
    ]
    named = note("2022-05-01", progress=70, item="28.1", name="c")
    assert [found[3] for found in owed(DATED, *notes, named)] == [70, 30]
    assert [found[3] for found in owed(TWO, *notes)] == [None, None, 30]
    assert owed(DATED, note("2022-03-01", progress=99, name="a"))[0][2] is None
    assert owed(measure(), note("2022-03-01", progress=100, name="a"))[0][2] is None


def test_a_figure_counts_for_the_year_that_is_named_or_that_its_day_lies_in() -> None:
    year = measure(item("28.1", period=YEARLY, quantity=1))
    named = note("2023-02-01", quantity=1, occurrence="2022年", name="a")
    assert [found[2] for found in owed(year, named)] == ["2023-02-01", None, None, None, None]
    assert [found[2] for found in owed(year, replace(named, occurrence=None))][:2] == [None, "2023-02-01"]
    assert [found[2] for found in owed(year, replace(named, occurrence="2030年"))] == [None] * 5
    granted = note(
        "2022-12-01", kind=K.GRANT_EXTENSION, new_due=day("2023-03-31"), occurrence="2022年", name="g"
    )
    late = note("2023-02-01", quantity=1, name="b")
    assert [found[2] for found in owed(year, granted, late)][:2] == ["2023-02-01", None]
    both = owed(year, granted, late, note("2023-02-02", quantity=1, name="c"))
    assert [found[2] for found in both][:2] == ["2023-02-01", "2023-02-02"]
    third = owed(
        year,
        granted,
        late,
        note("2023-02-02", quantity=1, name="c"),
        note("2023-02-03", quantity=4, name="d"),
    )
    assert [(found[2], found[4]) for found in third][:2] == [("2023-02-01", 1), ("2023-02-02", 5)]
    before = note("2021-12-31", quantity=1, name="e")
    assert [found[2] for found in owed(year, before)] == [None] * 5
    edges = [note("2022-01-01", quantity=1, name="f"), note("2023-12-31", quantity=1, name="g")]
    assert [found[2] for found in owed(year, *edges)][:3] == ["2022-01-01", "2023-12-31", None]


def test_what_was_returned_was_not_done() -> None:
    asked = note("2022-06-01", kind=K.REQUEST_CLOSE, progress=100, name="asked")
    returned = note("2022-06-02", kind=K.RETURN, name="returned", unit=OFFICE)
    assert owed(DATED, asked)[0][2:6] == ("2022-06-01", 100, 0, "asked")
    assert owed(DATED, asked, returned)[0][2:6] == (None, 100, 0, "")
    told = note("2022-05-01", progress=100, name="told")
    assert owed(DATED, told, asked, returned)[0][2:6] == ("2022-05-01", 100, 0, "told")
    both = [
        replace(asked, item="28.1", path="status/28/x.md"),
        note("2022-05-02", item="28.2", progress=100, name="y"),
    ]
    assert [found[2] for found in owed(TWO, *both, returned)][:2] == ["2022-05-02", None]
    other = replace(returned, item="28.2")
    assert [found[2] for found in owed(TWO, *both, other)][:2] == ["2022-05-02", "2022-06-01"]


def test_what_closing_settles() -> None:
    asked = note("2023-06-01", kind=K.REQUEST_CLOSE, name="asked")
    closed = note("2023-07-01", kind=K.CLOSE, progress=100, quantity=2, name="closed", unit=OFFICE)
    begun = note("2022-02-01", status=Status.IN_PROGRESS, name="begun")
    found = owed(YEARS_4, begun, asked, closed)
    # Years that had not begun when it was applied for are owed by nobody.
    assert [(label, done, by) for label, _, done, _, _, by, _, _ in found] == [
        ("28.1 2022年", "2023-06-01", "asked"),
        ("28.1 2023年", "2023-06-01", "asked"),
        ("规划期末", "2023-06-01", "asked"),
    ]
    dated = owed(TWO, begun, asked, closed)
    assert [(label, done) for label, _, done, *_ in dated] == [
        ("28.2", "2023-06-01"), ("28.1", "2023-06-01"), ("规划期末", "2023-06-01"),
    ]  # fmt: skip
    first_day = [begun, replace(asked, time=note("2023-01-01").time), closed]
    assert [label for label, *_ in owed(YEARS_4, *first_day)] == ["28.1 2022年", "28.1 2023年", "规划期末"]


def test_a_measure_that_goes_on_owes_no_plans_end() -> None:
    ongoing = note("2022-02-01", status=Status.ONGOING, name="on")
    assert [label for label, *_ in owed(DATED, ongoing)] == ["28.1"]
    assert [o.label for o in obligations(DATED, Record(), None)] == ["28.1"]


# ------------------------------------------------------------------ extensions


def grant(until: str, when: str = "2022-06-01", **facts: Any) -> Note:
    return note(
        when, kind=K.GRANT_EXTENSION, new_due=day(until), unit=OFFICE, name=f"g{until}{len(facts)}", **facts
    )


@pytest.mark.parametrize(
    ("what", "notes", "moved"),
    [
        # The earliest dated item still open.
        (TWO, [grant("2024-06-30")], {"28.2": "2024-06-30"}),
        (
            TWO,
            [note("2022-05-01", item="28.2", progress=100, name="x"), grant("2024-06-30")],
            {"28.1": "2024-06-30"},
        ),
        (TWO, [grant("2022-12-31")], {}),
        (TWO, [grant("2022-06-30")], {}),
        (TWO, [grant("2026-06-30", item="28.1")], {"28.1": "2026-06-30"}),
        (TWO, [grant("2023-12-30", item="28.1")], {}),
        # The only item's occurrence: the last one begun and due before the new date.
        (YEARS_4, [grant("2023-03-31")], {"28.1 2022年": "2023-03-31"}),
        (YEARS_4, [grant("2024-03-31")], {"28.1 2022年": "2024-03-31"}),
        (YEARS_4, [grant("2024-03-31", "2023-01-01")], {"28.1 2023年": "2024-03-31"}),
        (YEARS_4, [grant("2023-06-30", "2023-05-01")], {"28.1 2022年": "2023-06-30"}),
        (YEARS_4, [grant("2024-06-30", occurrence="2023年")], {"28.1 2023年": "2024-06-30"}),
        (YEARS_4, [grant("2024-06-30", occurrence="2030年")], {}),
        (YEARS_4, [grant("2024-06-30", occurrence="2022年", item="28.1")], {"28.1 2022年": "2024-06-30"}),
        # Neither date nor item: the plan's end.
        (measure(), [grant("2026-06-30")], {"规划期末": "2026-06-30"}),
        (
            DATED,
            [note("2022-05-01", item="28.1", progress=100, name="x"), grant("2026-06-30")],
            {"28.1": "2026-06-30"},
        ),
        (MIXED, [grant("2023-12-31")], {"28.2": "2023-12-31"}),
        (MIXED, [grant("2023-03-31")], {"规划期末": "2023-03-31"}),
        (MIXED, [grant("2023-03-31", item="28.1")], {"28.1 2022年": "2023-03-31"}),
        (MIXED, [grant("2026-03-31", item="28.9")], {}),
    ],
)
def test_what_an_extension_moves(what: Any, notes: list[Note], moved: dict[str, str]) -> None:
    before = {found[0]: found[1] for found in owed(what)}
    after = {found[0]: found[1] for found in owed(what, *notes)}
    assert {label: due for label, due in after.items() if before[label] != due and due > before[label]} == {
        label: due for label, due in moved.items() if due > before[label]
    }
    by = {found[0]: found[6] for found in owed(what, *notes)}
    for label, due in moved.items():
        if due > before[label]:
            assert by[label] == notes[-1].id


def test_an_extension_to_the_documents_own_date_takes_an_earlier_one_back() -> None:
    found = owed(DATED, grant("2023-06-30"), grant("2022-12-31", "2022-07-01"))
    assert found[0][1] == "2022-12-31"
    assert found[0][6] == "g2022-12-310"


def target(what: Any, *notes: Note, asked: Note) -> tuple[str, str, str | None] | None:
    found = extension_target(what, fold(notes), PLAN, asked, asked.time.date())
    return (found.label, str(found.due), found.done_by) if found else None


def test_what_an_extension_would_move() -> None:
    ask = note("2023-02-01", kind=K.REQUEST_EXTENSION, new_due=day("2024-06-30"), name="ask")
    assert target(YEARS_4, asked=ask) == ("28.1 2023年", "2023-12-31", "")
    assert target(YEARS_4, asked=replace(ask, time=note("2022-02-01").time)) == (
        "28.1 2022年",
        "2022-12-31",
        "",
    )
    assert target(YEARS_4, asked=replace(ask, item="28.1")) == ("28.1 2023年", "2023-12-31", "")
    assert target(YEARS_4, asked=replace(ask, item="28.9")) is None
    assert target(YEARS_4, asked=replace(ask, occurrence="2024年")) == ("28.1 2024年", "2024-12-31", "")
    assert target(TWO, asked=ask) == ("28.2", "2022-12-31", "")
    assert target(TWO, asked=replace(ask, item="28.1")) == ("28.1", "2023-12-31", "")
    assert target(measure(), asked=ask) == ("规划期末", "2025-12-31", "")
    assert target(measure(), asked=replace(ask, new_due=None)) is None
    done = note("2022-03-01", item="28.1", progress=100, name="done")
    assert target(DATED, done, asked=replace(ask, item="28.1")) == ("28.1", "2022-12-31", "done")
    ongoing = note("2022-02-01", status=Status.ONGOING, name="on")
    assert target(measure(), ongoing, asked=ask) is None


def test_the_occurrences_that_a_note_may_name() -> None:
    years = ("2022年", "2023年", "2024年", "2025年")
    assert occurrence_labels(YEARS_4, None, PLAN) == occurrence_labels(YEARS_4, "28.1", PLAN) == years
    assert occurrence_labels(YEARS_4, "28.2", PLAN) == ()
    assert occurrence_labels(DATED, None, PLAN) == ()
    assert occurrence_labels(MIXED, None, PLAN) == ()
    assert occurrence_labels(MIXED, "28.1", PLAN) == ("2022年", "2023年", "2024年")
    assert occurrence_labels(MIXED, "28.2", PLAN) == ()
    assert occurrence_labels(measure(), None, PLAN) == ()


def test_dates_that_the_document_writes() -> None:
    plain = fold([])
    assert explicit_dates(TWO, plain, obligations(TWO, plain, PLAN)) == (day("2023-12-31"), day("2022-12-31"))
    assert explicit_due(obligations(TWO, plain, PLAN)) == day("2022-12-31")
    moved = fold([grant("2024-06-30")])
    owing = obligations(TWO, moved, PLAN)
    assert explicit_dates(TWO, moved, owing) == (day("2023-12-31"), day("2024-06-30"))
    assert explicit_due(owing) == day("2023-12-31")
    assert explicit_due(obligations(measure(), plain, PLAN)) is None
    # Of a recurring item with a last day, that is the last occurrence alone.
    assert explicit_due(obligations(MIXED, plain, PLAN)) == day("2023-06-30")
    assert explicit_dates(MIXED, moved, obligations(MIXED, moved, PLAN)) == (
        day("2024-06-30"),
        day("2024-12-31"),
    )


def test_the_next_thing_owed() -> None:
    assert next_owed([]) == (None, "")
    assert next_owed(obligations(TWO, fold([]), PLAN)) == (day("2022-12-31"), "28.2")


def test_a_figure_from_before_the_term_does_not_count_for_it() -> None:
    once = measure(item("28.1", period=TERM, quantity=1))
    assert owed(once, note("2021-12-31", quantity=1, name="a"))[0][2] is None
    assert owed(once, note("2022-01-01", quantity=1, name="a"))[0][2] == "2022-01-01"
    # A dated item has but one date, whenever it is reported.
    assert owed(DATED, note("2021-12-31", progress=100, name="a"))[0][2] == "2021-12-31"


def test_an_extension_at_the_edges() -> None:
    ask = note("2021-12-01", kind=K.REQUEST_EXTENSION, new_due=day("2022-12-31"), name="ask")
    assert target(TWO, asked=ask) == ("28.2", "2022-12-31", "")
    assert target(TWO, asked=replace(ask, item="28.2")) == ("28.2", "2022-12-31", "")
    assert target(TWO, asked=replace(ask, new_due=day("2022-12-30"))) == ("规划期末", "2025-12-31", "")
