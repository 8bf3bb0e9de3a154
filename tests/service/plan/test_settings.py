"""The settings: listed with since when, and changed from a day on without touching what was reckoned before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.records.loader import load
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.plan.settings import prepare_setting, settings_of
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.missing import missing_reports
from fazhi_tui.service.view import as_of
from fazhi_tui.service.writer import Writer
from tests.cli.running import run_here
from tests.conftest import TODAY, git
from tests.service.plan.test_dated_amendments import is_sound

DAY = date(2023, 5, 1)


@pytest.fixture
def reader(real_tracker: Path) -> Reader:
    return Reader(real_tracker, TODAY)


def change(reader: Reader, key: str, value: str, since: date | None = None, **more: bool) -> Action:
    action = prepare_setting(reader, key, value, "示例", since, **more)
    Writer(reader).commit(action)
    is_sound(reader.root)
    assert check_tracker(reader.root) == ()
    return action


def rhythm_on(reader: Reader, day: date) -> str | None:
    return as_of(load(reader.root), day).settings.rhythm


def missing_on(reader: Reader, day: date) -> tuple[ReportPeriod, object]:
    view = as_of(load(reader.root), day)
    assert view.period is not None
    return view.period, missing_reports(view, view.period)


def test_a_rhythm_changes_from_a_day_on_and_the_past_stays(reader: Reader) -> None:
    change(reader, "报送周期", "每季度", correct=True)
    before = missing_on(reader, date(2023, 4, 2))
    assert before[1]
    action = change(reader, "报送周期", "每月25日", DAY)
    assert action.subject == "设置：报送周期 每月25日（自 2023-05-01 起）"
    assert rhythm_on(reader, date(2023, 4, 30)) == "每季度"
    assert rhythm_on(reader, DAY) == "每月25日"
    assert missing_on(reader, date(2023, 4, 2)) == before


@pytest.mark.parametrize(
    ("key", "value", "name", "expected", "former"),
    [
        ("预警天数", "45", "warn_days", 45, 30),
        ("集合计入成员", "是", "count_members", True, False),
        ("历任统筹单位", "市司法局，市委组织部", "former_coordinators", ("市司法局", "市委组织部"), ()),
        ("顺延", "周末", "carrying", "周末", "不顺延"),
        ("休息日", "2023-07-03、2023-07-04", "days_off", (date(2023, 7, 3), date(2023, 7, 4)), ()),
    ],
)
def test_each_kind_of_value_is_understood(
    reader: Reader, key: str, value: str, name: str, expected: object, former: object
) -> None:
    change(reader, key, value, DAY)
    tracker = load(reader.root)
    assert getattr(as_of(tracker, DAY).settings, name) == expected
    assert getattr(as_of(tracker, date(2023, 4, 30)).settings, name) == former


def test_a_lights_name_and_taking_a_setting_out(reader: Reader) -> None:
    change(reader, "灯名.红", "橙", DAY)
    change(reader, "灯名.红", "", date(2023, 6, 1))
    names = [as_of(load(reader.root), day).settings.light_names.red for day in (date(2023, 4, 1), DAY, TODAY)]
    assert names == ["红", "橙", "红"]


def test_what_is_listed_says_since_when_and_what_held(reader: Reader) -> None:
    change(reader, "预警天数", "45", DAY)
    listed = {setting.field.key: setting for setting in settings_of(reader.load())}
    assert (listed["预警天数"].value, listed["预警天数"].since, listed["预警天数"].is_default) == (45, DAY, False)
    assert [(held.end, held.value) for held in listed["预警天数"].former] == [(date(2023, 4, 30), 30)]
    assert listed["落后黄灯"].is_default
    early = {setting.field.key: setting for setting in settings_of(as_of(load(reader.root), date(2023, 1, 1)))}
    assert (early["预警天数"].value, early["预警天数"].former) == (30, ())


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("没有", "1", "没有「没有」这项设置"),
        ("沿革", "1", "没有「沿革」这项设置"),
        ("预警天数", "很多", "不对"),
        ("报送周期", "每旬", "不对"),
        ("时区", "北京", "不对"),
        ("统筹单位", "市火星局", "单位名录里没有"),
        ("灯名", "橙", "要写明是哪一个"),
        ("预警天数", "30", "没有改动"),
    ],
)
def test_what_does_not_fit_is_refused(reader: Reader, key: str, value: str, said: str) -> None:
    with pytest.raises(FazhiError, match=said):
        prepare_setting(reader, key, value, "示例", DAY)
    with pytest.raises(FazhiError, match="要写明理由"):
        prepare_setting(reader, "预警天数", "45", "")
    assert git(reader.root, "status", "--porcelain") == ""


def test_the_command(
    reader: Reader, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reader.root)
    words = ("settings", "set", "报送周期", "每月25日", "--from", "2023-05-01", "--reason", "示例")
    assert run_here(capsys, [*words, "--dry-run"]).code == 0
    assert git(reader.root, "rev-list", "--count", "HEAD").strip() == "1"
    assert run_here(capsys, [*words, "--yes"]).code == 0
    found = {each["设置"]: each for each in run_here(capsys, ["settings", "--json"]).json}
    assert found["报送周期"] == {
        "设置": "报送周期", "值": "每月25日", "默认": False, "自": "2023-05-01",
        "以前": [{"至": "2023-04-30", "值": None}],
    }  # fmt: skip
    assert "2023-05-01" in run_here(capsys, ["settings"]).out
    assert "2023-05-01" not in run_here(capsys, ["settings", "--today", "2023-04-01"]).out
    assert "设置：报送周期" in run_here(capsys, ["log", "kind:设置"]).out
    assert run_here(capsys, ["settings", "set", "报送周期"]).code == 2
    assert run_here(capsys, ["settings", "别的"]).code == 2
