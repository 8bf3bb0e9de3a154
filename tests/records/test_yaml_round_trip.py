"""What is written is read again as it was, whatever text a person put into it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from ruamel.yaml import YAML

from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.unit import Unit, UnitRegister
from fazhi_tui.records.reader import read_text
from fazhi_tui.records.yaml.emitter import dump, scalar
from tests.conftest import REPOSITORY
from tests.records import strategies


def read(cls: type, text: str) -> object:
    value, problems, _ = read_text(cls, text, "plan/x.yaml")
    assert problems == []
    return value


@given(strategies.measures)
def test_any_measure_comes_back_as_it_was_written(measure: Measure) -> None:
    assert read(Measure, dump(measure)) == measure


@given(strategies.plans)
def test_any_plan_comes_back_as_it_was_written(plan: Plan) -> None:
    assert read(Plan, dump(plan)) == plan


@given(strategies.registers)
def test_any_register_of_units_comes_back_as_it_was_written(register: UnitRegister) -> None:
    assert read(UnitRegister, dump(register)) == register


@settings(max_examples=60)
@given(strategies.texts)
def test_other_yaml_readers_take_every_text_for_the_same_text(text: str) -> None:
    assert YAML(typ="safe", pure=True).load(f"键: {scalar(text)}\n")["键"] == text


def test_a_measure_is_laid_out_as_the_design_has_it() -> None:
    measure = Measure(
        id="28",
        title="持续深化行政复议体制改革",
        chapter="二、主要任务和具体措施",
        section="（六）健全社会矛盾纠纷行政预防调处化解体系",
        leads=("市司法局",),
        participants=("市委编办", "各县（市、区）人民政府"),
        by_duties=True,
        items=(
            Item(
                "28.1",
                "基本形成公正权威、统一高效的行政复议体制",
                due=date(2022, 12, 31),
                source="2022年年底前，基本形成",
            ),
            Item("28.2", "开展培训", period=Period.YEARLY, quantity=1, measure_word="次"),
        ),
        text="全面深化行政复议体制改革。\n加强推进行政复议规范化建设。",
        printed_id="27",
        remarks=("原文编号脱落，据前后条目推定为第28条。",),
    )
    assert (
        dump(measure)
        == """\
# yaml-language-server: $schema=schema/measure.schema.json
编号: "28"
标题: 持续深化行政复议体制改革
章: 二、主要任务和具体措施
节: （六）健全社会矛盾纠纷行政预防调处化解体系
牵头单位:
  - 市司法局
参加单位:
  - 市委编办
  - 各县（市、区）人民政府
按职责分工: true
事项:
  - 编号: "28.1"
    内容: 基本形成公正权威、统一高效的行政复议体制
    截止: 2022-12-31
    原文: 2022年年底前，基本形成
  - 编号: "28.2"
    内容: 开展培训
    周期: 每年
    数量: 1
    计量单位: 次
正文: |
  全面深化行政复议体制改革。
  加强推进行政复议规范化建设。
原文编号: "27"
校勘:
  - 原文编号脱落，据前后条目推定为第28条。
"""
    )


def test_numbers_of_measures_are_quoted_even_where_yaml_would_not_mistake_them() -> None:
    assert '编号: "2-3"' in dump(Measure(id="2-3"))


def test_defaults_and_empties_are_left_out_and_required_ones_stay() -> None:
    assert dump(UnitRegister(())).splitlines()[1:] == ["单位: []"]
    plan = Plan("示例方案", Span(date(2022, 1, 1), date(2025, 12, 31)), chapters=(Chapter("一、总则"),))
    assert dump(plan).splitlines()[1:] == [
        "标题: 示例方案",
        "期间:",
        "  起: 2022-01-01",
        "  止: 2025-12-31",
        "章节:",
        "  - 标题: 一、总则",
    ]
    assert "类别" not in dump(UnitRegister((Unit("市司法局"),)))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("市司法局", "市司法局"),
        ("a: b", '"a: b"'),
        ("编号：1", "编号：1"),
        ("2022", '"2022"'),
        ("2022-12-31", '"2022-12-31"'),
        ("yes", '"yes"'),
        ("", '""'),
        (" 前空", '" 前空"'),
        ("x #y", '"x #y"'),
        ("\x1b[31m红", '"\\u001b[31m红"'),
        ("倒\u202e写", '"倒\\u202e写"'),
        ("《纲要》", "《纲要》"),
        ("😀", "😀"),
    ],
)
def test_only_texts_that_need_quotes_get_them(text: str, written: str) -> None:
    assert scalar(text) == written


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (REPOSITORY / "plan").glob("*.yaml")), ids=lambda name: name[:-5]
)
def test_each_of_the_plans_files_is_what_dump_writes_for_it(name: str) -> None:
    text = (REPOSITORY / "plan" / name).read_text(encoding="utf-8")
    kinds: dict[str, type[Plan | UnitRegister]] = {"plan.yaml": Plan, "units.yaml": UnitRegister}
    cls: type[Plan | UnitRegister | Measure] = kinds.get(name, Measure)
    found = read(cls, text)
    assert isinstance(found, cls)
    assert dump(found) == text
