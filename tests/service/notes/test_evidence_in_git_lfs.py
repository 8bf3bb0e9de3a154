"""Where the repository keeps evidence in git-lfs, fazhi's own commit goes through it; real git-lfs."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import git

pytestmark = pytest.mark.skipif(
    shutil.which("git-lfs") is None, reason="git-lfs is not installed; .ci/run installs it"
)
NOW = datetime(2022, 6, 1, 9, tzinfo=timezone(timedelta(hours=8)))


def test_evidence_goes_into_lfs_and_check_knows_pointer_and_content(
    real_tracker: Path, tmp_path: Path
) -> None:
    git(real_tracker, "lfs", "install", "--local")
    git(real_tracker, "lfs", "track", "status/**/*.pdf")
    git(real_tracker, "add", ".gitattributes")
    git(real_tracker, "commit", "-q", "-m", "示例：佐证用 git-lfs")
    paper = tmp_path / "示例.pdf"
    paper.write_bytes(b"%PDF example" * 100)
    writer = Writer(Reader(real_tracker, date(2022, 6, 1)))
    request = ReportRequest("28", "市司法局", "示例：附材料", evidence=(str(paper),))
    note = file_report(writer, request, writer.reader.repository.identity(), NOW).action.note
    assert note is not None
    path = f"status/28/{note.evidence[0]}"
    stored = git(real_tracker, "show", f"HEAD:{path}")
    assert f"oid sha256:{sha256(paper.read_bytes()).hexdigest()}" in stored
    assert (real_tracker / path).read_bytes() == paper.read_bytes()
    assert check_tracker(writer.root) == ()
    assert git(real_tracker, "status", "--porcelain") == ""
    # As a clone has it that has not fetched the content: the pointer stands for it.
    (real_tracker / path).write_text(stored, encoding="utf-8")
    assert check_tracker(writer.root) == ()
    (real_tracker / path).write_text(stored.replace("oid sha256:", "oid sha256:0")[:-1], encoding="utf-8")
    assert [problem.code for problem in check_tracker(writer.root)] == ["evidence-altered"]
