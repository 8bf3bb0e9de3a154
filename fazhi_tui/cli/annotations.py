"""Problems in the forms that the pipelines of GitHub, Gitea and GitLab put beside the changed lines."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.text.visible import one_line

#: Severity → GitHub's workflow command, and GitLab's word (Code Quality report).
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def github_lines(problems: Sequence[Problem]) -> list[str]:
    """Workflow commands: ``::error file=plan/28.yaml,line=3,col=1,title=conflict::…``, one a line."""
    return [_command(problem) for problem in problems]


def _command(problem: Problem) -> str:
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
