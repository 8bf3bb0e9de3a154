"""On the way from the command to the commit the tracker is read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.records import loader
from tests.cli.conftest import Run
from tests.conftest import git

UNIT = ("--unit", "市司法局")


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every time that the tracker was read from the disk."""
    read, found = loader.load, list[Path]()

    def counted(root: Path, **options: bool) -> Tracker:
        found.append(root)
        return read(root, **options)

    monkeypatch.setattr(loader, "load", counted)
    return found


@pytest.mark.parametrize("numbers", [("28",), ("3", "5", "28")])
def test_a_report_reads_the_tracker_once(
    tracker: Path, fazhi: Run, loads: list[Path], numbers: tuple[str, ...]
) -> None:
    done = fazhi("report", *numbers, *UNIT, "-m", "示例：一", "--yes")
    assert done.code == 0, done.err
    assert len(loads) == 1
    assert git(tracker, "rev-list", "--count", "HEAD").strip() == str(1 + len(numbers))


def test_an_undo_reads_the_tracker_once(tracker: Path, fazhi: Run, loads: list[Path]) -> None:
    assert fazhi("report", "28", *UNIT, "-m", "示例：一").code == 0
    loads.clear()
    assert fazhi("undo", "--yes").code == 0
    assert len(loads) == 1
    assert not (tracker / "status" / "28").exists()
