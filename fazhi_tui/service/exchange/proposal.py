"""What a branch proposes, beside the state that it is to go into: measure by measure, and by the rules.

The rules are DESIGN.md's (section 4 and ``check --base``): a branch that reports brings one body's own notes
and their evidence, leaves older notes and the plan's words alone, and moves statuses as the workflow allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_index import UnitIndex, unit_code
from fazhi_tui.records.check.rules import check
from fazhi_tui.records.loader import TEMPLATES_FILE, VIEWS_FILE, load, load_files
from fazhi_tui.service.audit.rules import Auditor
from fazhi_tui.service.reporting.compare import MeasureChange, compare_views
from fazhi_tui.service.view import View, view_of
from fazhi_tui.vcs.audit_log import audit_entries, merge_versions
from fazhi_tui.vcs.file_history import changed_between
from fazhi_tui.vcs.merge import Merging
from fazhi_tui.vcs.snapshot import files_at, find_moment

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.vcs.repository import Repository

#: The first part of the names of the branches that ``fazhi submit`` pushes.
BRANCHES = "fazhi"
_BRANCH = re.compile(rf"(?:.*/)?{BRANCHES}/([a-z0-9]+)/[^/]+")
_NOTE = re.compile(r"status/[^/]+/[^/]+\.md")
_EVIDENCE = re.compile(r"status/[^/]+/evidence/.+")


@dataclass(frozen=True)
class Proposal:
    """A branch beside its base.

    ``base`` and ``head`` are commits, ``fork`` the newest that both have; ``commits`` says how many are the
    branch's own.  ``before`` is the base as it stands now, ``after`` the same with what the branch brings;
    ``changes`` tells the two apart.  ``unit`` is whose branch it is (canonical), empty where nothing tells.
    ``problems`` are the rules that it breaks.
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
    tip = find_moment(repository.runner, base).commit
    head = find_moment(repository.runner, "HEAD").commit
    fork = Merging(repository.runner).base(tip, head)
    if not fork:
        raise RepositoryError(f"这个分支与 {base} 没有共同的来源", "CI 里要取回全部历史（fetch-depth: 0）")
    paths = changed_between(repository.runner, fork, head)
    there, here = files_at(repository.runner, tip), files_at(repository.runner, head)
    merged = dict(there)
    for _, path in paths:
        if path in here:
            merged[path] = here[path]
        else:
            merged.pop(path, None)
    before = view_of(load_files(there), today)
    after = view_of(load_files(merged), today)
    added = {path for letter, path in paths if letter == "A" and _NOTE.fullmatch(path)}
    notes = tuple(note for note in after.tracker.notes if note.path in added)
    index = after.index
    whose = _whose(index, after.tracker, notes, unit, branch or repository.branch())
    proposal = Proposal(
        base=tip, head=head, fork=fork, commits=repository.count_commits(f"{fork}..{head}"),
        before=before, after=after, unit=whose, changes=compare_views(before, after), notes=notes,
        problems=(),
    )  # fmt: skip
    found = [*_audit_problems(repository, proposal), *_rules(proposal, paths), *_workflow(proposal)]
    touched = {path for _, path in paths}
    found += [one for one in check(load(reader.root)) if one.path in touched]
    unique = {(one.path, one.code, one.message): one for one in found}
    ordered = sorted(unique.values(), key=lambda one: (one.path, one.line, one.column, one.code))
    return replace(proposal, problems=tuple(ordered))


def _whose(index: UnitIndex, tracker: Tracker, notes: Sequence[Note], unit: str, branch: str) -> str:
    if unit:
        return index.resolve(unit).name
    found = _BRANCH.fullmatch(branch)
    if found:
        named = [each.name for each in tracker.units if unit_code(each) == found[1]]
        if len(named) == 1:
            return named[0]
    units = {index.canonical(note.unit) for note in notes}
    return units.pop() if len(units) == 1 else ""


# ------------------------------------------------------------------ rules


