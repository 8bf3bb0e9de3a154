"""What a branch proposes, beside the state that it is to go into: measure by measure, and by the rules.

The rules are DESIGN.md's (section 4 and ``check --base``): a branch that reports brings one body's own notes
and their evidence, leaves older notes and the plan's words alone, and moves statuses as the workflow allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_index import unit_code
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import (
    PLAN_FILE,
    TEMPLATES_FILE,
    UNITS_FILE,
    VIEWS_FILE,
    load,
    load_files,
)
from fazhi_tui.service.audit.rules import AuditFault, audit_commits
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.compare import MeasureChange, compare_views
from fazhi_tui.service.reporting.urge import markdown_text as safe
from fazhi_tui.service.view import View, view_of
from fazhi_tui.vcs.file_history import changed_between
from fazhi_tui.vcs.merge import Merging
from fazhi_tui.vcs.snapshot import files_at, find_moment

#: The first part of the names of the branches that ``fazhi submit`` pushes.
BRANCHES = "fazhi"
_BRANCH = re.compile(rf"(?:.*/)?{BRANCHES}/([a-z0-9]+)/[^/]+")
_NOTE = re.compile(r"status/[^/]+/[^/]+\.md")
#: The files that belong to no measure, and what a branch is about that changes these alone.
_SHARED = {PLAN_FILE: ("设置", "settings"), UNITS_FILE: ("单位名录", "units")}
_EVIDENCE = re.compile(r"status/[^/]+/evidence/.+")


@dataclass(frozen=True)
class Proposal:
    """A branch beside its base.

    ``base`` and ``head`` are commits, ``fork`` the newest that both have; ``commits`` says how many are the
    branch's own.  ``before`` is the base as it stands now, ``after`` the same with what the branch brings;
    ``changes`` tells the two apart, ``others`` names the plan's and the register's file where these change.
    ``unit`` is whose branch it is (canonical), empty where nothing tells.  ``problems`` are the rules that
    it breaks.
    """

    base: str
    head: str
    fork: str
    commits: int
    before: View
    after: View
    unit: str
    changes: tuple[MeasureChange, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    others: tuple[str, ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """The numbers of the measures that it is about."""
        return tuple(change.row.measure.id for change in self.changes)


def proposal_of(reader: Reader, base: str, *, unit: str = "", branch: str = "") -> Proposal:
    """What HEAD brings to ``base``, and the rules that it breaks; writes nothing.

    ``unit`` says whose branch it is; else the name of the branch does (``fazhi/sfj/28``), else its notes.
    Raises :class:`UsageError` for a base that names nothing or a unit that is unknown,
    :class:`RepositoryError` where the two share no history.
    """
    repository, today = reader.repository, reader.today
    runner = repository.runner
    tip, head = find_moment(runner, base).commit, find_moment(runner, "HEAD").commit
    fork = Merging(runner).base(tip, head)
    if not fork:
        raise RepositoryError(f"这个分支与 {base} 没有共同的来源", "CI 里要取回全部历史（fetch-depth: 0）")
    paths = changed_between(runner, fork, head)
    there, here = files_at(runner, tip), files_at(runner, head)
    merged = dict(there)
    for _, path in paths:
        if path in here:
            merged[path] = here[path]
        else:
            merged.pop(path, None)
    before, after = view_of(load_files(there), today), view_of(load_files(merged), today)
    added = {path for letter, path in paths if letter == "A" and _NOTE.fullmatch(path)}
    notes = tuple(note for note in after.tracker.notes if note.path in added)
    whose = _whose(after, notes, unit, branch or repository.branch())
    proposal = Proposal(
        base=tip, head=head, fork=fork, commits=repository.count_commits(f"{fork}..{head}"),
        before=before, after=after, unit=whose, changes=compare_views(before, after), notes=notes,
        problems=(), others=tuple(path for _, path in paths if path in _SHARED),
    )  # fmt: skip
    audited = audit_commits(runner, after.tracker, f"{fork}..{head}")
    found = [_audit_problem(fault) for fault in audited.faults]
    found += [*_foreign_notes(proposal, paths), *_path_problems(proposal, paths), *_workflow(proposal)]
    touched = {path for _, path in paths}
    found += [problem for problem in check(load(reader.root)) if problem.path in touched]
    unique = {(problem.path, problem.code, problem.message): problem for problem in found}
    return replace(
        proposal, problems=tuple(sorted(unique.values(), key=attrgetter("path", "line", "column", "code")))
    )


def _whose(view: View, notes: Sequence[Note], unit: str, branch: str) -> str:
    if unit:
        return view.index.resolve(unit).name
    found = _BRANCH.fullmatch(branch)
    named = [known.name for known in view.tracker.units if found and unit_code(known) == found[1]]
    if len(named) == 1:
        return named[0]
    units = {view.index.canonical(note.unit) for note in notes}
    return units.pop() if len(units) == 1 else ""


# ------------------------------------------------------------------ rules

#: How to mend what the audit finds in a branch's own commits, by its code.
_AUDIT_HINTS = {
    "note-changed": "从分支里去掉这个改动；写错了的，再填报一条 更正",
    "note-deleted": "用 fazhi undo 撤销，不要直接删除",
    "plan-changed": "方案文本只能经修订改动：从这个分支里去掉对 plan/ 的改动",
    "trailers": "用 fazhi report 填报，它会写好提交说明",
    "no-trailers": "用 fazhi report 填报，它会写好提交说明",
    "author": "由本单位联络员提交；换了人的，先更新 plan/units.yaml",
    "time": "核对这台机器的时钟",
    "ratification": "由统筹单位运行 fazhi amend --ratify",
    "signature": "设好 git 的提交签名（commit.gpgSign）再填报",
}

#: What a branch of reports leaves alone: by the beginning of the path, code, message, hint and severity.
#: Shared views and templates are none of the plan's words and decide nothing: no reason to refuse a report.
_PATH_RULES: tuple[tuple[str, str, str, str, Severity], ...] = (
    (
        VIEWS_FILE, "views-touched", "填报的分支还改动了共用视图",
        "共用视图另用一个分支提交；只给自己用的存为个人视图", Severity.WARNING,
    ),
    (
        TEMPLATES_FILE, "templates-touched", "填报的分支还改动了共用的模板",
        "模板另用一个分支提交", Severity.WARNING,
    ),
    (
        "plan/", "plan-touched", "填报的分支改动了方案",
        "方案另用一个分支修订：从这个分支里去掉 plan/ 的改动", Severity.ERROR,
    ),
    ("", "other-file", "填报的分支还改动了台账以外的文件", "另用一个分支提交", Severity.WARNING),
)  # fmt: skip


def _audit_problem(fault: AuditFault) -> Problem:
    message = f"提交 {fault.commit[:8]}：{fault.message}"
    hint = _AUDIT_HINTS.get(fault.code, "")
    if fault.ratified is not None:
        return Problem.of_file(
            fault.path or ".", fault.code, f"{message}（{fault.ratified.told}）", hint, Severity.WARNING
        )
    return Problem.of_file(fault.path or ".", fault.code, message, hint, fault.severity)


def _foreign_notes(proposal: Proposal, paths: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """One branch brings one body's notes, and takes back none but its own."""

    def foreign(view: View, notes: Sequence[Note]) -> Iterator[Note]:
        name = view.index.canonical
        return (note for note in notes if proposal.unit and name(note.unit) != name(proposal.unit))

    for note in foreign(proposal.after, proposal.notes):
        message = f"这是{proposal.unit}的分支，进展却是{one_line(note.unit)}的"
        hint = "一个分支只报本单位的；别的单位由它自己报"
        yield Problem.of_file(note.path, "foreign-note", message, hint)
    units = dict.fromkeys(proposal.after.index.canonical(note.unit) for note in proposal.notes)
    if not proposal.unit and len(units) > 1:
        message = f"分支里有几个单位的进展：{'、'.join(list(units)[:5])}"
        yield Problem.of_file(".", "several-units", message, "各单位各用各的分支")
    gone = {path for letter, path in paths if letter == "D" and _NOTE.fullmatch(path)}
    for note in foreign(proposal.before, proposal.before.tracker.notes):
        if note.path in gone:
            message = f"撤销了{one_line(note.unit)}的进展"
            yield Problem.of_file(note.path, "foreign-undo", message, "只能撤销本单位自己的填报")


