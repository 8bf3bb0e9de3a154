"""``fazhi check``: every problem in the files, or the rules that a branch breaks."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from fazhi_tui.cli.options import flag, option
from fazhi_tui.cli.output import SEVERITY_COLOURS, counted, err, out, out_json, paint, write_file
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.problem_order import ToldProblem, told_problems
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.check import check_staged, check_tracker
from fazhi_tui.service.exchange.proposal import proposal_of

#: Ways to print problems.
_FORMATS = ("text", "json", "github", "gitlab")

#: Severity → GitHub's workflow command, and GitLab's word (Code Quality report).
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor"}


@command("check", "json", "repo", "today")
def check(
    read: ReadContext,
    base: str | None = option(
        "--base", metavar="提交", help="只查当前分支比它多出来的改动，按填报分支的规则。"
    ),
    unit: str | None = option("--unit", metavar="单位", help="分支属于哪个单位；不写则看分支名。"),
    branch: str | None = option("--branch", metavar="分支名", help="分支的名字，CI 里检出的不是分支时写明。"),
    style: str | None = option(
        "--format", metavar="样式", help="写成哪种样式：text、json，或写给 CI 的 github、gitlab。"
    ),
    summary: str | None = option(
        "--summary", metavar="文件", help="把改动和检查结果以 Markdown 追加到这个文件。"
    ),
    staged: bool = flag("--staged", help="只查将要提交的文件，供提交钩子用。"),
    every: bool = flag("--all", "-v", help="逐条列出；不写则同一原因的提醒并为一条。"),
) -> int:
    """检查全部文件，列出每个问题在哪里、怎么改；不改动任何文件。

    有错误时退出码为 1，只有提醒时为 0。每行形如 文件:行:列: 级别：问题，编辑器可据此跳转。
    先列错误，再列提醒；同一原因的提醒（如一个方案文件读不出，挂在它上面的各条进展）并为一条，写明等几条。

    写了 --base 就按审核规则查分支：只报本单位的进展，不动方案文本，不改旧进展，状态变化合于规则，
    佐证齐全，提交说明与改动相符。

    例：
      fazhi check
      fazhi check --all
      fazhi check --json
      fazhi check --base HEAD --summary 摘要.md
    """
    chosen = style or ("json" if read.json else "text")
    if chosen not in _FORMATS:
        raise UsageError(f"--format 的值「{one_line(chosen, 20)}」不认识", f"可用的值：{'、'.join(_FORMATS)}")
    if staged and base is not None:
        raise UsageError("--staged 和 --base 不能一起用", "fazhi check --staged")
    if base is None and (unit or branch or summary):
        raise UsageError(
            "--unit、--branch、--summary 要和 --base 一起用", "例如 fazhi check --base origin/main"
        )
    if staged:
        problems = check_staged(read.reader.root)
    elif base is None:
        problems = check_tracker(read.reader.root)
    else:
        from fazhi_tui.service.exchange.proposal import proposal_markdown, proposal_title

        proposal = proposal_of(read.reader, base, unit=unit or "", branch=branch or "")
        problems = proposal.problems
        if summary:
            write_file(Path(summary), proposal_markdown(proposal), "换一个位置", append=True)
        if chosen == "text":
            err(one_line(proposal_title(proposal)))
    _print(chosen, problems, every=every)
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def _print(style: str, problems: Sequence[Problem], *, every: bool) -> None:
    if style == "json":
        out_json([to_json(problem) for problem in problems])
    elif style == "gitlab":
        out_json(gitlab_report(problems))
    elif style == "github":
        for problem in problems:
            out(_github_line(problem))
    else:
        told = told_problems(problems, every=every)
        for found in told:
            out("\n".join(lines_of(found)))
        folded = "；同一原因的提醒并为一条，加 --all 逐条列出" if len(told) < len(problems) else ""
        counts = counted(problem.severity for problem in problems)
        err(f"共有 {counts}{folded}。" if problems else "没有发现问题。")


def lines_of(told: ToldProblem) -> list[str]:
    """A problem as compilers write it, and under it what to do."""
    problem = told.problem
    level = paint(problem.severity.value, SEVERITY_COLOURS[problem.severity])
    first = f"{one_line(problem.place)}: {level}：{one_line(told.message)} [{problem.code}]"
    return [first, f"    办法：{one_line(problem.hint)}"] if problem.hint else [first]


def _github_line(problem: Problem) -> str:
    """A workflow command: ``::error file=plan/28.yaml,line=3,col=1,title=conflict::…``."""
    places = [f"file={_property(problem.path)}"] if problem.path != "." else []
    places += [f"line={problem.line}"] if problem.line else []
    places += [f"col={problem.column}"] if problem.column else []
    places.append(f"title={_property(problem.code)}")
    said = one_line(problem.message) + (f"\n办法：{one_line(problem.hint)}" if problem.hint else "")
    return f"::{_GITHUB[problem.severity]} {','.join(places)}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")


def gitlab_report(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """A Code Quality report: one object a problem, its fingerprint the same as long as the problem is."""
    return [
        {
            "description": one_line(problem.message)
            + (f"（{one_line(problem.hint)}）" if problem.hint else ""),
            "check_name": problem.code,
            "fingerprint": sha256(f"{problem.path}\0{problem.code}\0{problem.message}".encode()).hexdigest(),
            "severity": _GITLAB[problem.severity],
            "location": {"path": problem.path, "lines": {"begin": max(1, problem.line)}},
        }
        for problem in problems
    ]
