"""When a period of reports ends."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.dated import changed_from, stretches
from fazhi_tui.domain.deadlines.report_periods import read_rhythm, report_periods
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.domain.model.settings import Settings

SPAN = Span(date(2022, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("rhythm", "until", "last"),
    [
        ("每月", "2022-03-01", ("2022年2月", "2022-02-01", "2022-02-28")),
        ("每月25日", "2022-03-01", ("2022年2月", "2022-01-26", "2022-02-25")),
        ("每月31日", "2024-03-01", ("2024年2月", "2024-02-01", "2024-02-29")),
        ("每季度", "2022-04-01", ("2022年第1季度", "2022-01-01", "2022-03-31")),
        ("每季度20日", "2022-06-21", ("2022年第2季度", "2022-03-21", "2022-06-20")),
        ("每半年", "2023-01-01", ("2022年下半年", "2022-07-01", "2022-12-31")),
        ("每年20日", "2023-06-01", ("2022年", "2022-01-01", "2022-12-20")),
        ("每季度", "2030-01-01", ("2025年第4季度", "2025-10-01", "2025-12-31")),
        ("每月25日前", "2022-03-01", ("2022年2月", "2022-01-26", "2022-02-25")),
        ("每月底前", "2022-03-01", ("2022年2月", "2022-02-01", "2022-02-28")),
        ("每月末前", "2022-03-01", ("2022年2月", "2022-02-01", "2022-02-28")),
        ("每季度末月25日前", "2022-06-26", ("2022年第2季度", "2022-03-26", "2022-06-25")),
        ("每季度末前", "2022-07-01", ("2022年第2季度", "2022-04-01", "2022-06-30")),
        ("每季度首月10日前", "2022-07-11", ("2022年第2季度", "2022-04-11", "2022-07-10")),
        ("每季度首月10日前", "2022-07-10", ("2022年第1季度", "2022-01-01", "2022-04-10")),
        ("每季度首月10日前", "2030-01-01", ("2025年第4季度", "2025-10-11", "2026-01-10")),
        ("每半年首月15日前", "2023-01-16", ("2022年下半年", "2022-07-16", "2023-01-15")),
        ("每周五", "2022-01-08", ("2022年第1周", "2022-01-01", "2022-01-07")),
        ("每周五前", "2022-01-15", ("2022年第2周", "2022-01-08", "2022-01-14")),
        ("每周", "2022-01-03", ("2021年第52周", "2022-01-01", "2022-01-02")),
        ("每周天", "2022-01-10", ("2022年第1周", "2022-01-03", "2022-01-09")),
        ("每年12月15日前", "2023-12-16", ("2023年", "2022-12-16", "2023-12-15")),
        ("每年6月底前", "2023-12-16", ("2023年", "2022-07-01", "2023-06-30")),
        ("每年底前", "2024-01-01", ("2023年", "2023-01-01", "2023-12-31")),
        ("每年1月10日前", "2024-01-11", ("2023年", "2023-01-11", "2024-01-10")),
    ],
)
def test_the_last_period_that_has_ended(rhythm: str, until: str, last: tuple[str, str, str]) -> None:
    found = report_periods(Settings(rhythm=rhythm), SPAN, date.fromisoformat(until))[-1]
    assert (found.label, str(found.start), str(found.end)) == last


def test_none_has_ended_on_its_own_last_day_and_none_is_asked_for_without_a_rhythm() -> None:
    assert report_periods(Settings(rhythm="每季度"), SPAN, date(2022, 3, 31)) == ()
    assert report_periods(Settings(), SPAN, date(2023, 1, 1)) == ()


def test_what_is_no_rhythm_is_told() -> None:
    with pytest.raises(UsageError, match="不是报送周期"):
        report_periods(Settings(rhythm="每旬"), SPAN, date(2023, 1, 1))


@given(
    st.sampled_from(["每月", "每季度", "每半年", "每年"]),
    st.none() | st.integers(1, 31),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(0, 2000),
)
def test_periods_cover_the_plan_without_gap_or_overlap(
    every: str, day: int | None, start: date, length: int
) -> None:
    span = Span(start, start + timedelta(days=length))
    found = report_periods(Settings(rhythm=every + (f"{day}日" if day else "")), span, date(2999, 1, 1))
    assert found
    assert (found[0].start, found[-1].end) == (span.start, span.end)
    for one, following in pairwise(found):
        assert following.start == one.end + timedelta(days=1)
    assert len({one.label for one in found}) >= len(found) - 1


@pytest.mark.parametrize(
    "written",
    [
        "每月32日",
        "每月0日前",
        "每月首月10日",
        "每年13月1日前",
        "每周八",
        "每月前",
        "每月 25日",
        "25日前",
    ],
)
def test_only_whole_wordings_are_rhythms(written: str) -> None:
    with pytest.raises(UsageError, match="不是报送周期"):
        read_rhythm(written)


@pytest.mark.parametrize(
    ("default", "aliases"),
    [
        ("每月25日", ["每月25日前"]),
        ("每月", ["每月底", "每月底前", "每月末前", "每月31日前"]),
        ("每季度", ["每季度末", "每季度底前", "每季度末月底前", "每季度末月31日前"]),
        ("每季度20日", ["每季度20日前", "每季度末月20日前"]),
        ("每半年", ["每半年末前", "每半年末月底前"]),
        ("每年", ["每年底前", "每年12月底前", "每年12月31日前"]),
        ("每年20日", ["每年12月20日前"]),
        ("每周", ["每周日前", "每周天"]),
    ],
)
def test_what_is_written_in_two_ways_is_one_rhythm(default: str, aliases: list[str]) -> None:
    assert {read_rhythm(alias) for alias in aliases} == {read_rhythm(default)}


# ------------------------------------------------------------------ rhythms have dates


def changed(*rhythms: tuple[str | None, str]) -> Settings:
    """The settings with each rhythm from a day on; the first holds from the beginning."""
    settings = Settings(rhythm=rhythms[0][0])
    for rhythm, since in rhythms[1:]:
        settings = changed_from(settings, "rhythm", rhythm, date.fromisoformat(since))
    return settings


def spans(settings: Settings, since: str, until: str) -> list[tuple[str, str, str]]:
    first = date.fromisoformat(since)
    found = report_periods(settings, SPAN, date.fromisoformat(until))
    return [(one.label, str(one.start), str(one.end)) for one in found if one.end >= first]


@pytest.mark.parametrize(
    ("rhythms", "since", "until", "periods"),
    [
        (
            [("每季度", ""), ("每月25日前", "2025-10-01")],
            *("2025-07-01", "2025-12-20"),
            [
                ("2025年第3季度", "2025-07-01", "2025-09-30"),
                ("2025年11月", "2025-10-26", "2025-11-25"),
            ],
        ),
        (
            [("每月", ""), ("每季度", "2025-05-15")],
            *("2025-04-01", "2025-12-20"),
            [
                ("2025年4月", "2025-04-01", "2025-04-30"),
                ("2025年第3季度", "2025-07-01", "2025-09-30"),
            ],
        ),
        (
            [("每季度", ""), ("每季度首月10日前", "2025-04-01")],
            *("2025-01-01", "2025-08-01"),
            [
                ("2025年第1季度", "2025-01-01", "2025-03-31"),
                ("2025年第2季度", "2025-04-11", "2025-07-10"),
            ],
        ),
        (
            [("每季度", ""), (None, "2024-01-01"), ("每年12月15日前", "2024-03-01")],
            *("2023-12-01", "2025-12-20"),
            [
                ("2023年第4季度", "2023-10-01", "2023-12-31"),
                ("2025年", "2024-12-16", "2025-12-15"),
            ],
        ),
        (
            [(None, ""), ("每周五", "2025-11-03")],
            *("2022-01-01", "2025-11-22"),
            [
                ("2025年第46周", "2025-11-08", "2025-11-14"),
                ("2025年第47周", "2025-11-15", "2025-11-21"),
            ],
        ),
        (
            [("每月", ""), ("每月底前", "2025-05-15")],
            *("2025-05-01", "2025-07-01"),
            [("2025年5月", "2025-05-01", "2025-05-31"), ("2025年6月", "2025-06-01", "2025-06-30")],
        ),
    ],
)  # fmt: skip
def test_each_period_belongs_to_the_rhythm_that_held_on_its_last_day(
    rhythms: list[tuple[str | None, str]], since: str, until: str, periods: list[tuple[str, str, str]]
) -> None:
    assert spans(changed(*rhythms), since, until) == periods


WORDINGS = [
    "每月25日前", "每月底前", "每月1日", "每季度末月25日前", "每季度首月10日前", "每季度首月", "每季度",
    "每周五", "每周一", "每年12月15日前", "每年1月10日前", "每年6月底前", "每半年", "每半年首月15日前",
    "每年20日", None,
]  # fmt: skip


@given(
    st.dates(date(2010, 1, 1), date(2024, 1, 1)),
    st.integers(30, 2000),
    st.lists(st.tuples(st.sampled_from(WORDINGS), st.integers(0, 2000)), min_size=1, max_size=4),
)
def test_periods_of_changing_rhythms_never_overlap_and_have_labels_of_their_own(
    start: date, length: int, changes: list[tuple[str | None, int]]
) -> None:
    span = Span(start, start + timedelta(days=length))
    settings = Settings(rhythm=changes[0][0])
    for rhythm, days in changes[1:]:
        settings = changed_from(settings, "rhythm", rhythm, start + timedelta(days=days))
    found = report_periods(settings, span, date(2999, 1, 1))
    # The plan's own last day may end a period that would have ended later under a name that it had once.
    labels = [one.label for one in found if one.end < span.end]
    assert len(set(labels)) == len(labels)
    assert all(one.start <= one.end for one in found)
    began = {held.start for held in stretches(settings, "rhythm") if held.start}
    for one, following in pairwise(found):
        assert following.start > one.end
        gap = {one.end + timedelta(days=n) for n in range(1, (following.start - one.end).days + 1)}
        # A gap has a change in it, whose first whole period ends it.
        assert following.start == one.end + timedelta(days=1) or gap & began


@given(
    st.sampled_from(WORDINGS[:-1]), st.sampled_from(WORDINGS), st.integers(200, 1400), st.integers(0, 1400)
)
def test_a_later_change_of_rhythm_leaves_earlier_periods_as_they_were(
    first: str, second: str | None, days: int, earlier: int
) -> None:
    since = SPAN.start + timedelta(days=days)
    before = Settings(rhythm=first)
    after = changed_from(before, "rhythm", second, since)
    until = min(since, SPAN.start + timedelta(days=earlier))
    assert report_periods(after, SPAN, until) == report_periods(before, SPAN, until)