def _path_problems(proposal: Proposal, paths: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    for letter, path in paths:
        if _EVIDENCE.fullmatch(path) and letter != "A":
            message = "已有的佐证材料被改动或删除"
            yield Problem.of_file(path, "evidence-changed", message, "佐证只增不改；换用新的文件名")
        elif proposal.notes and not path.startswith("status/"):
            rule = next(rule for rule in _PATH_RULES if path.startswith(rule[0]))
            yield Problem.of_file(path, *rule[1:])


def _workflow(proposal: Proposal) -> Iterator[Problem]:
    """What the workflow says of the notes once they stand beside those that the base has by now."""
    paths = {note.path for note in proposal.notes}
    for row in proposal.after.rows:
        number = row.measure.id
        for note, why in row.state.refused:
            if note.path in paths:
                message = f"第 {number} 条：{why}"
                yield Problem.of_file(note.path, "not-allowed", message, "这条进展不会改变状态")
        pair = row.state.disagreement
        if pair and paths & {note.path for note in pair}:
            first, second = pair
            message = (
                f"第 {number} 条：{one_line(first.unit)}和{one_line(second.unit)}从同一状态"
                f"“{first.status_before}”报出不同的结果：{first.status}、{second.status}"
            )
            path = (first if first.path in paths else second).path
            yield Problem.of_file(path, "disagreement", message, "请审核的人看过两条再定", Severity.WARNING)


# ------------------------------------------------------------------ telling


def proposal_title(proposal: Proposal) -> str:
    """One line for the pull request: whose it is and what it changes."""
    whose = f"{proposal.unit}：" if proposal.unit else ""
    moves = [_move(change) for change in proposal.changes]
    if not moves:
        return f"{whose}{'、'.join(_SHARED[path][0] for path in proposal.others) or '没有改动'}"
    if len(moves) <= 3:
        return one_line(f"{whose}{'；'.join(moves)}")
    count = len(proposal.notes)
    word = f"{count} 条进展" if count else "修订"
    return f"{whose}{proposal.measures[0]} 等 {len(moves)} 条措施，{word}"


def _move(change: MeasureChange) -> str:
    number = change.row.measure.id
    for field in change.fields:
        if field.field == "状态":
            return f"{number} {field.before}→{field.after}"
    if change.notes:
        return f"{number} {change.notes[0].kind}"
    if change.removed:
        return f"{number} 撤销"
    names = "、".join(dict.fromkeys(f.field for f in change.fields if f.field not in ("灯", "到期")))
    return f"{number} 修订{names}"


def proposal_markdown(proposal: Proposal, *, checked: bool = True) -> str:
    """What the branch changes, measure by measure, and what the rules say, as Markdown in Chinese."""
    lines = [f"## {safe(proposal_title(proposal))}", ""]
    lines.append(
        f"{proposal.commits} 个提交，{len(proposal.changes)} 条措施，{len(proposal.notes)} 条进展"
        f"（{proposal.fork[:8]}..{proposal.head[:8]}）。"
    )
    for change in proposal.changes:
        lines += ["", f"### 第 {change.row.measure.id} 条 {safe(change.row.measure.display_title)}", ""]
        for field in change.fields:
            before, after = safe(field.before) or "（无）", safe(field.after) or "（无）"
            lines.append(f"- {safe(field.field)}：{before} -> {after}")
        lines += [f"- {_noted(note)}" for note in change.notes]
        lines += [f"- 撤销：{_noted(note)}" for note in change.removed]
    if checked:
        lines += ["", "### 检查", ""]
        lines += [
            f"- {found.severity}：{safe(found.message)}（{safe(found.place)}）" for found in proposal.problems
        ]
        lines += [] if proposal.problems else ["没有发现问题。"]
    return "\n".join(lines) + "\n"


def _noted(note: Note) -> str:
    evidence = f"；佐证 {len(note.evidence)} 份" if note.evidence else ""
    return f"{note.time:%Y-%m-%d} {safe(note.unit)} {note.kind}：{safe(note.first_line)}{evidence}"


def branch_name(proposal: Proposal, units: Mapping[str, str]) -> str:
    """``fazhi/sfj/28``: the body and the measures; ``units`` maps a unit's name to its code.

    Raises :class:`UsageError` where nothing is proposed.
    """
    if not proposal.changes and not proposal.others:
        raise UsageError("没有可以提交审核的改动", "先 fazhi report 填报")
    code = units.get(proposal.unit, "") or "plan"
    measures = proposal.measures
    if not measures:
        what = "-".join(_SHARED[path][1] for path in proposal.others)
    else:
        what = "-".join(measures) if len(measures) <= 4 else f"{measures[0]}-to-{measures[-1]}"
    return f"{BRANCHES}/{code}/{what}"
