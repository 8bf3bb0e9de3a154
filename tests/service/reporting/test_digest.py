"""通报 between two days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.digest import DigestKind, digest_of
from fazhi_tui.service.view import View


def test_every_line_of_a_digest_rests_on_a_commit_that_is_there(demo_view: View, demo_root: Path) -> None:
    events = Reader(demo_root, DEMO_TODAY).repository.events()
    found = digest_of(demo_view, date(2022, 1, 1), date(2025, 10, 31), events)
    paths = {event.commit: event.paths for event in events}
    for line in found.lines:
        assert line.basis in paths[line.commit]
        assert (demo_root / line.basis).exists()
    # Everything in the example can be read.
    assert {line.kind for line in found.lines} == set(DigestKind) - {DigestKind.UNKNOWN}


def test_digests_of_parts_make_up_the_whole(demo_view: View) -> None:
    cuts = [date(2022, 1, 1), date(2023, 4, 18), date(2024, 6, 30), date(2025, 10, 31)]
    facts = (DigestKind.DONE, DigestKind.NEWLY_LATE, DigestKind.EXTENDED, DigestKind.RETURNED)
    whole = digest_of(demo_view, cuts[0], cuts[-1])
    parts = [
        digest_of(demo_view, start if start == cuts[0] else date.fromordinal(start.toordinal() + 1), end)
        for start, end in pairwise(cuts)
    ]
    for kind in facts:
        assert sum(part.count(kind) for part in parts) == whole.count(kind), kind
    for part in parts:
        assert all(part.start <= line.day <= part.end for line in part.lines)


def test_newly_late_is_told_in_the_span_of_its_first_late_day(demo_view: View) -> None:
    on = digest_of(demo_view, date(2025, 1, 1), date(2025, 1, 1))
    assert [line.row.measure.id for line in on.lines if line.kind is DigestKind.NEWLY_LATE] == ["47"]
    before = digest_of(demo_view, date(2024, 12, 31), date(2024, 12, 31))
    assert not [line for line in before.lines if line.kind is DigestKind.NEWLY_LATE]


def test_an_extension_moves_the_day_of_lateness(demo_view: View) -> None:
    late = digest_of(demo_view, date(2023, 6, 1), date(2023, 7, 31))
    (line,) = [line for line in late.lines if line.kind is DigestKind.NEWLY_LATE]
    assert line.row.measure.id == "38"
    assert "原定 2022-12-31" in line.text


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("2024-02-01", "2024-01-01", "前后颠倒"), ("2025-01-01", "2027-01-01", "还没有到")],
)
def test_a_span_that_cannot_be_is_told(demo_view: View, start: str, end: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        digest_of(demo_view, date.fromisoformat(start), date.fromisoformat(end))
