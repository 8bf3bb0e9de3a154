"""Templates of notes: the program's own, the city's, and what check and a pull request say of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.template import TemplateRegister
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.exchange.proposal import proposal_of
from fazhi_tui.service.notes.templates import (
    filled_in,
    first_blank,
    own_templates,
    template_named,
    templates_for,
)
from fazhi_tui.service.reader import Reader
from tests.cli.running import process
from tests.conftest import TODAY, git

GOOD = """\
模板:
  - 名称: 示例周报
    类型: 进展
    内容: |
      {日期}，{单位}：第 {措施} 条“{标题}”，{期}。
      【做了什么】{其他}
"""


def reader(root: Path) -> Reader:
    return Reader(root, date(2023, 2, 1))


def test_every_kind_has_a_template_of_the_programs_own() -> None:
    assert {one.kind for one in own_templates()} == set(NoteKind)


def test_the_programs_own_templates_pass_their_own_check(real_tracker: Path) -> None:
    text = dump(TemplateRegister(own_templates()))
    (real_tracker / "plan" / "templates.yaml").write_text(text, encoding="utf-8")
    assert not [one for one in check_tracker(real_tracker) if one.path == "plan/templates.yaml"]
    assert reader(real_tracker).load().tracker.templates == own_templates()


def test_a_template_of_the_city_takes_the_place_of_one_with_its_name(real_tracker: Path) -> None:
    path = real_tracker / "plan" / "templates.yaml"
    path.write_text(GOOD.replace("示例周报", "季度进展"), encoding="utf-8")
    offered = templates_for(reader(real_tracker).load(), NoteKind.PROGRESS)
    assert [one.template.name for one in offered].count("季度进展") == 1
    assert offered[0].shared


def test_facts_are_filled_in_and_what_is_not_known_becomes_a_blank(real_tracker: Path) -> None:
    (real_tracker / "plan" / "templates.yaml").write_text(GOOD, encoding="utf-8")
    view = reader(real_tracker).load()
    template = template_named(view, "示例周报", None)
    one = filled_in(template, view, [view.row("43")], "市司法局", item="43.1")
    assert one.startswith("2023年2月1日，市司法局：第 43 条“")
    assert "，2023年。" in one
    assert "{其他}" in one, "other braces are text"
    several = filled_in(template, view, [view.row("3"), view.row("5")], "")
    assert "【单位】：第 3、5 条“【标题】”，【期】" in several
    start, end = first_blank(one) or (0, 0)
    assert one[start:end] == "【做了什么】"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (GOOD.replace("{其他}", "{地点}"), "unknown-fact", 4),
        (GOOD + GOOD.partition("\n")[2], "duplicate-template", 7),
        (GOOD.replace("】", ""), "open-blank", 4),
        ("模板:\n  - 名称: 甲\n", "missing-key", 2),
        ("模板:\n  - 名称: 甲\n    内容: 乙\n    类型: 没有\n", "not-allowed", 4),
        ("模板: [", "yaml", 2),
    ],
)
def test_check_finds_what_is_wrong_with_its_line_and_the_measures_are_all_there(
    real_tracker: Path, text: str, code: str, line: int
) -> None:
    (real_tracker / "plan" / "templates.yaml").write_text(text, encoding="utf-8")
    found = [one for one in check_tracker(real_tracker) if one.path == "plan/templates.yaml"]
    assert (code, line) in [(one.code, one.line) for one in found]
    assert all(one.hint for one in found)
    view = reader(real_tracker).load()
    assert len(view.rows) == 48
    assert not view.tracker.broken


def test_an_unknown_name_is_told_with_what_there_is(real_tracker: Path) -> None:
    view = reader(real_tracker).load()
    with pytest.raises(UsageError) as caught:
        template_named(view, "没有", NoteKind.URGE)
    assert "催报进展" in caught.value.hint
    with pytest.raises(UsageError, match="不止一个"):
        template_named(view, "更正", None)
    assert template_named(view, "逾期", NoteKind.URGE).name == "催办逾期"


def test_on_a_branch_of_reports_templates_are_a_warning_and_no_error(real_tracker: Path) -> None:
    git(real_tracker, "switch", "-q", "-c", "sfj/2023")
    done = process(real_tracker, "report", "28", "--unit", "市司法局", "-m", "示例")
    assert done.code == 0, done.err
    (real_tracker / "plan" / "templates.yaml").write_text(GOOD, encoding="utf-8")
    git(real_tracker, "add", ".")
    git(real_tracker, "commit", "-q", "-m", "示例：共用的模板")
    found = proposal_of(Reader(real_tracker, TODAY), "main").problems
    mine = [one for one in found if one.path == "plan/templates.yaml" and one.code != "unknown-fact"]
    assert [(one.code, one.severity) for one in mine] == [("templates-touched", Severity.WARNING)]
    assert not [
        one for one in audit_history(reader(real_tracker)).faults if one.path == "plan/templates.yaml"
    ]


def test_from_the_command_line_a_template_begins_the_report(real_tracker: Path) -> None:
    office = ("--unit", "市委依法治市办")
    shown = process(real_tracker, "report", "28", *office, "--template", "催报", "--dry-run")
    assert shown.code == 0, shown.err
    assert "类型: 催办" in shown.out
    assert "请于【何时】前报送第 28 条的进展" in shown.out
    assert "没有填" in shown.err
    refused = process(real_tracker, "report", "28", *office, "--template", "催报")
    assert refused.code == 2
    assert "【】要填" in refused.err
    several = process(real_tracker, "report", "3", "5", *office, "--template", "同意延期", "--dry-run")
    assert several.code == 1
    assert "没有写延到哪一天" in several.err


def test_a_draft_for_several_measures_goes_on_from_the_command_line(real_tracker: Path) -> None:
    from fazhi_tui.service.notes.drafts import Draft, Drafts
    from fazhi_tui.service.notes.request import ReportRequest

    drafts = Drafts(real_tracker)
    drafts.keep(Draft(ReportRequest("", "市司法局", "示例：两条"), ("3", "5"), several=True, together=True))
    assert "3 等 2 条" in process(real_tracker, "doctor").out
    done = process(real_tracker, "report", "5", "3", "--draft", "--unit", "市司法局", "--yes")
    assert done.code == 0, done.err
    assert drafts.every() == ()
    assert "Measure: 5, 3" in git(real_tracker, "log", "-1", "--format=%B")
    drafts.save(ReportRequest("99", "市司法局", "示例：措施没有了"))
    dropped = process(real_tracker, "report", "99", "--drop-draft")
    assert dropped.code == 0, dropped.err
    assert "示例：措施没有了" in dropped.out
