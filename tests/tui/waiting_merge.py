"""A merge that waits to be settled: two branches of the example that amended the same places (示例)."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.templates import copy_of, copy_of_demo
from tests.tui.helpers import git


def merge_that_waits(folder: Path) -> Path:
    """The example in the middle of a merge that git could not finish by itself, in a folder of this one."""
    return copy_of("merging", _make, folder / "demo")


def _make(root: Path) -> None:
    copy_of_demo(root)
    file = root / "plan" / "28.yaml"
    text = file.read_text("utf-8")
    first, second = "基本形成公正权威、统一高效的行政复议体制", "- 市司法局\n"

    def amend(title: str, unit: str, words: str) -> None:
        changed = text.replace(f"内容: {first}", f"内容: {title}").replace(second, unit, 1)
        file.write_text(changed, "utf-8")
        git(root, "commit", "-q", "-am", f"28 修订：{words}\n\nMeasure: 28\nKind: 修订")

    git(root, "switch", "-q", "-c", "他方")
    amend("示例：形成行政复议体制", "- 市司法局\n  - 市委编办\n", "示例对方")
    git(root, "switch", "-q", "main")
    amend("示例：建成行政复议体制", "- 市司法局\n  - 市财政局\n", "示例我方")
    subprocess.run(["git", "merge", "-q", "他方"], cwd=root, capture_output=True, check=False)
    assert (root / ".git" / "MERGE_HEAD").exists()