def _audit_problems(repository: Repository, proposal: Proposal) -> Iterator[Problem]:
    """Every rule of the audit, over the branch's own commits."""
    settings = proposal.after.settings
    entries, blobs, _ = audit_entries(
        repository.runner, f"{proposal.fork}..{proposal.head}", signatures=settings.must_sign
    )
    auditor = Auditor(
        proposal.after.tracker,
        blobs.get,
        partial(merge_versions, repository.runner),
        signatures=settings.must_sign,
    )
    auditor.start_from(files_at(repository.runner, proposal.fork))
    for entry in entries:
        auditor.take(entry)
    for fault in auditor.faults:
        message = f"提交 {fault.commit[:8]}：{fault.message}"
        yield Problem(
            fault.path or ".", 0, 0, fault.code, message, _AUDIT_HINTS.get(fault.code, ""), fault.severity
        )


#: What lies in plan/ and is none of its words: code, message and hint where a branch of reports has it.
_SHARED = {
    VIEWS_FILE: (
        "views-touched",
        "填报的分支还改动了共用视图",
        "共用视图另用一个分支提交；只给自己用的存为个人视图",
    ),
    TEMPLATES_FILE: ("templates-touched", "填报的分支还改动了共用的模板", "模板另用一个分支提交"),
}

_AUDIT_HINTS = {
    "note-changed": "从分支里去掉这个改动；写错了的，再填报一条 更正",
    "note-deleted": "用 fazhi undo 撤销，不要直接删除",
    "plan-changed": "方案文本只能经修订改动：从这个分支里去掉对 plan/ 的改动",
    "trailers": "用 fazhi report 填报，它会写好提交说明",
    "no-trailers": "用 fazhi report 填报，它会写好提交说明",
    "author": "由本单位联络员提交；换了人的，先更新 plan/units.yaml",
    "time": "核对这台机器的时钟",
    "signature": "设好 git 的提交签名（commit.gpgSign）再填报",
}


