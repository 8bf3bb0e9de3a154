"""Finding the tracker, and the day it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.service.locate import find_root, today_from


def tracker(folder: Path) -> Path:
    (folder / "plan").mkdir(parents=True)
    (folder / "plan" / "plan.yaml").write_text("标题: 示例\n", encoding="utf-8")
    return folder


def test_the_nearest_folder_upward_is_found(tmp_path: Path) -> None:
    root = tracker(tmp_path / "台账")
    deep = root / "status" / "28"
    deep.mkdir(parents=True)
    assert find_root(environ={}, start=deep) == root


def test_the_option_goes_before_the_environment_and_both_before_the_folder(tmp_path: Path) -> None:
    here, there, named = (tracker(tmp_path / name) for name in ("a", "b", "c"))
    assert find_root(environ={"FAZHI_REPO": str(there)}, start=here) == there
    assert find_root(str(named), {"FAZHI_REPO": str(there)}, here) == named


def test_a_folder_without_a_plan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match=r"plan/plan\.yaml") as refused:
        find_root(str(tmp_path), {})
    assert refused.value.hint
    with pytest.raises(RepositoryError, match="没有找到台账"):
        find_root(environ={}, start=tmp_path)


def test_a_tracker_that_lost_its_plan_yaml_is_still_found(tmp_path: Path) -> None:
    root = tracker(tmp_path / "台账")
    (root / "plan" / "plan.yaml").rename(root / "plan" / "01.yaml")
    assert find_root(environ={}, start=root) == root


def test_the_day_is_the_option_then_the_environment() -> None:
    assert today_from(Path(), "2023-06-30", {"FAZHI_TODAY": "2024-01-01"}) == date(2023, 6, 30)
    assert today_from(Path(), None, {"FAZHI_TODAY": "2024-01-01"}) == date(2024, 1, 1)


@pytest.mark.parametrize("text", ["2023-02-30", "明天", "2023/06/30", "\x1b[31m"])
def test_a_day_that_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError, match="FAZHI_TODAY") as refused:
        today_from(Path(), None, {"FAZHI_TODAY": text})
    assert "\x1b" not in refused.value.message
