"""What can be wrong with a source or with its corrections, told so that it can be mended."""

from __future__ import annotations

from fazhi_tui.domain.model.errors import UsageError


class SourceError(UsageError):
    """The source cannot be read as a plan."""


class CorrectionError(UsageError):
    """A correction is written wrongly, or does not fit the source."""

    def __init__(self, path: str, line: int, message: str, hint: str = "") -> None:
        super().__init__(f"{path} 第{line}行：{message}", hint)
        self.path = path
        self.line = line
