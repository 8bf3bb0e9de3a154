"""A YAML file of any shape that a dataclass with keyed fields describes."""

from __future__ import annotations

from typing import TypeVar

from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.records.decode import decode
from fazhi_tui.records.reader import read_text

T = TypeVar("T")


def read_yaml(cls: type[T], data: bytes, path: str) -> tuple[T | None, tuple[Problem, ...]]:
    """A file's bytes as a ``cls``; None where too little of it could be read.  Never raises.

    An empty file, or one of comments alone, is None without a problem.
    """
    text, problems = decode(data, path)
    if text is None:
        return None, tuple(problems)
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return None, tuple(problems)
    value, found, _ = read_text(cls, text, path)
    return value, (*problems, *found)
