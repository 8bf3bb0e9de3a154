"""Amending from a day: what was said of the past stays said, and what is altered of it is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.dated import value_on
from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError, UsageError
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.records.loader import load
from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.plan.amend import Amendment, prepare_amendment
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.view import as_of
from fazhi_tui.service.writer import Writer
from tests.conftest import TODAY, git

DAY = date(2023, 5, 1)


def amend(root: Path, number: str, *values: str, since: date | None = None, **more: object) -> str:
    reader = Reader(root, TODAY)
    asked = Amendment("示例：划转", values, since=since, **more)  # type: ignore[arg-type]
    return Writer(reader).commit(prepare_amendment(reader, number, asked)).action.message


def measure(root: Path, number: str) -> Measure:
    return next(measure for measure in load(root).measures if measure.id == number)


def item(root: Path, number: str) -> Item:
    return next(item for item in measure(root, number.split(".")[0]).items if item.id == number)


def is_sound(root: Path) -> None:
    assert audit_history(Reader(root, TODAY)).faults == ()
    assert git(root, "status", "--porcelain") == ""


def test_a_lead_changes_from_a_day_on(real_tracker: Path) -> None:
    message = amend(real_tracker, "46", "牵头单位=市委组织部、市司法局", since=DAY)
    found = measure(real_tracker, "46")
    assert found.leads == ("市委组织部", "市司法局")
    assert [(entry.until, entry.said["leads"], entry.reason) for entry in found.history] == [
        (date(2023, 4, 30), ("市委依法治市办", "市司法局"), "示例：划转")
    ]
    assert "牵头单位：市委依法治市办、市司法局 -> 市委组织部、市司法局（自 2023-05-01 起）" in message
    assert as_of(load(real_tracker), date(2023, 3, 31)).row("46").measure.leads == ("市委依法治市办", "市司法局")
    is_sound(real_tracker)


def test_without_a_day_it_is_today(real_tracker: Path) -> None:
    amend(real_tracker, "46", "参加单位=")
    found = measure(real_tracker, "46")
    assert found.participants == ()
    assert found.history[0].until == date(2023, 6, 29)


@pytest.mark.parametrize(
    ("value", "name", "before", "after"),
    [
        ("7.1.截止=2024-12-31", "due", date(2022, 12, 31), date(2024, 12, 31)),
        ("7.1.截止=", "due", date(2022, 12, 31), None),
        ("7.1.周期=每年", "period", None, "每年"),
    ],
)
def test_an_item_changes_from_a_day_on(
    real_tracker: Path, value: str, name: str, before: object, after: object
) -> None:
    amend(real_tracker, "7", value, since=DAY)
    found = item(real_tracker, "7.1")
    assert value_on(found, name, date(2023, 4, 30)) == before
    assert value_on(found, name, DAY) == after
    is_sound(real_tracker)


def test_what_it_alters_of_periods_past_is_counted_and_told(real_tracker: Path) -> None:
    reader = Reader(real_tracker, TODAY)
    asked = Amendment("示例", ["牵头单位=市公安局"], since=date(2022, 8, 1))
    action = prepare_amendment(reader, "46", asked)
    told = "其后补录（3 期）：2022年第3季度、2022年第4季度、2023年第1季度 已经结束，其中的数照此重算"
    assert action.warnings == (told,)
    assert told in action.message
    assert prepare_amendment(reader, "46", Amendment("示例", ["牵头单位=市公安局"])).warnings == ()


def test_a_day_in_the_past_holds_until_the_next_change_that_is_recorded(real_tracker: Path) -> None:
    amend(real_tracker, "46", "牵头单位=市公安局", since=DAY)
    message = amend(real_tracker, "46", "牵头单位=市审计局", since=date(2022, 3, 1))
    found = measure(real_tracker, "46")
    assert found.leads == ("市公安局",)
    assert value_on(found, "leads", date(2023, 4, 30)) == ("市审计局",)
    assert "牵头单位 只改到 2023-04-30" in message
    is_sound(real_tracker)


def test_a_correction_keeps_nothing_of_what_was_wrong(real_tracker: Path) -> None:
    amend(real_tracker, "46", "牵头单位=市公安局", correct=True)
    found = measure(real_tracker, "46")
    assert (found.leads, found.history) == (("市公安局",), ())


def test_what_has_no_day_is_changed_as_ever(real_tracker: Path) -> None:
    amend(real_tracker, "46", "标题=示例标题")
    assert measure(real_tracker, "46").history == ()
    with pytest.raises(UsageError, match="不分日期"):
        amend(real_tracker, "46", "标题=另一个", since=DAY)


def test_a_file_changed_by_hand_keeps_what_held(real_tracker: Path) -> None:
    file = real_tracker / "plan/46.yaml"
    file.write_text(file.read_text("utf-8").replace("  - 市司法局\n", "  - 市委组织部\n", 1), "utf-8")
    amend(real_tracker, "46", since=DAY)
    found = measure(real_tracker, "46")
    assert found.leads == ("市委依法治市办", "市委组织部")
    assert value_on(found, "leads", date(2023, 4, 30)) == ("市委依法治市办", "市司法局")
    is_sound(real_tracker)


def test_items_that_come_and_go_by_hand_have_their_days(real_tracker: Path) -> None:
    file = real_tracker / "plan/46.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace('编号: "46.1"', '编号: "46.2"').replace("每2年\n", "每年\n").replace("全国、", ""), "utf-8"
    )
    amend(real_tracker, "46", since=DAY)
    assert item(real_tracker, "46.1").until == date(2023, 4, 30)
    assert item(real_tracker, "46.2").since == DAY
    is_sound(real_tracker)


@pytest.mark.parametrize(
    ("values", "more", "said"),
    [
        (["牵头单位=市火星局"], {}, "单位名录里没有「市火星局」"),
        (["牵头单位=市司法"], {}, "单位名录里没有「市司法」"),
        (["46.1.周期=每旬"], {}, "不对"),
        (["46.1.数量=0"], {}, "不对"),
        (["46.9.截止=2024-01-01"], {}, "不能这样改"),
        (["沿革=x"], {}, "不能这样改"),
        (["牵头单位=市委依法治市办、市司法局"], {"since": DAY}, "没有改动"),
        (["牵头单位=市公安局"], {"since": date(1800, 1, 1)}, "不像是方案期间"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    real_tracker: Path, values: list[str], more: dict[str, date], said: str
) -> None:
    with pytest.raises(FazhiError, match=said):
        amend(real_tracker, "46", *values, **more)
    assert git(real_tracker, "status", "--porcelain") == ""
    assert git(real_tracker, "rev-list", "--count", "HEAD").strip() == "1"


def test_an_unknown_unit_written_by_hand_is_refused_too(real_tracker: Path) -> None:
    file = real_tracker / "plan/46.yaml"
    file.write_text(file.read_text("utf-8").replace("  - 市司法局\n", "  - 市火星局\n", 1), "utf-8")
    with pytest.raises(NotAllowedError, match="市火星局"):
        amend(real_tracker, "46")


def test_branches_that_amend_different_measures_merge_without_conflict(real_tracker: Path) -> None:
    git(real_tracker, "switch", "-q", "-c", "甲")
    amend(real_tracker, "46", "牵头单位=市公安局", since=DAY)
    amend(real_tracker, "7", "7.1.截止=2024-12-31", since=DAY)
    git(real_tracker, "switch", "-q", "main")
    amend(real_tracker, "28", "牵头单位=市公安局", since=DAY)
    amend(real_tracker, "29", "参加单位=市公安局", since=DAY)
    git(real_tracker, "merge", "-q", "--no-edit", "甲")
    assert {number for number in ("7", "28", "29", "46") if not _changed(real_tracker, number)} == set()
    is_sound(real_tracker)


def _changed(root: Path, number: str) -> bool:
    found = measure(root, number)
    return bool(found.history or any(item.history for item in found.items))
