"""Drafts on a user's disk: what they look like, and that those of earlier versions are still read."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.service.notes.drafts import Draft, Drafts
from fazhi_tui.service.notes.request import ReportRequest
from tests.conftest import REPOSITORY

REQUEST = ReportRequest(
    "28", "市司法局", "示例：一\n二", NoteKind.GRANT_EXTENSION, Status.PENDING_REVIEW, "28.1", 30, 2,
    ("/甲.pdf",), "2022年", date(2023, 6, 30), "3f9a",
)  # fmt: skip
#: As 0.1.0 wrote them.
EARLIER = {
    "28": {
        "measure": "28", "unit": "市司法局", "message": "示例：一\n二", "kind": "同意延期",
        "status": "待审核", "item": "28.1", "progress": 30, "quantity": 2, "evidence": ["/甲.pdf"],
        "occurrence": "2022年", "new_due": "2023-06-30", "corrects": "3f9a", "seen": "推进中",
    },
    "batch-00": {
        "measure": "", "unit": "市司法局", "message": "示例：两条", "kind": "进展",
        "measures": ["3", "5"], "together": True,
    },
}  # fmt: skip


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    (tmp_path / ".git").mkdir()
    return Drafts(tmp_path)


def folder(drafts: Drafts) -> Path:
    found = drafts._folder()
    found.mkdir(parents=True, exist_ok=True)
    return found


def test_a_draft_lies_under_the_keys_of_the_files_and_comes_back_whole(drafts: Drafts) -> None:
    draft = Draft(REQUEST, ("28",), Status.IN_PROGRESS)
    assert drafts.keep(draft)
    saved = json.loads((folder(drafts) / "28.json").read_text("utf-8"))
    assert saved["填报"]["延期至"] == "2023-06-30"
    assert saved["所见状态"] == "推进中"
    found = drafts.draft(("28",))
    assert found is not None
    assert found.time is not None
    assert (found.request, found.measures, found.seen) == (REQUEST, ("28",), Status.IN_PROGRESS)


def test_drafts_of_earlier_versions_are_read(drafts: Drafts) -> None:
    for key, saved in EARLIER.items():
        text = json.dumps(saved, ensure_ascii=False, indent=1)
        (folder(drafts) / f"{key}.json").write_text(f"{text}\n", encoding="utf-8")
    single, several = drafts.every()
    assert (single.request, single.measures, single.seen) == (REQUEST, ("28",), Status.IN_PROGRESS)
    assert not single.several
    assert several.measures == ("3", "5")
    assert several.several
    assert several.together
    assert several.label == "3 等 2 条"


@pytest.mark.parametrize(
    "changed", [{"将来的键": 1}, {"kind": "没有的类型"}, {"progress": "三十"}, {"measures": "28"}]
)
def test_a_draft_that_cannot_be_understood_is_none_and_stays(
    drafts: Drafts, changed: dict[str, object]
) -> None:
    path = folder(drafts) / "28.json"
    path.write_text(json.dumps(EARLIER["28"] | changed), encoding="utf-8")
    assert drafts.load("28") is None
    assert path.exists()


def test_keeping_and_reading_a_draft_loads_no_yaml_library() -> None:
    code = (
        "import sys, tempfile, pathlib; from fazhi_tui.service.notes.drafts import *; "
        "drafts = Drafts(pathlib.Path(tempfile.mkdtemp())); drafts._folder = lambda: drafts._root; "
        "drafts.save(ReportRequest('28', '市司法局', '示例')); assert drafts.load('28'); "
        "print([name for name in sys.modules if 'ruamel' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
