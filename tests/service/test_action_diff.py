"""What a preview shows of files that there are: what changes against the last commit."""

from __future__ import annotations

from pathlib import Path

from fazhi_tui.service.action_diff import action_diff
from fazhi_tui.service.notes.request import Action
from fazhi_tui.tui.report.preview import action_blocks
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.trailers import Trailers


def action(**writes: str | bytes) -> Action:
    files = {path.replace("__", "/").replace("_", "."): text for path, text in writes.items()}
    return Action("示例", "示例", Trailers(), files)


def test_a_file_that_there_is_is_compared_with_the_last_commit(real_tracker: Path) -> None:
    asked = action(README_md="示例\n又一行\n", 新_md="新\n", 佐证_pdf=b"%PDF")
    (real_tracker / "README.md").write_text("改到一半\n", "utf-8")
    assert action_diff(Repository(real_tracker), asked) == {
        "README.md": ("@@ -1 +1,2 @@", " 示例", "+又一行"),
    }


def test_few_lines_around_a_change_are_shown(real_tracker: Path) -> None:
    text = (real_tracker / "plan" / "28.yaml").read_text("utf-8")
    asked = action(plan__28_yaml=text.replace("持续深化", "继续深化"))
    (lines,) = action_diff(Repository(real_tracker), asked).values()
    assert [line[0] for line in lines] == ["@", " ", " ", "-", "+", " ", " "]


def test_the_screen_shows_the_change_in_place_of_the_file() -> None:
    asked = action(plan__views_yaml="视图:\n  - 名称: 甲\n", 新_md="新\n")
    blocks = list(action_blocks(asked, {"plan/views.yaml": ("@@ -1 +1 @@", "-旧", "+新的")}))
    texts = [block.text for block in blocks]
    assert "名称: 甲" not in "".join(texts)
    assert "新" in texts, "a new file is shown whole"
    assert next(block.style for block in blocks if block.text == "-旧") == "$text-error"
    assert next(block.style for block in blocks if block.text == "+新的") == "$text-success"
