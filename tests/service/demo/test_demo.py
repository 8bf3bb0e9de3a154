"""``fazhi demo``: the same for everybody, all of it lawful and marked, and something for every screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.demo.build import DEMO_TODAY, build_demo
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.stats import stats_of
from fazhi_tui.service.view import View
from tests.conftest import REPOSITORY, git


def test_the_same_seed_gives_the_same_commits_wherever(demo_root: Path, tmp_path: Path) -> None:
    build_demo(tmp_path / "again")
    heads = [git(made, "rev-parse", "HEAD") for made in (demo_root, tmp_path / "again")]
    assert heads[0] == heads[1]
    build_demo(tmp_path / "other", seed=1)
    assert git(tmp_path / "other", "rev-parse", "HEAD") != heads[0]


def test_the_tree_is_clean_sound_and_without_errors(demo_root: Path) -> None:
    assert git(demo_root, "status", "--porcelain") == ""
    git(demo_root, "fsck", "--strict")
    problems = check_tracker(demo_root)
    # The one disagreement that waits for somebody is there to be seen.
    assert [(problem.code, problem.severity) for problem in problems] == [("forked-status", Severity.WARNING)]


def test_every_note_is_marked_an_example_and_nobody_real_filed_it(demo_view: View) -> None:
    for note in demo_view.tracker.notes:
        assert note.body.startswith("示例")
        assert note.author.startswith("示例")
        assert note.author.endswith("@example.org>")


def test_it_has_what_every_screen_needs(demo_view: View) -> None:
    states = {row.measure.id: row.state for row in demo_view.rows}
    assert {state.status for state in states.values()} == set(Status)
    assert {state.light for state in states.values()} >= {
        Light.RED,
        Light.YELLOW,
        Light.UNREPORTED,
        Light.GREEN,
    }
    assert {note.kind for note in demo_view.tracker.notes} >= {
        NoteKind.PROGRESS,
        NoteKind.URGE,
        NoteKind.RETURN,
    }
    assert {"overdue", "late", "closed-late", "not-started", "unreported", "behind", "suspended"} <= {
        state.rule for state in states.values()
    }
    assert any(state.disagreement for state in states.values())
    assert stats_of(demo_view).missing
    years = {note.time.year for note in demo_view.tracker.notes}
    assert years == {2022, 2023, 2024, 2025}
    assert (states["47"].rule, states["47"].light) == ("overdue", Light.RED)


def test_every_commit_is_the_bodys_own_and_says_what_it_did(demo_root: Path, demo_view: View) -> None:
    events = Reader(demo_root, DEMO_TODAY).repository.events()
    notes = {note.path: note for note in demo_view.tracker.notes}
    assert len(events) == len(notes) + 1
    for event in events[:-1]:
        (path,) = event.paths
        note = notes[path]
        assert (event.measure, event.unit, event.kind) == (note.measure, note.unit, note.kind)
        assert event.author == note.author
        assert 0 <= (event.time - note.time).total_seconds() <= 60


def test_it_is_made_of_the_same_document_as_this_repositorys_plan() -> None:
    inside = REPOSITORY / "fazhi_tui/service/demo/source"
    for name in ("document.txt", "corrections.yaml"):
        assert (inside / name).read_bytes() == (REPOSITORY / "plan/source" / name).read_bytes()


def test_it_never_touches_what_is_there(real_tracker: Path, tmp_path: Path) -> None:
    before = git(real_tracker, "rev-parse", "HEAD")
    with pytest.raises(UsageError, match="已经有东西"):
        build_demo(real_tracker)
    with pytest.raises(UsageError, match="别的仓库"):
        build_demo(real_tracker / "demo")
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="已经有东西"):
        build_demo(tmp_path / "file")
    assert git(real_tracker, "rev-parse", "HEAD") == before
    assert git(real_tracker, "status", "--porcelain") == ""
