"""认可 settles a doubt, 更名 gives a unit its right name (示例)."""

from __future__ import annotations

import pytest

from fazhi_tui.importer.corrections.file import parse_corrections
from fazhi_tui.importer.errors import CorrectionError
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import Imported, LogKind

TEXT = """示例市法治建设实施方案（2023—2025年）
一、主要任务
1.优化示例机构。健全示例职责体系。（牵头单位：市示例局；参加单位：市样本局）
2.推行示例清单。编制示例清单。
3.规范示例程序。完善示例制度。（牵头单位：市示例局）
"""


def imported(yaml: str) -> Imported:
    return convert(TEXT.encode(), parse_corrections(yaml.encode(), "校订.yaml"))


def doubts(result: Imported) -> list[str]:
    return [entry.message for entry in result.log if entry.kind is LogKind.DOUBT]


def test_an_accepted_doubt_is_no_doubt_any_more_but_stays_in_the_account() -> None:
    (doubt,) = doubts(imported("{}\n"))
    result = imported(f'认可:\n  - 事: "{doubt}"\n    理由: 示例\n')
    assert doubts(result) == []
    assert [entry.message for entry in result.log if entry.kind is LogKind.CHANGED] == [f"认可：{doubt}"]


def test_an_acceptance_of_a_doubt_that_is_not_there_is_an_error_with_its_line() -> None:
    with pytest.raises(CorrectionError, match="没有这一处存疑") as error:
        imported("认可:\n  - 事: 示例\n    理由: 示例\n")
    assert "校订.yaml" in str(error.value.message) or error.value.line == 2


def test_a_renamed_unit_is_named_rightly_everywhere_and_keeps_what_was_printed_as_alias() -> None:
    result = imported("单位:\n  更名:\n    - 原: 市示例局\n      改: 市示例管理局\n      理由: 示例\n")
    assert [measure.leads for measure in result.measures] == [("市示例管理局",), (), ("市示例管理局",)]
    (unit,) = [unit for unit in result.register.units if unit.name == "市示例管理局"]
    assert unit.aliases == ("市示例局",)
    assert any("市示例管理局" in remark for remark in result.plan.remarks)


def test_a_renaming_of_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(CorrectionError, match="方案里没有单位"):
        imported("单位:\n  更名:\n    - 原: 市别处局\n      改: 市样本局\n      理由: 示例\n")
