"""The errors that reach a person."""

from __future__ import annotations


class FazhiError(Exception):
    """An error with a message in Chinese and what to do about it.

    ``exit_code`` follows DESIGN.md, section 8: 1 the answer is no, 2 wrong usage, 3 the repository or
    git refused.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(FazhiError):
    """What was asked is not understood or not possible as asked."""

    exit_code = 2


class RepositoryError(FazhiError):
    """The repository, the file system or git refused."""

    exit_code = 3


class NotAllowedError(FazhiError):
    """The workflow does not allow this; the hint says what is allowed instead."""

    exit_code = 1


class QueryError(UsageError):
    """A mistake in a query; ``start`` and ``end`` are character offsets into what was typed."""

    def __init__(self, message: str, hint: str = "", *, start: int = 0, end: int = 0) -> None:
        super().__init__(message, hint)
        self.start = start
        self.end = end
