"""Whatever bodies may lawfully do, in whatever order it arrives: one state, no error, no conflict."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import load, load_files
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.view import View, view_of
from tests.conftest import REPOSITORY, git

BEIJING = timezone(timedelta(hours=8))
TODAY = date(2025, 6, 1)
OFFICE = "市委依法治市办"
#: A dated item, a recurring one that counts, two items of different kinds, none at all.
MEASURES = ("28", "50", "49", "27")
PLAN_FILES = {f"plan/{path.name}": path.read_bytes() for path in sorted((REPOSITORY / "plan").glob("*.yaml"))}


@pytest.fixture(scope="module")
def empty() -> View:
    return view_of(load_files(PLAN_FILES), TODAY)


@st.composite
def wishes(draw: st.DrawFn, most: int = 8) -> list[tuple[int, ReportRequest, str]]:
    """What people try to report, allowed or not: hours from the start, the request, the file's last part."""
    found = []
    hour = 0
    for number in range(draw(st.integers(1, most))):
        hour += draw(st.integers(1, 2400))
        measure = draw(st.sampled_from(MEASURES))
        kind = draw(st.sampled_from(NoteKind))
        request = ReportRequest(
            measure,
            draw(st.sampled_from((OFFICE, "市司法局", "市公安局"))),
            "示例：" + draw(st.sampled_from(("甲", "乙\n\n丙", "# 标题", "[/]"))),
            kind=kind,
            status=draw(st.none() | st.sampled_from(list(RULES[kind].moves))),
            item=draw(st.none() | st.just(f"{measure}.1")),
            progress=draw(st.none() | st.integers(0, 100)),
            quantity=draw(st.none() | st.integers(0, 70)),
            occurrence=draw(st.none() | st.sampled_from(("2022", "2024年"))),
            new_due=draw(st.none() | st.dates(date(2022, 6, 1), date(2027, 1, 1))),
            corrects=draw(st.none() | st.sampled_from(("0000", "0001", "0002"))),
        )
        found.append((hour, request, f"{number:04x}"))
    return found


def filed(empty: View, wished: list[tuple[int, ReportRequest, str]], tag: str = "") -> dict[str, bytes]:
    """The note files of the wishes that are allowed, each made as the program makes it."""
    files: dict[str, bytes] = {}
    view = empty
    for hour, request, token in wished:
        moment = datetime(2022, 1, 5, 9, tzinfo=BEIJING) + timedelta(hours=hour)
        identity = Identity(request.unit, "示例填报人", "example@example.org")
        try:
            action = prepare_report(view, request, identity, moment, token=tag + token)
        except FazhiError:
            continue
        for path, text in action.writes.items():
            files[path] = text.encode() if isinstance(text, str) else text
        view = loaded(files)
    return files


def loaded(files: dict[str, bytes]) -> View:
    return view_of(load_files({**PLAN_FILES, **files}), TODAY)


def states(view: View) -> list[tuple[str, object]]:
    return [(row.measure.id, row.state) for row in view.rows if row.measure.id in MEASURES]


def errors(view: View) -> list[str]:
    return [str(one) for one in check(view.tracker) if one.severity is Severity.ERROR]


@settings(max_examples=40, deadline=None)
@given(wished=wishes())
def test_no_row_of_allowed_actions_reaches_what_check_rejects(
    empty: View, wished: list[tuple[int, ReportRequest, str]]
) -> None:
    view = loaded(filed(empty, wished))
    assert errors(view) == []
    assert all(not row.state.refused for row in view.rows)
    # Made one after the other, each in sight of the others, no two can disagree.
    assert all(row.state.disagreement is None for row in view.rows)


@settings(max_examples=40, deadline=None)
@given(wished=wishes(), seed=st.integers())
def test_the_order_in_which_files_arrive_changes_nothing(
    empty: View, wished: list[tuple[int, ReportRequest, str]], seed: int
) -> None:
    files = filed(empty, wished)
    names = random.Random(seed).sample(sorted(files), len(files))
    tracker = load_files({**PLAN_FILES, **{name: files[name] for name in names}})
    shuffled = replace(tracker, notes=tuple(random.Random(seed).sample(tracker.notes, len(tracker.notes))))
    assert states(view_of(shuffled, TODAY)) == states(loaded(files))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ours=wishes(), theirs=wishes())
def test_merging_two_branches_never_conflicts_and_gives_one_state(
    empty: View,
    ours: list[tuple[int, ReportRequest, str]],
    theirs: list[tuple[int, ReportRequest, str]],
) -> None:
    mine, others = filed(empty, ours, "a"), filed(empty, theirs, "b")
    with TemporaryDirectory() as folder:
        root = Path(folder)
        git(root, "init", "-q", "-b", "main")
        git(root, "config", "user.name", "示例")
        git(root, "config", "user.email", "example@example.org")
        write(root, PLAN_FILES)
        commit(root, "示例：台账")
        for branch, files in (("mine", mine), ("theirs", others)):
            git(root, "switch", "-q", "-c", branch, "main")
            write(root, files)
            commit(root, branch)
        merged = []
        for first, second in (("mine", "theirs"), ("theirs", "mine")):
            git(root, "switch", "-q", "--detach", first)
            git(root, "merge", "-q", "--no-edit", second)
            assert git(root, "status", "--porcelain") == ""
            merged.append(view_of(load(root), TODAY))
    assert states(merged[0]) == states(merged[1]) == states(loaded({**mine, **others}))
    # Each note is judged from the status that its writer saw: a merge makes none of them unlawful.
    assert not [row.measure.id for row in merged[0].rows if row.state.refused]


def write(root: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
