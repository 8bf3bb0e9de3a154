"""Every problem in a tracker's files, and whether git is in the middle of something."""

from __future__ import annotations

from pathlib import Path

from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.records import loader
from fazhi_tui.records.check import run
from fazhi_tui.vcs.operation import unfinished


def check_tracker(root: Path) -> tuple[Problem, ...]:
    """Every problem in the files, sorted by place, and whether a merge waits; writes nothing."""
    problems = run.check(loader.load(root))
    under_way = unfinished(root)
    if under_way is None:
        return problems
    message = f"{under_way.name}还没有做完：这以前不能填报，也没有推送"
    hint = f"做完它：{under_way.finish}；或者放弃它：{under_way.abort}"
    return (Problem.of_file(".", "unfinished", message, hint), *problems)


def check_staged(root: Path) -> tuple[Problem, ...]:
    """The problems of the files that are to be committed; for a hook."""
    from fazhi_tui.vcs.paths import locate
    from fazhi_tui.vcs.runner import Runner
    from fazhi_tui.vcs.status import staged_paths

    paths = set(staged_paths(Runner(locate(root))))
    return tuple(problem for problem in run.check(loader.load(root)) if problem.path in paths)
