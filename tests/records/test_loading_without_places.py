"""Reading without places (the screen, lists) gives the same as reading with them, whatever the files hold."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_tui.records.loader import load

REPOSITORY = Path(__file__).resolve().parents[2]
HEAD = (
    '---\n措施: "28"\n单位: 市司法局\n填报人: 示例 <a@example.org>\n'
    "时间: 2022-12-20T15:30:00+08:00\n类型: 进展\n"
)

NOTES = {
    "plain": HEAD + "---\n示例。\n",
    "with lists": HEAD + "佐证:\n  - evidence/a.pdf\n  - evidence/b.pdf\n---\n示例。\n",
    "unknown key": HEAD + "不认识: 示例\n---\n示例。\n",
    "wrong value": HEAD + "进度: 很多\n---\n示例。\n",
    "a tag": HEAD + "进度: !!int 5\n---\n示例。\n",
    "twice": HEAD + "单位: 市公安局\n---\n示例。\n",
    "no end": HEAD + "示例。\n",
    "windows": (HEAD + "---\n示例。\n").replace("\n", "\r\n"),
    "controls": HEAD + "---\n示例\x07。\n",
    "conflict": HEAD + "---\n<<<<<<< HEAD\n示例一\n=======\n示例二\n>>>>>>> other\n",
    "conflict in the head": HEAD + "<<<<<<< HEAD\n进度: 1\n=======\n进度: 2\n>>>>>>> other\n---\n示例。\n",
    "bom": "\ufeff" + HEAD + "---\n示例。\n",
    "empty": "",
}


@pytest.mark.parametrize("kind", NOTES)
def test_a_note_is_read_alike_with_and_without_places(tmp_path: Path, kind: str) -> None:
    shutil.copytree(REPOSITORY / "plan", tmp_path / "plan", ignore=shutil.ignore_patterns("source"))
    file = tmp_path / "status/28/20221220T153000-sfj-3f9a.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(NOTES[kind].encode())
    full, quick = load(tmp_path), load(tmp_path, places=False)
    assert full == quick
    assert not quick.lines
    assert replace(full, lines={}) == quick


def test_a_file_that_is_not_named_after_its_number_is_told_at_the_same_line(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "plan", tmp_path / "plan", ignore=shutil.ignore_patterns("source"))
    (tmp_path / "plan/01.yaml").rename(tmp_path / "plan/99.yaml")
    shutil.copy(tmp_path / "plan/02.yaml", tmp_path / "plan/98.yaml")
    full, quick = load(tmp_path), load(tmp_path, places=False)
    assert {"file-name", "duplicate-id"} <= {problem.code for problem in quick.problems}
    assert full == quick
