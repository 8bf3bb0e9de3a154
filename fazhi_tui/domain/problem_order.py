"""In which order problems are told to people, and which of them are told as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from fazhi_tui.domain.model.problem import Problem, Severity


class ToldProblem(NamedTuple):
    """A problem, and how many there are with its cause, itself included."""

    problem: Problem
    number: int = 1

    @property
    def message(self) -> str:
        """What is wrong; of several with one cause, how many they are."""
        return f"{self.problem.message}，等 {self.number} 条" if self.number > 1 else self.problem.message


def told_problems(problems: Iterable[Problem], *, every: bool = False) -> tuple[ToldProblem, ...]:
    """Errors first, one by one, then reminders; those with one cause as one, unless ``every`` is asked for.

    Within both they stay in the order in which they come.  Reminders have one cause where they say the same:
    all reports on a measure whose file cannot be read name that file.
    """
    errors: list[ToldProblem] = []
    reminders: dict[object, ToldProblem] = {}
    for at, problem in enumerate(problems):
        if problem.severity is Severity.ERROR:
            errors.append(ToldProblem(problem))
            continue
        cause: object = at if every else (problem.code, problem.message)
        first = reminders.get(cause)
        reminders[cause] = ToldProblem(first.problem, first.number + 1) if first else ToldProblem(problem)
    return (*errors, *reminders.values())