def _rules(proposal: Proposal, paths: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    index = proposal.after.index
    for note in proposal.notes:
        if proposal.unit and index.canonical(note.unit) != index.canonical(proposal.unit):
            yield _error(
                note.path, "foreign-note", f"这是{proposal.unit}的分支，进展却是{one_line(note.unit)}的",
                "一个分支只报本单位的；别的单位由它自己报",
            )  # fmt: skip
    units = dict.fromkeys(index.canonical(note.unit) for note in proposal.notes)
    if not proposal.unit and len(units) > 1:
        named = "、".join(list(units)[:5])
        yield _error(".", "several-units", f"分支里有几个单位的进展：{named}", "各单位各用各的分支")
    for letter, path in paths:
        if _EVIDENCE.fullmatch(path) and letter != "A":
            yield _error(
                path, "evidence-changed", "已有的佐证材料被改动或删除", "佐证只增不改；换用新的文件名"
            )
        elif path in _SHARED:
            # None of the plan's words, and it decides nothing: told, and no reason to refuse a report.
            if proposal.notes:
                yield Problem(
                    path,
                    0,
                    0,
                    *_SHARED[path],
                    Severity.WARNING,
                )
        elif path.startswith("plan/") and proposal.notes:
            yield _error(
                path,
                "plan-touched",
                "填报的分支改动了方案",
                "方案另用一个分支修订：从这个分支里去掉 plan/ 的改动",
            )
        elif not path.startswith(("plan/", "status/")) and proposal.notes:
            yield Problem(
                path,
                0,
                0,
                "other-file",
                "填报的分支还改动了台账以外的文件",
                "另用一个分支提交",
                Severity.WARNING,
            )
    yield from _removed(proposal, paths)


def _removed(proposal: Proposal, paths: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """A published note that is taken back must be one's own."""
    gone = {path for letter, path in paths if letter == "D" and _NOTE.fullmatch(path)}
    index = proposal.before.index
    for note in proposal.before.tracker.notes:
        if (
            note.path in gone
            and proposal.unit
            and index.canonical(note.unit) != index.canonical(proposal.unit)
        ):
            yield _error(
                note.path, "foreign-undo", f"撤销了{one_line(note.unit)}的进展", "只能撤销本单位自己的填报"
            )


def _workflow(proposal: Proposal) -> Iterator[Problem]:
    """What the workflow says of the notes once they stand beside those that the base has by now."""
    paths = {note.path for note in proposal.notes}
    for row in proposal.after.rows:
        for note, why in row.state.refused:
            if note.path in paths:
                yield _error(
                    note.path, "not-allowed", f"第 {row.measure.id} 条：{why}", "这条进展不会改变状态"
                )
        pair = row.state.disagreement
        if pair and paths & {note.path for note in pair}:
            first, second = pair
            yield Problem(
                (first if first.path in paths else second).path, 0, 0, "disagreement",
                f"第 {row.measure.id} 条：{one_line(first.unit)}和{one_line(second.unit)}从同一状态"
                f"“{first.status_before}”报出不同的结果：{first.status}、{second.status}",
                "请审核的人看过两条再定", Severity.WARNING,
            )  # fmt: skip


def _error(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, 0, 0, code, message, hint)


# ------------------------------------------------------------------ telling


def proposal_title(proposal: Proposal) -> str:
    """One line for the pull request: whose it is and what it changes."""
    whose = f"{proposal.unit}：" if proposal.unit else ""
    moves = [_move(change) for change in proposal.changes]
    if not moves:
        return f"{whose}没有改动"
    if len(moves) <= 3:
        return one_line(f"{whose}{'；'.join(moves)}")
    count = len(proposal.notes)
    word = f"{count} 条进展" if count else "修订"
    return f"{whose}{proposal.measures[0]} 等 {len(moves)} 条措施，{word}"


def _move(change: MeasureChange) -> str:
    number = change.row.measure.id
    for one in change.fields:
        if one.field == "状态":
            return f"{number} {one.before}→{one.after}"
    if change.notes:
        return f"{number} {change.notes[0].kind}"
    if change.removed:
        return f"{number} 撤销"
    names = "、".join(dict.fromkeys(one.field for one in change.fields if one.field not in ("灯", "到期")))
    return f"{number} 修订{names}"


def proposal_markdown(proposal: Proposal, *, checked: bool = True) -> str:
    """What the branch changes, measure by measure, and what the rules say, as Markdown in Chinese."""
    from fazhi_tui.service.reporting.urge import markdown_text as safe

    lines = [f"## {safe(proposal_title(proposal))}", ""]
    lines.append(
        f"{proposal.commits} 个提交，{len(proposal.changes)} 条措施，{len(proposal.notes)} 条进展"
        f"（{proposal.fork[:8]}..{proposal.head[:8]}）。"
    )
    for change in proposal.changes:
        lines += ["", f"### 第 {change.row.measure.id} 条 {safe(change.row.measure.display_title)}", ""]
        for one in change.fields:
            before, after = safe(one.before) or "（无）", safe(one.after) or "（无）"
            lines.append(f"- {safe(one.field)}：{before} -> {after}")
        lines += [f"- {_noted(note)}" for note in change.notes]
        lines += [f"- 撤销：{_noted(note)}" for note in change.removed]
    if checked:
        lines += ["", "### 检查", ""]
        lines += [f"- {one.severity}：{safe(one.message)}（{safe(one.place)}）" for one in proposal.problems]
        lines += [] if proposal.problems else ["没有发现问题。"]
    return "\n".join(lines) + "\n"


def _noted(note: Note) -> str:
    from fazhi_tui.service.reporting.urge import markdown_text as safe

    evidence = f"；佐证 {len(note.evidence)} 份" if note.evidence else ""
    return f"{note.time:%Y-%m-%d} {safe(note.unit)} {note.kind}：{safe(note.first_line)}{evidence}"


def branch_name(proposal: Proposal, units: Mapping[str, str]) -> str:
    """``fazhi/sfj/28``: the body and the measures; ``units`` maps a unit's name to its code.

    Raises :class:`UsageError` where nothing is proposed.
    """
    if not proposal.changes:
        raise UsageError("没有可以提交审核的改动", "先 fazhi report 填报")
    code = units.get(proposal.unit, "") or "plan"
    measures = proposal.measures
    what = "-".join(measures) if len(measures) <= 4 else f"{measures[0]}-to-{measures[-1]}"
    return f"{BRANCHES}/{code}/{what}"
