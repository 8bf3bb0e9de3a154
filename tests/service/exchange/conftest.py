"""A server (示例) as a bare repository beside the clones of several bodies; all of it real git."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.service.exchange.sync import Exchange
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import Done, ReportRequest
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import git

TODAY = date(2023, 6, 30)


class Body:
    """One body's clone."""

    def __init__(self, root: Path, unit: str) -> None:
        self.root = root
        self.unit = unit
        self.writer = Writer(Reader(root, TODAY))
        self.exchange = Exchange(root)

    def report(self, measure: str, text: str, kind: str = "进展", **more: object) -> Done:
        request = ReportRequest(measure, self.unit, text, kind=NoteKind(kind), **more)  # type: ignore[arg-type]
        return file_report(self.writer, request, self.writer.reader.repository.identity())

    def start(self, measure: str) -> Done:
        return self.report(measure, "示例：开始", status=Status.IN_PROGRESS)

    def git(self, *words: str) -> str:
        return git(self.root, *words)

    def amend(self, path: str, old: str, new: str) -> None:
        """Change the plan as an amendment."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        message = f"示例修订 {path}\n\nKind: 修订\n"
        git(self.root, "commit", "-q", "-m", message, "--", path)

    @property
    def head(self) -> str:
        return git(self.root, "rev-parse", "HEAD").strip()

    @property
    def is_clean(self) -> bool:
        return git(self.root, "status", "--porcelain") == ""


@pytest.fixture
def server(real_tracker: Path, tmp_path: Path) -> Path:
    """A bare repository that holds the real plan."""
    bare = tmp_path / "服务器.git"
    git(tmp_path, "clone", "-q", "--bare", str(real_tracker), str(bare))
    return bare


@pytest.fixture
def body(server: Path, tmp_path: Path) -> Callable[..., Body]:
    """Clone the server for a body: ``body("市司法局")``."""

    def clone(unit: str, url: str | None = None, name: str | None = None) -> Body:
        root = tmp_path / (name or unit)
        git(tmp_path, "clone", "-q", url or str(server), str(root))
        git(root, "config", "user.name", f"示例{unit}")
        git(root, "config", "user.email", f"{len(unit)}@example.org")
        git(root, "config", "fazhi.unit", unit)
        git(root, "config", "fazhi.today", str(TODAY))
        return Body(root, unit)

    return clone
