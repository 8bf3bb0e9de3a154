"""``fazhi check``: every problem in the files."""

from __future__ import annotations

import typer

from fazhi_tui.cli.options import JsonOption, RepoOption, TodayOption, open_workspace
from fazhi_tui.cli.output import counted, err, out, out_json, paint
from fazhi_tui.model import Problem, Severity
from fazhi_tui.service import as_json
from fazhi_tui.visible import one_line

app = typer.Typer()

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33"}


@app.command("check")
def check(
    context: typer.Context,
    json: JsonOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> int:
    """检查全部文件，列出每个问题在哪里、怎么改；不改动任何文件。

    有错误时退出码为 1，只有提醒时为 0。每行形如 文件:行:列: 级别：问题，编辑器可据此跳转。

    例：
      fazhi check
      fazhi check --json
    """
    problems = open_workspace(context, repo, today).check()
    if json:
        out_json([as_json(problem) for problem in problems])
    else:
        for problem in problems:
            out("\n".join(lines_of(problem)))
        err(f"共有 {counted(one.severity for one in problems)}。" if problems else "没有发现问题。")
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def lines_of(problem: Problem) -> list[str]:
    """A problem as compilers write it, and under it what to do."""
    level = paint(problem.severity.value, _COLOURS[problem.severity])
    first = f"{one_line(problem.place)}: {level}：{one_line(problem.message)} [{problem.code}]"
    return [first, f"    办法：{one_line(problem.hint)}"] if problem.hint else [first]
