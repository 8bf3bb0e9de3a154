"""Problems in the data, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fazhi_tui.domain.model.keyed import keyed


class Severity(StrEnum):
    """An error makes ``check`` fail; a warning is shown."""

    ERROR = "错误"
    WARNING = "提醒"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the data: a value that travels beside what could be read.

    ``path`` is relative to the repository's root with ``/``; ``line`` and ``column`` count from 1
    and are 0 where the whole file is meant.  ``code`` is a stable ASCII name such as ``duplicate-key``.
    """

    path: str = keyed("文件", "文件")
    line: int = keyed("行", "行号，从 1 起；0 表示整个文件")
    column: int = keyed("列", "列号，从 1 起；0 表示整行")
    code: str = keyed("代码", "问题的代码")
    message: str = keyed("问题", "哪里不对")
    hint: str = keyed("办法", "怎么改", default="")
    severity: Severity = keyed("级别", "错误或提醒", default=Severity.ERROR)

    @classmethod
    def of_file(
        cls, path: str, code: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """A problem of a whole file; of no file, where ``path`` is empty."""
        return cls(path, 0, 0, code, message, hint, severity)

    @property
    def place(self) -> str:
        """``plan/28.yaml:3:1``, as compilers write it, so that editors can jump there."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"
